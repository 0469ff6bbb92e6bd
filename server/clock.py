"""The time, as a parameter.

Nothing below the application factory asks the machine what time it is; it is given a
``Clock``. In the database and on the wire a time is ISO 8601 text in UTC with
milliseconds and a ``Z``, so that text order is time order.
"""

from datetime import UTC, datetime
from typing import Protocol

__all__ = ["Clock", "SystemClock", "as_text", "from_text"]


class Clock(Protocol):
    """Tells the present moment, aware of its zone."""

    def now(self) -> datetime: ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Give the present moment in UTC."""
        return datetime.now(UTC)


def as_text(moment: datetime) -> str:
    """Write ``moment`` as ``2026-11-20T10:00:00.000Z``; it must know its zone."""
    if moment.tzinfo is None:
        raise ValueError(f"The moment {moment.isoformat()} names no time zone; give one with a zone.")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """Read an ISO 8601 moment with a zone; raise ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"The moment “{text}” names no time zone; write it with a Z.")
    return moment
