"""Whether a file is a map that phones and the console can draw: the header of PMTiles, version 3. Pure."""

import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["HEADER_BYTES", "MapHeader", "MapProblem", "read_header"]

HEADER_BYTES: Final = 127
MAGIC: Final = b"PMTiles"
VERSION: Final = 3
VECTOR: Final = 1
LAYOUT: Final = struct.Struct("<7sB11QBBBBBBiiiiBii")
"""Magic and version; offsets and lengths of four parts; three counts; flags; zooms; bounds and centre."""
DEGREE: Final = 10_000_000
LARGEST_ZOOM: Final = 26


class MapProblem(StrEnum):
    """Why a file is no map that we can use."""

    MISSING = "missing"
    TOO_LARGE = "too-large"
    NOT_PMTILES = "not-pmtiles"
    OLD_VERSION = "old-version"
    NOT_VECTOR = "not-vector"
    DAMAGED = "damaged"


@dataclass(frozen=True, kw_only=True)
class MapHeader:
    """What a map says of itself: its zooms, and its edges in degrees."""

    least_zoom: int
    most_zoom: int
    west: float
    south: float
    east: float
    north: float


def read_header(start: bytes, *, size: int) -> MapHeader | MapProblem:
    """Read the first bytes of a file of so many bytes."""
    if len(start) < len(MAGIC) + 1 or not start.startswith(MAGIC):
        return MapProblem.NOT_PMTILES
    if start[len(MAGIC)] != VERSION:
        return MapProblem.OLD_VERSION
    if len(start) < HEADER_BYTES:
        return MapProblem.DAMAGED
    (_magic, _version, *numbers) = LAYOUT.unpack(start[: LAYOUT.size])
    parts, flags = numbers[:8], numbers[11:]
    _clustered, _internal, _tiles, kind, least, most = flags[:6]
    west, south, east, north = (edge / DEGREE for edge in flags[6:10])
    if kind != VECTOR:
        return MapProblem.NOT_VECTOR
    ends = [offset + length for offset, length in zip(parts[::2], parts[1::2], strict=True)]
    in_the_file = max(ends) <= size and parts[0] >= HEADER_BYTES and parts[1] > 0
    on_the_globe = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    if not (in_the_file and on_the_globe and least <= most <= LARGEST_ZOOM):
        return MapProblem.DAMAGED
    return MapHeader(least_zoom=least, most_zoom=most, west=west, south=south, east=east, north=north)
