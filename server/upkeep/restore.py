"""Puts a backup in the place of a data folder.

Contract:
- everything is prepared beside what is there and checked; one rename decides, and from then on any start finishes it;
- until that rename the folder is as it was; nothing of it is ever deleted, it moves to ``replaced-<time>``;
- the log begins a new epoch, which is what phones notice: they offer again what this server has lost;
- what the ledgers say was erased is erased before anything can be served;
- nobody gets in who was let out since the backup, as far as the data that are replaced can tell (``closings``), nor by
  a session or a link that the backup has as good;
- a file that the backup does not hold whole is forgotten, so that phones bring it again.
"""

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from server.audit.noting import COMMAND, NOBODY, note
from server.clock import Clock, as_text
from server.intake.feed_queries import entry_at
from server.people.invitation_queries import withdraw_every_invitation
from server.people.session_queries import forget_sessions
from server.setup.queries import end_links
from server.store import disk, identity, swap
from server.store.database import FILE_NAME, Database
from server.store.errors import RestoreUnfinished, WriteLost
from server.store.identity import ServerIdentity
from server.store.lock import FILE_NAME as LOCK_FILE
from server.store.lock import FolderLock
from server.upkeep import erasing, queries
from server.upkeep.closing_queries import end_every_enrolment
from server.upkeep.closings import Carried, Closings, carry_over, read_closings
from server.upkeep.errors import NoSpace, RestoreRefused
from server.upkeep.folder import ATTACHMENTS, Manifest, copy_small_files, file_of, name_of, stored_in
from server.upkeep.ledger import Ledger, LedgerRead
from server.upkeep.mark import Mark, write_mark
from server.upkeep.places import Places
from server.upkeep.telling import reachable
from server.upkeep.verify import find_backup, folder_of, verify_database

__all__ = ["Restored", "restore"]

