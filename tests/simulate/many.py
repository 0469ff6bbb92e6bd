"""Many seeds on all cores; what is printed is in the order of the seeds, whoever was first."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tests.simulate.run import Outcome, run
from tests.sync.twin_session import TwinSession

__all__ = ["TWIN_EVERY", "Totals", "kept_seeds", "play"]

TWIN_EVERY: Final = 20
"""Every so many seeds, the phones' sessions are the TypeScript ones."""
SEEDS_KEPT: Final = Path(__file__).parent / "seeds.txt"
AT_ONCE: Final = 5


@dataclass
class Totals:
    """What all seeds together went through."""

    seeds: int = 0
    twins: int = 0
    tally: Counter[str] = field(default_factory=Counter)
    broken: list[Outcome] = field(default_factory=list)
    traces: dict[int, str] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one seed."""
        self.seeds += 1
        self.twins += is_twin(outcome.seed)
        self.traces[outcome.seed] = outcome.trace
        self.tally.update(outcome.tally)
        if outcome.broken is not None:
            self.broken.append(outcome)


def is_twin(seed: int) -> bool:
    """Tell whether a seed's phones run the TypeScript session."""
    return seed % TWIN_EVERY == 0


def kept_seeds() -> list[int]:
    """List the seeds that ever failed: they are run every time."""
    lines = SEEDS_KEPT.read_text().splitlines()
    return [int(line.split()[0]) for line in lines if line.strip() and not line.startswith("#")]


def play(seeds: Sequence[int]) -> Iterator[Outcome]:
    """Play seeds on every core, and give what came of them in their order."""
    twins = [seed for seed in seeds if is_twin(seed)]
    others = [seed for seed in seeds if not is_twin(seed)]
    shares = [twins] * bool(twins) + [others[start : start + AT_ONCE] for start in range(0, len(others), AT_ONCE)]
    found: dict[int, Outcome] = {}
    due = list(dict.fromkeys(seeds))
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        for outcomes in pool.imap_unordered(_play_share, shares):
            found.update((outcome.seed, outcome) for outcome in outcomes)
            while due and due[0] in found:
                yield found.pop(due.pop(0))


def _play_share(seeds: list[int]) -> list[Outcome]:
    if not any(map(is_twin, seeds)):
        return [run(seed) for seed in seeds]
    with TwinSession() as twin:
        return [run(seed, twin.step) for seed in seeds]
