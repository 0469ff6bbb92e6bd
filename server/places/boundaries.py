"""The boundary of a neighbourhood: a polygon or several, each of rings of corners. Pure.

Corners are kept to seven decimals of a degree, a hand's breadth on the ground, as whole numbers, so that what crosses
what is worked out exactly.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

__all__ = [
    "CORNERS",
    "UNITS",
    "Boundary",
    "BoundaryProblem",
    "Corner",
    "Ring",
    "Why",
    "as_geojson",
    "degrees",
    "may_be_swapped",
    "swapped",
    "units",
]

UNITS: Final = 10_000_000
"""Units of a corner in one degree."""
CORNERS: Final = 10_000
"""A boundary of more corners is refused; the finest that is published for a small area has a few thousand."""

WEST, EAST, SOUTH, NORTH = -8.7, 1.8, 49.8, 60.9
"""The edges of the United Kingdom in degrees, Shetland and the Isles of Scilly included."""

Corner = tuple[int, int]
"""Longitude and latitude (WGS 84) in units."""
Ring = tuple[Corner, ...]
"""Corners in order; the first is not repeated at the end."""


@dataclass(frozen=True)
class Boundary:
    """Polygons; of each, the ring around it comes first, then its holes."""

    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def rings(self) -> Iterator[Ring]:
        """Every ring of every polygon."""
        return (ring for polygon in self.polygons for ring in polygon)

    @property
    def corners(self) -> int:
        """How many corners there are."""
        return sum(len(ring) for ring in self.rings)


class Why(StrEnum):
    """What is wrong with a boundary that somebody gave. In brackets the facts that belong to it."""

    EMPTY = "empty"
    TOO_BIG = "too-big"
    NOT_TEXT = "not-text"
    NOT_JSON = "not-json"  # line, column
    NOT_GEOJSON = "not-geojson"
    OTHER_KIND = "other-kind"  # kind
    NO_AREA = "no-area"
    SEVERAL_AREAS = "several-areas"  # count
    OTHER_GRID = "other-grid"  # ring, corner
    BAD_SHAPE = "bad-shape"  # ring, corner: 0 for the ring itself
    OUT_OF_RANGE = "out-of-range"  # ring, corner
    OPEN_RING = "open-ring"  # ring
    TOO_FEW_CORNERS = "too-few-corners"  # ring
    TOO_MANY_CORNERS = "too-many-corners"
    CROSSES = "crosses"  # latitude, longitude
    TANGLED = "tangled"
    HOLE_OUTSIDE = "hole-outside"  # ring
    NOT_A_POINT = "not-a-point"  # line, words
    MAY_BE_SWAPPED = "may-be-swapped"


@dataclass(frozen=True)
class BoundaryProblem:
    """Why a boundary was not taken, and where it is wrong; rings and corners count from 1."""

    why: Why
    facts: dict[str, str | int] = field(default_factory=dict)


def swapped(boundary: Boundary) -> Boundary:
    """Give a boundary with latitude and longitude in each other's place."""
    return Boundary(
        tuple(
            tuple(tuple((latitude, longitude) for longitude, latitude in ring) for ring in polygon)
            for polygon in boundary.polygons
        )
    )


def may_be_swapped(boundary: Boundary) -> bool:
    """Tell whether latitude and longitude seem to have changed places: only then would it lie in the United Kingdom.

    The seas off East Africa, where such a boundary lies, have no neighbourhoods; other countries are left alone.
    """
    return not _is_in_uk(boundary) and _is_in_uk(swapped(boundary))


def _is_in_uk(boundary: Boundary) -> bool:
    return all(
        WEST <= degrees(longitude) <= EAST and SOUTH <= degrees(latitude) <= NORTH
        for ring in boundary.rings
        for longitude, latitude in ring
    )


def units(value: float) -> int:
    """Give a longitude or latitude in whole units."""
    return round(value * UNITS)


def degrees(value: int) -> float:
    """Give the degrees of a number of units; written out they have at most seven decimals."""
    return value / UNITS


def as_geojson(boundary: Boundary, *, in_order: bool = False) -> str:
    """Write a boundary as a GeoJSON geometry (RFC 7946): rings closed, the outer ones against the clock.

    ``in_order`` leaves the corners in the order in which they came, so that people find them under their numbers.
    """
    polygons = [
        [_closed(ring if in_order else _turned(ring, outer=place == 0)) for place, ring in enumerate(one)]
        for one in boundary.polygons
    ]
    if len(polygons) == 1:
        geometry: dict[str, object] = {"type": "Polygon", "coordinates": polygons[0]}
    else:
        geometry = {"type": "MultiPolygon", "coordinates": polygons}
    return json.dumps(geometry, separators=(",", ":"))


def _turned(ring: Ring, *, outer: bool) -> Ring:
    return ring if (_area(ring) > 0) == outer else (ring[0], *ring[:0:-1])


def _closed(ring: Ring) -> list[tuple[float, float]]:
    return [(degrees(longitude), degrees(latitude)) for longitude, latitude in (*ring, ring[0])]


def _area(ring: Sequence[Corner]) -> int:
    """Give twice the area, more than 0 when the ring runs against the clock."""
    return sum(here[0] * there[1] - there[0] * here[1] for here, there in zip(ring, (*ring[1:], ring[0]), strict=True))
