"""The rows of one response: one in the table of the form, and one for each time of a repeat. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.exports.cells import number_cell, position_cells, text_cell
from server.exports.columns import Column, Steps, Table
from server.exports.headings import Words, full_steps
from server.formlogic.functions_choice import chosen
from server.formlogic.response import AnswerTree

__all__ = ["Row", "rows_of"]


@dataclass(frozen=True)
class Row:
    """Cells of one row; ``key`` names it among all rows, ``parent`` the row that it stands in, if any."""

    table: Table
    key: str
    parent: str
    cells: tuple[str, ...]


def rows_of(table: Table, answers: AnswerTree, *, response_id: str, words: Words | None) -> Iterator[Row]:
    """Give the rows of a response; with ``words``, choices are told by their labels, else by their values."""
    yield from _rows(table, answers, key=response_id, parent="", words=words)


def _rows(table: Table, answers: object, *, key: str, parent: str, words: Words | None) -> Iterator[Row]:
    cells = tuple(_cell(table, column, answers, words) for column in table.columns)
    yield Row(table, key, parent, cells)
    for repeat in table.inner:
        steps = repeat.place[-1]
        for number, given in enumerate(_times(answers, steps), start=1):
            within = f"{key}/{'/'.join(steps)}[{number}]"
            yield from _rows(repeat, given, key=within, parent=key, words=words)


def _cell(table: Table, column: Column, answers: object, words: Words | None) -> str:
    given = _given(answers, column.steps)
    if not isinstance(given, str) or given == "":
        return ""
    match column.shape:
        case "text":
            return text_cell(given)
        case "number":
            return number_cell(given)
        case "latitude":
            return position_cells(given)[0]
        case "longitude":
            return position_cells(given)[1]
        case "accuracy":
            return position_cells(given)[2]
        case "chosen":
            return "1" if column.value in chosen(given) else "0"
        case "choice":
            return text_cell(_labels([given], table, column, words) if words else given)
        case "choices":
            return text_cell(_labels(chosen(given), table, column, words) if words else given)


def _labels(values: Sequence[str], table: Table, column: Column, words: Words) -> str:
    asked = full_steps(table.place, column.steps)
    return "; ".join(words.choice(asked, value) for value in values)


def _times(answers: object, steps: Steps) -> list[object]:
    """Give what was answered each time of a repeat; a phone may send anything in its place."""
    given = _given(answers, steps)
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _given(answers: object, steps: Steps) -> object:
    found = answers
    for name in steps:
        found = found.get(name) if isinstance(found, dict) else None
    return found
