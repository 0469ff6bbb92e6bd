"""Looks through a backup again: a disk forgets, and a backup that nobody has read is a hope."""

from dataclasses import dataclass
from pathlib import Path

from server.store import disk, snapshot
from server.store.database import FILE_NAME
from server.upkeep.errors import BackupDamaged
from server.upkeep.folder import Manifest, backups_in, file_of, read_manifest, stored_in
from server.upkeep.ledger import Ledger

__all__ = ["Verified", "find_backup", "folder_of", "verify", "verify_database"]


@dataclass(frozen=True, kw_only=True)
class Verified:
    """A backup whose database is as it was made; ``damaged`` names files that are missing or not what they were."""

    place: Path
    manifest: Manifest
    damaged: tuple[str, ...]


def find_backup(source: Path) -> Path:
    """Find the backup that a path names: itself, or the latest in a folder of them; raises BackupDamaged."""
    if (source / FILE_NAME).exists() or (source / "manifest.json").exists():
        return source
    found = backups_in(source)
    if not found:
        raise BackupDamaged(f"There is no finished backup in {source}.")
    return found[-1]


def folder_of(backup: Path) -> Path:
    """Give the folder that a backup shares with others, where files and ledger are."""
    return backup.absolute().parent


def verify(source: Path) -> Verified:
    """Check a backup: digest and inside of its database, and every file by its hash; raises BackupDamaged."""
    place = find_backup(source)
    manifest = verify_database(place)
    erased = Ledger(folder_of(place)).read().attachments
    names = [one.sha256 for one in stored_in(place) if one.sha256 not in erased]
    damaged = tuple(name for name in names if not is_whole(file_of(folder_of(place), name), name))
    return Verified(place=place, manifest=manifest, damaged=damaged)


def verify_database(place: Path) -> Manifest:
    """Check that the database of a backup is, byte for byte, the one that was made, and sound inside."""
    manifest = read_manifest(place)
    copied = place / FILE_NAME
    if not copied.is_file() or disk.hash_of(copied) != manifest.sha256:
        raise BackupDamaged(f"{copied} is not the file that was backed up: its hash differs. Use another backup.")
    with snapshot.opened_snapshot(copied) as connection:
        found = snapshot.faults(connection)
    if found:
        raise BackupDamaged(f"{copied} is not sound: {'; '.join(found)}. Use another backup.")
    return manifest


def is_whole(path: Path, sha256: str) -> bool:
    """Tell whether a file is there and what its name says."""
    return path.is_file() and disk.hash_of(path) == sha256
