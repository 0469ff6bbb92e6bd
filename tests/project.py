"""What belongs to the project: its files, as git would see them, with or without git."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

__all__ = ["ROOT", "project_files", "read"]

ROOT: Final = Path(__file__).resolve().parent.parent


def project_files(*suffixes: str, under: str = "") -> list[str]:
    """Return paths from the root, with `/`, of all files that are not ignored; of those `suffixes` only, if any."""
    found = (path for path in walk(ROOT / under, ignored_patterns()) if not suffixes or path.endswith(suffixes))
    return sorted(found)


def read(path: str) -> str:
    """Return the text of a project file; bytes that are no text come out as question marks."""
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def ignored_patterns() -> list[str]:
    """Return what .gitignore says, and git's own folder; of its grammar only names, paths and `*` are used here."""
    lines = (line.strip() for line in read(".gitignore").splitlines())
    return [".git", *(line.strip("/") for line in lines if line and not line.startswith("#"))]


def walk(folder: Path, ignored: list[str]) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path).relative_to(ROOT).as_posix()
        if any(fnmatch(entry.name, pattern) or fnmatch(path, pattern) for pattern in ignored):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), ignored)
        else:
            yield path
