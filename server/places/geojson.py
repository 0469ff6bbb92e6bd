"""Reads a boundary from GeoJSON (RFC 7946), strictly: what is not understood whole is refused with where and why. Pure.

{"type": "Polygon" | "MultiPolygon", "coordinates": …}
{"type": "Feature", "geometry": one of these}
{"type": "FeatureCollection", "features": [one of those]}
"""

import json
import math
import re
from typing import Final

from server.places.boundaries import CORNERS, Boundary, BoundaryProblem, Corner, Ring, Why, degrees, units
from server.places.crossings import Tangled, crossing
from server.places.holes import hole_outside

__all__ = ["GEOJSON_BYTES", "checked", "read_geojson"]

GEOJSON_BYTES: Final = 1024 * 1024
POSITION_NUMBERS: Final = (2, 3)
"""Longitude, latitude, and a height that is left out."""
FEWEST_CORNERS: Final = 3
LARGEST_LONGITUDE: Final = 180
LARGEST_LATITUDE: Final = 90
LONGEST_KIND: Final = 40
"""Characters of an unknown kind that are told."""
HALF_PAIR: Final = re.compile("[\ud800-\udfff]")
"""JSON can spell half a surrogate pair, which has no bytes: no page could show it."""


class Refused(Exception):
    """The boundary is wrong; caught at the door of this module, where it becomes a value."""

    def __init__(self, why: Why, **facts: str | int) -> None:
        super().__init__(why)
        self.problem = BoundaryProblem(why, facts)


def read_geojson(body: bytes) -> Boundary | BoundaryProblem:
    """Read the boundary in a file, or say why there is none in it."""
    try:
        boundary = _boundary(_geometry(_parsed(body)))
    except Refused as refused:
        return refused.problem
    return checked(boundary)


def checked(boundary: Boundary) -> Boundary | BoundaryProblem:
    """Give a boundary back when its lines do not cross and its holes lie inside."""
    place = crossing(boundary)
    if isinstance(place, Tangled):
        return BoundaryProblem(Why.TANGLED)
    if place is not None:
        return BoundaryProblem(Why.CROSSES, {"latitude": _written(place[1]), "longitude": _written(place[0])})
    outside = hole_outside(boundary)
    if isinstance(outside, Tangled):
        return BoundaryProblem(Why.TANGLED)
    return boundary if outside is None else BoundaryProblem(Why.HOLE_OUTSIDE, {"ring": outside})


def _parsed(body: bytes) -> object:
    if len(body) > GEOJSON_BYTES:
        raise Refused(Why.TOO_BIG)
    try:
        text = body.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise Refused(Why.NOT_TEXT) from None
    if not text:
        raise Refused(Why.EMPTY)
    try:
        parsed: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused(Why.NOT_JSON, line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets within brackets without end
        raise Refused(Why.NOT_GEOJSON) from None
    return parsed


def _geometry(found: object) -> dict[str, object]:
    """Go down to the one geometry, by the one feature of the collection if it is in one."""
    if _kind(found) == "FeatureCollection":
        found = _only_feature(found)
    if _kind(found) == "Feature":
        found = found.get("geometry") if isinstance(found, dict) else None
        if found is None:
            raise Refused(Why.NO_AREA)
    if not isinstance(found, dict) or _kind(found) not in {"Polygon", "MultiPolygon"}:
        raise Refused(Why.OTHER_KIND, kind=_kind(found)[:LONGEST_KIND])
    return found


def _only_feature(collection: object) -> object:
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise Refused(Why.NO_AREA)
    if len(features) > 1:
        raise Refused(Why.SEVERAL_AREAS, count=len(features))
    return features[0]


def _kind(found: object) -> str:
    kind = found.get("type") if isinstance(found, dict) else None
    if not isinstance(kind, str) or HALF_PAIR.search(kind):
        raise Refused(Why.NOT_GEOJSON)
    return kind


def _boundary(geometry: dict[str, object]) -> Boundary:
    coordinates = geometry.get("coordinates")
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    if not isinstance(polygons, list) or not polygons:
        raise Refused(Why.NO_AREA)
    number = corners = 0
    read = []
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise Refused(Why.NO_AREA)
        rings = []
        for positions in polygon:
            number += 1
            corners += len(positions) if isinstance(positions, list) else 0
            if corners > CORNERS + number:
                raise Refused(Why.TOO_MANY_CORNERS)
            rings.append(_ring(positions, number=number))
        read.append(tuple(rings))
    return Boundary(tuple(read))


def _ring(positions: object, *, number: int) -> Ring:
    if not isinstance(positions, list) or not positions:
        raise Refused(Why.BAD_SHAPE, ring=number, corner=0)
    corners = [_corner(position, ring=number, corner=place) for place, position in enumerate(positions, 1)]
    if len(corners) > 1 and corners[0] != corners[-1]:
        raise Refused(Why.OPEN_RING, ring=number)
    told_apart = [corner for place, corner in enumerate(corners[:-1]) if corner != corners[place - 1] or place == 0]
    if len(set(told_apart)) < FEWEST_CORNERS:
        raise Refused(Why.TOO_FEW_CORNERS, ring=number)
    return tuple(told_apart)


def _corner(position: object, *, ring: int, corner: int) -> Corner:
    if not isinstance(position, list) or len(position) not in POSITION_NUMBERS:
        raise Refused(Why.BAD_SHAPE, ring=ring, corner=corner)
    longitude, latitude = (_number(value, ring=ring, corner=corner) for value in position[:2])
    if abs(longitude) > LARGEST_LONGITUDE and abs(latitude) > LARGEST_LATITUDE:
        raise Refused(Why.OTHER_GRID, ring=ring, corner=corner)
    if abs(longitude) > LARGEST_LONGITUDE or abs(latitude) > LARGEST_LATITUDE:
        raise Refused(Why.OUT_OF_RANGE, ring=ring, corner=corner)
    return units(longitude), units(latitude)


def _number(value: object, *, ring: int, corner: int) -> float:
    """Give a number that is finite: Python's JSON also reads NaN, Infinity and 1e999."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(Why.BAD_SHAPE, ring=ring, corner=corner)
    if isinstance(value, float) and not math.isfinite(value):
        raise Refused(Why.BAD_SHAPE, ring=ring, corner=corner)
    return value


def _written(value: int) -> str:
    return f"{degrees(value):.5f}"
