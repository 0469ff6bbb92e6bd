"""Read and check the sheet external_choices, which the converter does not look into."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from server.formlogic.definition import Item
from server.forms.choices import TEXT_COLUMN
from server.forms.problems import FormProblem
from server.forms.sheets import FIRST_ROW, Workbook, located

__all__ = ["ExternalChoices", "external_problems", "read_external_choices"]

SHEET = "external_choices"


@dataclass(frozen=True)
class ExternalChoices:
    """The lists of the sheet by name; and where labels are translated, their texts by id and language (BCP 47)."""

    lists: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_external_choices(workbook: Workbook) -> ExternalChoices:
    """Read the lists as select_one_external offers them: with labels, or with text ids where they are translated."""
    labels = _labels(workbook)
    named = {one.text: one.column for one in workbook.headings(SHEET)}
    lists: dict[str, list[Item]] = {}
    texts: dict[str, Mapping[str, str]] = {}
    for number, row in enumerate(workbook.rows(SHEET)):
        columns = {named.get(text, text): str(value) for text, value in row.items() if value is not None}
        items = lists.setdefault(columns.pop("list_name", ""), [])
        if len(labels) > 1:
            text_id = f"{SHEET}-{number}:label"
            texts[text_id] = {tag: str(row[text]).strip() for text, tag in labels.items() if row.get(text)}
            columns.pop("label", None)
            columns[TEXT_COLUMN] = text_id
        items.append(columns)
    lists.pop("", None)
    return ExternalChoices({name: tuple(items) for name, items in lists.items()}, texts)


def _labels(workbook: Workbook) -> dict[str, str]:
    """Give the headings of labels, each with its language."""
    found = [heading for heading in workbook.headings(SHEET) if heading.column in ("label", "caption")]
    return {heading.text: heading.tag or workbook.untold for heading in found}


def external_problems(workbook: Workbook) -> Iterator[FormProblem]:
    """Say what of the sheet can't be used, each with its cell."""
    if not any(workbook.rows(SHEET)):
        return
    yield from _missing_headings(workbook)
    yield from _names(workbook)


def _missing_headings(workbook: Workbook) -> Iterator[FormProblem]:
    for column in ("list_name", "name", "label"):
        if workbook.heading(SHEET, column) is None:
            message = f"The sheet {SHEET} has no column {column}."
            yield FormProblem("heading-missing", message, "Add it, or correct the heading.", sheet=SHEET, row=1)


def _names(workbook: Workbook) -> Iterator[FormProblem]:
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(workbook.rows(SHEET), start=FIRST_ROW):
        list_name, name = (workbook.value(SHEET, row, column) for column in ("list_name", "name"))
        if not list_name:
            continue
        place = workbook.place(SHEET, number, "name")
        whole = tuple(f"{heading}={value}" for heading, value in row.items() if value)
        if not name:
            yield located(FormProblem("choice-nameless", "This choice has no name.", "Write one."), place)
        elif len(name.split()) > 1:
            message = f"The name “{name}” has a space in it."
            yield located(FormProblem("choice-spaced", message, "Write _ instead."), place)
        elif whole in seen:
            message = f"This row is the same as row {seen[whole]}."
            yield located(FormProblem("choice-twice", message, "Delete one of them."), place)
        seen.setdefault(whole, number)
