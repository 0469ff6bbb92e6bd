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


class Question(NamedTuple):
    """What becomes of one answer: its name in its group, how it is told, and its cells where nothing was answered."""

    name: str
    told: Callable[[str], tuple[str, ...]]
    blank: tuple[str, ...]


class Group(NamedTuple):
    """Questions that stand together; ``place`` leads to them from the answers of the row."""

    place: Steps
    questions: tuple[Question, ...]
    blank: tuple[str, ...]


class Row(NamedTuple):
    """Cells of one row; ``key`` names it among all rows, ``parent`` the row that it stands in, if any."""

    table: Table
    key: str
    parent: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RowMaker:
    """Makes the rows of one table, and of the repeats within."""

    table: Table
    groups: tuple[Group, ...]
    inner: tuple["RowMaker", ...]

    def rows(self, answers: AnswerTree, *, key: str, parent: str = "") -> Iterator[Row]:
        """Give the row that holds these answers, then those within it; ``key`` is the id of a whole response."""
        cells: list[str] = []
        for place, questions, blank in self.groups:
            found: object = answers
            for step in place:
                found = found.get(step) if isinstance(found, dict) else None
            if not isinstance(found, dict):
                cells += blank
                continue
            for name, told, nothing in questions:
                given = found.get(name)
                cells += told(given) if isinstance(given, str) and given else nothing
        yield Row(self.table, key, parent, tuple(cells))
        for within in self.inner:
            steps = within.table.place[-1]
            for number, given in enumerate(_times(answers, steps), start=1):
                yield from within.rows(given, key=f"{key}/{'/'.join(steps)}[{number}]", parent=key)


def row_maker(table: Table, words: Words | None, *, placed_only: bool = False) -> RowMaker:
    """Prepare the rows of a table; with ``words``, choices are told by their labels, else by their values.

    ``placed_only``: a row whose table asks for no position has no cells, and stands only where one with a position may
    stand in it.
    """
    inner = (one for one in table.inner if not placed_only or any(map(has_position, one.all())))
    makers = tuple(row_maker(one, words, placed_only=placed_only) for one in inner)
    return RowMaker(table, () if placed_only and not has_position(table) else _groups(table, words), makers)


def has_position(table: Table) -> bool:
    """Tell whether the rows of a table may have a position."""
    return any(column.shape == "latitude" for column in table.columns)


def _groups(table: Table, words: Words | None) -> tuple[Group, ...]:
    questions = (list(columns) for _, columns in groupby(table.columns, key=attrgetter("steps")))
    together = groupby(questions, key=lambda columns: columns[0].steps[:-1])
    return tuple(_group(place, [_question(table, one, words) for one in found]) for place, found in together)


def _group(place: Steps, questions: list[Question]) -> Group:
    return Group(place, tuple(questions), tuple(cell for one in questions for cell in one.blank))


def _question(table: Table, columns: list[Column], words: Words | None) -> Question:
    return Question(columns[0].steps[-1], _telling(table, columns, words), ("",) * len(columns))


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
