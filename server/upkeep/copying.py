"""Brings files into a folder of backups, and reads those that lie there again, a share each time.

A disk forgets: what was whole when it was copied may be damaged years later. Every file is read again within
``ROUNDS`` backups; one that is damaged by then is put aside and copied anew, if the data folder still has it whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from server.store import disk
from server.upkeep.folder import DAMAGED, PARTIAL, file_of
from server.upkeep.queries import StoredFile

__all__ = ["ROUNDS", "Copying", "put_copy"]

ROUNDS: Final = 30


@dataclass(kw_only=True)
class Copying:
    """The files of one backup on their way; ``round`` goes up by one with each backup."""

    data: Path
    folder: Path
    round: int
    copied: int = 0
    read_again: int = 0
    renewed: list[str] = field(default_factory=list)

    def copy(self, stored: Sequence[StoredFile]) -> list[StoredFile]:
        """Copy what the folder does not have whole; give what the data folder should have whole and has not."""
        return [one for one in stored if not (self._is_there(one) or self._copy(one))]

    def _is_there(self, stored: StoredFile) -> bool:
        there = file_of(self.folder, stored.sha256)
        if not there.exists() or there.stat().st_size != stored.bytes:
            return False
        if int(stored.sha256[:8], 16) % ROUNDS != self.round % ROUNDS:
            return True
        self.read_again += 1
        if disk.hash_of(there) == stored.sha256:
            return True
        there.replace(there.with_name(f"{there.name}{DAMAGED}"))
        self.renewed.append(stored.sha256)
        return False

    def _copy(self, stored: StoredFile) -> bool:
        self.copied += 1
        return put_copy(stored.sha256, source=self.data, target=self.folder)


def put_copy(sha256: str, *, source: Path, target: Path) -> bool:
    """Copy a file from one folder to the other, durably, if it is whole there."""
    there = file_of(target, sha256)
    there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = there.with_name(f"{sha256}{PARTIAL}")
    try:
        found = disk.copy_hashed(file_of(source, sha256), draft)
    except FileNotFoundError:
        found = ""
    if found != sha256:
        draft.unlink(missing_ok=True)
        return False
    draft.replace(there)
    for changed in (there.parent, there.parent.parent, target):
        disk.sync_folder(changed)
    return True
