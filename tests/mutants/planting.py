"""A copy of the project in which faults are planted; the working tree is never touched."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.mutants.mutant import Mutant, change
from tests.project import ROOT, project_files

__all__ = ["Copy"]

MADE: Final = ("pwa/node_modules", "pwa/src/generated", "server/static/pwa", "server/translations")
"""What is installed or built, and not changed by anybody: shared with the working tree."""


class Copy:
    """The project's files in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path in project_files():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, target)
        for path in MADE:
            if (ROOT / path).exists():
                (folder / path).symlink_to(ROOT / path)

    @contextmanager
    def planted(self, mutant: Mutant) -> Iterator[None]:
        """Have the fault in the copy during the block; raises Stale when it has no place there."""
        files = {edit.file: (self.folder / edit.file).read_text(encoding="utf-8") for edit in mutant.edits}
        changed = {file: change(text, file, mutant.edits) for file, text in files.items()}
        self._write(changed)
        try:
            yield
        finally:
            self._write(files)

    def _write(self, texts: dict[str, str]) -> None:
        for file, text in texts.items():
            (self.folder / file).write_text(text, encoding="utf-8")
