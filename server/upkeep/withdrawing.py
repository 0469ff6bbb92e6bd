"""Erases a whole response while the server serves: what the person who answered takes back.

What is true of it, and why that is safe though requests go on meanwhile:

- it has no files. So there is no upload and no drawing under way to wait for, and no file is removed while another
  response brings it again; a response that names files is left alone, for `fieldwell erase` to do;
- the ledger is written first, as always: a stop at any moment is finished by the next start;
- the rows go in one transaction of the one writer, with the line of the audit log and with what is projected of them.
  A projector that read them before does not write what it read (``project_again`` moves the progress);
- a revision that comes meanwhile is either there when the erasure is planned, and goes, or comes after and is planned
  for by the next round, until a round finds nothing.

The write-ahead log and the folders of backups follow at once, but behind the answer (``erasing.settle``): a reader or
a disk that is not there may hold them up, and they are tried again until they are done.
"""

import sqlite3
from collections.abc import Callable
from typing import Final, Literal

from server.clock import Clock, as_text
from server.intake import erasure
from server.intake.erasure import Erasure, Request
from server.reviews.projector import project_again
from server.reviews.rows import WITHDRAWN
from server.store.database import Database
from server.store.identity import ServerIdentity
from server.upkeep.ledger import Ledger

__all__ = ["WITHDRAWN", "Outcome", "withdraw"]

ROUNDS: Final = 20
"""More rounds than a response of one visit ever takes: each names 150 parts, and few revisions come meanwhile."""

Outcome = Literal["withdrawn", "nothing-left", "holds-files"]
Note = Callable[[sqlite3.Connection, Erasure], None]


def withdraw(
    database: Database,
    response_id: str,
    *,
    reference: str | None = None,
    identity: ServerIdentity,
    clock: Clock,
    note: Note,
) -> Outcome:
    """Erase all parts of a response; once it returns, the rows are gone and the ledger knows.

    ``reference``: the hash of the code that they are taken back by; what others tried to add to the response stays.
    ``note`` writes the line of the audit log, in the transaction of the first erasure. Raises OSError when the ledger
    cannot be written, and then nothing was erased.
    """
    wanted = Request(response_id=response_id, parts=None, reason=WITHDRAWN, reference=reference)
    with database.read() as connection:
        if erasure.names_files(connection, wanted):
            return "holds-files"
    outcome: Outcome = "nothing-left"
    for _round in range(ROUNDS):
        with database.read() as connection:
            planned = erasure.plan(connection, wanted, server_id=identity.server_id, now=as_text(clock.now()))
        if planned is None:
            break
        _do(database, planned, clock=clock, note=note if outcome == "nothing-left" else None)
        outcome = "withdrawn"
        if not planned.erases.parts:
            break  # all that is left is another response's too; this one is said to be no more
    return outcome


def _do(database: Database, planned: Erasure, *, clock: Clock, note: Note | None) -> None:
    """Write one erasure into the ledger, then take its rows away."""
    Ledger(database.folder).add([planned])
    now = as_text(clock.now())

    def take_away(connection: sqlite3.Connection) -> None:
        erasure.carry_out(connection, planned, now=now)
        project_again(connection, response_id=planned.header.id)
        if note is not None:
            note(connection, planned)

    database.write(take_away)
