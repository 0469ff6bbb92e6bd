"""When the made-up people were met: some days bring many, most a few, some nobody. Pure."""

import random
from datetime import datetime, timedelta
from typing import Final

__all__ = ["moments"]

HOURS_BETWEEN_SAMPLES: Final = 5
"""On average."""
SHARE_OF_DAY: Final = (0, 1, 1, 2, 3, 6)
FIRST_HOUR: Final = 9
LAST_HOUR: Final = 19


def moments(count: int, *, now: datetime, neighbourhood_id: str) -> list[datetime]:
    """Give so many moments before ``now``, oldest first; the same for the same neighbourhood and day."""
    chance = random.Random(f"{neighbourhood_id} {count}")  # noqa: S311  # guards no secret
    days = max(1, count * HOURS_BETWEEN_SAMPLES // 24)
    shares = [chance.choice(SHARE_OF_DAY) for _ in range(days - 1)] + [1]
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    met = []
    for [day] in (chance.choices(range(days), weights=shares) for _ in range(count)):
        minutes = chance.randrange(FIRST_HOUR * 60, LAST_HOUR * 60)
        met.append(midnight - timedelta(days=days - day) + timedelta(minutes=minutes))
    return sorted(met)
