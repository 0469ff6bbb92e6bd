"""The mark that a device keeps in a server's log. Opaque to the device, and bound to one life of one log.

It names the entry it stands on by its seq and by a hash of all that the log says there, the moment included: the
same subject may come again at the same seq of another life. After a restore the same seq holds something else or
nothing: the mark does not fit, and the device offers everything again.
"""

import base64
import binascii
import json
from dataclasses import dataclass

from server.store.identity import ServerIdentity

__all__ = ["CURSOR_CHARACTERS", "START", "Position", "read", "write"]

CURSOR_CHARACTERS = 1024
LARGEST_SEQ = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Position:
    """An entry of the log: its seq, and what tells it from any other that may stand there (``queries.entry_at``)."""

    seq: int
    entry: str


START = Position(seq=0, entry="")


def write(position: Position, identity: ServerIdentity) -> str:
    """Write the mark."""
    content = {
        "server_id": identity.server_id,
        "epoch": identity.epoch,
        "seq": position.seq,
        "entry": position.entry,
    }
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def read(text: str, identity: ServerIdentity) -> Position | None:
    """Read a mark of this log; None for any other text. '' is the start of every log."""
    if not text:
        return START
    match _content(text):
        case {"server_id": identity.server_id, "epoch": identity.epoch, "seq": int(seq), "entry": str(entry)} if (
            0 <= seq <= LARGEST_SEQ
        ):
            return Position(seq=seq, entry=entry)
    return None


def _content(text: str) -> object:
    if len(text) > CURSOR_CHARACTERS or not text.isascii():
        return None
    try:
        padded = text + "=" * (-len(text) % 4)
        content: object = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return content
