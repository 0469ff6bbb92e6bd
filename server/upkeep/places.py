"""Every folder that this server was ever backed up into, `backup-folders.jsonl` in the data folder.

An erasure has to reach all of them. A folder that was destroyed is forgotten by taking its lines out of the file.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.upkeep.lines import add_lines, read_lines

__all__ = ["FILE_NAME", "Place", "Places"]

FILE_NAME: Final = "backup-folders.jsonl"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A folder of backups, and how many erasures of the ledger it has been told."""

    folder: Path
    told: int

    def as_line(self) -> bytes:
        """Write it as a line of the file."""
        return json.dumps({"folder": str(self.folder), "told": self.told}).encode() + b"\n"


class Places:
    """The folders that one data folder knows of."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME

    def read(self) -> tuple[Place, ...]:
        """List them, each as it was last noted; lines that cannot be read are passed over."""
        return _read(read_lines(self._path))

    def know(self, *folders: Path) -> None:
        """Note folders that may be new, which have been told nothing; raises OSError."""

        def unknown(there: Sequence[bytes]) -> list[bytes]:
            known = {one.folder for one in _read(there)}
            return [Place(folder=one, told=0).as_line() for one in map(Path.absolute, folders) if one not in known]

        add_lines(self._path, unknown)

    def note_told(self, folder: Path, *, told: int) -> None:
        """Note how many erasures a folder has been told; raises OSError."""
        place = Place(folder=folder.absolute(), told=told)
        add_lines(self._path, lambda there: [] if place in _read(there) else [place.as_line()])


def _read(lines: Sequence[bytes]) -> tuple[Place, ...]:
    found: dict[Path, Place] = {}
    for line in lines:
        place = _place(line)
        if place is not None:
            found[place.folder] = place
    return tuple(found.values())


def _place(line: bytes) -> Place | None:
    try:
        content: object = json.loads(line)
    except ValueError:
        return None
    match content:
        case {"folder": str(folder), "told": int(told)}:
            return Place(folder=Path(folder), told=told)
    return None
