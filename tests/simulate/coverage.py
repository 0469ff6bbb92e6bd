"""What all seeds together must have gone through: a simulation that never meets a fault proves nothing."""

from typing import Final, get_args

from sync.codes import ReceiptStatus
from sync.session_types import Phase
from tests.simulate.network import Weather

__all__ = ["EXPECTED"]

FAULTS: Final = (
    *(name.replace("_", " ") for name in vars(Weather())),
    "partition",
    "clock of a phone",
    "clock of central",
    "disk full",
    "folder full",
    "raw copy",
    "restore",
    "wipe",
)
CRASH_POINTS: Final = ("insert", "update", "delete", "commit", "append", "fsync", "fsync-folder", "rename", "ledger")
DONE: Final = ("backup", "erase", "revoke", "close form")
STATUSES: Final = (200, 204, 401, 403, 409, 503, 507)

EXPECTED: Final = (
    *(f"fault: {name}" for name in FAULTS),
    *(f"crash point: {name}" for name in CRASH_POINTS),
    *(f"done: {name}" for name in DONE),
    *(f"status: {status}" for status in STATUSES),
    *(f"receipt: {status}" for status in ReceiptStatus),
    *(f"phase: {phase.kind}" for phase in get_args(Phase)),
    "became safe",
    "crash of a phone",
    "crash of central",
    "files complete",
    "let go",
    "photos of more than one phone",
    "requests between the steps of another",
    "resets",
    "told that the phone is full",
)
"""Names in the tally of a run; each must have happened at least once over the seeds of a commit."""
