"""Bad lines: a few proxies whose faults change all the time."""

from random import Random
from threading import Event, Thread
from typing import Final

from tests.netfault.faults import (
    AnswerDropped,
    CutDown,
    CutUp,
    Duplicate,
    Fault,
    Latency,
    Portal,
    Reset,
    ResetDown,
    Slices,
)
from tests.netfault.proxy import Proxy

__all__ = ["Lines"]

CHANGE_SECONDS: Final = 4.0
LINES: Final = 5


class Lines:
    """Proxies in front of one server; each plays a fault for a while, then none, then another."""

    def __init__(self, server_port: int, chance: Random) -> None:
        self.proxies = [Proxy(0, server_port) for _ in range(LINES)]
        self.faults_played = 0
        self._chance = chance
        self._stop = Event()
        self._thread = Thread(target=self._run)

    def begin(self) -> None:
        """Play faults from now on."""
        self._thread.start()

    def address(self, phone: int) -> str:
        """Give the address that a phone talks to."""
        return self.proxies[phone % LINES].url

    def heal(self) -> None:
        """Only pass on from now on."""
        self._stop.set()
        self._thread.join()
        for proxy in self.proxies:
            proxy.heal()

    def close(self) -> None:
        """End the proxies."""
        for proxy in self.proxies:
            proxy.close()

    def _run(self) -> None:
        while not self._stop.wait(self._chance.uniform(0, CHANGE_SECONDS)):
            proxy = self._chance.choice(self.proxies)
            fault = self._some_fault()
            if fault is None:
                proxy.heal()
            else:
                proxy.break_with(fault)
                self.faults_played += 1

    def _some_fault(self) -> Fault | None:
        bytes_until = self._chance.randrange(1, 4000)
        return self._chance.choice(
            (
                None,
                None,
                Latency(self._chance.uniform(0, 0.5)),
                Reset(),
                AnswerDropped(),
                Duplicate(),
                Portal(),
                Slices(bytes_until),
                CutUp(bytes_until),
                CutDown(bytes_until),
                ResetDown(bytes_until),
            )
        )
