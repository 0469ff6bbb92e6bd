"""Whether the lines of a boundary cross: exact, in whole numbers. Pure.

Stretches are gone through from west to east, each compared with those that reach as far east as it begins and share
its band of latitudes: a sweep (Shamos and Hoey, 1976) without its tree, which the boundaries of places do not need.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from server.places.boundaries import Boundary, Corner, Ring

__all__ = ["COMPARISONS", "TANGLED", "Tangled", "crossing"]

COMPARISONS: Final = 3_000_000
"""More than any real boundary needs, about two seconds; past it the lines run to and fro all over one another."""


class Stretch(NamedTuple):
    """The line from one corner of a ring to the next, the western end first."""

    west: Corner
    east: Corner
    south: int
    north: int
    ring: int
    number: int
    of: int


@dataclass(frozen=True)
class Tangled:
    """There are too many crossings to look for them all."""


TANGLED: Final = Tangled()


def crossing(boundary: Boundary) -> Corner | Tangled | None:
    """Find a place where lines cross, or None when none do.

    Lines of one ring may not touch either; those of two rings may, for areas share a border.
    """
    open_stretches: list[Stretch] = []
    compared = 0
    for new in sorted(_stretches(boundary)):
        open_stretches = [old for old in open_stretches if old.east[0] >= new.west[0]]
        compared += len(open_stretches)
        if compared > COMPARISONS:
            return TANGLED
        for old in open_stretches:
            if old.north >= new.south and new.north >= old.south and _clash(old, new):
                return _meeting(old, new)
        open_stretches.append(new)
    return None


def _stretches(boundary: Boundary) -> Iterator[Stretch]:
    for ring, corners in enumerate(boundary.rings):
        for number, (here, there) in enumerate(zip(corners, _from_second(corners), strict=True)):
            west, east = min(here, there), max(here, there)
            south, north = sorted((here[1], there[1]))
            yield Stretch(west, east, south, north, ring, number, len(corners))


def _from_second(ring: Ring) -> Ring:
    return (*ring[1:], ring[0])


def _clash(one: Stretch, other: Stretch) -> bool:
    if one.ring != other.ring:
        return _cross(one, other)
    apart = abs(one.number - other.number)
    if apart in {1, one.of - 1}:
        return _run_back(one, other)
    return _touch(one, other)


def _cross(one: Stretch, other: Stretch) -> bool:
    """Tell whether each lies on both sides of the other."""
    sides_of_one = _side(one, other.west), _side(one, other.east)
    sides_of_other = _side(other, one.west), _side(other, one.east)
    return sides_of_one[0] * sides_of_one[1] < 0 and sides_of_other[0] * sides_of_other[1] < 0


def _touch(one: Stretch, other: Stretch) -> bool:
    """Tell whether they have a point in common."""
    return (
        _cross(one, other)
        or any(_side(one, end) == 0 and _is_beside(one, end) for end in (other.west, other.east))
        or any(_side(other, end) == 0 and _is_beside(other, end) for end in (one.west, one.east))
    )


def _run_back(one: Stretch, other: Stretch) -> bool:
    """Tell whether neighbours lie over one another: the line goes out and comes back the same way."""
    shared = {one.west, one.east} & {other.west, other.east}
    free = [end for end in (other.west, other.east) if end not in shared]
    opposite = [end for end in (one.west, one.east) if end not in shared]
    return any(_side(one, end) == 0 and _is_beside(one, end) for end in free) or any(
        _side(other, end) == 0 and _is_beside(other, end) for end in opposite
    )


def _meeting(one: Stretch, other: Stretch) -> Corner:
    """Give where two lines meet, in whole units; where they lie over one another, where that begins."""
    (x, y), (east, north) = one.west, one.east
    (u, v), (other_east, other_north) = other.west, other.east
    turn = (east - x) * (other_north - v) - (north - y) * (other_east - u)
    if turn == 0:
        return max(one.west, other.west)
    share = (u - x) * (other_north - v) - (v - y) * (other_east - u)
    return x + share * (east - x) // turn, y + share * (north - y) // turn


def _side(line: Stretch, corner: Corner) -> int:
    """Tell on which side of a line a corner lies: 1, 0 or -1."""
    (x, y), (east, north), (here, there) = line.west, line.east, corner
    turn = (east - x) * (there - y) - (north - y) * (here - x)
    return (turn > 0) - (turn < 0)


def _is_beside(line: Stretch, corner: Corner) -> bool:
    return line.west[0] <= corner[0] <= line.east[0] and line.south <= corner[1] <= line.north
