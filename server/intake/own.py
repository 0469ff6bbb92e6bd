"""Takes in what this server made itself, a revision of the console, by the way that every revision comes in."""

import sqlite3
from datetime import datetime
from typing import Final

from server.clock import as_text
from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.intake.accept import Bringer, accept
from server.intake.rules import Revision, examine
from sync.codes import Origin, ReceiptStatus
from sync.messages import Json, Receipt

__all__ = ["accept_own"]

SERVER: Final = "server"
KEPT: Final = frozenset({ReceiptStatus.STORED, ReceiptStatus.CONFLICT, ReceiptStatus.DUPLICATE, ReceiptStatus.ERASED})


def accept_own(connection: sqlite3.Connection, item: Json, *, server_id: str, now: datetime) -> Receipt:
    """Store a revision whose device is this server, inside the caller's transaction; no reason sets it aside."""
    revision = examine(item)
    assert isinstance(revision, Revision), "What this server makes, it can read."
    assert (revision.header.device, revision.header.origin) == (server_id, Origin.CONSOLE), "It says that it made it."
    own = Credentials(device=server_id, role=SERVER, scopes=(), name="", expires=now, issued=now)
    bringer = Bringer(credentials=own, standing=Standing.OWN)
    receipt = accept(connection, [revision], bringer=bringer, now=as_text(now))[0]
    assert receipt.status in KEPT, "Nothing is odd about it."
    return receipt
