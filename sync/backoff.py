"""How long to leave a server alone after failures."""

import math
from typing import Final

__all__ = ["LONGEST_WAIT_MS", "SHORTEST_WAIT_MS", "backoff"]

SHORTEST_WAIT_MS: Final = 1_000
LONGEST_WAIT_MS: Final = 300_000


def backoff(failures: int, *, fraction: float, retry_after: int = 0) -> int:
    """Return milliseconds: full jitter between 1 s and a ceiling that doubles with each failure up to 5 min.

    So a hall full of phones does not come back at the same moment. ``failures`` ≥ 1; ``fraction`` ≥ 0 and < 1; a
    server's own wish is honoured when longer, up to 5 min.
    """
    ceiling = min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS << min(failures, 20))
    wait = SHORTEST_WAIT_MS + fraction * (ceiling - SHORTEST_WAIT_MS)
    return math.floor(max(wait, min(retry_after, LONGEST_WAIT_MS)) + 0.5)
