"""Everything that is kept about one response, put together for reading. Pure but for the rows it is given."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.formlogic.check import take_up
from server.formlogic.definition import Lists
from server.formlogic.logic_json import load
from server.formlogic.texts import load_pack
from server.reviews.parts import join_parts
from server.reviews.passages import Fragment, Line, Reading
from server.reviews.queries import Record
from server.reviews.reading import read

__all__ = ["ListedProblem", "listed_problems", "open_reading", "texts_shown"]


@dataclass(frozen=True)
class ListedProblem:
    """A problem in the list at the top; `anchor` and `question` where the question is on the page."""

    path: str
    code: str
    anchor: str | None
    question: Fragment | None


def open_reading(
    record: Record,
    *,
    logic: str | None,
    lists: Lists,
    pack: str | None,
    problems: Mapping[str, Sequence[str]],
) -> Reading | None:
    """Read the record in the words of a text pack; None when logic, words or answers cannot be read here.

    ``lists`` are the logic's lists from files; what was erased is not asked for again.
    Whatever cannot be read is still shown as it arrived, so a fault here hides nothing.
    """
    if logic is None or pack is None:
        return None
    try:
        definition = load(json.loads(logic))
        parts = join_parts((part.name, part.body) for part in record.parts)
        response = take_up(definition, parts.answers, lists=lists)
        return read(definition, response, parts, load_pack(pack), problems)
    except (ValueError, RuntimeError, RecursionError):
        return None


def texts_shown(record: Record) -> dict[str, str]:
    """Give the hashes of the wording that the person saw, by language."""
    return {str(lang): str(sha256) for lang, sha256 in json.loads(record.header)["form"]["texts"].items()}


def listed_problems(problems: Mapping[str, Sequence[str]], reading: Reading | None) -> list[ListedProblem]:
    """List every problem, in the order of the page; those without a place on it come last."""
    lines = {line.path: line for line in reading.lines()} if reading else {}
    order = {path: place for place, path in enumerate(lines)}
    paths = sorted(problems, key=lambda path: (order.get(path, len(order)), path))
    return [listed(path, code, lines.get(path)) for path in paths for code in problems[path]]


def listed(path: str, code: str, line: Line | None) -> ListedProblem:
    """Link a problem to its question when that is on the page."""
    return ListedProblem(path, code, line.anchor if line else None, line.question if line else None)
