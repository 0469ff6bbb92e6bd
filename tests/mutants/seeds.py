"""Seeds of the simulation, one after the other until one breaks a promise."""

import sys
from collections.abc import Sequence

from tests.simulate.run import run

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Play them; exit status 1 tells that one broke a promise, which is printed."""
    for seed in map(int, arguments):
        outcome = run(seed)
        if outcome.broken is not None:
            print(f"SEED {seed} BROKE {outcome.broken.splitlines()[-1]}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
