"""Carries out what a session wants: what concerns the store at once, what concerns the world by giving it back.

    driver = Driver(outbox)
    for outward in driver.handle(Wake(at=…, fraction=…, reason="open")):
        …                       # Send: make the request, then driver.handle(Answered(…)); WakeAfter: set a timer

Between two effects it may be killed: each store effect is one transaction, and a new driver on the same outbox begins
a new pass that repeats what was not kept. It reads no clock; the times are those of the events.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from sync.client.outbox import Outbox
from sync.client.requesting import (
    ChangesRequest,
    HaveRequest,
    MeasureRequest,
    PushRequest,
    SyncRequest,
    UploadRequest,
)
from sync.session import new_session, step
from sync.session_types import (
    Call,
    Changes,
    CheckForms,
    Effect,
    Event,
    Finished,
    Gather,
    Gathered,
    Have,
    Keep,
    KeepHave,
    Kept,
    MarkUploaded,
    Measure,
    Push,
    RenewToken,
    Send,
    Session,
    StoreFailed,
    UploadPiece,
    WakeAfter,
)

__all__ = ["Driver", "Outgoing", "Outward", "Stepped", "new_driver"]

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)


class Stepped(Protocol[S_co]):
    """What a step gives: the next session, whatever it is made of, and what is to be done."""

    @property
    def session(self) -> S_co:
        """Give the next session."""

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Give what is to be done, in this order."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A request to be made; its ``Answered`` is to be handed to ``handle``."""

    request: SyncRequest
    token: str


Outward = Outgoing | CheckForms | Finished | WakeAfter


class _Unreadable(Exception):
    """The bytes of a file are not there any more."""


class Driver(Generic[S]):
    """Runs one session over one outbox; ``session`` is the machine's own and is only handed to ``step``.

    ``before_effect`` hears of each effect before it is carried out; what it raises passes through, as does everything
    that is no failure of SQLite.
    """

    def __init__(
        self,
        outbox: Outbox,
        *,
        step: Callable[[S, Event], Stepped[S]],
        session: S,
        before_effect: Callable[[Effect], None] = lambda effect: None,
    ) -> None:
        self.session = session
        self._outbox: Final = outbox
        self._step = step
        self._before_effect = before_effect

    def handle(self, event: Event) -> tuple[Outward, ...]:
        """Take the event and all that follows from it in the store; give what is for the world, in order."""
        outward: list[Outward] = []
        events = deque([event])
        while events:
            stepped = self._step(self.session, events.popleft())
            self.session = stepped.session
            for effect in stepped.effects:
                events.extend(self._carry_out(effect, event, outward))
        return tuple(outward)

    def _carry_out(self, effect: Effect, event: Event, outward: list[Outward]) -> tuple[Event, ...]:
        """Give the events that the effect itself leads to, at the moment of ``event``."""
        self._before_effect(effect)
        try:
            done = self._act(effect, event)
        except (sqlite3.Error, _Unreadable):
            return (StoreFailed(at=event.at, fraction=event.fraction),)
        if isinstance(done, Gathered | Kept):
            return (done,)
        if done is not None:
            outward.append(done)
        return ()

    def _act(self, effect: Effect, event: Event) -> Gathered | Kept | Outward | None:
        match effect:
            case Send(call=call):
                return Outgoing(request=self._request(call), token=self._outbox.token())
            case Gather():
                return self._gather(effect, event)
            case RenewToken(token=token):
                self._outbox.renew_token(token)
                return None
            case Keep() | KeepHave() | MarkUploaded():
                self._keep(effect)
                return Kept(at=event.at, fraction=event.fraction)
            case CheckForms() | Finished() | WakeAfter():
                return effect

    def _gather(self, effect: Gather, event: Event) -> Gathered:
        waiting = self._outbox.gather(items=effect.items, set_aside=effect.set_aside)
        return Gathered(
            at=event.at,
            fraction=event.fraction,
            batch=waiting.batch,
            unconfirmed=waiting.unconfirmed,
            upload=waiting.upload,
        )

    def _keep(self, effect: Keep | KeepHave | MarkUploaded) -> None:
        match effect:
            case Keep():
                self._outbox.keep(
                    receipts=effect.receipts,
                    page=effect.page,
                    server_id=effect.server_id,
                    safe_seq=effect.safe_seq,
                    time=effect.time,
                )
            case KeepHave():
                self._outbox.keep_have(
                    held=effect.held,
                    held_attachments=effect.held_attachments,
                    missing=effect.missing,
                    missing_attachments=effect.missing_attachments,
                    server_id=effect.server_id,
                    safe_seq=effect.safe_seq,
                    time=effect.time,
                )
            case MarkUploaded(sha256=sha256):
                self._outbox.mark_uploaded(sha256)

    def _request(self, call: Call) -> SyncRequest:
        match call:
            case Push(body=body):
                return PushRequest(body=body)
            case Changes():
                return ChangesRequest(since=self._outbox.since())
            case Have(body=body):
                return HaveRequest(body=body)
            case Measure(sha256=sha256):
                return MeasureRequest(sha256=sha256)
            case UploadPiece(sha256=sha256, offset=offset, bytes=length):
                content = self._outbox.content(sha256, offset=offset, length=length)
                if len(content) != length:
                    raise _Unreadable
                return UploadRequest(sha256=sha256, offset=offset, content=content)


def new_driver(outbox: Outbox) -> Driver[Session]:
    """Make a driver with a new session."""
    return Driver(outbox, step=step, session=new_session())
