"""Runs a driver over a transport until it rests, waits or stops. Who calls it keeps the timer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from sync.client.driver import Driver, Outgoing, Outward
from sync.client.transport import Transport
from sync.session_types import Answered, CheckForms, Event, Finished, Wake, WakeAfter, WakeReason

__all__ = ["Loop", "Pass"]

S = TypeVar("S")


@dataclass(frozen=True, kw_only=True)
class Pass:
    """What came of being woken.

    ``finished``: a whole pass has gone well. ``wake_after``: milliseconds, or None when a person has to do something
    first. ``forms``: the hash of the server's manifest, when it was heard.
    """

    finished: bool
    wake_after: int | None
    forms: str | None


class Loop(Generic[S]):
    """``now`` tells milliseconds since 1970, ``fraction`` chance from 0 up to 1 for the jitter."""

    def __init__(
        self, driver: Driver[S], transport: Transport, *, now: Callable[[], int], fraction: Callable[[], float]
    ) -> None:
        self._driver: Final = driver
        self._transport: Final = transport
        self._now = now
        self._fraction = fraction

    def run(self, reason: WakeReason) -> Pass:
        """Wake the driver and make its requests, one after the other, until there are no more."""
        heard: list[Outward] = []
        event: Event | None = Wake(at=self._now(), fraction=self._fraction(), reason=reason)
        while event is not None:
            outward = self._driver.handle(event)
            heard.extend(outward)
            event = self._answered(outward)
        return _summary(heard)

    def _answered(self, outward: tuple[Outward, ...]) -> Event | None:
        """Make the request that is wanted; a session wants one at a time."""
        for wanted in outward:
            if isinstance(wanted, Outgoing):
                answer = self._transport.send(wanted.request, token=wanted.token)
                return Answered(at=self._now(), fraction=self._fraction(), answer=answer)
        return None


def _summary(heard: list[Outward]) -> Pass:
    forms = [outward.hash for outward in heard if isinstance(outward, CheckForms)]
    waits = [outward.milliseconds for outward in heard if isinstance(outward, WakeAfter)]
    return Pass(
        finished=any(isinstance(outward, Finished) for outward in heard),
        wake_after=waits[-1] if waits else None,
        forms=forms[-1] if forms else None,
    )