MARGIN_BYTES: Final = 16 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was restored; ``replaced`` is where the old data went, ``absent`` names files that the backup lacks.

    ``carried`` is what stays ended; None when the data of before could not tell.
    """

    place: Path
    manifest: Manifest
    erasures: int
    absent: tuple[str, ...]
    replaced: Path | None
    carried: Carried | None


def restore(
    source: Path,
    data: Path,
    *,
    replace: bool,
    clock: Clock,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> Restored:
    """Restore the backup ``source``, or the latest in that folder, into ``data``.

    Raises RestoreRefused, BackupDamaged, NoSpace and FolderInUse; the data folder is as it was then.
    """
    place = find_backup(source)
    lock = _locked(data)
    try:
        _check_folders(place, data, replace=replace)
        manifest = verify_database(place)
        closings = read_closings(data / FILE_NAME, server_id=manifest.server_id)
        work = _Restore(place, data, manifest, _erasures(place, data), closings)
        made = _prepared_or_cleared(work, clock=clock, random_bytes=random_bytes)
        replaced = _put_in_place(data, name_of(clock.now()))
    finally:
        lock.release()
    return Restored(
        place=place,
        manifest=manifest,
        erasures=len(work.ledger.erasures),
        absent=made.absent,
        carried=made.carried,
        replaced=replaced if replaced.exists() else None,
    )


def _locked(data: Path) -> FolderLock:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FolderLock(data)
    except OSError as error:
        raise RestoreRefused(f"{data} cannot be used as a data folder: {error.strerror}.") from error


@dataclass(frozen=True)
class _Prepared:
    """What is to be told of a folder to come."""

    absent: tuple[str, ...]
    carried: Carried | None


@dataclass(frozen=True)
class _Restore:
    """One restore under way, from the backup ``place`` to the folder ``data``."""

    place: Path
    data: Path
    manifest: Manifest
    ledger: LedgerRead
    closings: Closings | None

    @property
    def prepared(self) -> Path:
        """Where the folder to come is made."""
        return self.data / swap.PREPARED

    def prepare(self, *, clock: Clock, random_bytes: Callable[[int], bytes]) -> _Prepared:
        """Make the whole folder to come, on the disk."""
        shutil.rmtree(self.prepared, ignore_errors=True)
        self._check_space()
        self.prepared.mkdir(mode=0o700)
        disk.copy_hashed(self.place / FILE_NAME, self.prepared / FILE_NAME)
        copy_small_files(self.place, self.prepared)
        absent = self._copy_files()
        Ledger(self.prepared).add(self.ledger.erasures)
        carried = self._settle(absent, clock=clock, random_bytes=random_bytes)
        (self.prepared / LOCK_FILE).unlink()
        disk.sync_file(self.prepared / FILE_NAME)
        disk.sync_folder(self.prepared)
        return _Prepared(absent, carried)

    def _copy_files(self) -> tuple[str, ...]:
        absent = []
        for stored in stored_in(self.prepared):
            source, target = (file_of(folder, stored.sha256) for folder in (folder_of(self.place), self.prepared))
            if stored.sha256 in self.ledger.attachments and not source.is_file():
                continue  # erased; where it is here, it may have come again with another response, and the end decides
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not source.is_file() or disk.copy_hashed(source, target) != stored.sha256:
                target.unlink(missing_ok=True)
                absent.append(stored.sha256)
        for folder in (self.prepared / ATTACHMENTS).glob("**/"):
            disk.sync_folder(folder)
        return tuple(absent)

    def _settle(self, absent: Sequence[str], *, clock: Clock, random_bytes: Callable[[int], bytes]) -> Carried | None:
        """Begin the new epoch, forget files that are not there, erase what was erased, and note what is safe."""
        database = Database(self.prepared)
        try:
            now = as_text(clock.now())
            carried = database.write(partial(self._end_what_had_ended, at=now))
            known = database.write(partial(_begin_again, absent=absent, random_bytes=random_bytes))
            erasing.finish(database, clock=clock)
            with database.read() as connection:
                covered = queries.last_seq_before(connection, seq=self.manifest.covered_seq + 1)
                entry = entry_at(connection, seq=covered)
        finally:
            database.close()
        write_mark(self.prepared, self._mark(known, covered, entry))
        Places(self.prepared).know(folder_of(self.place), *(one.folder for one in Places(self.data).read()))
        return carried

    def _end_what_had_ended(self, connection: sqlite3.Connection, *, at: str) -> Carried | None:
        """Nobody gets in by what a backup says: it may be wrong by now."""
        forget_sessions(connection)
        withdraw_every_invitation(connection, at=at)
        end_links(connection, now=at)
        end_every_enrolment(connection, at=at)
        details = {"by": COMMAND, "made_at": self.manifest.made_at}
        note(connection, at=at, actor=NOBODY, action="backup-restored", subject="", details=details)
        return None if self.closings is None else carry_over(connection, self.closings)

    def _mark(self, known: ServerIdentity, covered: int, entry: str) -> Mark:
        return Mark(
            server_id=known.server_id,
            epoch=known.epoch,
            seq=covered,
            entry=entry,
            made_at=self.manifest.made_at,
            sha256=self.manifest.sha256,
            folder=str(folder_of(self.place)),
        )

    def _check_space(self) -> None:
        files = sum(one.bytes for one in stored_in(self.place))
        needed, free = self.manifest.bytes * 2 + files + MARGIN_BYTES, shutil.disk_usage(self.data).free
        if needed > free:
            raise NoSpace(self.data, needed=needed, free=free)


def _put_in_place(data: Path, aside: str) -> Path:
    """Pass the point of no return, and finish; tell where the old entries went."""
    try:
        swap.commit(data, replaced=aside)
        swap.finish(data, database=FILE_NAME)
    except OSError as error:
        raise RestoreUnfinished(data) from error
    return data / f"{swap.REPLACED}{aside}"


def _prepared_or_cleared(work: _Restore, *, clock: Clock, random_bytes: Callable[[int], bytes]) -> _Prepared:
    """Prepare; when that fails, leave the folder as it was."""
    try:
        return work.prepare(clock=clock, random_bytes=random_bytes)
    except BaseException as error:
        shutil.rmtree(work.prepared, ignore_errors=True)
        if isinstance(error, OSError | sqlite3.OperationalError | WriteLost):
            raise RestoreRefused(
                f"The backup could not be restored: {error}. Nothing in {work.data} has been changed."
            ) from error
        raise


def _begin_again(
    connection: sqlite3.Connection, *, absent: Sequence[str], random_bytes: Callable[[int], bytes]
) -> ServerIdentity:
    for sha256 in absent:
        queries.forget_attachment(connection, sha256=sha256)
    return identity.begin_epoch(connection, random_bytes=random_bytes)


def _check_folders(place: Path, data: Path, *, replace: bool) -> None:
    """Refuse to touch data that nobody said may be replaced. A swap that was decided before is finished first."""
    swap_was_under_way = swap.is_under_way(data)
    if swap_was_under_way:
        swap.finish(data, database=FILE_NAME)
    if place.resolve().is_relative_to(data.resolve()):
        raise RestoreRefused(f"The backup {place} lies inside the data folder {data}. Move it elsewhere first.")
    if swap.old_entries(data) and not replace:
        raise RestoreRefused(
            f"{data} is not empty. "
            + ("An earlier restore has just been finished there; start the server on it. " * swap_was_under_way)
            + "To put the backup in its place, add --replace: what is there is moved aside, not deleted."
        )


def _erasures(place: Path, data: Path) -> LedgerRead:
    """Read every ledger that can be reached; refuse to restore past a line that cannot be read."""
    others = {one.folder for source in (data, place) for one in Places(source).read() if reachable(one.folder)}
    ledgers = [Ledger(one) for one in dict.fromkeys([folder_of(place), data, *sorted(others)])]
    read = [ledger.read() for ledger in ledgers]
    for ledger, found in zip(ledgers, read, strict=True):
        if found.damaged:
            raise RestoreRefused(
                f"Line {found.damaged[0]} of the ledger of erasures {ledger.path} cannot be read, so what it erased "
                "might come back. Put a whole copy of the file there, or take the line out knowing that."
            )
    known = {one.rev: one for found in read for one in found.erasures}
    return LedgerRead(tuple(known.values()), ())
