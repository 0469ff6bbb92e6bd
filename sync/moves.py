"""The moves that a session is made of: gather, send, mark, put aside, finish, fail; ``sync.session`` chooses."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from sync.answers import Failed
from sync.backoff import backoff
from sync.limits import BATCH_ITEMS
from sync.pace import FIRST_PIECE, discouraged
from sync.session_types import (
    Call,
    CheckForms,
    Effect,
    Event,
    Finished,
    Gather,
    Gathering,
    Marking,
    MarkUploaded,
    Phase,
    Resting,
    Send,
    Session,
    Step,
    Stopped,
    Upload,
    Waiting,
    WakeAfter,
)

__all__ = [
    "RESTING_MS",
    "begin",
    "fail",
    "finish",
    "gather",
    "is_under_way",
    "mark",
    "new_session",
    "preceded",
    "put_aside",
    "send",
]

RESTING_MS: Final = 300_000
"""When nothing is wrong, ask again after so many milliseconds: a server may have news for us."""


def new_session() -> Session:
    """Make the session of a client that has just been started; all that lasts is in its store."""
    return Session(phase=Resting(), batch_items=BATCH_ITEMS, piece_bytes=FIRST_PIECE)


def is_under_way(session: Session) -> bool:
    """Tell whether a pass has begun and not ended."""
    return not isinstance(session.phase, Resting | Waiting | Stopped)


def begin(session: Session) -> Step:
    """Begin a pass; sizes and failures last, all else is as new."""
    return gather(
        replace(
            new_session(),
            batch_items=session.batch_items,
            piece_bytes=session.piece_bytes,
            failures=session.failures,
            cut=session.cut,
        )
    )


def gather(session: Session) -> Step:
    """Read what waits."""
    again: Literal["no", "pass"] = "pass" if session.again == "pass" else "no"
    effect = Gather(items=session.batch_items, set_aside=session.set_aside)
    return Step(session=replace(session, again=again, phase=Gathering()), effects=(effect,))


def send(session: Session, phase: Phase, call: Call) -> Step:
    """Make a call."""
    return Step(session=replace(session, phase=phase), effects=(Send(call=call),))


def put_aside(session: Session, upload: Upload) -> Step:
    """Leave an attachment for a later pass."""
    return gather(replace(session, place=None, set_aside=(*session.set_aside, upload.sha256)))


def mark(session: Session, upload: Upload) -> Step:
    """Note that all of an attachment has arrived; the feed is read once more after it."""
    following = replace(session, phase=Marking(sha256=upload.sha256), heard="earlier", place=None)
    return Step(session=following, effects=(MarkUploaded(sha256=upload.sha256),))


def finish(session: Session, *, fraction: float) -> Step:
    """End a pass that went well."""
    forms = () if session.server is None else (CheckForms(hash=session.server.forms),)
    following = begin(session) if session.again == "pass" else _rest(session, fraction=fraction)
    return preceded((Finished(), *forms), following)


def _rest(session: Session, *, fraction: float) -> Step:
    """Rest: names that were set aside bring us back sooner, but do not stand in the way of a new one."""
    failures = session.failures + 1 if session.set_aside else 0
    wait = backoff(failures, fraction=fraction, retry_after=session.retry_after) if failures else RESTING_MS
    return Step(session=replace(session, failures=failures, phase=Resting()), effects=(WakeAfter(milliseconds=wait),))


def fail(session: Session, failed: Failed, event: Event) -> Step:
    """End a pass that did not go well, and wait."""
    failures = session.failures + 1
    wait = backoff(failures, fraction=event.fraction, retry_after=failed.retry_after or 0)
    phase = Waiting(until=event.at + wait, why=failed.why)
    following = replace(discouraged(session, lost=failed.lost), failures=failures, phase=phase)
    return Step(session=following, effects=(WakeAfter(milliseconds=wait),))


def preceded(effects: Sequence[Effect], following: Step) -> Step:
    """Put effects before those of a step."""
    return Step(session=following.session, effects=(*effects, *following.effects))
