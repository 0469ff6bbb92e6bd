"""The world that everything happens in: one heap of events, one clock, one source of chance, one trace.

Nothing else in a simulation knows the time or throws dice, so a seed says everything: the
same seed gives the same trace, line by line, on every machine.
"""

import hashlib
import heapq
import random
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["DAY", "HOUR", "MINUTE", "SECOND", "Broken", "Crash", "World"]

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

LAST_LINES = 60


class Crash(BaseException):
    """The machine lost its power here. No code of ours may catch it, so it is no Exception."""


class Broken(AssertionError):
    """A promise was not kept. ``promise`` is its name, I1 to I8, or ``quiescence``."""

    def __init__(self, promise: str, what: str) -> None:
        super().__init__(f"{promise}: {what}")
        self.promise = promise


@dataclass(order=True)
class _Event:
    at: int
    order: int
    action: Callable[[], None] = field(compare=False)


class World:
    """Virtual time in milliseconds since the beginning, and what is still to happen."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.now = 0
        self.chance = random.Random(seed)
        self.tally: Counter[str] = Counter()
        self.watchers: list[Callable[[], None]] = []
        self.last_lines: deque[str] = deque(maxlen=LAST_LINES)
        self._digest = hashlib.sha256()
        self._heap: list[_Event] = []
        self._order = 0

    def after(self, milliseconds: int, action: Callable[[], None]) -> None:
        """Let ``action`` happen so much later; what is due at one moment happens in the order it was asked for."""
        self._order += 1
        heapq.heappush(self._heap, _Event(self.now + milliseconds, self._order, action))

    def run(self, *, until: int, done: Callable[[], bool] = lambda: False) -> bool:
        """Let things happen up to the moment ``until``, or till ``done``; tell whether that was reached."""
        while not done():
            if not self._heap or self._heap[0].at > until:
                self.now = max(self.now, until)
                return False
            event = heapq.heappop(self._heap)
            self.now = max(self.now, event.at)
            event.action()
            self.tally["events"] += 1
            for watch in self.watchers:
                watch()
        return True

    def say(self, who: str, what: str) -> None:
        """Add a line to the trace."""
        line = f"{self.now:>10} {who:<8} {what}"
        self._digest.update(line.encode() + b"\n")
        self.last_lines.append(line)

    def count(self, what: str) -> None:
        """Note that something happened, for the totals and for what must happen at least once."""
        self.tally[what] += 1

    def happens(self, probability: float) -> bool:
        """Throw the dice."""
        return self.chance.random() < probability

    def trace_hash(self) -> str:
        """Name the whole trace so far."""
        return self._digest.hexdigest()
