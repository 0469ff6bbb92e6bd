"""What a server says, read by a client. None means: this is not an answer of ours – a captive portal's page, half an
answer – and nothing may be concluded from it. ``pwa/src/sync/messages.ts`` is the same in TypeScript.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sync.codes import ReceiptStatus, ReviewState
from sync.shape import Fields, count_of, fields_of, list_of, text_of

__all__ = [
    "PROTOCOL",
    "AttachmentChange",
    "Change",
    "ChangesPage",
    "ErasedChange",
    "FormsChange",
    "HaveAnswer",
    "HeldAttachment",
    "HeldRevision",
    "Hello",
    "Protocols",
    "Receipt",
    "ResponseChange",
    "ReviewChange",
    "read_have",
    "read_hello",
    "read_page",
    "read_receipts",
]

PROTOCOL: Final = 1
"""The protocol that this client speaks."""

HeldState = Literal["held", "set-aside"]


@dataclass(frozen=True, kw_only=True)
class Protocols:
    """The versions that a server speaks."""

    min: int
    max: int


@dataclass(frozen=True, kw_only=True)
class Hello:
    """What a server says of itself.

    ``time`` is its clock, ISO 8601 UTC; ``forms`` the SHA-256 of the manifest's body; every change up to ``safe_seq``
    is in a verified backup.
    """

    protocol: Protocols
    server_id: str
    time: str
    forms: str
    safe_seq: int


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of ``rev``: ``code`` with refused, ``why`` with quarantined, ``after`` (milliseconds) with retry.

    ``seq`` is its place in the server's log, whenever it is kept there; ``missing`` names attachments not there.
    """

    rev: str
    status: ReceiptStatus
    code: str | None = None
    why: str | None = None
    after: int | None = None
    seq: int | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResponseChange:
    """The server holds this revision, or has set it aside."""

    seq: int
    rev: str
    state: HeldState
    kind: Literal["response"] = "response"


@dataclass(frozen=True, kw_only=True)
class FormsChange:
    """The forms are others than before."""

    seq: int
    kind: Literal["forms"] = "forms"


@dataclass(frozen=True, kw_only=True)
class AttachmentChange:
    """The attachment is there, whole and durable."""

    seq: int
    sha256: str
    kind: Literal["attachment"] = "attachment"


@dataclass(frozen=True, kw_only=True)
class ErasedChange:
    """These texts and files of the response ``id`` are to be deleted here too."""

    seq: int
    id: str
    parts: tuple[str, ...]
    attachments: tuple[str, ...]
    kind: Literal["erased"] = "erased"


@dataclass(frozen=True, kw_only=True)
class ReviewChange:
    """A coordinator decided about the revision ``rev`` of the response ``id``; ``reason`` may be ''."""

    seq: int
    id: str
    rev: str
    state: ReviewState
    reason: str = ""
    kind: Literal["review"] = "review"


Change = ResponseChange | FormsChange | AttachmentChange | ErasedChange | ReviewChange


@dataclass(frozen=True, kw_only=True)
class ChangesPage:
    """A page of the feed. ``reset``: the log is not the one our cursor came from; offer everything again."""

    reset: bool
    changes: tuple[Change, ...]
    cursor: str
    more: bool


@dataclass(frozen=True, kw_only=True)
class HeldRevision:
    """A revision that the server has, and its place in the log."""

    rev: str
    seq: int
    state: HeldState = "held"


@dataclass(frozen=True, kw_only=True)
class HeldAttachment:
    """An attachment that the server has, and its place in the log."""

    sha256: str
    seq: int


@dataclass(frozen=True, kw_only=True)
class HaveAnswer:
    """What the server has of what it was asked about."""

    held: tuple[HeldRevision, ...]
    held_attachments: tuple[HeldAttachment, ...]
    missing: tuple[str, ...]
    missing_attachments: tuple[str, ...]


def read_hello(answer: Fields) -> Hello | None:
    """Read the ``hello`` member of an answer."""
    fields = fields_of(answer.get("hello"))
    protocol = fields_of(fields.get("protocol"))
    least, most = count_of(protocol.get("min")), count_of(protocol.get("max"))
    server_id = text_of(fields.get("server_id"))
    if least is None or most is None or server_id is None:
        return None
    return Hello(
        protocol=Protocols(min=least, max=most),
        server_id=server_id,
        time=text_of(fields.get("time")) or "",
        forms=text_of(fields.get("forms")) or "",
        safe_seq=count_of(fields.get("safe_seq")) or 0,
    )


