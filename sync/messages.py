"""The messages of the protocol as frozen values. ``sync.schemas`` reads them; ``as_json`` writes them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sync.codes import ChangeState, Origin, QuarantineReason, ReceiptStatus, RefusalCode, ReviewState, RevisionKind

__all__ = [
    "AttachmentReference",
    "Change",
    "ChangesPage",
    "EnrolmentRequest",
    "Erases",
    "FormReference",
    "Have",
    "Json",
    "Part",
    "PartReference",
    "Push",
    "PushItem",
    "Receipt",
    "RevisionHeader",
    "VisitRequest",
    "as_json",
]


Json = dict[str, object]
"""A JSON object that is written, not read."""


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
class Erases:
    """What an erasing revision takes away: hashes of parts' texts and of files."""

    parts: tuple[str, ...]
    attachments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RevisionHeader:
    """One immutable state of a response, without its answers.

    ``id`` is the response's UUIDv7 and ``made_at`` the device's own time: testimony, never order. What a resident
    answered names the ``poster`` it came from and the hash of its ``reference`` code (``sync.references``). ``venue``
    is where a worker says that it was.
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
    erases: Erases | None = None
    poster: str | None = None
    reference: str | None = None
    venue: str | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a part's text says. ``salt`` keeps its hash from being guessed once the text is erased."""

    salt: str
    answers: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class PushItem:
    """One revision on the wire: the exact texts of its header and parts, and the name they must hash to.

    A part is None when its text was erased where the revision comes from.
    """

    rev: str
    header: str
    parts: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Push:
    """A batch. Its items are still unread, so that a bad one delays no other.

    ``since`` is the device's cursor when it wants the feed with the receipts, '' for the feed's start.
    """

    device: str
    items: tuple[object, ...]
    since: str | None = None


@dataclass(frozen=True, kw_only=True)
class Have:
    """Names that the other side asks about."""

    revs: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EnrolmentRequest:
    """The secret of an enrolment link, and the UUID that the phone made for itself."""

    secret: str
    device: str


@dataclass(frozen=True, kw_only=True)
class VisitRequest:
    """The code on a poster as somebody typed it or their phone read it, and the UUID that the phone made for itself."""

    code: str
    device: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of item ``index``; ``rev`` echoes what the item claimed, '' when it claimed nothing readable.

    ``why`` goes with ``quarantined``, ``code`` with ``refused``, ``after_ms`` with ``retry``, ``seq`` with all that
    is kept. ``missing`` names the attachments that have not arrived.
    """

    index: int
    rev: str
    status: ReceiptStatus
    why: QuarantineReason | None = None
    code: RefusalCode | None = None
    after_ms: int | None = None
    seq: int | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """One entry of the feed; which members go with which ``kind`` is in the specification."""

    seq: int
    kind: str
    id: str | None = None
    rev: str | None = None
    state: ChangeState | ReviewState | None = None
    sha256: str | None = None
    parts: tuple[str, ...] | None = None
    attachments: tuple[str, ...] | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ChangesPage:
    """A page of the feed; ``reset`` tells that the log is not the one the cursor came from."""

    reset: bool
    changes: tuple[Change, ...]
    cursor: str
    more: bool


def as_json(message: Receipt | Change | ChangesPage | RevisionHeader) -> Json:
    """Turn a message into JSON values; what is absent is left out."""
    if isinstance(message, Receipt | Change):  # there are hundreds of these to a request, and nothing is nested in them
        return {name: value for name, value in vars(message).items() if value is not None}
    if isinstance(message, ChangesPage):
        return {**vars(message), "changes": [as_json(change) for change in message.changes]}
    return asdict(message, dict_factory=lambda pairs: {name: value for name, value in pairs if value is not None})
