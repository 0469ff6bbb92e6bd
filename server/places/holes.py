"""Whether the holes of a boundary lie inside of it: exact, in whole numbers. Pure."""

from typing import Final

from server.places.boundaries import Boundary, Corner, Ring
from server.places.crossings import TANGLED, Tangled

__all__ = ["COMPARISONS", "hole_outside"]

COMPARISONS: Final = 3_000_000
"""More than any real boundary needs, about a second; past it there are holes over holes."""


def hole_outside(boundary: Boundary) -> int | Tangled | None:
    """Find a hole that lies outside of the ring around it, and give its number among all rings, from 1.

    The lines of the boundary must not cross. So a hole is where any one of its corners is, unless that lies on the
    ring itself; and none that reaches past the ring's north, south, east or west lies in it.
    """
    number = compared = 0
    for outer, *holes in boundary.polygons:
        number += 1
        box = _box(outer)
        for hole in holes:
            number += 1
            if not _within(_box(hole), box):
                return number
            for corner in hole:
                compared += len(outer)
                if compared > COMPARISONS:
                    return TANGLED
                inside = _is_inside(outer, corner)
                if inside is False:
                    return number
                if inside:
                    break
    return None


def _box(ring: Ring) -> tuple[Corner, Corner]:
    longitudes, latitudes = zip(*ring, strict=True)
    return (min(longitudes), min(latitudes)), (max(longitudes), max(latitudes))


def _within(inner: tuple[Corner, Corner], outer: tuple[Corner, Corner]) -> bool:
    (west, south), (east, north) = inner
    (least_west, least_south), (most_east, most_north) = outer
    return least_west <= west and least_south <= south and east <= most_east and north <= most_north


def _is_inside(ring: Ring, corner: Corner) -> bool | None:
    """Tell whether a corner lies in a ring: a line to the east crosses it an odd number of times; None when on it."""
    x, y = corner
    inside = False
    for (west, south), (east, north) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if min(south, north) <= y <= max(south, north):
            turn = (east - west) * (y - south) - (north - south) * (x - west)
            if turn == 0 and min(west, east) <= x <= max(west, east):
                return None
            if (south > y) != (north > y):
                inside ^= (turn > 0) == (north > south)
    return inside
