"""Load a code book: codes with their labels per language and their frames, from a table that people can compare."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast, get_args

from server.coding.frames import FRAMES, Frame

__all__ = ["CODE_BOOKS", "Code", "CodeBook", "CodeBookProblem", "CodeBookRefused", "load", "parse"]

Role = Literal["code", "answer"]
"""``code``: a kind of thing. ``answer``: what stands beside the codes, such as “I don't know”; it has no frames."""

CODE_BOOKS: Final = tuple(FRAMES)
FOLDER: Final = Path(__file__).parent / "codebooks"
FIRST_ROW: Final = 2  # row 1 holds the headings
ORIGINAL: Final = "en"
LABEL: Final = "label:"
ID: Final = re.compile("[a-z][a-z0-9_]{0,39}")
VERSION: Final = re.compile("[0-9]{10}")  # a date and a two-digit count, as versions of forms are


@dataclass(frozen=True, kw_only=True)
class Code:
    """One code. ``labels`` are by language (BCP 47), English always; ``frames`` by column, without the blank ones.

    ``version`` is that of the book in which this row was last changed.
    """

    id: str
    version: str
    role: Role
    labels: Mapping[str, str]
    frames: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class CodeBook:
    """All codes of one book, in the order in which they are offered; ``version`` is that of its latest row."""

    name: str
    version: str
    codes: tuple[Code, ...]

    def by_frame(self, frame: str, word: str) -> tuple[Code, ...]:
        """Give the codes that have a word in a frame: how a report re-cuts its counts."""
        return tuple(code for code in self.codes if word in code.frames.get(frame, ()))


@dataclass(frozen=True)
class CodeBookProblem:
    """One thing wrong: in which row (1 holds the headings) and column, and what to do about it."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.message}"


class CodeBookRefused(ValueError):
    """A code book can't be used; ``problems`` is never empty."""

    def __init__(self, name: str, problems: tuple[CodeBookProblem, ...]) -> None:
        super().__init__("\n".join(f"{name}.csv, {problem}" for problem in problems))
        self.problems = problems


def load(name: str) -> CodeBook:
    """Load one of ``CODE_BOOKS``; raise ``CodeBookRefused`` with every row and column that is wrong."""
    return parse(name, (FOLDER / f"{name}.csv").read_text(encoding="utf-8"))


def parse(name: str, text: str) -> CodeBook:
    """Read the table of a code book: comma-separated, headings in row 1; raise ``CodeBookRefused``."""
    headings, *rows = _table(name, text) or [[]]
    missing = [one for one in ("id", "version", "role", *FRAMES[name], LABEL + ORIGINAL) if one not in headings]
    ragged = [number for number, row in enumerate(rows, FIRST_ROW) if len(row) != len(headings)]
    if missing or ragged:
        raise CodeBookRefused(name, (*map(_column_missing, missing), *map(_cells_wrong, ragged)))
    named = [dict(zip(headings, row, strict=True)) for row in rows]
    problems = tuple(_problems(FRAMES[name], named))
    if problems:
        raise CodeBookRefused(name, problems)
    codes = tuple(_code(FRAMES[name], row) for row in named)
    return CodeBook(name=name, version=max(code.version for code in codes), codes=codes)


def _table(name: str, text: str) -> list[list[str]]:
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        problem = CodeBookProblem(reader.line_num, "", f"This row can't be read: {error}. Check its quotation marks.")
        raise CodeBookRefused(name, (problem,)) from error


def _code(frames: Mapping[str, Frame], row: Mapping[str, str]) -> Code:
    labels = {heading.removeprefix(LABEL): text for heading, text in row.items() if heading.startswith(LABEL) and text}
    framed = {frame: tuple(row[frame].split()) for frame in frames if row[frame]}
    return Code(id=row["id"], version=row["version"], role=cast(Role, row["role"]), labels=labels, frames=framed)


def _problems(frames: Mapping[str, Frame], rows: list[dict[str, str]]) -> Iterator[CodeBookProblem]:
    taken: set[str] = set()
    for number, row in enumerate(rows, FIRST_ROW):
        for column, message in _wrong(frames, row):
            yield CodeBookProblem(number, column, message)
        if row["id"] in taken:
            yield CodeBookProblem(number, "id", f"“{row['id']}” is taken by a row above. Give it another id.")
        taken.add(row["id"])
    if not rows:
        yield CodeBookProblem(FIRST_ROW, "id", "The code book has no codes. Add one.")


def _wrong(frames: Mapping[str, Frame], row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Say what is wrong within one row, as column and message."""
    if not ID.fullmatch(row["id"]):
        yield "id", f"“{row['id']}” is no id. Use small letters, digits and _, 40 at most, and begin with a letter."
    if not VERSION.fullmatch(row["version"]):
        yield "version", f"“{row['version']}” is no version. Write the date and a two-digit count, such as 2026112001."
    if row["role"] not in get_args(Role):
        yield "role", f"“{row['role']}” is no role. Write one of {', '.join(get_args(Role))}."
    if not row[LABEL + ORIGINAL].strip():
        yield LABEL + ORIGINAL, "There is no English label. Write one; other languages fall back to it."
    for column, frame in frames.items():
        words = tuple(row[column].split())
        if words if row["role"] == "answer" else not frame.fits(words):
            yield column, f"“{row[column]}” does not fit. Write {_wanted(frame, row['role'])}."


def _wanted(frame: Frame, role: str) -> str:
    if role == "answer":
        return "nothing: an answer that stands beside the codes has no frames"
    number = f"{frame.least}" if frame.least == frame.most else f"{frame.least} to {frame.most}"
    return f"{number} of: {frame.words}"


def _column_missing(column: str) -> CodeBookProblem:
    return CodeBookProblem(1, column, "This column is missing. Add it.")


def _cells_wrong(row: int) -> CodeBookProblem:
    return CodeBookProblem(
        row, "", "This row has more or fewer cells than row 1. Check its commas and quotation marks."
    )
