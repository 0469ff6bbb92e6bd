"""What the converter (pyxform) says, turned into problems: what is wrong, in which cell, and what to do now."""

import re
from collections.abc import Iterator

from server.forms.dialects import begun_with_capitals, refused_type, sheets_by_other_names
from server.forms.problems import FormProblem
from server.forms.sayings import ERRORS, Saying
from server.forms.sayings_of_warnings import WARNINGS
from server.forms.sheets import Place, Workbook, located

__all__ = ["of_error", "of_warning"]

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"On the '(survey|choices|settings|entities|external_choices)' sheet")
_LISTLESS = re.compile(r"(?:add |q )?(?:select|rank)[\w ]*", re.IGNORECASE)
_LEARN_MORE = re.compile(r"\s*Learn more: \S+")
# What coverage and the compiler tell better, and advice for other apps.
_PASSED_OVER = re.compile(
    r"machine-readable codes|is missing the (?:survey|choices)|max-pixels|is no longer supported on most devices"
)


def of_error(message: str, workbook: Workbook) -> FormProblem:
    """Turn the sentence with which the converter gives up into a problem."""
    special = _of_type(message, workbook) or _of_sheet(message, workbook) or _of_element(message, workbook)
    return special or next(_sayings(message, workbook, ERRORS), None) or _as_said(message, workbook)


def of_warning(message: str, workbook: Workbook) -> list[FormProblem]:
    """Turn a warning of the converter into ours; none for what is told better elsewhere or is for other apps."""
    if _PASSED_OVER.search(message):
        return []
    return [next(_sayings(message, workbook, WARNINGS), None) or _as_said(message, workbook)]


def _sayings(message: str, workbook: Workbook, table: tuple[Saying, ...]) -> Iterator[FormProblem]:
    for saying in table:
        found = saying.pattern.search(message)
        if found:
            groups = {name: _LEARN_MORE.sub("", text or "").strip() for name, text in found.groupdict().items()}
            problem = FormProblem(saying.code, saying.message.format(**groups), saying.remedy.format(**groups))
            place = _place(
                message, workbook, groups.get("sheet") or saying.sheet, groups.get("column") or saying.column
            )
            yield located(problem, _of_heading(saying, groups, workbook) or place)


def _place(message: str, workbook: Workbook, sheet: str, column: str) -> Place | None:
    """Find the place that a message names; the type's cell where the sheet lacks the column."""
    named = _SHEET.search(message)
    row = _ROW.search(message)
    name = named[1] if named else sheet
    if not name:
        return None
    number = int(row[1]) if row else None
    there = workbook.place(name, number, (column or _column_named(message)).partition(" ")[0])
    return there if there.cell or not number else workbook.place(name, number, "type")


def _column_named(message: str) -> str:
    found = re.search(r"the '([\w:-]+)' value", message)
    return found[1] if found else ""


def _of_heading(saying: Saying, groups: dict[str, str], workbook: Workbook) -> Place | None:
    """Place a problem with a heading on the heading itself, in whichever sheet has it."""
    text = groups.get("other") or groups.get("heading")
    for sheet in ("survey", "choices", "settings", "entities") if text else ():
        for heading in workbook.headings(sheet):
            if heading.text == text:
                return workbook.place_of_heading(sheet, heading)
    return None


def _of_type(message: str, workbook: Workbook) -> FormProblem | None:
    found = re.search(r"Unknown question type '(.*)'", message)
    kind = found[1] if found else _misread(message, workbook)
    if not kind:
        return None
    row = next((number for number, text in workbook.numbered("survey", "type") if text == kind), None)
    dialect, instead = refused_type(kind)
    if instead:
        problem = FormProblem("dialect-refused", f"“{kind}” is from {dialect}, which is not read.", f"Write {instead}.")
    else:
        remedy = "Use a type that docs/forms.md lists; a select names its list, as in select_one colours."
        problem = FormProblem("type-unknown", f"There is no question type “{kind}”.", remedy)
    return located(problem, workbook.place("survey", row, "type"))


def _misread(message: str, workbook: Workbook) -> str:
    """Find what the converter took for something else, so that it stumbled over a later row."""
    if "Unmatched" not in message and "with no name" not in message:
        return ""
    kinds = [kind for _, kind in workbook.numbered("survey", "type")]
    return begun_with_capitals(workbook) or next((kind for kind in kinds if "lgroup" in kind), "")


def _of_sheet(message: str, workbook: Workbook) -> FormProblem | None:
    if "must have a sheet named 'survey'" in message:
        return _sheet_missing("survey", "type, name and label", workbook)
    if "with no name" in message and workbook.heading("survey", "name") is None:
        remedy = "Add it and give every question a name of its own: letters, digits and _."
        return FormProblem("heading-missing", "The sheet survey has no column “name”.", remedy, sheet="survey", row=1)
    if "There should be a choices sheet" not in message:
        return None
    if not workbook.headings("choices"):
        return _sheet_missing("choices", "list_name, name and label", workbook)
    message = "The sheet choices has no column list_name."
    problem = FormProblem("heading-missing", message, "Write list_name over the column with the names of the lists.")
    return located(problem, Place("choices", 1))


def _sheet_missing(wanted: str, columns: str, workbook: Workbook) -> FormProblem:
    others = sheets_by_other_names(workbook, wanted)
    if others:
        message = f"The form has no sheet “{wanted}”; “{others[0]}” is a name from another dialect."
        return FormProblem("sheet-missing", message, f"Name the sheet “{wanted}”.", sheet=others[0])
    there = ", ".join(f"“{name}”" for name in workbook.names)
    message = f"The form has no sheet “{wanted}”" + (f"; it has {there}." if there else ".")
    return FormProblem("sheet-missing", message, f"Add a sheet “{wanted}” with the columns {columns}.")


def _of_element(message: str, workbook: Workbook) -> FormProblem | None:
    """Turn what the converter says without a row: it names the question or the choice, and we look for it."""
    unlabelled = re.search(r"survey element named '(.*)' has no label", message)
    if unlabelled:
        row = next((number for number, name in workbook.numbered("survey", "name") if name == unlabelled[1]), None)
        problem = FormProblem(
            "label-missing", f"The question “{unlabelled[1]}” has no label.", "Write what people are asked."
        )
        place = workbook.place("survey", row, "label")
        return located(problem, place if place.cell else workbook.place("survey", row, "name"))
    if message.startswith("Arguments 'itemset' and 'list_name'"):
        row = next((number for number, kind in workbook.numbered("survey", "type") if _LISTLESS.fullmatch(kind)), None)
        problem = FormProblem(
            "list-missing", "This question names no list.", "Write it after the type: select_one colours."
        )
        return located(problem, workbook.place("survey", row, "type"))
    spaced = re.search(r"Choice names with spaces.*See \[(.*)\] in \[(.*)\]", message)
    if spaced is None:
        return None
    rows = workbook.choice_rows.get(spaced[2], ())
    names = dict(workbook.numbered("choices", "name"))
    row = next((number for number in rows if names.get(number) == spaced[1]), None)
    message = f"The choice “{spaced[1]}” has a space in its name, and people may choose several."
    return located(FormProblem("choice-spaced", message, "Write _ instead."), workbook.place("choices", row, "name"))


def _as_said(message: str, workbook: Workbook) -> FormProblem:
    """Pass on a sentence that we have no words for."""
    text = _LEARN_MORE.sub("", _ROW.sub("", message)).strip()
    remedy = "" if text.endswith((".", "!")) and "lease" in text else "Correct the sheet and try again."
    return located(FormProblem("sheet-unreadable", text, remedy), _place(message, workbook, "survey", ""))
