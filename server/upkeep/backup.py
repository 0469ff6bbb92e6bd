"""Makes a backup beside a running server, or of a stopped one.

Contract:
- the source is only read: the server's own writer checkpoints, nobody else;
- what is finished has been opened again, checked inside and hashed; its name comes last;
- of the files that the folder has, a share is read again each time, all of them within ``copying.ROUNDS`` backups;
- what the ledger says is erased is in the folder neither before nor after;
- only then does the mark in the data folder say so, and phones may call their answers safe;
- a stop at any moment leaves the earlier backups and the earlier mark as they were.
"""

import shutil
import sqlite3
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from errno import ENOSPC
from pathlib import Path
from typing import Final

from server.clock import Clock, as_text
from server.errors import NotADataFolder
from server.intake.feed_queries import entry_at
from server.store import disk, snapshot
from server.store.database import FILE_NAME
from server.store.errors import FolderInUse
from server.store.lock import FolderLock
from server.store.swap import is_under_way
from server.upkeep import queries, telling
from server.upkeep.copying import Copying
from server.upkeep.errors import BackupDamaged, BackupRefused, NoSpace
from server.upkeep.folder import (
    ATTACHMENTS,
    PARTIAL,
    Manifest,
    backups_in,
    copy_small_files,
    file_of,
    name_of,
    read_manifest,
    write_manifest,
)
from server.upkeep.ledger import Ledger
from server.upkeep.mark import Mark, write_mark
from server.upkeep.mending import note_damaged
from server.upkeep.places import Places
from server.upkeep.queries import Facts, StoredFile

__all__ = ["Made", "back_up"]

