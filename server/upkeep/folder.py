"""What a folder of backups holds.

    FOLDER/<time>/fieldwell.sqlite3    the database as it was at that time, one file
    FOLDER/<time>/manifest.json        what it holds, and its hash
    FOLDER/<time>/session.key          what signs sessions of the console
    FOLDER/attachments/ab/<sha256>     files, shared by all backups, by their hash
    FOLDER/erasures.jsonl              the ledger: what a restore must not bring back
    FOLDER/attachments/ab/<sha256>.damaged    one that was found damaged when it was read again
    FOLDER/<time>.partial              one that was not finished; it means nothing

All of it is of one server.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from server.clock import as_text
from server.store import disk
from server.store.database import FILE_NAME
from server.store.disk import write_whole
from server.store.snapshot import opened_snapshot
from server.upkeep import places, queries
from server.upkeep.errors import BackupDamaged
from server.upkeep.queries import StoredFile

__all__ = [
    "ATTACHMENTS",
    "DAMAGED",
    "MANIFEST",
    "PARTIAL",
    "Manifest",
    "backups_in",
    "copied_files",
    "copy_small_files",
    "file_of",
    "name_of",
    "read_manifest",
    "stored_in",
    "write_manifest",
]

MANIFEST: Final = "manifest.json"
ATTACHMENTS: Final = "attachments"
PARTIAL: Final = ".partial"
DAMAGED: Final = ".damaged"
COPIED_FILES: Final = ("session.key", places.FILE_NAME)
"""Small files of the data folder without which a restored server would not be whole."""
ADDED_WORDS: Final = "translations/*/messages.po"
"""What a team added to the languages of Fieldwell, or changed in them."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What one backup holds: all of the log up to ``seq``. Sizes are in bytes, ``sha256`` is of the database file.

    ``covered_seq`` is less than ``seq`` when a file was missing or damaged in the data folder: the log is covered,
    files and all, only so far. ``round`` counts the backups into the folder: it says which files it read again.
    """

    server_id: str
    epoch: str
    seq: int
    covered_seq: int
    covered_entry: str
    made_at: str
    sha256: str
    bytes: int
    revisions: int
    attachments: int
    attachment_bytes: int
    version: str
    round: int = 0


def name_of(moment: datetime) -> str:
    """Name a backup by its time, UTC, without the colons that some file systems do not take."""
    return as_text(moment).replace(":", "").replace(".", "-")


def backups_in(folder: Path) -> list[Path]:
    """List the backups that were finished, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if not one.name.endswith(PARTIAL) and (one / MANIFEST).is_file())


def write_manifest(backup: Path, manifest: Manifest) -> None:
    """Put the manifest into a backup."""
    write_whole(backup / MANIFEST, json.dumps(asdict(manifest), indent=2).encode() + b"\n")


def read_manifest(backup: Path) -> Manifest:
    """Read what a backup holds; raises BackupDamaged."""
    try:
        content = json.loads((backup / MANIFEST).read_bytes())
        return Manifest(**content)
    except (OSError, ValueError, TypeError) as error:
        raise BackupDamaged(f"{backup / MANIFEST} cannot be read: {error}.") from error


def stored_in(backup: Path) -> list[StoredFile]:
    """List the files that belong to a backup."""
    with opened_snapshot(backup / FILE_NAME) as connection:
        return queries.stored_attachments(connection)


def copied_files(folder: Path) -> list[str]:
    """Name the small files that a data folder or a backup has, by their paths within it."""
    added = sorted(path.relative_to(folder).as_posix() for path in folder.glob(ADDED_WORDS))
    return [*(name for name in COPIED_FILES if (folder / name).exists()), *added]


def copy_small_files(source: Path, target: Path) -> None:
    """Copy the small files of a data folder or a backup, and put copies and folders on the disk."""
    for name in copied_files(source):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        disk.copy_hashed(source / name, place)
        for folder in place.relative_to(target).parents:
            disk.sync_folder(target / folder)


def file_of(folder: Path, sha256: str) -> Path:
    """Tell where a file lies, in a data folder and in a folder of backups alike."""
    return folder / ATTACHMENTS / sha256[:2] / sha256
