"""The messages of the protocol as frozen values. ``sync.schemas`` reads them; ``as_json`` writes them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sync.codes import Origin, QuarantineReason, ReceiptStatus, RefusalCode, RevisionKind

__all__ = [
    "AttachmentReference",
    "Change",
    "ChangesPage",
    "EnrolmentRequest",
    "FormReference",
    "Have",
    "Part",
    "PartReference",
    "Push",
    "PushItem",
    "Receipt",
    "RevisionHeader",
    "as_json",
]


@dataclass(frozen=True, kw_only=True)
class FormReference:
    """The questions and the wording that the person saw; ``texts`` maps each language shown to a pack's hash."""

    id: str
    version: str
    logic: str
    texts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class PartReference:
    """A part by name, and the hash of its text."""

    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AttachmentReference:
    """A file that belongs to the revision; ``bytes`` is its length, ``type`` its media type."""

    name: str
    sha256: str
    bytes: int
    type: str


@dataclass(frozen=True, kw_only=True)
class RevisionHeader:
    """One immutable state of a response, without its answers.

    ``id`` is the response's UUIDv7 and ``made_at`` the device's own time: testimony, never order.
    """

    v: int
    id: str
    parents: tuple[str, ...]
    kind: RevisionKind
    origin: Origin
    form: FormReference
    lang: str
    neighbourhood: str
    author: str
    device: str
    made_at: str
    parts: tuple[PartReference, ...]
    attachments: tuple[AttachmentReference, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a part's text says. ``salt`` keeps its hash from being guessed once the text is erased."""

    salt: str
    answers: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class PushItem:
    """One revision on the wire: the exact texts of its header and parts, and the name they must hash to."""

    rev: str
    header: str
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Push:
    """A batch. Its items are still unread, so that a bad one delays no other."""

    device: str
    items: tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Have:
    """Revs that the other side asks about."""

    revs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EnrolmentRequest:
    """The secret of an enrolment link, and the UUID that the phone made for itself."""

    secret: str
    device: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of item ``index``; ``rev`` echoes what the item claimed, '' when it claimed nothing readable.

    ``why`` goes with ``quarantined``, ``code`` with ``refused``, ``after_ms`` with ``retry``.
    ``missing`` names the attachments that have not arrived.
    """

    index: int
    rev: str
    status: ReceiptStatus
    why: QuarantineReason | None = None
    code: RefusalCode | None = None
    after_ms: int | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """One entry of the feed: a response that the server holds, or that the forms have changed."""

    seq: int
    kind: str
    id: str | None = None
    rev: str | None = None
    state: str | None = None


@dataclass(frozen=True, kw_only=True)
class ChangesPage:
    """A page of the feed; ``reset`` tells that the log is not the one the cursor came from."""

    reset: bool
    changes: tuple[Change, ...]
    cursor: str
    more: bool


def as_json(message: Receipt | Change | ChangesPage) -> dict[str, object]:
    """Turn a message into JSON values; what is absent is left out."""
    return asdict(message, dict_factory=lambda pairs: {name: value for name, value in pairs if value is not None})
