"""Erases while the server serves: what a person took back, what a coordinator erases or has redacted.

What is true of it, and why that is safe though requests go on meanwhile:

- the ledger is written first, as always: a stop at any moment is finished by the next start;
- the rows go in one transaction of the one writer, with the line of the audit log and with what is projected of them.
  A projector that read them before does not write what it read (``project_again`` moves the progress);
- a revision that comes meanwhile is either there when the erasure is planned, and goes, or comes after and is planned
  for by the next round, until a round finds nothing;
- files go once their rows say so. An upload under way finds its file erased when it is whole, and keeps nothing of it.
  A picture that is being drawn may be kept after that: it goes when what is left is settled.

The write-ahead log and the folders of backups follow at once, but behind the answer (``erasing.settle``): a reader or
a disk that is not there may hold them up, and they are tried again until they are done.
"""

import sqlite3
from collections.abc import Callable
from typing import Final

from server.clock import Clock, as_text
from server.intake import erasure
from server.intake.attachment_queries import erased_attachments
from server.intake.erasure import Erasure, Request
from server.reviews.projector import project_again
from server.store.database import Database
from server.store.identity import ServerIdentity
from server.upkeep.ledger import Ledger
from server.upkeep.telling import remove_files

__all__ = ["Note", "erase_while_serving"]

ROUNDS: Final = 20
"""More rounds than a response of one visit ever takes: each names 150 parts, and few revisions come meanwhile."""

Note = Callable[[sqlite3.Connection, Erasure], None]


def erase_while_serving(
    database: Database, wanted: Request, *, identity: ServerIdentity, clock: Clock, note: Note
) -> list[Erasure]:
    """Erase what is wanted of a response; once it returns, rows and files are gone and the ledger knows.

    ``note`` writes the line of the audit log, in the transaction of the first erasure. Gives what was done: nothing
    where nothing was left. Raises OSError when the ledger cannot be written, and then nothing was erased.
    """
    done: list[Erasure] = []
    for _round in range(ROUNDS):
        with database.read() as connection:
            planned = erasure.plan(connection, wanted, server_id=identity.server_id, now=as_text(clock.now()))
        if planned is None:
            break
        _do(database, planned, clock=clock, note=None if done else note)
        done.append(planned)
        if not (planned.erases.parts or planned.erases.attachments):
            break  # all that is left is another response's too; this one is said to be no more
    if any(one.erases.attachments for one in done):
        with database.read() as connection:
            gone = erased_attachments(connection)
        remove_files(database.folder, gone)
    return done


def _do(database: Database, planned: Erasure, *, clock: Clock, note: Note | None) -> None:
    """Write one erasure into the ledger, then take its rows away."""
    Ledger(database.folder).add([planned])
    now = as_text(clock.now())

    def take_away(connection: sqlite3.Connection) -> None:
        erasure.carry_out(connection, planned, now=now)
        project_again(connection, response_id=planned.header.id, for_good=True)
        if note is not None:
            note(connection, planned)

    database.write(take_away)
