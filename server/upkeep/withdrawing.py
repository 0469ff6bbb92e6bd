"""Erases a whole response while the server serves: what the person who answered takes back.

What is true of it, and why that is safe though requests go on meanwhile:

- it has no files. So there is no upload and no drawing under way to wait for, and no file is removed while another
  response brings it again; a response that names files is left alone, for `fieldwell erase` to do;
- all else is as in ``serving_erasure``.
"""

from typing import Literal

from server.clock import Clock
from server.intake import erasure
from server.intake.erasure import Request
from server.reviews.rows import WITHDRAWN
from server.store.database import Database
from server.store.identity import ServerIdentity
from server.upkeep.serving_erasure import Note, erase_while_serving

__all__ = ["WITHDRAWN", "Outcome", "withdraw"]

Outcome = Literal["withdrawn", "nothing-left", "holds-files"]


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
    done = erase_while_serving(database, wanted, identity=identity, clock=clock, note=note)
    return "withdrawn" if done else "nothing-left"
