"""Whether a waking is obeyed, and when. ``pwa/src/sync/waking.ts`` is the same in TypeScript."""

from typing import Literal

from sync.backoff import LONGEST_WAIT_MS
from sync.session_types import Session, Waiting, WakeReason

__all__ = ["must_wait", "wanted_again"]


def wanted_again(session: Session, *, reason: WakeReason) -> Literal["no", "look", "pass"]:
    """Say what to do at the end of the pass, since the session was woken under way."""
    if reason == "button":
        return "pass"
    return "look" if reason == "finalised" and session.again == "no" else session.again


def must_wait(phase: Waiting, *, reason: WakeReason, at: int) -> bool:
    """Tell whether the wait goes on.

    A server that asked for quiet gets it, except from a person's finger. A network that was missing may be back, and
    so may a device's storage. An end further off than any wait is that of a clock which was put back.
    """
    if reason in {"timer", "button"} or phase.why not in {"server-busy", "server-error", "server-too-old"}:
        return False
    return at < phase.until and phase.until - at <= LONGEST_WAIT_MS