def read_receipts(answer: Fields) -> tuple[Receipt, ...]:
    """Read the receipts of an answer to push; what is no receipt is dropped."""
    return list_of(answer.get("receipts"), _read_receipt)


def read_page(fields: Fields) -> ChangesPage | None:
    """Read an answer to changes, or the ``page`` of an answer to push."""
    cursor = text_of(fields.get("cursor"))
    changes = fields.get("changes")
    if cursor is None or not isinstance(changes, list):
        return None
    return ChangesPage(
        reset=fields.get("reset") is True,
        changes=list_of(changes, _read_change),
        cursor=cursor,
        more=fields.get("more") is True,
    )


def read_have(answer: Fields) -> HaveAnswer | None:
    """Read an answer to have."""
    if not isinstance(answer.get("missing"), list):
        return None
    return HaveAnswer(
        held=list_of(answer.get("held"), _read_held_revision),
        held_attachments=list_of(answer.get("held_attachments"), _read_held_attachment),
        missing=list_of(answer.get("missing"), text_of),
        missing_attachments=list_of(answer.get("missing_attachments"), text_of),
    )


def _read_receipt(value: object) -> Receipt | None:
    fields = fields_of(value)
    rev, status = text_of(fields.get("rev")), text_of(fields.get("status"))
    if rev is None or status not in _STATUSES:
        return None
    return Receipt(
        rev=rev,
        status=_STATUSES[status],
        code=text_of(fields.get("code")),
        why=text_of(fields.get("why")),
        after=count_of(fields.get("after_ms")),
        seq=count_of(fields.get("seq")),
        missing=list_of(fields.get("missing"), text_of),
    )


def _read_change(value: object) -> Change | None:
    """Read an entry; a kind that a newer server has invented is passed over, and the cursor moves on all the same."""
    fields = fields_of(value)
    seq = count_of(fields.get("seq"))
    if seq is None:
        return None
    match fields.get("kind"):
        case "forms":
            return FormsChange(seq=seq)
        case "response":
            return _read_response_change(fields, seq)
        case "attachment":
            sha256 = text_of(fields.get("sha256"))
            return None if sha256 is None else AttachmentChange(seq=seq, sha256=sha256)
        case "erased":
            return _read_erased_change(fields, seq)
        case "review":
            return _read_review_change(fields, seq)
    return None


def _read_response_change(fields: Fields, seq: int) -> Change | None:
    rev, state = text_of(fields.get("rev")), _STATES.get(text_of(fields.get("state")) or "")
    return None if rev is None or state is None else ResponseChange(seq=seq, rev=rev, state=state)


def _read_erased_change(fields: Fields, seq: int) -> Change | None:
    response_id = text_of(fields.get("id"))
    if response_id is None:
        return None
    parts, attachments = (list_of(fields.get(name), text_of) for name in ("parts", "attachments"))
    return ErasedChange(seq=seq, id=response_id, parts=parts, attachments=attachments)


def _read_review_change(fields: Fields, seq: int) -> Change | None:
    response_id, rev = text_of(fields.get("id")), text_of(fields.get("rev"))
    state = _REVIEW_STATES.get(text_of(fields.get("state")) or "")
    if response_id is None or rev is None or state is None:
        return None
    return ReviewChange(seq=seq, id=response_id, rev=rev, state=state, reason=text_of(fields.get("reason")) or "")


def _read_held_revision(value: object) -> HeldRevision | None:
    fields = fields_of(value)
    rev, seq = text_of(fields.get("rev")), count_of(fields.get("seq"))
    if rev is None or seq is None:
        return None
    return HeldRevision(rev=rev, seq=seq, state=_STATES.get(text_of(fields.get("state")) or "", "held"))


def _read_held_attachment(value: object) -> HeldAttachment | None:
    fields = fields_of(value)
    sha256, seq = text_of(fields.get("sha256")), count_of(fields.get("seq"))
    return None if sha256 is None or seq is None else HeldAttachment(sha256=sha256, seq=seq)


_STATES: Final[Mapping[str, HeldState]] = {state: state for state in get_args(HeldState)}
_REVIEW_STATES: Final[Mapping[str, ReviewState]] = {state.value: state for state in ReviewState}
_STATUSES: Final[Mapping[str | None, ReceiptStatus]] = {status.value: status for status in ReceiptStatus}
