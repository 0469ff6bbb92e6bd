"""The rows of one response: one in the table of the form, and one for each time of a repeat. Pure.

How each column reads the answers is worked out once for an export, since there may be a million rows of it. Cells are
texts as they were given; how a file keeps them from harm is for whoever writes it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from server.exports.cells import position_cells
from server.exports.columns import Column, Steps, Table
from server.exports.headings import Words, full_steps
from server.formlogic.functions_choice import chosen
from server.formlogic.response import AnswerTree

__all__ = ["Row", "RowMaker", "row_maker"]

Reader = Callable[[AnswerTree], tuple[str, ...]]


class Row(NamedTuple):
    """Cells of one row; ``key`` names it among all rows, ``parent`` the row that it stands in, if any."""

    table: Table
    key: str
    parent: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RowMaker:
    """Makes the rows of one table, and of the repeats within; there is one reader for each question."""

    table: Table
    readers: tuple[Reader, ...]
    inner: tuple["RowMaker", ...]

    def rows(self, answers: AnswerTree, *, key: str, parent: str = "") -> Iterator[Row]:
        """Give the row that holds these answers, then those within it; ``key`` is the id of a whole response."""
        cells: list[str] = []
        for reader in self.readers:
            cells += reader(answers)
        yield Row(self.table, key, parent, tuple(cells))
        for within in self.inner:
            steps = within.table.place[-1]
            for number, given in enumerate(_times(answers, steps), start=1):
                yield from within.rows(given, key=f"{key}/{'/'.join(steps)}[{number}]", parent=key)


def row_maker(table: Table, words: Words | None) -> RowMaker:
    """Prepare the rows of a table; with ``words``, choices are told by their labels, else by their values."""
    questions = groupby(table.columns, key=attrgetter("steps"))
    readers = tuple(_reader(table, list(columns), words) for _, columns in questions)
    return RowMaker(table, readers, tuple(row_maker(one, words) for one in table.inner))


def _reader(table: Table, columns: list[Column], words: Words | None) -> Reader:
    """Give a function from answers to the cells of one question; '' for what was not answered, or by no text."""
    told = _telling(table, columns, words)
    *around, name = columns[0].steps
    blank = ("",) * len(columns)

    def read(answers: AnswerTree) -> tuple[str, ...]:
        found: object = answers
        for step in around:
            found = found.get(step) if isinstance(found, dict) else None
        given = found.get(name) if isinstance(found, dict) else None
        return told(given) if isinstance(given, str) and given else blank

    return read


def _telling(table: Table, columns: list[Column], words: Words | None) -> Callable[[str], tuple[str, ...]]:
    """Give what becomes of an answer in the columns of its question."""
    shapes = [column.shape for column in columns]
    if "latitude" in shapes:
        return position_cells
    if "chosen" in shapes:
        return _ticks(columns, _chosen_words(table, columns[0], words) if shapes[0] == "choices" else None)
    if shapes == ["choices"] and words is not None:
        joined = _chosen_words(table, columns[0], words)
        return lambda given: (joined(given),)
    if shapes == ["choice"] and words is not None:
        asked, labels = full_steps(table.place, columns[0].steps), words
        return lambda given: (labels.choice(asked, given),)
    return lambda given: (given,)


def _ticks(columns: list[Column], joined: Callable[[str], str] | None) -> Callable[[str], tuple[str, ...]]:
    """Say of each choice whether it was chosen; ``joined`` makes the column with all of them, where there is one."""
    values = [column.value for column in columns if column.shape == "chosen"]

    def tell(given: str) -> tuple[str, ...]:
        picked = chosen(given)
        ticks = ["1" if value in picked else "0" for value in values]
        return (joined(given), *ticks) if joined else tuple(ticks)

    return tell


def _chosen_words(table: Table, column: Column, words: Words | None) -> Callable[[str], str]:
    if words is None:
        return str
    asked = full_steps(table.place, column.steps)
    return lambda given: "; ".join(words.choice(asked, value) for value in chosen(given))


def _times(answers: object, steps: Steps) -> Sequence[AnswerTree]:
    """Give what was answered each time of a repeat; a phone may send anything in its place."""
    found: object = answers
    for name in steps:
        found = found.get(name) if isinstance(found, Mapping) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
