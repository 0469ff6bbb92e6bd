"""``make mutants ONLY=name JOBS=2``: plant each fault in a copy of the project; does the suite notice it?"""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.catalogue import read_mutants
from tests.mutants.checks import Check, NoVerdict, all_together, failures
from tests.mutants.mutant import Mutant, Stale
from tests.mutants.planting import Copy

__all__ = ["main"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one mutant; ``caught_by`` is empty when it survived, ``trouble`` says why nothing can be said."""

    name: str
    seconds: float
    caught_by: str = ""
    trouble: str = ""

    def __str__(self) -> str:
        """Write it as a row of the table."""
        return f"{self.name:<34} {self.seconds:>5.1f} s  {self.trouble or self.caught_by or 'SURVIVED'}"


class Bench:
    """As many copies of the project as faults are planted at once."""

    def __init__(self, room: Path, *, jobs: int) -> None:
        self._free: SimpleQueue[Copy] = SimpleQueue()
        for number in range(jobs):
            self._free.put(Copy(room / f"copy{number}"))

    def try_out(self, mutant: Mutant) -> Outcome:
        """Plant a fault, run its check, and take it out again."""
        copy, began = self._free.get(), time.monotonic()
        try:
            with copy.planted(mutant):
                found = failures(mutant.check, copy.folder, first_only=True)
            return Outcome(name=mutant.name, seconds=time.monotonic() - began, caught_by="".join(found[:1]))
        except (NoVerdict, Stale, SyntaxError) as error:
            return Outcome(name=mutant.name, seconds=time.monotonic() - began, trouble=f"NO VERDICT: {error}")
        finally:
            self._free.put(copy)

    def without_fault(self, check: Check) -> list[str]:
        """Run a check over the code as it is; give what fails."""
        copy = self._free.get()
        try:
            return failures(check, copy.folder, first_only=False)
        except NoVerdict as error:
            return [str(error)]
        finally:
            self._free.put(copy)


def main(only: Sequence[str], *, jobs: int) -> int:
    """Try the mutants with these names, or all; 0 when each is caught by a check that passes without it."""
    every = read_mutants()
    unknown = sorted({*only} - {mutant.name for mutant in every})
    if unknown:
        print(f"No mutant is named {', '.join(unknown)}. There are: {', '.join(mutant.name for mutant in every)}")
        return 1
    chosen = [mutant for mutant in every if not only or mutant.name in only]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as room, ThreadPoolExecutor(jobs) as pool:
        bench = Bench(Path(room), jobs=jobs)
        clean = [pool.submit(bench.without_fault, check) for check in all_together(one.check for one in chosen)]
        outcomes = []
        for future in as_completed([pool.submit(bench.try_out, mutant) for mutant in chosen]):
            outcomes.append(future.result())
            print(outcomes[-1], flush=True)
        broken = [name for ended in clean for name in ended.result()]
    return _sum_up(outcomes, broken, time.monotonic() - began)


def _sum_up(outcomes: Sequence[Outcome], broken: Sequence[str], seconds: float) -> int:
    for name in broken:
        print(f"FAILS WITHOUT ANY FAULT: {name}")
    left = [outcome.name for outcome in outcomes if outcome.trouble or not outcome.caught_by]
    print(f"{len(outcomes) - len(left)} of {len(outcomes)} planted faults caught in {seconds:.0f} s.")
    if left:
        print(f"Not caught: {', '.join(left)}. Write the test that is missing.")
    return 1 if left or broken else 0


if __name__ == "__main__":
    names = os.environ.get("ONLY", "").replace(",", " ").split()
    sys.exit(main(names, jobs=int(os.environ.get("JOBS") or os.cpu_count() or 1)))
