"""A client's side of the conversation, as a pure machine: ``step(session, event)`` → the next session and what to do.

What each phase leads to, what is kept when, and why a pass ends whatever a server says, is told at the head of
``pwa/src/sync/session.ts``, which is the same in TypeScript; tests/vectors/transcripts and random conversations hold
the two together.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sync.answers import (
    Corrected,
    Failed,
    Heard,
    HeardHave,
    HeardPage,
    HeardReceipts,
    Ours,
    Placed,
    Stop,
    TooLarge,
    Unwanted,
    hear_changes,
    hear_have,
    hear_measure,
    hear_push,
    hear_upload,
)
from sync.batch import Batch
from sync.limits import HAVE_NAMES
from sync.moves import (
    RESTING_MS,
    begin,
    fail,
    finish,
    gather,
    is_under_way,
    mark,
    new_session,
    preceded,
    put_aside,
    send,
)
from sync.pace import encouraged, with_larger_batch, with_larger_piece
from sync.replies import ChangesPage, Receipt
from sync.session_types import (
    Answered,
    Asking,
    Changes,
    Checking,
    Event,
    Gathered,
    Gathering,
    Have,
    Keep,
    KeepHave,
    Keeping,
    Kept,
    Marking,
    Measure,
    Measuring,
    NetworkAnswer,
    Phase,
    Place,
    Push,
    Pushing,
    RenewToken,
    Session,
    Step,
    Stopped,
    StoreFailed,
    Unconfirmed,
    Upload,
    Uploading,
    UploadPiece,
    Waiting,
    Wake,
)
from sync.waking import must_wait, wanted_again

__all__ = ["MOST_PAGES", "RESTING_MS", "is_under_way", "new_session", "step"]

MOST_PAGES: Final = 1_000
"""Most pages of the feed in one pass; what is left comes in the next."""


def step(session: Session, event: Event) -> Step:
    """Take one event; one that does not belong to the phase (a late answer) changes nothing."""
    match event, session.phase:
        case Wake(), _:
            return _wake(session, event)
        case Gathered(), Gathering():
            return _decide(session, event)
        case Answered(), phase:
            heard = _hear(phase, event.answer)
            return Step(session=session) if heard is None else _settle(session, heard, event)
        case Kept(), Keeping() | Marking():
            return gather(session)
        case StoreFailed(), Uploading(upload=upload):
            return put_aside(session, upload)
        case StoreFailed(), _ if is_under_way(session):
            return fail(session, Failed(why="storage-failed"), event)
    return Step(session=session)


def _wake(session: Session, event: Wake) -> Step:
    if is_under_way(session):
        return Step(session=replace(session, again=wanted_again(session, reason=event.reason)))
    if isinstance(session.phase, Waiting) and must_wait(session.phase, reason=event.reason, at=event.at):
        return Step(session=session)
    return begin(session)


def _decide(session: Session, found: Gathered) -> Step:
    """Say what goes next, the most important first."""
    if found.batch is not None and not set(found.batch.revs) & set(session.set_aside):
        return _push(session, found.batch)
    if session.heard == "no":
        return _ask(session)
    unknown = _unknown_of(session, found.unconfirmed)
    if session.heard == "yes" and (unknown.revs or unknown.attachments):
        return _check(session, unknown)
    if found.upload is not None and found.upload.sha256 not in session.set_aside:
        return _carry(session, found.upload)
    if session.heard == "earlier":
        return _ask(session)
    return gather(session) if session.again == "look" else finish(session, fraction=found.fraction)


def _push(session: Session, batch: Batch) -> Step:
    return send(session, Pushing(revs=batch.revs), Push(body=batch.body))


def _ask(session: Session) -> Step:
    return send(session, Asking(), Changes())


def _unknown_of(session: Session, unconfirmed: Unconfirmed) -> Unconfirmed:
    """Return those that this pass has not asked about, as many as one have takes."""
    known = {*session.asked, *session.set_aside}
    revs = tuple(rev for rev in unconfirmed.revs if rev not in known)[:HAVE_NAMES]
    attachments = tuple(sha256 for sha256 in unconfirmed.attachments if sha256 not in known)
    return Unconfirmed(revs=revs, attachments=attachments[: HAVE_NAMES - len(revs)])


def _check(session: Session, unknown: Unconfirmed) -> Step:
    names = unknown.revs + unknown.attachments
    body = json.dumps(
        {"revs": unknown.revs, "attachments": unknown.attachments}, ensure_ascii=False, separators=(",", ":")
    )
    return send(replace(session, asked=session.asked + names), Checking(names=names), Have(body=body))


def _carry(session: Session, upload: Upload) -> Step:
    """Send the next piece, or first ask where it begins. An empty file has no place to ask for: it goes as it is."""
    place = session.place if session.place is not None and session.place.sha256 == upload.sha256 else None
    if place is None and upload.bytes > 0:
        return send(session, Measuring(upload=upload), Measure(sha256=upload.sha256))
    offset = 0 if place is None or upload.bytes == 0 else place.offset
    if upload.bytes > 0 and offset == upload.bytes:
        return mark(session, upload)
    length = min(session.piece_bytes, upload.bytes - offset)
    piece = UploadPiece(sha256=upload.sha256, offset=offset, bytes=length)
    return send(session, Uploading(upload=upload, offset=offset, bytes=length), piece)


def _hear(phase: Phase, answer: NetworkAnswer) -> Heard | None:
    """Read an answer as what was asked; None when nothing was."""
    match phase:
        case Pushing(revs=revs):
            return hear_push(answer, revs=revs)
        case Asking():
            return hear_changes(answer)
        case Checking(names=names):
            return hear_have(answer, names=names)
        case Measuring(upload=upload):
            return hear_measure(answer, upload=upload)
        case Uploading(upload=upload, offset=offset, bytes=length):
            return hear_upload(answer, upload=upload, end=offset + length)
    return None


def _settle(session: Session, heard: Heard, event: Event) -> Step:
    match heard:
        case Failed():
            return fail(session, heard, event)
        case Stop() if session.again == "pass":  # by a finger meanwhile: the token may be another one by now
            return begin(session)
        case Stop(why=why):
            return Step(session=replace(session, phase=Stopped(why=why)))
        case TooLarge(batch_items=batch_items):
            return gather(replace(session, batch_items=batch_items))
        case HeardReceipts():
            return _keep(_noted(session, heard), receipts=heard.receipts, page=heard.page, ours=heard.ours)
        case HeardPage(page=page, ours=ours):
            return _keep(session, receipts=(), page=page, ours=ours)
        case HeardHave():
            return _keep_have(session, heard)
        case Placed() | Corrected() | Unwanted():
            return _settle_upload(session, heard)


def _noted(session: Session, heard: HeardReceipts) -> Session:
    return replace(
        with_larger_batch(session),
        set_aside=session.set_aside + heard.set_aside,
        retry_after=max(session.retry_after, heard.retry_after),
    )


def _keep(session: Session, *, receipts: Sequence[Receipt], page: ChangesPage | None, ours: Ours | None) -> Step:
    """Keep what was heard.

    A second reset in a pass is not obeyed: its page is left where it is, and the next pass asks again. Without a page
    nothing tells whether the log is still the one our seqs are from: so it makes nothing safe.
    """
    obeyed = None if page is not None and page.reset and session.was_reset else page
    following = session if page is None else _turned(session, page, is_obeyed=obeyed is not None)
    if ours is not None:
        following = replace(following, server=ours.hello)
    renewal = () if ours is None or ours.token is None else (RenewToken(token=ours.token),)
    if not receipts and obeyed is None:
        return preceded(renewal, gather(following))
    server_id, safe_seq, time = _source_of(following)
    if obeyed is None:
        safe_seq, time = 0, ""
    effect = Keep(receipts=tuple(receipts), page=obeyed, server_id=server_id, safe_seq=safe_seq, time=time)
    return Step(session=replace(following, phase=Keeping()), effects=(*renewal, effect))


def _turned(session: Session, page: ChangesPage, *, is_obeyed: bool) -> Session:
    if not is_obeyed:
        return replace(session, heard="yes")
    pages = session.pages + 1
    turned = replace(session, pages=pages, heard="no" if page.more and pages < MOST_PAGES else "yes")
    return replace(turned, was_reset=True, asked=(), place=None) if page.reset else turned


def _keep_have(session: Session, heard: HeardHave) -> Step:
    set_aside = session.set_aside + heard.unanswered
    following = replace(session, server=heard.ours.hello, set_aside=set_aside, phase=Keeping())
    server_id, safe_seq, time = _source_of(following)
    effect = KeepHave(
        held=heard.have.held,
        held_attachments=heard.have.held_attachments,
        missing=heard.have.missing,
        missing_attachments=heard.have.missing_attachments,
        server_id=server_id,
        safe_seq=safe_seq,
        time=time,
    )
    return Step(session=following, effects=(effect,))


def _source_of(session: Session) -> tuple[str, int, str]:
    server = session.server
    return ("", 0, "") if server is None else (server.server_id, server.safe_seq, server.time)


def _settle_upload(session: Session, heard: Placed | Corrected | Unwanted) -> Step:
    assert isinstance(session.phase, Measuring | Uploading), "Only these are answered so."
    upload = session.phase.upload
    if isinstance(heard, Unwanted):
        return put_aside(session, upload)
    place = Place(sha256=upload.sha256, offset=heard.offset)
    if isinstance(heard, Corrected):
        return _correct(session, upload, place)
    is_piece = isinstance(session.phase, Uploading)
    following = with_larger_piece(session) if is_piece else encouraged(session, place=place)
    return mark(following, upload) if place.offset == upload.bytes else gather(replace(following, place=place))


def _correct(session: Session, upload: Upload, place: Place) -> Step:
    if upload.sha256 in session.corrected:
        return put_aside(session, upload)
    return gather(replace(session, place=place, corrected=(*session.corrected, upload.sha256)))
