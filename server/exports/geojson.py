"""Writes an export as GeoJSON (RFC 7946): a feature for each row that has a position. Pure.

Properties stand in the order of the form, under the names or the words of their columns. JSON runs nothing, so texts
are exactly what was typed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from server.exports.cells import exact_number
from server.exports.columns import Table
from server.exports.headings import Words, column_name
from server.exports.reading import ABOUT, Export
from server.exports.rows import Row

__all__ = ["as_geojson"]

POSITION: Final = ("latitude", "longitude", "accuracy")
NUMBERS: Final = frozenset({"number", "chosen", "accuracy"})
AS_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Value = str | int | float | None


def as_geojson(batches: Iterable[Sequence[Row]], export: Export) -> Iterator[bytes]:
    """Give the bytes of the feature collection; rows without a position only if they are wanted."""
    tables = {id(one): _Features(one, export.words, is_main=one is export.table) for one in export.table.all()}
    yield b'{"type":"FeatureCollection","features":['
    between = b"\n"
    for rows in batches:
        about: Mapping[str, Value] = {}
        for row in rows:
            if row.table is export.table:
                about = dict(zip(ABOUT, row.cells, strict=False))
            feature = tables[id(row.table)].feature(row, about, placeless=export.wanted.placeless)
            if feature is not None:
                yield between + AS_JSON(feature).encode()
                between = b",\n"
    yield b"\n]}\n"


class _Features:
    """Makes features of the rows of one table; where it asks for several positions, the first is the feature's own."""

    def __init__(self, table: Table, words: Words | None, *, is_main: bool) -> None:
        self._skip = len(ABOUT) if is_main else 0
        self._at = next((n for n, column in enumerate(table.columns) if column.shape == "latitude"), None)
        own = () if self._at is None else (self._at, self._at + 1)
        names = _names(table, words)
        self._told = [
            (number, names[number], column.shape in NUMBERS or column.shape in POSITION)
            for number, column in enumerate(table.columns)
            if number not in own
        ]

    def feature(self, row: Row, about: Mapping[str, Value], *, placeless: bool) -> Mapping[str, object] | None:
        """Give the feature of a row, None where it has no place in the file."""
        if self._at is None:
            return None
        answers = row.cells[self._skip :]
        place = _coordinates(answers[self._at], answers[self._at + 1])
        if place is None and not placeless:
            return None
        told = {name: _value(answers[number], numeric=numeric) for number, name, numeric in self._told}
        return {
            "type": "Feature",
            "id": row.key,
            "geometry": None if place is None else {"type": "Point", "coordinates": place},
            "properties": {**about, "_key": row.key, **told},
        }


def _names(table: Table, words: Words | None) -> list[str]:
    """Name the properties, no two alike: two questions may have the same words."""
    names: list[str] = []
    for column in table.columns:
        wanted = words.heading(column, table.place) if words else column_name(column)
        name, number = wanted, 2
        while name in names or name in ABOUT or name == "_key":
            name, number = f"{wanted} ({number})", number + 1
        names.append(name)
    return names


def _coordinates(latitude: str, longitude: str) -> list[float] | None:
    """Give longitude and latitude, in this order, as RFC 7946 has them; the cells are blank or a true position."""
    return [float(longitude), float(latitude)] if latitude else None


def _value(cell: str, *, numeric: bool) -> Value:
    if not cell:
        return None
    number = exact_number(cell) if numeric else None
    return cell if number is None else number
