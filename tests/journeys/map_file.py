"""A map file as teams give them (PMTiles 3), written by hand: one tile around Old Ford, which is all water."""

import hashlib
import json
import struct
from typing import Final, NamedTuple

__all__ = ["WATER", "MapFile", "map_file"]

WATER: Final = [0x80, 0xDE, 0xEA]
"""Red, green and blue of water in the light style."""
HEADER_BYTES: Final = 127
NOT_PACKED: Final = 1
VECTOR: Final = 1
EXTENT: Final = 4096
ZOOM, COLUMN, ROW = 12, 2047, 1361
"""The tile of 51.53 north, 0.03 west."""
DEGREES: Final = 10_000_000
"""Positions in the header are in tens of millionths of a degree."""


class MapFile(NamedTuple):
    """The bytes, and the name that they go by."""

    content: bytes
    sha256: str


def map_file(*, filling: int) -> MapFile:
    """Write a file with so many bytes that no tile stands in: it is as long as a test wants it."""
    tile = _layer("water", _square())
    directory = _varint(1) + _varint(_place_on_curve()) + _varint(1) + _varint(len(tile)) + _varint(1)
    words = json.dumps({"name": "made for a test"}).encode()
    content = _header(directory=len(directory), words=len(words), tiles=len(tile) + filling)
    content += directory + words + tile + bytes(number % 251 for number in range(filling))
    return MapFile(content, hashlib.sha256(content).hexdigest())


def _header(*, directory: int, words: int, tiles: int) -> bytes:
    """Root directory, words about the file, leaf directories, tiles: where each begins and how long it is."""
    words_at = HEADER_BYTES + directory
    tiles_at = words_at + words
    places = (HEADER_BYTES, directory, words_at, words, tiles_at, 0, tiles_at, tiles)
    counts = (1, 1, 1)
    kinds = (1, NOT_PACKED, NOT_PACKED, VECTOR, ZOOM, ZOOM)
    corners = (-180 * DEGREES, -85 * DEGREES, 180 * DEGREES, 85 * DEGREES)
    return struct.pack("<7sB11Q6B4iB2i", b"PMTiles", 3, *places, *counts, *kinds, *corners, ZOOM, 0, 0)


def _place_on_curve() -> int:
    """Count the tiles before ours: those of all lower zooms, and then along the Hilbert curve of its own."""
    column, row, place = COLUMN, ROW, (4**ZOOM - 1) // 3
    side = 1 << ZOOM >> 1
    while side:
        right, below = int(column & side > 0), int(row & side > 0)
        place += side * side * ((3 * right) ^ below)
        if not below:
            if right:
                column, row = side - 1 - column, side - 1 - row
            column, row = row, column
        side >>= 1
    return place


def _square() -> bytes:
    """A polygon over the whole tile: move to a corner, three lines, close."""
    steps = (9, 0, 0, 26, _zigzag(EXTENT), 0, 0, _zigzag(EXTENT), _zigzag(-EXTENT), 0, 15)
    return b"".join(map(_varint, steps))


def _layer(name: str, polygon: bytes) -> bytes:
    """One layer of the Mapbox Vector Tile Specification 2, with one polygon."""
    feature = _number(3, 3) + _bytes(4, polygon)
    layer = _number(15, 2) + _bytes(1, name.encode()) + _bytes(2, feature) + _number(5, EXTENT)
    return _bytes(3, layer)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else -number * 2 - 1


def _varint(number: int) -> bytes:
    written = bytearray()
    while number >= 128:
        written.append(number & 127 | 128)
        number >>= 7
    return bytes([*written, number])
