"""Read a list file (.csv) that lies beside a form: columns and rows, or every reason why not. Pure.

What Excel writes is taken: a byte-order mark, ``;`` or tabs between columns (its choice depends on the country), a
first line ``sep=;``. Columns and values are trimmed; rows with nothing in them are passed over.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from server.formlogic.definition import Item
from server.forms.problems import FormProblem
from server.forms.uses_of_lists import ListUse
from sync.hashes import sha256_hex

__all__ = ["LIST_BYTES", "ROW_LIMIT", "ListFile", "read_list_file", "suits"]

LIST_BYTES = 20 * 1024 * 1024  # the largest list file read
ROW_LIMIT = 100_000  # rows of a list
SHOWN = 10  # problems told of one file; the rest are counted
_SEPARATORS = ",;\t"


@dataclass(frozen=True)
class ListFile:
    """A list as published: ``rows`` have a text for every column."""

    file: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()  # of each row in the file, for telling where something is

    @cached_property
    def body(self) -> str:
        """The text of the list blob."""
        blob = {"format": 1, "columns": list(self.columns), "rows": [list(row) for row in self.rows]}
        return json.dumps(blob, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """The name of the list blob."""
        return sha256_hex(self.body)

    def items(self) -> tuple[Item, ...]:
        """Give the rows as the engine takes them."""
        return tuple(dict(zip(self.columns, row, strict=True)) for row in self.rows)


def read_list_file(name: str, content: bytes) -> ListFile | list[FormProblem]:
    """Read the bytes of a list file."""
    if len(content) > LIST_BYTES:
        message = f"“{name}” has more than {LIST_BYTES:,} bytes, the limit."
        return [FormProblem("list-file-large", message, "Take out columns and rows that the form does not use.")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        remedy = "In Excel, save it as “CSV UTF-8”; elsewhere choose UTF-8 as the encoding."
        return [FormProblem("list-file-encoding", f"The letters of “{name}” are not in UTF-8.", remedy)]
    try:
        return _table(name, [(number, record) for number, record in _records(text) if any(record)])
    except csv.Error as error:
        remedy = "Open it in a spreadsheet and save it as “CSV UTF-8” again."
        return [FormProblem("list-file-unreadable", f"“{name}” can't be read as a list: {error}.", remedy)]


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its number as a spreadsheet counts it, from 1; a line ``sep=;`` is no row there."""
    first, _, rest = text.partition("\n")
    separator = max(_SEPARATORS, key=first.count)
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        separator, text = first.strip()[-1], rest
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    yield from enumerate(([value.strip() for value in record] for record in reader), start=1)


def _table(name: str, records: list[tuple[int, list[str]]]) -> ListFile | list[FormProblem]:
    headings = records[0][1] if records else []
    while headings and not headings[-1]:
        headings = headings[:-1]
    rows = records[1:]
    problems = [*_heading_problems(name, headings), *_length_problems(name, headings, rows)]
    if problems:
        return _shown(name, problems)
    width = len(headings)
    texts = [(row + [""] * width)[:width] for _, row in rows]
    return ListFile(name, headings, texts, [number for number, _ in rows])


def _heading_problems(name: str, headings: Sequence[str]) -> Iterator[FormProblem]:
    if not headings:
        message = f"“{name}” is empty."
        yield FormProblem("list-file-empty", message, "Write the names of the columns in its first row.")
    for place, heading in enumerate(headings, start=1):
        if not heading:
            message = f"Column {place} of “{name}” has no heading."
            yield FormProblem("list-heading-missing", message, "Write one in the first row, or delete the column.")
        elif heading in headings[: place - 1]:
            message = f"Two columns of “{name}” have the heading “{heading}”."
            yield FormProblem("list-heading-twice", message, "Rename or delete one of them.")


def _length_problems(name: str, headings: Sequence[str], rows: list[tuple[int, list[str]]]) -> Iterator[FormProblem]:
    if len(rows) > ROW_LIMIT:
        message = f"“{name}” has {len(rows):,} rows; the limit is {ROW_LIMIT:,}."
        yield FormProblem("list-too-long", message, "Split the list.")
    for number, row in rows:
        if any(row[len(headings) :]):
            message = f"Row {number} of “{name}” has more values than there are headings."
            remedy = "Put a value that has a comma in it between double quotes, or add the heading."
            yield FormProblem("list-row-long", message, remedy)


def suits(found: ListFile, use: ListUse, *, duplicates_meant: bool) -> list[FormProblem]:
    """Say what of a list a form can't work with: columns that are missing, values that are blank or there twice."""
    missing = [
        FormProblem(
            "list-column-missing",
            f"“{found.file}” has no column “{column}”; it has {', '.join(found.columns)}.",
            "Correct the heading in the file, or the name in this cell.",
            path=path,
            aspect=aspect,
        )
        for column, (path, aspect) in use.columns.items()
        if column not in found.columns
    ]
    if missing or not use.value:
        return missing
    return _shown(found.file, list(_value_problems(found, use, duplicates_meant=duplicates_meant)))


def _value_problems(found: ListFile, use: ListUse, *, duplicates_meant: bool) -> Iterator[FormProblem]:
    column = list(found.columns).index(use.value)
    seen: dict[str, int] = {}
    for number, row in zip(found.numbers, found.rows, strict=True):
        value = row[column]
        where = f"Row {number} of “{found.file}”"
        if not value:
            yield FormProblem(
                "list-value-missing", f"{where} has no “{use.value}”.", "Write a value, or delete the row."
            )
        elif use.several and len(value.split()) > 1:
            message = (
                f"{where} has the value “{value}”, with a space; of several choices nobody could tell it from two."
            )
            yield FormProblem("choice-spaced", message, "Write _ instead.")
        elif value in seen and not duplicates_meant:
            remedy = (
                "Give it another value. If both are meant, write yes under allow_choice_duplicates in the settings."
            )
            message = f"{where} has the value “{value}”, as row {seen[value]} has."
            yield FormProblem("list-value-twice", message, remedy)
        seen.setdefault(value, number)


def _shown(name: str, problems: list[FormProblem]) -> list[FormProblem]:
    """Tell the first problems, and how many more there are."""
    if len(problems) <= SHOWN:
        return problems
    more = FormProblem("list-more", f"“{name}” has {len(problems) - SHOWN} more such problems.", "")
    return [*problems[:SHOWN], more]
