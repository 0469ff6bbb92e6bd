"""Every crash point and every failing call of an operation, one after the other."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.crash.child import Outcome, try_operation
from tests.crash.operations import Operation
from tests.crash.strace import Fault

__all__ = ["CRASHES", "FAULTS", "Points"]

CALLS: Final = ("pwrite64", "write", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "mkdir")
CRASHES: Final = tuple((call, "signal=SIGKILL") for call in CALLS)
FAULTS: Final = (
    *((call, "error=ENOSPC") for call in ("pwrite64", "write", "ftruncate", "mkdir")),
    *((call, "error=EIO") for call in ("pwrite64", "write", "fsync", "fdatasync", "rename", "unlink")),
)
_LINE: Final = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\(")


class Points:
    """The points of one operation; ``room`` is a folder to work in."""

    def __init__(self, operation: Operation[Any], room: Path) -> None:
        self.operation = operation
        self._room = room
        self._before = room / "before"
        self._before.mkdir(parents=True)
        operation.prepare(self._before)

    def count(self) -> dict[str, int]:
        """Count how often one thread makes each call, undisturbed; check that the work came through."""
        trace = self._room / "trace"
        outcome = self._try(("-e", f"trace={','.join(CALLS)}"), trace)
        assert outcome.acknowledged, outcome
        self.operation.check(self._folder, acknowledged=True)
        made = Counter(
            found.group("thread", "call") for found in map(_LINE.match, trace.read_text().splitlines()) if found
        )
        most: dict[str, int] = {}
        for (_, call), number in made.items():
            most[call] = max(most.get(call, 0), number)
        return most

    def faults(self, kinds: Sequence[tuple[str, str]], *, share: int = 1, first: int = 0) -> Iterator[Fault]:
        """Give every ``share``-th fault of these kinds, from the one numbered ``first`` on."""
        counted = self.count()
        every = [Fault(call, place, does) for call, does in kinds for place in range(1, counted.get(call, 0) + 1)]
        yield from every[first % len(every) :: share]

    def crash(self, fault: Fault) -> Outcome:
        """Let the work die there, and check what must be true."""
        outcome = self._try(fault.options, self._room / "trace")
        assert outcome.died or outcome.acknowledged, (fault, outcome)
        self._check(fault, outcome)
        return outcome

    def hinder(self, fault: Fault) -> Outcome:
        """Let a call fail there: a clean failure or none, the same process can do it again, nothing is lost."""
        outcome = self._try(fault.options, self._room / "trace")
        assert outcome.clean, f"{self.operation.name}, {fault}: {outcome.failure}"
        assert not outcome.died, f"{self.operation.name}, {fault}: the process died"
        assert not outcome.again, f"{self.operation.name}, {fault}: not done again: {outcome.again}"
        self._check(fault, outcome)
        return outcome

    def _check(self, fault: Fault, outcome: Outcome) -> None:
        try:
            self.operation.check(self._folder, acknowledged=outcome.acknowledged or bool(outcome.failure))
        except Exception as error:
            raise AssertionError(f"{self.operation.name}, {fault}: {error}") from error

    @property
    def _folder(self) -> Path:
        return self._room / "now"

    def _try(self, options: Sequence[str], trace: Path) -> Outcome:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._before, self._folder)
        return try_operation(self.operation, self._folder, options, trace)
