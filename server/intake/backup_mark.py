"""How far a verified backup reaches: what the backup command noted beside the database."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.store.identity import ServerIdentity

__all__ = ["FILE_NAME", "BackupMark", "seq_in"]

FILE_NAME: Final = "backup.json"


@dataclass(frozen=True, kw_only=True)
class _Read:
    """The note as it was last read; ``version`` tells whether it has been replaced since."""

    version: tuple[int, int, int]
    seq: int


class BackupMark:
    """Call it for the seq up to which everything is in a verified backup; 0 while there is none.

    The note is read again when the file has been replaced. One that is of another server, or of another
    life of this one's log, counts as none: its backup holds another log.
    """

    def __init__(self, folder: Path, identity: ServerIdentity) -> None:
        self._path = folder / FILE_NAME
        self._identity = identity
        self._read = _Read(version=(0, 0, 0), seq=0)

    def __call__(self) -> int:
        """Give the seq."""
        try:
            found = self._path.stat()
            version = (found.st_mtime_ns, found.st_size, found.st_ino)
            if version != self._read.version:
                self._read = _Read(version=version, seq=seq_in(self._path.read_bytes(), self._identity))
        except OSError:
            return 0
        return self._read.seq


def seq_in(note: bytes, identity: ServerIdentity) -> int:
    """Read a note: how far it says that the log of ``identity`` is backed up; 0 when it says nothing of that log."""
    try:
        content: object = json.loads(note)
    except (ValueError, RecursionError):
        return 0
    match content:
        case {"server_id": identity.server_id, "epoch": identity.epoch, "seq": int(seq)} if seq > 0:
            return seq
    return 0
