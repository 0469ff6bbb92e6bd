"""What an answer means, whoever gave it: our server, a proxy before it, or the sign-in page of a café's Wi-Fi.

``pwa/src/sync/answers.ts`` is the same in TypeScript.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sync.codes import ErrorCode, ReceiptStatus, RefusalCode
from sync.replies import (
    PROTOCOL,
    ChangesPage,
    HaveAnswer,
    Hello,
    Receipt,
    read_have,
    read_hello,
    read_page,
    read_receipts,
)
from sync.session_types import Answer, Lost, NetworkAnswer, Trouble, Upload
from sync.shape import Fields, fields_of, read_fields, text_of

__all__ = [
    "Corrected",
    "Failed",
    "Heard",
    "HeardHave",
    "HeardPage",
    "HeardReceipts",
    "Ours",
    "Placed",
    "Stop",
    "TooLarge",
    "Unwanted",
    "hear_changes",
    "hear_have",
    "hear_measure",
    "hear_push",
    "hear_upload",
]

_ABOUT_ATTACHMENT: Final = frozenset({200, 204, 404, 409, 413, 422})
_BUSY: Final = frozenset({429, 503, 507})


@dataclass(frozen=True, kw_only=True)
class Failed:
    """Nothing may be concluded; ``lost`` when nothing was heard at all."""

    why: Trouble
    retry_after: int | None = None
    lost: Literal["unreachable", "timeout"] | None = None


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A person has to do something first."""

    why: Literal["enrol-again", "app-too-old"]


@dataclass(frozen=True, kw_only=True)
class Ours:
    """Our server spoke: what it says of itself, and our token when it has renewed it."""

    hello: Hello
    token: str | None


@dataclass(frozen=True, kw_only=True)
class TooLarge:
    """The whole push was turned down: send it again in batches of so many."""

    batch_items: int


@dataclass(frozen=True, kw_only=True)
class HeardReceipts:
    """What became of a push.

    ``receipts`` are to be stored: each echoes a rev that we sent. ``set_aside`` the server wants later, or said nothing
    about. ``ours`` is absent when the push was turned down as a whole.
    """

    receipts: tuple[Receipt, ...] = ()
    set_aside: tuple[str, ...] = ()
    retry_after: int = 0
    page: ChangesPage | None = None
    ours: Ours | None = None


@dataclass(frozen=True, kw_only=True)
class HeardPage:
    """A page of the feed."""

    page: ChangesPage
    ours: Ours


@dataclass(frozen=True, kw_only=True)
class HeardHave:
    """What the server has; about ``unanswered`` it said nothing."""

    have: HaveAnswer
    unanswered: tuple[str, ...]
    ours: Ours


@dataclass(frozen=True, kw_only=True)
class Placed:
    """So much of the attachment is there."""

    offset: int


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """The piece began in the wrong place; this is the right one."""

    offset: int


@dataclass(frozen=True, kw_only=True)
class Unwanted:
    """The server does not want this attachment, or not now."""


@dataclass(frozen=True, kw_only=True)
class _Opened:
    fields: Fields
    ours: Ours


Heard = Failed | Stop | TooLarge | HeardReceipts | HeardPage | HeardHave | Placed | Corrected | Unwanted

_NOT_OURS: Final = Failed(why="not-our-server")


def hear_changes(answer: NetworkAnswer) -> Heard:
    """Read the answer to a look at the feed."""
    opened = _open(answer)
    if not isinstance(opened, _Opened):
        return opened
    page = read_page(opened.fields)
    return _NOT_OURS if page is None else HeardPage(page=page, ours=opened.ours)


def hear_push(answer: NetworkAnswer, *, revs: Sequence[str]) -> Heard:
    """Read the answer to a push of these revs."""
    opened = _open(answer)
    if not isinstance(opened, _Opened):
        if isinstance(opened, Failed) and opened.why == "server-error":
            return _narrow(answer, failed=opened, revs=revs)
        return opened
    first: dict[str, Receipt] = {}
    for receipt in read_receipts(opened.fields):
        if receipt.rev in revs:
            first.setdefault(receipt.rev, receipt)
    if not first:
        return _NOT_OURS
    final = {rev: receipt for rev, receipt in first.items() if receipt.status is not ReceiptStatus.RETRY}
    return HeardReceipts(
        receipts=tuple(final.values()),
        set_aside=tuple(rev for rev in revs if rev not in final),
        retry_after=max(receipt.after or 0 for receipt in first.values()),
        page=read_page(fields_of(opened.fields.get("page"))),
        ours=opened.ours,
    )


