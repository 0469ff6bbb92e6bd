"""Corners of a boundary as people type them: one to a line, latitude first. Pure.

51.5345, -0.0345
51.5345 N 0.0345 W
"""

import re
import unicodedata
from typing import Final

from server.places.boundaries import CORNERS, Boundary, BoundaryProblem, Corner, Why, degrees, units
from server.places.geojson import FEWEST_CORNERS, LARGEST_LATITUDE, LARGEST_LONGITUDE, checked

__all__ = ["CORNERS_CHARACTERS", "as_lines", "read_corners", "read_drawn"]

CORNERS_CHARACTERS: Final = 64 * 1024
LONGEST_TOLD: Final = 40
NUMBER: Final = r"([-+]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*"
LINE: Final = re.compile(rf"\(?\s*{NUMBER}([NS])?\s*[,;\s]\s*{NUMBER}([EW])?\s*\)?", re.IGNORECASE | re.ASCII)
ALIKE: Final = str.maketrans({"\u2212": "-", "\u2013": "-", "\u060c": ",", "\u066b": ".", "\u200e": "", "\u200f": ""})
"""The minus sign, and a dash in its place; the comma and the decimal sign of Arabic; marks of direction."""


def read_drawn(typed: str) -> Boundary | BoundaryProblem:
    """Read the corners of one ring, in order; it is closed by itself."""
    corners = read_corners(typed)
    if isinstance(corners, BoundaryProblem):
        return corners
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners = corners[:-1]
    if not corners:
        return BoundaryProblem(Why.EMPTY)
    if len(set(corners)) < FEWEST_CORNERS:
        return BoundaryProblem(Why.TOO_FEW_CORNERS, {"ring": 1})
    return checked(Boundary(((corners,),)))


def read_corners(typed: str) -> tuple[Corner, ...] | BoundaryProblem:
    """Read the corners alone, which need not make an area yet; the same corner twice running counts once."""
    corners: list[Corner] = []
    for number, line in enumerate(typed[:CORNERS_CHARACTERS].splitlines(), 1):
        if not line.strip():
            continue
        corner = _corner(line)
        if corner is None:
            return BoundaryProblem(Why.NOT_A_POINT, {"line": number, "words": line.strip()[:LONGEST_TOLD]})
        if not corners or corners[-1] != corner:
            corners.append(corner)
    return tuple(corners) if len(corners) <= CORNERS else BoundaryProblem(Why.TOO_MANY_CORNERS)


def as_lines(corners: tuple[Corner, ...]) -> str:
    """Write corners as they are typed."""
    return "".join(f"{_plain(latitude)}, {_plain(longitude)}\n" for longitude, latitude in corners)


def _plain(value: int) -> str:
    return f"{degrees(value):.7f}".rstrip("0").rstrip(".")


def _corner(line: str) -> Corner | None:
    plain = "".join(map(_ascii_digit, unicodedata.normalize("NFKC", line))).translate(ALIKE)
    found = LINE.fullmatch(plain.strip())
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[3])
    if (found[2] and latitude < 0) or (found[4] and longitude < 0):
        return None
    latitude = -latitude if (found[2] or "").upper() == "S" else latitude
    longitude = -longitude if (found[4] or "").upper() == "W" else longitude
    if abs(latitude) > LARGEST_LATITUDE or abs(longitude) > LARGEST_LONGITUDE:
        return None
    return units(longitude), units(latitude)


def _ascii_digit(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
