"""Finds out at a start that files are gone from the disk, and has them brought again.

A row that says that a file is here, where it is not, would keep it away for ever: no phone is asked for what is here,
and no backup covers it. So the file is taken from a folder of backups; where none has it, the row and its place in the
log are taken away and the log begins a new epoch, as after a restore: phones that still have the file send it again.
A file that nobody has a row for, but a revision names, is given one: a disk that was away is back.
A start looks at names and lengths only. Backups read the contents, and note here what they found damaged.
"""

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from server.clock import Clock, as_text
from server.intake.attachment_queries import insert_whole
from server.store import disk, identity
from server.store.database import Database
from server.store.identity import ServerIdentity
from server.upkeep import queries
from server.upkeep.copying import put_copy
from server.upkeep.folder import ATTACHMENTS, file_of
from server.upkeep.lines import add_lines, read_lines
from server.upkeep.queries import StoredFile
from server.upkeep.telling import known_places, reachable

__all__ = ["FILE_NAME", "mend", "note_damaged"]

FILE_NAME: Final = "damaged-files.jsonl"

log = logging.getLogger(__name__)


def mend(
    database: Database, known: ServerIdentity, *, clock: Clock, random_bytes: Callable[[int], bytes]
) -> ServerIdentity:
    """Bring files back that are gone, or have phones bring them; give the identity, in a new epoch where need be."""
    _adopt(database, now=as_text(clock.now()))
    data = database.folder
    with database.read() as connection:
        stored = queries.stored_attachments(connection)
    suspected = _noted(data)
    gone = [one for one in stored if not _is_there(data, one, suspected=one.sha256 in suspected)]
    if gone:
        log.error("%d files are gone from %s or damaged: %s", len(gone), data, [one.sha256 for one in gone])
    lost = [one.sha256 for one in gone if not _fetch(data, one.sha256)]
    if lost:
        known = database.write(partial(_forget, lost=lost, random_bytes=random_bytes))
        log.error("No backup that can be reached has these files, so phones are asked for them again: %s", lost)
    elif gone:
        log.warning("All of them were taken from a backup")
    (data / FILE_NAME).unlink(missing_ok=True)
    return known


def note_damaged(data: Path, names: Iterable[str]) -> None:
    """Note files that are not what their name says, for the next start; raises OSError."""
    lines = [json.dumps(one).encode() + b"\n" for one in names]
    add_lines(data / FILE_NAME, lambda there: [line for line in lines if line not in there])


def _adopt(database: Database, *, now: str) -> None:
    there = {path.name for path in (database.folder / ATTACHMENTS).glob("[0-9a-f][0-9a-f]/*")}
    with database.read() as connection:
        found = queries.named_without_row(connection, names=sorted(there))
    for sha256 in found:
        path = file_of(database.folder, sha256)
        if disk.hash_of(path) == sha256:
            size = path.stat().st_size
            disk.sync_file(path)
            disk.sync_folder(path.parent)
            database.write(partial(insert_whole, sha256=sha256, size=size, now=now))


def _noted(data: Path) -> frozenset[str]:
    return frozenset(line.decode(errors="replace").strip().strip('"') for line in read_lines(data / FILE_NAME))


def _is_there(data: Path, stored: StoredFile, *, suspected: bool) -> bool:
    path = file_of(data, stored.sha256)
    try:
        return path.stat().st_size == stored.bytes and (not suspected or disk.hash_of(path) == stored.sha256)
    except OSError:
        return False


def _fetch(data: Path, sha256: str) -> bool:
    for place in known_places(data):
        try:
            if reachable(place.folder) and put_copy(sha256, source=place.folder, target=data):
                return True
        except OSError as error:
            log.warning("%s could not be taken from %s: %s", sha256, place.folder, error)
    return False


def _forget(
    connection: sqlite3.Connection, *, lost: Sequence[str], random_bytes: Callable[[int], bytes]
) -> ServerIdentity:
    for sha256 in lost:
        queries.forget_attachment(connection, sha256=sha256)
    return identity.begin_epoch(connection, random_bytes=random_bytes)