def _narrow(answer: NetworkAnswer, *, failed: Failed, revs: Sequence[str]) -> Heard:
    """Halve a push that was turned down until the one item is alone, and never let that one delay the others.

    Only our own server's word that it is too large is an answer about the item; whatever else is said, it stays in the
    outbox for a later pass.
    """
    if not isinstance(answer, Answer) or answer.status not in {400, 413}:
        return failed
    if len(revs) > 1:
        return TooLarge(batch_items=len(revs) // 2)
    if answer.status != 413 or _code_of(read_fields(answer.body)) != ErrorCode.BODY_TOO_LARGE:
        return HeardReceipts(set_aside=tuple(revs))
    refused = (Receipt(rev=rev, status=ReceiptStatus.REFUSED, code=RefusalCode.OVERSIZE) for rev in revs)
    return HeardReceipts(receipts=tuple(refused))


def hear_have(answer: NetworkAnswer, *, names: Sequence[str]) -> Heard:
    """Read the answer to have. Only what was asked about counts; held wins over missing."""
    opened = _open(answer)
    if not isinstance(opened, _Opened):
        return opened
    said = read_have(opened.fields)
    if said is None:
        return _NOT_OURS
    held = tuple(entry for entry in said.held if entry.rev in names)
    held_attachments = tuple(entry for entry in said.held_attachments if entry.sha256 in names)
    here = {entry.rev for entry in held} | {entry.sha256 for entry in held_attachments}
    lacked = set(names) - here
    missing = tuple(name for name in said.missing if name in lacked)
    missing_attachments = tuple(name for name in said.missing_attachments if name in lacked)
    answered = here.union(missing, missing_attachments)
    return HeardHave(
        have=HaveAnswer(
            held=held, held_attachments=held_attachments, missing=missing, missing_attachments=missing_attachments
        ),
        unanswered=tuple(name for name in names if name not in answered),
        ours=opened.ours,
    )


def hear_measure(answer: NetworkAnswer, *, upload: Upload) -> Heard:
    """Read the answer to HEAD, which has no body: only its numbers tell that it is ours."""
    if isinstance(answer, Lost) or answer.status not in _ABOUT_ATTACHMENT:
        return _failure_of(answer, {}) or _NOT_OURS
    if answer.status != 200:
        return Unwanted()
    if answer.offset is None:
        return _NOT_OURS
    return Placed(offset=answer.offset) if _fits(answer, upload) else Unwanted()


def hear_upload(answer: NetworkAnswer, *, upload: Upload, end: int) -> Heard:
    """Read the answer to a piece that ends at ``end``; what is erased there is answered as though all had come."""
    if isinstance(answer, Lost) or answer.status not in _ABOUT_ATTACHMENT:
        return _failure_of(answer, read_fields(answer.body) if isinstance(answer, Answer) else {}) or _NOT_OURS
    if answer.status not in {200, 204, 409}:
        return Unwanted()
    if answer.offset is None:
        return Unwanted() if answer.status == 409 else _NOT_OURS
    if not _fits(answer, upload):
        return Unwanted()
    arrived = answer.status != 409 and answer.offset in {end, upload.bytes}
    return Placed(offset=answer.offset) if arrived else Corrected(offset=answer.offset)


def _fits(answer: Answer, upload: Upload) -> bool:
    """Another length than ours: the server means another file than we do."""
    return (answer.offset or 0) <= upload.bytes and answer.length in {None, upload.bytes}


def _open(answer: NetworkAnswer) -> _Opened | Failed | Stop:
    fields = read_fields(answer.body) if isinstance(answer, Answer) else {}
    hello = read_hello(fields)
    if hello is not None and hello.protocol.min > PROTOCOL:
        return Stop(why="app-too-old")
    if hello is not None and hello.protocol.max < PROTOCOL:
        return Failed(why="server-too-old")
    failure = _failure_of(answer, fields)
    if failure is not None:
        return failure
    if hello is None:
        return _NOT_OURS
    return _Opened(fields=fields, ours=Ours(hello=hello, token=text_of(fields.get("token"))))


def _failure_of(answer: NetworkAnswer, fields: Fields) -> Failed | Stop | None:
    """Return None when it is a 200, which may still not be ours."""
    if isinstance(answer, Lost):
        return Failed(why="no-connection", lost=answer.why)
    status = answer.status
    if status == 200:
        return None
    if status in {401, 403}:
        return Stop(why="enrol-again") if _code_of(fields) else _NOT_OURS
    if status in _BUSY:
        return Failed(why="server-busy", retry_after=answer.retry_after)
    if status < 400 or status == 511:
        return _NOT_OURS
    return Failed(why="server-error", retry_after=answer.retry_after)


def _code_of(fields: Fields) -> str:
    """Return why our own server turned something down (RFC 9457); '' when it is not it who speaks."""
    return text_of(fields.get("code")) or ""
