"""Writes an export as bytes while it is read: one CSV file, or a zip of one for the form and one for each repeat.

CSV as RFC 4180 has it, every cell in quotes, in UTF-8 with a mark in front by which Excel knows it. The rows of repeats
wait in files without a name, in the folder that is given, until those of the form are out; memory stays the same
however many there are.
"""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from server.exports.cells import text_cell
from server.exports.columns import Table
from server.exports.headings import Words, column_name, place_name
from server.exports.reading import ABOUT
from server.exports.rows import Row

__all__ = ["CSV_TYPE", "ZIP_TYPE", "file_name", "has_repeats", "written"]

CSV_TYPE: Final = "text/csv; charset=utf-8"
ZIP_TYPE: Final = "application/zip"
BYTE_ORDER_MARK: Final = "\ufeff"
MAIN_FILE: Final = "main.csv"
WITHIN: Final = ("_response", "_key", "_parent")
SENT_BYTES: Final = 64 * 1024
FILE_NAME_CHARACTERS: Final = 80


def has_repeats(table: Table) -> bool:
    """Tell whether the export is a zip."""
    return bool(table.inner)


def file_name(words: str) -> str:
    """Make of any words a name that every file system takes."""
    return re.sub(r"[^\w.-]+", "_", words).strip("._")[:FILE_NAME_CHARACTERS] or "form"


def written(responses: Iterable[Sequence[Row]], table: Table, words: Words | None, *, folder: Path) -> Iterator[bytes]:
    """Give the bytes of the file, some at a time; none of the pieces is empty."""
    pieces = _zipped(responses, table, words, folder=folder) if has_repeats(table) else _plain(responses, table, words)
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= SENT_BYTES:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


def _plain(responses: Iterable[Sequence[Row]], table: Table, words: Words | None) -> Iterator[bytes]:
    yield _line([*ABOUT, *_headings(table, words)], first=True)
    for main, *_ in responses:
        yield _line(main.cells)


def _zipped(responses: Iterable[Sequence[Row]], table: Table, words: Words | None, *, folder: Path) -> Iterator[bytes]:
    drain = Drain()
    with ExitStack() as open_files, zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as archive:
        waiting = {
            one: open_files.enter_context(tempfile.TemporaryFile(dir=folder)) for one in table.all() if one.place
        }
        for one, file in waiting.items():
            file.write(_line([*WITHIN, *_headings(one, words)], first=True))
        with archive.open(MAIN_FILE, "w", force_zip64=True) as main:
            main.write(_line([*ABOUT, *_headings(table, words)], first=True))
            for rows in responses:
                _put(rows, main, waiting)
                yield drain.taken()
        for name, file in zip(_names(list(waiting)), waiting.values(), strict=True):
            file.seek(0)
            with archive.open(name, "w", force_zip64=True) as member:
                while copied := file.read(SENT_BYTES):
                    member.write(copied)
                    yield drain.taken()
    yield drain.taken()


def _put(rows: Sequence[Row], main: IO[bytes], waiting: Mapping[Table, IO[bytes]]) -> None:
    first, *within = rows
    main.write(_line(first.cells))
    for row in within:
        waiting[row.table].write(_line([first.key, text_cell(row.key), text_cell(row.parent), *row.cells]))


def _names(repeats: Sequence[Table]) -> list[str]:
    """Name the files of repeats for where they stand; no two alike, also where capitals do not count."""
    names: dict[str, str] = {MAIN_FILE: MAIN_FILE}
    for table in repeats:
        wanted = file_name(place_name(table.place).replace("/", "-"))
        name, number = f"{wanted}.csv", 2
        while name.casefold() in names:
            name, number = f"{wanted}-{number}.csv", number + 1
        names[name.casefold()] = name
    return list(names.values())[1:]


def _headings(table: Table, words: Words | None) -> list[str]:
    return [text_cell(words.heading(column, table.place) if words else column_name(column)) for column in table.columns]


def _line(cells: Iterable[str], *, first: bool = False) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(cells)
    return (BYTE_ORDER_MARK * first + text.getvalue()).encode()


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
