"""The nouns of a session: its phases, what can happen, and what is to be done. The verbs are in ``sync.session``.

``pwa/src/sync/session-types.ts`` is the same in TypeScript; what is absent there is None here.
"""

from dataclasses import dataclass
from typing import Literal

from sync.replies import Hello
from sync.session_effects import (
    Call,
    Changes,
    CheckForms,
    Effect,
    Finished,
    Gather,
    Have,
    Keep,
    KeepHave,
    MarkUploaded,
    Measure,
    Push,
    RenewToken,
    Send,
    UploadPiece,
    WakeAfter,
)
from sync.session_events import (
    Answer,
    Answered,
    Event,
    Gathered,
    Kept,
    Lost,
    NetworkAnswer,
    StoreFailed,
    Unconfirmed,
    Upload,
    Wake,
    WakeReason,
)

__all__ = [
    "Answer",
    "Answered",
    "Asking",
    "Call",
    "Changes",
    "CheckForms",
    "Checking",
    "Effect",
    "Event",
    "Finished",
    "Gather",
    "Gathered",
    "Gathering",
    "Have",
    "Keep",
    "KeepHave",
    "Keeping",
    "Kept",
    "Lost",
    "MarkUploaded",
    "Marking",
    "Measure",
    "Measuring",
    "NetworkAnswer",
    "Phase",
    "Place",
    "Push",
    "Pushing",
    "RenewToken",
    "Resting",
    "Send",
    "Session",
    "Step",
    "Stopped",
    "StoreFailed",
    "Trouble",
    "Unconfirmed",
    "Upload",
    "UploadPiece",
    "Uploading",
    "Waiting",
    "Wake",
    "WakeAfter",
    "WakeReason",
]

Trouble = Literal[
    "no-connection",
    "not-our-server",
    "server-busy",
    "server-error",
    "server-too-old",
    "storage-failed",
    "enrol-again",
    "app-too-old",
]


@dataclass(frozen=True, kw_only=True)
class Place:
    """So many bytes of an attachment are with the server."""

    sha256: str
    offset: int


@dataclass(frozen=True, kw_only=True)
class Resting:
    """Nothing to do until somebody wakes the session."""

    kind: Literal["resting"] = "resting"


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """The store reads what waits."""

    kind: Literal["gathering"] = "gathering"


@dataclass(frozen=True, kw_only=True)
class Pushing:
    """These revisions are under way."""

    revs: tuple[str, ...]
    kind: Literal["pushing"] = "pushing"


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """The store writes what was heard."""

    kind: Literal["keeping"] = "keeping"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The feed is being read."""

    kind: Literal["asking"] = "asking"


@dataclass(frozen=True, kw_only=True)
class Checking:
    """The server is asked whether it has these."""

    names: tuple[str, ...]
    kind: Literal["checking"] = "checking"


@dataclass(frozen=True, kw_only=True)
class Measuring:
    """The server is asked how much of it it has."""

    upload: Upload
    kind: Literal["measuring"] = "measuring"


@dataclass(frozen=True, kw_only=True)
class Uploading:
    """One piece of an attachment is under way."""

    upload: Upload
    offset: int
    bytes: int
    kind: Literal["uploading"] = "uploading"


@dataclass(frozen=True, kw_only=True)
class Marking:
    """The store notes that all of an attachment has arrived."""

    sha256: str
    kind: Literal["marking"] = "marking"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something went wrong; try again at ``until``, milliseconds since 1970 by this device's clock."""

    until: int
    why: Trouble
    kind: Literal["waiting"] = "waiting"


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """A person has to do something first."""

    why: Trouble
    kind: Literal["stopped"] = "stopped"


Phase = (
    Resting | Gathering | Pushing | Keeping | Asking | Checking | Measuring | Uploading | Marking | Waiting | Stopped
)


@dataclass(frozen=True, kw_only=True)
class Session:
    """Where the conversation stands; ``sync.session.new_session`` makes the first.

    ``batch_items``   halved when a push times out, doubled when one succeeds
    ``piece_bytes``   length of the next piece of an attachment: halved when one is lost, doubled when one arrives
    ``failures``      since the last success
    ``set_aside``     names not offered again in this pass: the server said later, or no, or nothing about them
    ``asked``         names that a ``have`` of this pass has asked about: each is asked about once
    ``corrected``     attachments whose place the server has put right in this pass: that is believed once of each
    ``retry_after``   the longest wait that a ``retry`` receipt of this pass asked for, in milliseconds
    ``was_reset``     a reset was obeyed in this pass; a second one waits for the next
    ``heard``         whether the feed was read to its end in this pass; ``earlier``: an attachment has arrived since
    ``pages``         of the feed in this pass
    ``place``         known, so that the server need not be asked for it
    ``cut``           where the piece began that was lost last
    ``server``        what the server said of itself last in this pass
    ``again``         asked for while under way; ``look``: the store has something new, ``pass``: by a finger
    """

    phase: Phase
    batch_items: int
    piece_bytes: int
    failures: int = 0
    set_aside: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    retry_after: int = 0
    was_reset: bool = False
    heard: Literal["no", "yes", "earlier"] = "no"
    pages: int = 0
    place: Place | None = None
    cut: Place | None = None
    server: Hello | None = None
    again: Literal["no", "look", "pass"] = "no"


@dataclass(frozen=True, kw_only=True)
class Step:
    """The next session, and what is to be done, in this order."""

    session: Session
    effects: tuple[Effect, ...] = ()
