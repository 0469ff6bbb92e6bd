"""What a session wants done. See ``sync.session_types``."""

from dataclasses import dataclass
from typing import Literal

from sync.replies import ChangesPage, HeldAttachment, HeldRevision, Receipt

__all__ = [
    "Call",
    "Changes",
    "CheckForms",
    "Effect",
    "Finished",
    "Gather",
    "Have",
    "Keep",
    "KeepHave",
    "MarkUploaded",
    "Measure",
    "Push",
    "RenewToken",
    "Send",
    "UploadPiece",
    "WakeAfter",
]


@dataclass(frozen=True, kw_only=True)
class Push:
    """POST these revisions."""

    body: str
    name: Literal["push"] = "push"


@dataclass(frozen=True, kw_only=True)
class Changes:
    """GET the feed, from the cursor that the store keeps."""

    name: Literal["changes"] = "changes"


@dataclass(frozen=True, kw_only=True)
class Have:
    """POST the question what the server has."""

    body: str
    name: Literal["have"] = "have"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """HEAD: how much of it does the server have?"""

    sha256: str
    name: Literal["measure"] = "measure"


@dataclass(frozen=True, kw_only=True)
class UploadPiece:
    """PATCH one piece, ``bytes`` long, from ``offset`` on."""

    sha256: str
    offset: int
    bytes: int
    name: Literal["upload"] = "upload"


Call = Push | Changes | Have | Measure | UploadPiece


@dataclass(frozen=True, kw_only=True)
class Send:
    """Make a call; ``Answered`` follows."""

    call: Call
    kind: Literal["send"] = "send"


@dataclass(frozen=True, kw_only=True)
class Gather:
    """Read what waits, without the names in ``set_aside``, whichever kind they are; ``Gathered`` follows."""

    items: int
    set_aside: tuple[str, ...]
    kind: Literal["gather"] = "gather"


@dataclass(frozen=True, kw_only=True)
class RenewToken:
    """Use this token from now on."""

    token: str
    kind: Literal["renew-token"] = "renew-token"


@dataclass(frozen=True, kw_only=True)
class _Source:
    """Who said it; with a refusal of a whole push the server may not have named itself: ''.

    ``safe_seq``: every change up to it is in a verified backup. ``time``: the server's clock, ISO 8601 UTC. Without a
    page of its log at hand a server vouches for none: then they are 0 and ''.
    """

    server_id: str
    safe_seq: int
    time: str


@dataclass(frozen=True, kw_only=True)
class Keep(_Source):
    """In one transaction, in this order: the page's reset, receipts, the page's changes, its cursor, what is safe."""

    receipts: tuple[Receipt, ...]
    page: ChangesPage | None = None
    kind: Literal["keep"] = "keep"


@dataclass(frozen=True, kw_only=True)
class KeepHave(_Source):
    """What the server has of what it was asked about; what is missing is to be sent (again)."""

    held: tuple[HeldRevision, ...]
    held_attachments: tuple[HeldAttachment, ...]
    missing: tuple[str, ...]
    missing_attachments: tuple[str, ...]
    kind: Literal["keep-have"] = "keep-have"


@dataclass(frozen=True, kw_only=True)
class MarkUploaded:
    """All of it has arrived; ``Kept`` follows."""

    sha256: str
    kind: Literal["mark-uploaded"] = "mark-uploaded"


@dataclass(frozen=True, kw_only=True)
class CheckForms:
    """Fetch the forms when their manifest is another one than this."""

    hash: str
    kind: Literal["check-forms"] = "check-forms"


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A whole pass has gone well."""

    kind: Literal["finished"] = "finished"


@dataclass(frozen=True, kw_only=True)
class WakeAfter:
    """Wake the session with reason ``timer``; in place of any earlier timer."""

    milliseconds: int
    kind: Literal["wake-after"] = "wake-after"


Effect = Send | Gather | RenewToken | Keep | KeepHave | MarkUploaded | CheckForms | Finished | WakeAfter
