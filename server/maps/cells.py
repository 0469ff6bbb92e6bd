"""How points of a map are gathered: the cells of a zoom, and those that a window shows. Pure.

The world is cut into 2^level columns and rows of equal degrees, at the levels that are counted (schema_of_map_counts).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["FINEST", "LEVELS", "POINTS_FROM_ZOOM", "Window", "level_of", "read_window"]

FINEST: Final = 20
LEVELS: Final = (8, 10, 12, 14, 16, 18)
POINTS_FROM_ZOOM: Final = 17
"""From here on a window is so small that its points are gathered one by one."""
LARGEST_ZOOM: Final = 22
LARGEST_LATITUDE: Final = 90.0
LARGEST_LONGITUDE: Final = 180.0


@dataclass(frozen=True, kw_only=True)
class Window:
    """What of the world is shown, in degrees, and how near."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    @property
    def level(self) -> int:
        """The level at which points are gathered."""
        return level_of(self.zoom)

    @property
    def edges(self) -> dict[str, int]:
        """Give the first and last column and row of the window at its level."""
        return {
            "left": column(self.west, self.level),
            "right": column(self.east, self.level),
            "bottom": row(self.south, self.level),
            "top": row(self.north, self.level),
        }


def level_of(zoom: int) -> int:
    """Give the level whose cells are 64 to 128 pixels wide at a zoom, or the nearest that is counted."""
    if zoom >= POINTS_FROM_ZOOM:
        return FINEST
    return max(level for level in (LEVELS[0], *LEVELS) if level <= max(zoom + 2, LEVELS[0]))


def column(longitude: float, level: int) -> int:
    """Give the column that a longitude lies in, counted from the west."""
    cells = 1 << level
    return min(cells - 1, max(0, math.floor((longitude + LARGEST_LONGITUDE) / (2 * LARGEST_LONGITUDE) * cells)))


def row(latitude: float, level: int) -> int:
    """Give the row that a latitude lies in, counted from the south."""
    cells = 1 << level
    return min(cells - 1, max(0, math.floor((latitude + LARGEST_LATITUDE) / (2 * LARGEST_LATITUDE) * cells)))


def read_window(asked: Mapping[str, str]) -> Window | None:
    """Read what part of the world an address asks for; None when it names none."""
    try:
        west, south, east, north = (float(asked[side]) for side in ("west", "south", "east", "north"))
        zoom = int(asked["zoom"][:3])
    except (KeyError, ValueError):
        return None
    if not all(math.isfinite(side) for side in (west, south, east, north)) or west > east or south > north:
        return None
    return Window(
        west=max(west, -LARGEST_LONGITUDE),
        south=max(south, -LARGEST_LATITUDE),
        east=min(east, LARGEST_LONGITUDE),
        north=min(north, LARGEST_LATITUDE),
        zoom=min(max(zoom, 0), LARGEST_ZOOM),
    )
