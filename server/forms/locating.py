"""From what the compiler names, a path, a list or a text, to its cell in the sheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from server.forms.choices import LAST_SAVED
from server.forms.problems import FormProblem
from server.forms.sheets import FIRST_ROW, Place, Workbook, located

__all__ = ["circle_problem", "locate", "place_of_text"]

_OF_CHOICE = re.compile(r"(?P<list>.+)-(?P<number>[0-9]+)(?::label)?")
EXTERNAL = "external_choices"
_COUNT = "_count"  # what the converter adds to the name of a repeat for the node that holds how often it repeats
_KINDS: Mapping[str, str] = {  # the end of a text id, as pyxform or the compiler writes it → its column
    "label": "label",
    "hint": "hint",
    "hint:guidance": "guidance_hint",
    "jr:constraintMsg": "constraint_message",
    "constraint_message": "constraint_message",
    "jr:requiredMsg": "required_message",
    "required_message": "required_message",
}


def locate(problem: FormProblem, workbook: Workbook) -> FormProblem:
    """Add sheet, row, column and cell to a problem that the compiler found."""
    return located(_with_cells(problem, workbook), _place(problem, workbook))


def circle_problem(chain: tuple[tuple[str, str], ...]) -> FormProblem:
    """Tell of expressions that read one another in a circle; each link is a path and an aspect."""
    message = f"These expressions read one another in a circle: {_by_paths(chain)}."
    path, aspect = chain[0]
    remedy = "Take one of them out of the circle."
    return FormProblem("circle", message, remedy, path=path, aspect=aspect, chain=chain)


def _by_paths(chain: Sequence[tuple[str, str]]) -> str:
    return " → ".join(f"{path} ({aspect})" for path, aspect in chain)


def _with_cells(problem: FormProblem, workbook: Workbook) -> FormProblem:
    """Write the links of a circle by their cells, so that a coordinator can go from one to the next."""
    if not problem.chain:
        return problem
    links = [(_place(replace(problem, path=path, aspect=aspect), workbook), path) for path, aspect in problem.chain]
    cells = [f"{place.sheet}!{place.cell}" if place and place.cell else path for place, path in links]
    return replace(problem, message=problem.message.replace(_by_paths(problem.chain), " → ".join(cells)))


def _place(problem: FormProblem, workbook: Workbook) -> Place | None:
    if problem.aspect in ("form_id", "form_version"):
        return workbook.place("settings", FIRST_ROW, problem.aspect)
    if problem.aspect == "list":
        return _place_of_list(problem.path, workbook)
    if problem.path in workbook.question_rows:
        return workbook.place("survey", workbook.question_rows[problem.path], problem.aspect)
    if problem.path.removesuffix(_COUNT) in workbook.question_rows and problem.path.endswith(_COUNT):
        return workbook.place("survey", workbook.question_rows[problem.path.removesuffix(_COUNT)], "repeat_count")
    if problem.aspect.startswith("language:"):
        return _place_of_language(problem.aspect.removeprefix("language:"), workbook)
    if problem.aspect.startswith("text:"):
        _, column, tag = problem.aspect.split(":")
        return place_of_text(problem.path, workbook, column=column, tag=tag)
    return _place_of_nameless(problem, workbook) if problem.aspect == "type" else None


def _place_of_nameless(problem: FormProblem, workbook: Workbook) -> Place | None:
    """Find a row that has no name of its own, such as “audit”: by its type."""
    name = problem.path.rpartition("/")[2]
    row = next((number for number, kind in workbook.numbered("survey", "type") if kind == name), None)
    return workbook.place("survey", row, "type") if row else None


def _place_of_list(name: str, workbook: Workbook) -> Place | None:
    """Find a list: its first choice, or the question that names it as a file."""
    rows = workbook.choice_rows.get(name)
    if rows:
        return workbook.place("choices", rows[0], "list_name")
    if name == LAST_SAVED:
        return _place_of_words("last-saved#", workbook)
    kinds = dict(workbook.numbered("survey", "type"))
    names = dict(workbook.numbered("survey", "name"))
    for row, kind in kinds.items():
        if (names.get(row) == name and kind.endswith("-external")) or f" {name}." in kind:
            return workbook.place("survey", row, "type")
    return None


def _place_of_words(words: str, workbook: Workbook) -> Place | None:
    """Find the first cell of the survey that holds ``words``."""
    for number, row in enumerate(workbook.rows("survey"), start=FIRST_ROW):
        for heading in workbook.headings("survey"):
            if words in str(row.get(heading.text) or ""):
                return workbook.place_of_heading("survey", heading, row=number)
    return None


def place_of_text(text_id: str, workbook: Workbook, *, tag: str, column: str = "") -> Place | None:
    """Give the place of a text in one language; without a cell where the sheet has no column for that language.

    ``column`` is ``image``, ``audio`` or ``video`` for the files that go with the text.
    """
    path, _, kind = text_id.partition(":")
    if path in workbook.question_rows:
        return _in_language(workbook, "survey", workbook.question_rows[path], column or _KINDS.get(kind, kind), tag)
    choice = _OF_CHOICE.fullmatch(text_id)
    if choice and choice["list"] == EXTERNAL:
        return _in_language(workbook, EXTERNAL, int(choice["number"]) + FIRST_ROW, column or "label", tag)
    rows = workbook.choice_rows.get(choice["list"], ()) if choice else ()
    if choice is None or int(choice["number"]) >= len(rows):
        return None
    return _in_language(workbook, "choices", rows[int(choice["number"])], column or "label", tag)


def _in_language(workbook: Workbook, sheet: str, row: int, column: str, tag: str) -> Place:
    """Give the place in the column of a language; a file may stand in a column for all languages."""
    there = workbook.place(sheet, row, column, tag=tag)
    return there if there.cell or column not in ("image", "audio", "video") else workbook.place(sheet, row, column)


def _place_of_language(name: str, workbook: Workbook) -> Place | None:
    for sheet in ("survey", "choices"):
        for heading in workbook.headings(sheet):
            if heading.language == name:
                return workbook.place_of_heading(sheet, heading)
    return None
