"""Writes an export as a workbook (XLSX): one sheet for each table, and one that explains the columns.

XlsxWriter puts each row on the disk as it comes, so memory stays the same; a workbook can only be sent once it is
whole. Every text is written as a text, never as a formula or a link, and begins with an apostrophe where it does in
CSV: what a person saves as CSV from it does no harm either. Numbers that a spreadsheet would change, such as 007, stay
texts.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from server.exports.cells import Typed, date_of, exact_number, moment_of, text_cell
from server.exports.columns import Shape, Table
from server.exports.packing import SENT_BYTES, WITHIN, headings, table_names
from server.exports.reading import ABOUT, Export
from server.exports.rows import Row

__all__ = ["CELL_CHARACTERS", "DICTIONARY", "SHEET_ROWS", "as_sheets", "day_cell", "forget_unfinished"]

SHEET_ROWS: Final = 1_048_576
"""How many rows a sheet may have; what is more goes on a further one."""
CELL_CHARACTERS: Final = 32_767
CUT: Final = " […]"
"""Behind a text that is longer than a cell may be; the CSV has all of it."""
SHEET_NAME_CHARACTERS: Final = 31
FIRST_DAY: Final = date(1900, 3, 1)
"""Before it, spreadsheet programs do not agree on what day a number is."""
MOMENTS: Final = frozenset({"_received", "_made"})
NUMBERS: Final = frozenset({"number", "latitude", "longitude", "accuracy", "chosen"})
DICTIONARY: Final = "dictionary"
UNFINISHED: Final = "unfinished-export-"
"""How the folder is named in which a workbook grows: all answers stand there in clear. No person names theirs so."""
OPTIONS: Final = {
    "constant_memory": True,
    "use_zip64": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Read = Callable[[str], Typed]


def as_sheets(
    batches: Iterable[Sequence[Row]],
    export: Export,
    *,
    dictionary: Sequence[Sequence[str]],
    right_to_left: bool,
    folder: Path,
) -> Iterator[bytes]:
    """Give the bytes of the workbook, once it is whole in ``folder``."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=UNFINISHED) as place:
        path = Path(place) / "export.xlsx"
        _write(path, batches, export, dictionary=dictionary, right_to_left=right_to_left)
        with path.open("rb") as file:
            while piece := file.read(SENT_BYTES):
                yield piece


def forget_unfinished(folder: Path) -> None:
    """Remove what a stop left of workbooks, so that no erasure passes answers over; nobody may be exporting."""
    for place in folder.glob(f"{UNFINISHED}*/"):
        shutil.rmtree(place)


def _write(
    path: Path,
    batches: Iterable[Sequence[Row]],
    export: Export,
    *,
    dictionary: Sequence[Sequence[str]],
    right_to_left: bool,
) -> None:
    with xlsxwriter.Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)}) as workbook:
        book = _Book(workbook, right_to_left=right_to_left)
        sheets = {id(table): _sheet(book, name, table, export) for table, name in table_names(export.table).items()}
        for rows in batches:
            response = ""
            for row in rows:
                if row.table is export.table:
                    response = row.cells[0]
                    sheets[id(row.table)].put(row.cells)
                else:
                    sheets[id(row.table)].put((response, row.key, row.parent, *row.cells))
        heads, *lines = dictionary
        explained = _Sheet(book, DICTIONARY, heads, [_text] * len(heads))
        for line in lines:
            explained.put(line)


class _Book:
    """A workbook with the looks of its cells; names of sheets are each given once."""

    def __init__(self, workbook: xlsxwriter.Workbook, *, right_to_left: bool) -> None:
        self._workbook = workbook
        self._right_to_left = right_to_left
        self._names: set[str] = set()
        self.heading: Format = workbook.add_format({"bold": True})
        self.date: Format = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.moment: Format = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def sheet(self, wanted: str) -> Worksheet:
        """Add a sheet whose first row stays in sight."""
        clean = re.sub(r"[\[\]:*?/\\']", "_", wanted)
        name, number = clean[:SHEET_NAME_CHARACTERS], 2
        while name.casefold() in self._names | {"history"}:
            end = f" ({number})"
            name, number = clean[: SHEET_NAME_CHARACTERS - len(end)] + end, number + 1
        self._names.add(name.casefold())
        made = self._workbook.add_worksheet(name)
        made.freeze_panes(1, 0)
        if self._right_to_left:
            made.right_to_left()
        return made


class _Sheet:
    """The rows of one table; goes on to a further sheet when one is full."""

    def __init__(self, book: _Book, name: str, heads: Sequence[str], reads: Sequence[Read]) -> None:
        self._book, self._name, self._heads, self._reads = book, name, heads, reads
        self._begin()

    def put(self, cells: Sequence[str]) -> None:
        """Write one row; what is blank is no cell."""
        if self._next == SHEET_ROWS:
            self._begin()
        for number, (read, cell) in enumerate(zip(self._reads, cells, strict=True)):
            if cell:
                self._put(number, read(cell))
        self._next += 1

    def _begin(self) -> None:
        self._sheet = self._book.sheet(self._name)
        for number, head in enumerate(self._heads):
            self._sheet.write_string(0, number, head[:CELL_CHARACTERS], self._book.heading)
        self._next = 1

    def _put(self, number: int, value: Typed) -> None:
        if isinstance(value, str):
            self._sheet.write_string(self._next, number, value)
        elif isinstance(value, datetime):
            self._sheet.write_datetime(self._next, number, value, self._book.moment)
        elif isinstance(value, date):
            self._sheet.write_datetime(self._next, number, value, self._book.date)
        elif value is not None:
            self._sheet.write_number(self._next, number, value)


def _sheet(book: _Book, name: str, table: Table, export: Export) -> _Sheet:
    first = ABOUT if table is export.table else WITHIN
    about: list[Read] = [_moment if head in MOMENTS else _text for head in first]
    answers = [_reading(column.shape) for column in table.columns]
    return _Sheet(book, name, [*first, *headings(table, export.words)], [*about, *answers])


def _reading(shape: Shape) -> Read:
    if shape in NUMBERS:
        return _number
    return {"date": day_cell, "moment": _moment}.get(shape, _text)


def _text(cell: str) -> str:
    safe = text_cell(cell)
    return safe if len(safe) <= CELL_CHARACTERS else safe[: CELL_CHARACTERS - len(CUT)] + CUT


def _number(cell: str) -> Typed:
    number = exact_number(cell)
    return _text(cell) if number is None else number


def day_cell(cell: str) -> Typed:
    """Give a real date, and a text for a day on which programs do not agree."""
    day = date_of(cell)
    return day if day is not None and day >= FIRST_DAY else _text(cell)


def _moment(cell: str) -> Typed:
    with suppress(ValueError):
        moment = moment_of(cell)
        if moment is not None and moment.date() >= FIRST_DAY:
            return moment
    return _text(cell)
