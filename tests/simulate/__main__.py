"""``make simulate SEEDS=300 START=1``: play so many seeds, say what they went through, and which promise broke."""

import os
import sys
import time

from tests.simulate.many import Totals, kept_seeds, play
from tests.simulate.run import Outcome

__all__ = ["main"]


def main() -> int:
    """Play, and give the exit status."""
    number, start = int(os.environ.get("SEEDS", "300")), int(os.environ.get("START", "1"))
    each = os.environ.get("VERBOSE", "") != ""
    print(f"SEEDS={number} START={start}", flush=True)
    began = time.monotonic()
    totals = Totals()
    for outcome in play([*kept_seeds(), *range(start, start + number)]):
        totals.add(outcome)
        if each or number <= 20:
            print(f"seed {outcome.seed}: {outcome.trace[:16]}", flush=True)
        if outcome.broken is not None:
            _tell(outcome)
    _sum_up(totals, time.monotonic() - began)
    return 1 if totals.broken else 0


def _tell(outcome: Outcome) -> None:
    print("\n".join(outcome.last_lines))
    print(f"SEED {outcome.seed} BROKE {outcome.broken}")
    print(f"Play it again with: make simulate SEEDS=1 START={outcome.seed}; keep it in tests/simulate/seeds.txt.")


def _sum_up(totals: Totals, seconds: float) -> None:
    for name, count in sorted(totals.tally.items()):
        print(f"{count:>12,}  {name}")
    print(
        f"{totals.seeds} seeds in {seconds:.0f} s, {totals.seeds / seconds:.1f} a second, {totals.twins} of them with "
        f"TypeScript sessions: {len(totals.broken)} broke a promise"
    )


if __name__ == "__main__":
    sys.exit(main())
