"""Brings erasures to the folders of backups: a line in each one's ledger, and the files gone from it."""

import os
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from typing import Final

from server.intake.erasure import Erasure
from server.store.disk import sync_folder
from server.store.errors import FolderInUse
from server.store.lock import FILE_NAME as LOCK_FILE
from server.store.lock import FolderLock
from server.upkeep import mark
from server.upkeep.folder import ATTACHMENTS
from server.upkeep.ledger import Ledger
from server.upkeep.places import Place, Places

__all__ = ["catch_up", "known_places", "reachable", "remove_files", "tell_all"]

PICTURES: Final = "pictures"


def known_places(data: Path) -> tuple[Place, ...]:
    """List the folders that backups of a data folder went to; the mark's counts as well."""
    known = {one.folder: one for one in Places(data).read()}
    made = mark.read_mark(data)
    if made is not None:
        known.setdefault(Path(made.folder), Place(folder=Path(made.folder), told=0))
    return tuple(known.values())


def reachable(folder: Path) -> bool:
    """Tell whether a folder of backups is there; what a disk that is not plugged in leaves is an empty folder."""
    return (folder / LOCK_FILE).exists()


def tell_all(data: Path, *, gone: Sequence[str]) -> list[str]:
    """Tell every folder of backups that has not been told all; give a sentence for each that cannot be reached.

    ``gone`` names the files that are erased by now.
    """
    erasures = Ledger(data).read().erasures
    untold = []
    for place in known_places(data):
        try:
            if place.told < len(erasures) or reachable(place.folder):
                _tell(place.folder, erasures, gone)
                Places(data).note_told(place.folder, told=len(erasures))
        except OSError as error:
            untold.append(f"{place.folder}: {error.strerror}")
        except FolderInUse:
            untold.append(f"{place.folder}: a backup is being made there")
    return untold


def catch_up(data: Path, folder: Path, *, spare: Set[str]) -> int:
    """Bring a folder of backups that the caller has locked up to date; tell how many erasures it now knows.

    ``spare`` names files that have come again with another response since they were erased.
    """
    ledger = Ledger(data).read()
    Ledger(folder).add(ledger.erasures)
    remove_files(folder, ledger.attachments - spare)
    return len(ledger.erasures)


def remove_files(folder: Path, gone: Iterable[str]) -> None:
    """Remove files by their names from a folder: whole ones, what has begun to arrive, and what people see."""
    found = [path for sha256 in sorted(gone) for path in _files_of(folder, sha256)]
    for path in found:
        path.unlink(missing_ok=True)
    for changed in sorted({path.parent for path in found}):
        sync_folder(changed)


def _tell(folder: Path, erasures: Sequence[Erasure], gone: Sequence[str]) -> None:
    if not reachable(folder):
        raise FileNotFoundError(2, os.strerror(2))
    lock = FolderLock(folder)
    try:
        Ledger(folder).add(erasures)
        remove_files(folder, gone)
    finally:
        lock.release()


def _files_of(folder: Path, sha256: str) -> list[Path]:
    whole = (folder / ATTACHMENTS / sha256[:2]).glob(f"{sha256}*")
    begun = (folder / ATTACHMENTS).glob(f"incoming/*/{sha256}*")
    shown = (folder / PICTURES / sha256[:2]).glob(f"{sha256}*")
    return [*whole, *begun, *shown]
