"""Erases, so that after any interruption the next start finishes it.

The order is: ledger, rows, files, words of the index, log. The ledger is first on purpose.
It may say more than is done, never less: whatever stops the work, the next start reads the line and does the
rest, and so does a server restored from a backup that was made before. Were the rows first,
a crash behind them would leave an erasure that no ledger knows, and the next restore would
bring the content back. Nothing is acknowledged before all five are done.
"""

import logging
import sqlite3
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from server.audit.noting import NOBODY, note
from server.clock import Clock, as_text
from server.intake import erasure, erasure_queries
from server.intake.attachment_queries import erased_attachments
from server.intake.erasure import Erasure, Request
from server.intake.erasure_queries import Content
from server.reviews.projector import forget_for_good, project_again
from server.store.database import Database
from server.store.identity import ServerIdentity
from server.upkeep.errors import ErasureUnfinished, ReasonUnfit, ResponseUnknown
from server.upkeep.ledger import Ledger
from server.upkeep.places import FILE_NAME as PLACES
from server.upkeep.telling import known_places, remove_files, tell_all
from sync.limits import NAME_CHARACTERS

__all__ = ["Erased", "apply", "erase", "finish", "settle"]

EMPTYING_ATTEMPTS: Final = 5
"""How often the write-ahead log is tried; each waits for readers as long as a reader may keep the writer waiting."""
WRITTEN_ANEW_BYTES: Final = 128 * 1024 * 1024
"""Of the database, while phones and people wait: a second or two. A larger one is written anew at the next start."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Erased:
    """How much was erased by this call; nothing when all of it was erased before.

    ``shared`` are the texts and files that stay, since another response names them.
    """

    parts: int
    attachments: int
    shared: tuple[Content, ...] = ()


def erase(database: Database, wanted: Request, *, identity: ServerIdentity, clock: Clock) -> Erased:
    """Erase what is wanted of a response, and return once no trace of it is on this server's disk.

    Nothing may be taking requests meanwhile: uploads and drawings that are under way are not waited for.
    Raises ResponseUnknown, ReasonUnfit, and ErasureUnfinished when the ledger beside the backups cannot be reached
    or a reader keeps the old content in use; asking again goes on where it stopped.
    """
    _check(database, wanted)
    try:
        return _erase(database, wanted, identity=identity, clock=clock)
    except OSError as error:
        raise ErasureUnfinished(
            f"The erasure is not finished: {error}. Type the same command again once that is put right."
        ) from error


def finish(database: Database, *, clock: Clock) -> None:
    """Do what the ledgers say and has not been done: called at every start, before anything is served."""
    own = Ledger(database.folder)
    read = own.read()
    if read.damaged:
        log.error("Lines of %s cannot be read and are passed over: %s", own.path, list(read.damaged))
    with database.read() as connection:
        recorded = erasure.recorded(connection)
    try:
        own.add([*recorded, *_beside_backups(database.folder)])
    except OSError as error:
        log.error("The ledger of erasures %s cannot be written: %s", own.path, error)
    known = {one.rev: one for one in (*recorded, *read.erasures, *own.read().erasures)}
    for one in known.values():
        with database.read() as connection:
            done = erasure.is_carried_out(connection, one)
        if not done:
            apply(database, one, clock=clock)
    if known:
        remove_files(database.folder, _gone(database))
        forget_for_good(database)
        if not database.empty_log():
            log.warning("Somebody reads the database: what was erased may stand in its log until the server stops")
        try:
            _tell_backups(database)
        except ErasureUnfinished as error:
            log.warning("%s", error)


def settle(database: Database) -> None:
    """Bring the log and the folders of backups up to date with what was erased while serving; may be repeated.

    Raises ErasureUnfinished when a reader is in the way or a folder cannot be reached: it is to be tried again.
    """
    if not Ledger(database.folder).read().erasures:
        return
    remove_files(database.folder, _gone(database))
    forget_for_good(database, most_bytes=WRITTEN_ANEW_BYTES)
    if not database.empty_log():
        raise ErasureUnfinished("Erased, but somebody reads the old state still; the log is emptied later.")
    _tell_backups(database)


def apply(database: Database, one: Erasure, *, clock: Clock) -> None:
    """Erase the rows of what an erasure names, make the rows computed from them again, and note it in the audit log."""
    now = as_text(clock.now())
    database.write(partial(_apply, one=one, now=now))


def _erase(database: Database, wanted: Request, *, identity: ServerIdentity, clock: Clock) -> Erased:
    done: list[Erasure] = []
    while (planned := _next(database, wanted, identity=identity, clock=clock)) is not None:
        Ledger(database.folder).add([planned])
        apply(database, planned, clock=clock)
        done.append(planned)
        if not (planned.erases.parts or planned.erases.attachments):
            break  # all that is left is another response's too; this one is said to be no more
    remove_files(database.folder, _gone(database))
    with database.read() as connection:
        shared = erasure.shared(connection, wanted)
    forget_for_good(database)
    _empty_log(database)
    _tell_backups(database)
    return Erased(
        parts=sum(len(one.erases.parts) for one in done),
        attachments=sum(len(one.erases.attachments) for one in done),
        shared=tuple(shared),
    )


def _apply(connection: sqlite3.Connection, *, one: Erasure, now: str) -> None:
    erasure.carry_out(connection, one, now=now)
    project_again(connection, response_id=one.header.id, for_good=True)
    note(
        connection,
        at=now,
        actor=NOBODY,
        action="response-erased",
        subject=one.header.id,
        neighbourhood_id=one.header.neighbourhood,
        details={"texts": len(one.erases.parts), "files": len(one.erases.attachments)},
    )


def _check(database: Database, wanted: Request) -> None:
    if len(wanted.reason) > NAME_CHARACTERS or not wanted.reason.isprintable():
        raise ReasonUnfit(
            f"The reason has {len(wanted.reason)} characters; it may have {NAME_CHARACTERS}, on one line. "
            "Shorten it; nothing has been erased."
        )
    with database.read() as connection:
        known = erasure_queries.revs_of_response(connection, response_id=wanted.response_id)
        names = erasure_queries.part_names(connection, response_id=wanted.response_id)
    if not known:
        raise ResponseUnknown(f"No response is kept here under the id {wanted.response_id}.")
    strange = [name for name in wanted.parts or () if name not in names]
    if strange:
        raise ResponseUnknown(f"The response has no part named {', '.join(strange)}. It has: {', '.join(names)}.")


def _next(database: Database, wanted: Request, *, identity: ServerIdentity, clock: Clock) -> Erasure | None:
    with database.read() as connection:
        return erasure.plan(connection, wanted, server_id=identity.server_id, now=as_text(clock.now()))


def _empty_log(database: Database) -> None:
    if not any(database.empty_log() for _attempt in range(EMPTYING_ATTEMPTS)):
        raise ErasureUnfinished(
            "Erased, but a page or a download that began before still reads the old state. "
            "Type the same command again in a minute; only then is it certain that nothing is left on the disk."
        )


def _gone(database: Database) -> list[str]:
    """Name the files that are erased by now: not those that came again with another response."""
    with database.read() as connection:
        return erased_attachments(connection)


def _beside_backups(data: Path) -> list[Erasure]:
    """Read the ledgers beside the backups, where they can be reached: they know what an older copy does not."""
    found: list[Erasure] = []
    for place in known_places(data):
        try:
            found.extend(Ledger(place.folder).read().erasures)
        except OSError as error:
            log.warning("The ledger of erasures in %s cannot be read: %s", place.folder, error)
    return found


def _tell_backups(database: Database) -> None:
    """Write the erasures beside the backups, and remove erased files from what the backups share."""
    untold = tell_all(database.folder, gone=_gone(database))
    if untold:
        raise ErasureUnfinished(
            "Erased on this server, but these folders of backups cannot be told:\n"
            + "".join(f"  {one}\n" for one in untold)
            + "Make them reachable and type the same command again; the next backup into one tells it too. A folder "
            f"that was destroyed is forgotten by taking its lines out of {database.folder / PLACES}."
        )
