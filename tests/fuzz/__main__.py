"""``FUZZ=3000 make fuzz``: play so many random forms in both engines; ``FUZZ_SEED=7`` begins with that seed."""

import os
import secrets
import sys

from tests.fuzz.running import Differ, run
from tests.fuzz.twin import Twin

__all__ = ["main"]


def main() -> int:
    """Play, and say what came of it; return the exit status."""
    number = int(os.environ.get("FUZZ", "300"))
    seed = int(os.environ.get("FUZZ_SEED", secrets.randbelow(10**9)))
    print(f"FUZZ={number} FUZZ_SEED={seed}", flush=True)
    with Twin() as twin:
        try:
            run(twin, number=number, seed=seed)
        except Differ as differ:
            print("\n".join((str(differ), *differ.__notes__)))
            print("The engines differ. Correct one of them; the example is played again from now on.")
            return 1
    print(f"{number} forms: both engines agree")
    return 0


if __name__ == "__main__":
    sys.exit(main())
