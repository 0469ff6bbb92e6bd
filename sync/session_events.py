"""What can happen to a session. See ``sync.session_types``."""

from dataclasses import dataclass
from typing import Literal

from sync.batch import Batch

__all__ = [
    "Answer",
    "Answered",
    "Event",
    "Gathered",
    "Kept",
    "Lost",
    "NetworkAnswer",
    "StoreFailed",
    "Unconfirmed",
    "Upload",
    "Wake",
    "WakeReason",
]

WakeReason = Literal["open", "online", "visible", "timer", "button", "finalised"]


@dataclass(frozen=True, kw_only=True)
class Upload:
    """An attachment that waits to be sent; ``bytes`` is its whole length."""

    sha256: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class Unconfirmed:
    """Sent, and neither the feed nor a ``have`` has said that the server holds them."""

    revs: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Something came back, from whomever; ``retry_after`` in milliseconds, offset and length from an upload's headers.

    ``status`` is 0 when the answer was a redirect to somewhere else.
    """

    status: int
    body: str = ""
    retry_after: int | None = None
    offset: int | None = None
    length: int | None = None
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True, kw_only=True)
class Lost:
    """Nothing came back, or not all of it: what was sent may or may not have arrived."""

    why: Literal["unreachable", "timeout"]
    kind: Literal["lost"] = "lost"


NetworkAnswer = Answer | Lost


@dataclass(frozen=True, kw_only=True)
class _Moment:
    """``at``: milliseconds since 1970 by this device's clock. ``fraction``: chance for the jitter, ≥ 0 and < 1."""

    at: int
    fraction: float


@dataclass(frozen=True, kw_only=True)
class Wake(_Moment):
    """Try now."""

    reason: WakeReason
    kind: Literal["wake"] = "wake"


@dataclass(frozen=True, kw_only=True)
class Gathered(_Moment):
    """What waits. ``upload`` is the oldest of the attachments whose revision is already sent."""

    batch: Batch | None = None
    unconfirmed: Unconfirmed = Unconfirmed()
    upload: Upload | None = None
    kind: Literal["gathered"] = "gathered"


@dataclass(frozen=True, kw_only=True)
class Answered(_Moment):
    """What came of a ``send``."""

    answer: NetworkAnswer
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, kw_only=True)
class Kept(_Moment):
    """What was to be kept is durable."""

    kind: Literal["kept"] = "kept"


@dataclass(frozen=True, kw_only=True)
class StoreFailed(_Moment):
    """While uploading: that one attachment cannot be read. Otherwise: nothing of the effect was written."""

    kind: Literal["store-failed"] = "store-failed"


Event = Wake | Gathered | Answered | Kept | StoreFailed