MARGIN_BYTES: Final = 16 * 1024 * 1024
"""Room that is left over, so that a backup does not fill a disk to its last byte."""
FULL: Final = "full"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A finished, verified backup; ``absent`` names files that were missing or damaged in the data folder.

    ``copied`` files came anew, and of those that were in the folder ``read_again`` were read and hashed again;
    ``renewed`` names those of them that were damaged there and have been replaced.
    """

    place: Path
    manifest: Manifest
    absent: tuple[str, ...]
    copied: int
    read_again: int
    renewed: tuple[str, ...]


def back_up(data: Path, folder: Path, *, clock: Clock, version: str) -> Made:
    """Back the data folder up into ``folder``; raises BackupRefused, NoSpace, BackupDamaged and NotADataFolder."""
    _check_folders(data, folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FolderLock(folder)
    except OSError as error:
        raise BackupRefused(f"Backups cannot be written to {folder}: {error.strerror}.") from error
    except FolderInUse as error:
        raise BackupRefused(f"Another backup into {folder} is under way. Wait until it is done.") from error
    try:
        _check_space(data, folder)
        return _Backup(data, folder, name_of(clock.now())).make(clock, version=version)
    except (OSError, sqlite3.OperationalError) as error:
        if _is_full(error):
            raise NoSpace(folder, needed=_needed(data, folder), free=shutil.disk_usage(folder).free) from error
        raise BackupRefused(f"The backup could not be made: {error}. Earlier backups are as they were.") from error
    finally:
        _clear_partial(folder)
        lock.release()


@dataclass(frozen=True)
class _Backup:
    """One backup under way from ``data`` to ``folder``."""

    data: Path
    folder: Path
    name: str

    def make(self, clock: Clock, *, version: str) -> Made:
        begun = self._begin()
        named = Ledger(self.data).read().attachments
        with suppress(OSError):  # that nothing can be noted is told at the end, when the backup is there
            Places(self.data).know(self.folder)
        copied = begun / FILE_NAME
        snapshot.copy_database(self.data / FILE_NAME, copied)
        disk.sync_file(copied)
        copy_small_files(self.data, begun)
        facts, stored = _checked(copied)
        here_again = named & {one.sha256 for one in stored}
        telling.catch_up(self.data, self.folder, spare=here_again)
        files = Copying(data=self.data, folder=self.folder, round=self._round(facts))
        absent = self._copy_files(files, stored, here_again)
        manifest = self._manifest(copied, facts, stored, absent, made_at=as_text(clock.now()), version=version)
        manifest = replace(manifest, round=files.round)
        write_manifest(begun, manifest)
        disk.sync_folder(begun)
        place = begun.rename(self.folder / self.name)
        disk.sync_folder(self.folder)
        told = telling.catch_up(self.data, self.folder, spare=here_again)  # some may be erased since they were copied
        self._note(absent, told=told)
        self._mark(manifest)
        return Made(
            place=place,
            manifest=manifest,
            absent=tuple(one.sha256 for one in absent),
            copied=files.copied - len(absent),
            read_again=files.read_again,
            renewed=tuple(one for one in files.renewed if file_of(self.folder, one).exists()),
        )

    def _begin(self) -> Path:
        if (self.folder / self.name).exists():
            raise BackupRefused(f"There is a backup of this very moment already: {self.folder / self.name}.")
        begun = self.folder / f"{self.name}{PARTIAL}"
        begun.mkdir(mode=0o700)
        return begun

    def _round(self, facts: Facts) -> int:
        """Tell the how-manieth backup into the folder this is; all of them must be of this server."""
        earlier = [read_manifest(one) for one in backups_in(self.folder)]
        if {one.server_id for one in earlier} - {facts.server_id}:
            raise BackupRefused(f"{self.folder} holds the backups of another server. Choose a folder of its own.")
        return 1 + max((one.round for one in earlier), default=0)

    def _copy_files(self, files: Copying, stored: Sequence[StoredFile], here_again: Set[str]) -> list[StoredFile]:
        """Copy what the folder does not have whole; give what the data folder should have whole and has not."""
        absent = files.copy(stored)
        erased = Ledger(self.data).read().attachments - here_again  # perhaps since the copy of the database was made
        return [one for one in absent if one.sha256 not in erased]

    def _manifest(
        self,
        copied: Path,
        facts: Facts,
        stored: Sequence[StoredFile],
        absent: Sequence[StoredFile],
        *,
        made_at: str,
        version: str,
    ) -> Manifest:
        with snapshot.opened_snapshot(copied) as connection:
            covered = facts.seq
            if absent:
                covered = queries.last_seq_before(connection, seq=min(one.seq for one in absent))
            entry = entry_at(connection, seq=covered)
        return Manifest(
            server_id=facts.server_id,
            epoch=facts.epoch,
            seq=facts.seq,
            covered_seq=covered,
            covered_entry=entry,
            made_at=made_at,
            sha256=disk.hash_of(copied),
            bytes=copied.stat().st_size,
            revisions=facts.revisions,
            attachments=len(stored) - len(absent),
            attachment_bytes=sum(one.bytes for one in stored) - sum(one.bytes for one in absent),
            version=version,
        )

    def _note(self, absent: Sequence[StoredFile], *, told: int) -> None:
        """Note what the next start and the next erasure need to know; that it cannot be is told with the mark."""
        with suppress(OSError):
            note_damaged(self.data, [one.sha256 for one in absent])
            Places(self.data).note_told(self.folder, told=told)

    def _mark(self, manifest: Manifest) -> None:
        """Note in the data folder how far this backup reaches."""
        made = Mark(
            server_id=manifest.server_id,
            epoch=manifest.epoch,
            seq=manifest.covered_seq,
            entry=manifest.covered_entry,
            made_at=manifest.made_at,
            sha256=manifest.sha256,
            folder=str(self.folder.absolute()),
        )
        try:
            write_mark(self.data, made)
        except OSError as error:
            raise BackupRefused(
                f"The backup {self.name} is made and verified, but that cannot be noted in {self.data}: "
                f"{error.strerror}. Phones go on as if there were none. Run it as the account that runs the server."
            ) from error


def _checked(copied: Path) -> tuple[Facts, list[StoredFile]]:
    """Open the copy again and look through all of it."""
    with snapshot.opened_snapshot(copied) as connection:
        found = snapshot.faults(connection)
        if found:
            raise BackupDamaged(f"The copy of the database is not sound, so no backup was made: {'; '.join(found)}.")
        facts = queries.facts(connection)
        if facts is None:
            raise NotADataFolder("The data folder holds no server yet. Start it once, then back it up.")
        return facts, queries.stored_attachments(connection)


def _check_folders(data: Path, folder: Path) -> None:
    if not (data / FILE_NAME).is_file():
        raise NotADataFolder(f"{data} is no data folder: it holds no {FILE_NAME}. Name the right one with --data.")
    if is_under_way(data):
        raise BackupRefused(
            f"A restore into {data} is not finished. Start the server, which finishes it; then back up."
        )
    if folder.resolve().is_relative_to(data.resolve()):
        raise BackupRefused(
            f"{folder} is inside the data folder {data}: what takes one would take the other. "
            "Choose a folder elsewhere, best on another disk."
        )


def _check_space(data: Path, folder: Path) -> None:
    needed, free = _needed(data, folder), shutil.disk_usage(folder).free
    if needed > free:
        raise NoSpace(folder, needed=needed, free=free)


def _needed(data: Path, folder: Path) -> int:
    """Tell how much room the next backup takes: a copy of the database, and the files that are not there yet."""
    whole = (data / ATTACHMENTS).glob("[0-9a-f][0-9a-f]/*")
    missing = sum(one.stat().st_size for one in whole if not file_of(folder, one.name).exists())
    return snapshot.bytes_of(data / FILE_NAME) + missing + MARGIN_BYTES


def _is_full(error: Exception) -> bool:
    return error.errno == ENOSPC if isinstance(error, OSError) else FULL in str(error)


def _clear_partial(folder: Path) -> None:
    """Remove what a backup that was not finished leaves."""
    for one in folder.glob(f"*{PARTIAL}"):
        shutil.rmtree(one, ignore_errors=True)
    for draft in (folder / ATTACHMENTS).glob(f"*/*{PARTIAL}"):
        draft.unlink(missing_ok=True)
