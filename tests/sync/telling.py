"""Tells a conversation: a session, an honest shelf, and a server whose words the teller chooses. Steps are recorded."""

import json
from typing import Any

from sync.session import is_under_way, new_session, step
from sync.session_types import (
    Answered,
    Call,
    Effect,
    Event,
    Gather,
    Gathered,
    Have,
    Keep,
    KeepHave,
    Kept,
    Lost,
    MarkUploaded,
    Measure,
    NetworkAnswer,
    Push,
    RenewToken,
    Send,
    Session,
    Step,
    StoreFailed,
    UploadPiece,
    Wake,
    WakeAfter,
    WakeReason,
)
from tests.sync.session_json import as_json
from tests.sync.shelf import Shelf

__all__ = ["Tale", "timeout", "unreachable"]

_NOTED = ("batchItems", "pieceBytes", "failures", "setAside", "heard", "wasReset", "again")

timeout = Lost(why="timeout")
unreachable = Lost(why="unreachable")


class Tale:
    """One conversation. ``reads`` and ``writes``: whether the store can; what a client did is in the other fields."""

    def __init__(self, *, waiting: str = "", photos: dict[str, int] | None = None, fraction: float = 0.5) -> None:
        """Begin with these revisions waiting, and photos of the first of them, each with its length."""
        self.shelf = Shelf(revisions=dict.fromkeys(waiting.split(), "finalised"))
        first = next(iter(self.shelf.revisions), "")
        self.shelf.photos = {name: (length, first) for name, length in (photos or {}).items()}
        self.session = new_session()
        self.at = 1_000_000
        self.fraction = fraction
        self.reads = self.writes = True
        self.calls: list[str] = []
        self.done: list[str] = []
        self.wakes_after = 0
        self.steps: list[dict[str, Any]] = []

    def finalise(self, rev: str) -> None:
        """Put one more revision in the outbox, and wake the session as an app does."""
        self.shelf.revisions[rev] = "finalised"
        self.wake("finalised")

    def wake(self, reason: WakeReason) -> None:
        """Wake the session."""
        self._happen(Wake(at=self.at, fraction=self.fraction, reason=reason))

    def hear(self, heard: NetworkAnswer) -> None:
        """Say what comes back."""
        self._happen(Answered(at=self.at, fraction=self.fraction, answer=heard))

    def restart(self) -> None:
        """Crash: the session is new, the shelf is as it is."""
        self.session = new_session()
        self.steps.append({"restart": True})

    @property
    def phase(self) -> str:
        """Name the phase, and the trouble if there is one."""
        why = getattr(self.session.phase, "why", None)
        return self.session.phase.kind if why is None else f"{self.session.phase.kind} {why}"

    @property
    def is_over(self) -> bool:
        """Tell whether the pass has ended."""
        return not is_under_way(self.session)

    def failed(self) -> None:
        """Let what was to be kept fail: for a shelf that does not work."""
        self._happen(StoreFailed(at=self.at, fraction=self.fraction))

    def take(self, session: Session, event: Event) -> Step:
        """Take one step; a test may compare it with another engine's."""
        return step(session, event)

    def _happen(self, event: Event) -> None:
        before = as_json(self.session)
        following = self.take(self.session, event)
        self.session = following.session
        after = as_json(following.session)
        changed = {name: after[name] for name in _NOTED if after[name] != before[name]}
        told = {"event": as_json(event), "effects": as_json(following.effects), "phase": self.session.phase.kind}
        self.steps.append({**told, "session": changed} if changed else told)
        for effect in following.effects:
            self._act(effect)

    def _act(self, effect: Effect) -> None:
        match effect:
            case Send(call=call):
                self.calls.append(_words_of(call))
            case Gather():
                self._gather(effect)
            case Keep() | KeepHave() | MarkUploaded():
                self._keep(effect)
            case WakeAfter(milliseconds=milliseconds):
                self.wakes_after = milliseconds
            case RenewToken(token=token):
                self.done.append(f"renew-token {token}")
            case _:
                self.done.append(effect.kind)

    def _gather(self, effect: Gather) -> None:
        if not self.reads:
            return self.failed()
        return self._happen(
            Gathered(
                at=self.at,
                fraction=self.fraction,
                batch=self.shelf.batch(effect),
                unconfirmed=self.shelf.unconfirmed(effect.set_aside),
                upload=self.shelf.upload(effect.set_aside),
            )
        )

    def _keep(self, effect: Keep | KeepHave | MarkUploaded) -> None:
        if not self.writes:
            return self.failed()
        match effect:
            case Keep():
                self.shelf.keep(effect)
            case KeepHave():
                self.shelf.keep_have(effect)
            case MarkUploaded(sha256=sha256):
                self.shelf.mark(sha256)
        self.done.append(effect.kind)
        return self._happen(Kept(at=self.at, fraction=self.fraction))


def _words_of(call: Call) -> str:
    match call:
        case Push(body=body):
            return " ".join(["push", *(item["rev"] for item in json.loads(body)["items"])])
        case Have(body=body):
            asked = json.loads(body)
            return " ".join(["have", *asked["revs"], *asked["attachments"]])
        case Measure(sha256=sha256):
            return f"measure {sha256}"
        case UploadPiece(sha256=sha256, offset=offset, bytes=length):
            return f"upload {sha256} {offset}+{length}"
    return call.name
