"""300 seeds of the whole sync, and every seed that ever failed: no promise breaks, and each seed replays exactly.

The seeds are played in shares, one to a test, so that no single test takes long, however loaded the machine is.
"""

from functools import cache
from typing import Final

import pytest

from tests.simulate.coverage import EXPECTED
from tests.simulate.many import TWIN_EVERY, Totals, kept_seeds, play
from tests.simulate.run import run

SEEDS: Final = range(1, 301)
SHARE: Final = 50
SHARES: Final = (tuple(kept_seeds()), *(tuple(SEEDS[start : start + SHARE]) for start in range(0, len(SEEDS), SHARE)))


@cache
def played(seeds: tuple[int, ...]) -> Totals:
    totals = Totals()
    for outcome in play(seeds):
        totals.add(outcome)
    return totals


@pytest.mark.parametrize("seeds", SHARES, ids=lambda seeds: f"{seeds[0]}-to-{seeds[-1]}")
def test_no_promise_breaks_whatever_goes_wrong(seeds: tuple[int, ...]) -> None:
    broken = played(seeds).broken
    told = ["\n".join((*one.last_lines[-20:], f"seed {one.seed}: {one.broken}")) for one in broken]
    assert not told, "\n\n".join(told[:3])


def test_everything_that_can_go_wrong_went_wrong() -> None:
    assert [name for name in EXPECTED if all(played(seeds).tally[name] == 0 for seeds in SHARES)] == []


def test_a_share_of_the_phones_runs_the_typescript_session() -> None:
    assert sum(played(seeds).twins for seeds in SHARES) >= len(SEEDS) // TWIN_EVERY


def test_the_same_seed_gives_the_same_trace() -> None:
    again = [run(seed) for seed in range(1, 6)]
    assert [one.trace for one in again] == [played(SHARES[1]).traces[one.seed] for one in again]


def test_both_sessions_tell_the_same_story() -> None:
    seed = TWIN_EVERY
    assert run(seed).trace == played(SHARES[1]).traces[seed]
