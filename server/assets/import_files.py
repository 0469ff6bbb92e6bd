"""Reads a file of assets: a table (CSV) or points (GeoJSON), as columns and rows of texts. Pure.

A text is a text, whatever it begins with: nothing here is worked out or run.
"""

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.programme.lines import one_line

__all__ = ["LATITUDE", "LONGITUDE", "MOST_BYTES", "MOST_ROWS", "Table", "TableProblem", "read_file"]

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 5000
MOST_COLUMNS: Final = 100
MOST_NESTED: Final = 200
"""Of a GeoJSON file; outlines of many parts within collections need a dozen."""
BRACKETS: Final = re.compile(r"[\[\]{}]")
CELL_CHARACTERS: Final = 2000
"""Of one cell; more is cut, and told where it matters."""
LATITUDE: Final = "latitude"
LONGITUDE: Final = "longitude"
SEPARATORS: Final = ",;\t|"


class TableProblem(StrEnum):
    """Why a file cannot be read."""

    MISSING = "missing"
    TOO_LARGE = "too-large"
    NOT_TEXT = "not-text"
    NOT_A_TABLE = "not-a-table"
    NOT_GEOJSON = "not-geojson"
    NO_ROWS = "no-rows"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns by their headings, and rows of as many texts; `first` is the number of the first row in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int


def read_file(body: bytes) -> Table | TableProblem:
    """Read a file, by what is in it and not by its name."""
    if len(body) > MOST_BYTES:
        return TableProblem.TOO_LARGE
    text = _decoded(body)
    if text is None:
        return TableProblem.NOT_TEXT
    if not text.strip():
        return TableProblem.MISSING
    return _geojson(text) if text.lstrip().startswith("{") else _csv(text)


def _decoded(body: bytes) -> str | None:
    """Read UTF-8, or UTF-16 that says so, as spreadsheets write it; other encodings cannot be told apart safely."""
    encoding = "utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _csv(text: str) -> Table | TableProblem:
    first_line = text.partition("\n")[0]
    separator = max(SEPARATORS, key=lambda one: (first_line.count(one), -SEPARATORS.index(one)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                return TableProblem.TOO_MANY_ROWS
    except csv.Error:
        return TableProblem.NOT_A_TABLE
    if len(rows) < 2:
        return TableProblem.NO_ROWS
    return _table([one_line(cell) for cell in rows[0]], rows[1:], first=2)


def _geojson(text: str) -> Table | TableProblem:
    if _nests_deeper(text):
        return TableProblem.NOT_GEOJSON
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return TableProblem.NOT_GEOJSON
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection" or not isinstance(features, list):
        return TableProblem.NOT_GEOJSON
    if len(features) > MOST_ROWS:
        return TableProblem.TOO_MANY_ROWS
    return _rows(one for one in features if isinstance(one, dict))


def _nests_deeper(text: str) -> bool:
    """Tell whether a text nests deeper than is read, before it is; brackets within its texts count as well."""
    depth = 0
    for found in BRACKETS.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        if depth > MOST_NESTED:
            return True
    return False


def _rows(features: Iterable[dict[str, object]]) -> Table | TableProblem:
    """Make a table with a column for each name; no row is made before all names are known to be few enough."""
    read: list[dict[str, str]] = []
    columns = dict.fromkeys((LATITUDE, LONGITUDE))
    for feature in features:
        read.append(_feature(feature))
        columns |= dict.fromkeys(read[-1])
        if len(columns) > MOST_COLUMNS:
            return TableProblem.TOO_MANY_COLUMNS
    if not read:
        return TableProblem.NO_ROWS
    return _table([*columns], [[feature.get(name, "") for name in columns] for feature in read], first=1)


def _feature(feature: dict[str, object]) -> dict[str, str]:
    properties = feature.get("properties")
    texts = (
        {one_line(str(name)): _text(value) for name, value in properties.items()}
        if isinstance(properties, dict)
        else {}
    )
    position = _point(feature.get("geometry"))
    return {**texts, **({LATITUDE: str(position[0]), LONGITUDE: str(position[1])} if position else {})}


def _point(geometry: object) -> tuple[float, float] | None:
    """Give latitude and longitude of a point; of anything else the middle of what it spans."""
    found = list(_positions(geometry.get("coordinates"), depth=0)) if isinstance(geometry, dict) else []
    if not found:
        return None
    longitudes, latitudes = zip(*found, strict=True)
    return round((min(latitudes) + max(latitudes)) / 2, 6), round((min(longitudes) + max(longitudes)) / 2, 6)


def _positions(given: object, *, depth: int) -> list[tuple[float, float]]:
    if not isinstance(given, list) or depth > 4:
        return []
    numbers = [one for one in given[:2] if isinstance(one, int | float) and not isinstance(one, bool)]
    if len(numbers) == 2:
        try:
            x, y = float(numbers[0]), float(numbers[1])
        except OverflowError:
            return []
        return [(x, y)] if math.isfinite(x) and math.isfinite(y) else []
    return [position for one in given for position in _positions(one, depth=depth + 1)]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, list | dict):
        return ""
    try:
        return json.dumps(value)
    except ValueError:  # a number of thousands of digits
        return ""


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, first: int) -> Table | TableProblem:
    if len(columns) > MOST_COLUMNS:
        return TableProblem.TOO_MANY_COLUMNS
    headings = [name[:CELL_CHARACTERS] or str(number) for number, name in enumerate(columns, start=1)]
    wide = len(headings)
    cut = (tuple(one_line(cell[:CELL_CHARACTERS]) for cell in [*row[:wide], *[""] * (wide - len(row))]) for row in rows)
    return Table(columns=tuple(headings), rows=tuple(cut), first=first)
