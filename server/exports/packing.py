"""Writes a table as CSV while it is read: one file, or a zip of one for the form and one for each repeat.

CSV as RFC 4180 has it, every cell in quotes, in UTF-8 with a mark in front by which Excel knows it. The rows of repeats
wait in files without a name, in the folder that is given, until those of the form are out; memory stays the same
however many there are.
"""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from server.exports.cells import number_cell, text_cell
from server.exports.columns import Table
from server.exports.headings import Words, column_name, place_name
from server.exports.reading import ABOUT, Export
from server.exports.rows import Row

__all__ = ["WITHIN", "Drain", "as_csv", "file_name", "gathered", "has_repeats", "headings", "lines_of", "table_names"]

BYTE_ORDER_MARK: Final = "\ufeff"
MAIN: Final = "main"
WITHIN: Final = ("_response", "_key", "_parent")
SENT_BYTES: Final = 64 * 1024
FILE_NAME_CHARACTERS: Final = 80
SAFE: Final = frozenset({"latitude", "longitude", "accuracy", "chosen"})
"""Shapes of columns whose cells are made here, so that no text of a person stands in them."""


def has_repeats(table: Table) -> bool:
    """Tell whether the CSV is a zip."""
    return bool(table.inner)


def file_name(words: str) -> str:
    """Make of any words a name that every file system takes."""
    return re.sub(r"[^\w.-]+", "_", words).strip("._")[:FILE_NAME_CHARACTERS] or "form"


def as_csv(batches: Iterable[Sequence[Row]], export: Export, *, folder: Path) -> Iterator[bytes]:
    """Give the bytes of the file."""
    if has_repeats(export.table):
        return _zipped(batches, export, folder=folder)
    return _plain(batches, export)


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Put small pieces together, so that each is worth sending; none is empty."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= SENT_BYTES:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


def lines_of(rows: Iterable[Sequence[str]], *, first: bool = False) -> bytes:
    """Write rows of cells that do no harm; the ``first`` ones begin with the mark."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return (BYTE_ORDER_MARK * first + text.getvalue()).encode()


def headings(table: Table, words: Words | None) -> list[str]:
    """Give what stands above the columns of answers."""
    return [text_cell(words.heading(column, table.place) if words else column_name(column)) for column in table.columns]


def table_names(table: Table) -> dict[Table, str]:
    """Name the tables for where they stand; no two alike, also where capitals do not count."""
    names: dict[str, Table] = {MAIN: table}
    for one in table.all():
        if not one.place:
            continue
        wanted = file_name(place_name(one.place).replace("/", "-"))
        name, number = wanted, 2
        while name.casefold() in {taken.casefold() for taken in names}:
            name, number = f"{wanted}-{number}", number + 1
        names[name] = one
    return {one: name for name, one in names.items()}


def _plain(batches: Iterable[Sequence[Row]], export: Export) -> Iterator[bytes]:
    safe = _safe_cells(export.table, about=len(ABOUT))
    yield lines_of([[*ABOUT, *headings(export.table, export.words)]], first=True)
    for rows in batches:
        yield lines_of([safe(row) for row in rows])


def _zipped(batches: Iterable[Sequence[Row]], export: Export, *, folder: Path) -> Iterator[bytes]:
    drain, names = Drain(), table_names(export.table)
    with ExitStack() as open_files, zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        waiting = {one: open_files.enter_context(tempfile.TemporaryFile(dir=folder)) for one in names if one.place}
        for one, file in waiting.items():
            file.write(lines_of([[*WITHIN, *headings(one, export.words)]], first=True))
        with archive.open(f"{MAIN}.csv", "w", force_zip64=True) as main:
            main.write(lines_of([[*ABOUT, *headings(export.table, export.words)]], first=True))
            put = _Putting(export.table, {export.table: main, **waiting})
            for rows in batches:
                put.rows(rows)
                yield drain.taken()
        for one, file in waiting.items():
            file.seek(0)
            with archive.open(f"{names[one]}.csv", "w", force_zip64=True) as member:
                while copied := file.read(SENT_BYTES):
                    member.write(copied)
                    yield drain.taken()
    yield drain.taken()


class _Putting:
    """Puts the rows of some responses into the files of their tables; known by identity, as tables are large."""

    def __init__(self, main: Table, files: Mapping[Table, IO[bytes]]) -> None:
        self._main = main
        self._files = {id(one): file for one, file in files.items()}
        self._safe = {id(one): _safe_cells(one, about=len(ABOUT) if one is main else 0) for one in files}

    def rows(self, rows: Sequence[Row]) -> None:
        """Sort the rows by table; those of a repeat say which response they are of."""
        lines: dict[int, list[Sequence[str]]] = {}
        response = ""
        for row in rows:
            line = self._safe[id(row.table)](row)
            if row.table is self._main:
                response = line[0]
            else:
                line = [response, text_cell(row.key), text_cell(row.parent), *line]
            lines.setdefault(id(row.table), []).append(line)
        for number, found in lines.items():
            self._files[number].write(lines_of(found))


def _safe_cells(table: Table, *, about: int) -> Callable[[Row], list[str]]:
    """Give a function that keeps the cells of a table's rows from harm; ``about`` texts stand in front of answers."""
    wary = [(number, text_cell) for number in range(about)]
    for number, column in enumerate(table.columns, start=about):
        if column.shape not in SAFE:
            wary.append((number, number_cell if column.shape == "number" else text_cell))

    def safe(row: Row) -> list[str]:
        cells = list(row.cells)
        for number, make in wary:
            cell = cells[number]
            if cell and not cell[0].isalnum():
                cells[number] = make(cell)
        return cells

    return safe


class Drain(io.RawIOBase):
    """What a zip is written to, a little at a time; it cannot go back, so the zip puts lengths behind the contents."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = bytearray()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, piece: object) -> int:
        """Keep what is written until it is taken."""
        assert isinstance(piece, bytes | bytearray | memoryview)
        self._kept += piece
        return len(piece)

    def taken(self) -> bytes:
        """Take what was written since the last time."""
        taken = bytes(self._kept)
        self._kept.clear()
        return taken
