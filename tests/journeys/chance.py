"""Chance that can be replayed."""

import os
import random
from typing import Final

__all__ = ["SEED_SETTING", "printed_chance"]

SEED_SETTING: Final = "FIELDWELL_SEED"


def printed_chance() -> random.Random:
    """Give chance of a seed that is printed; set FIELDWELL_SEED to that number for the same again."""
    seed = int(os.environ.get(SEED_SETTING) or random.SystemRandom().randrange(2**32))
    print(f"{SEED_SETTING}={seed}")
    return random.Random(seed)
