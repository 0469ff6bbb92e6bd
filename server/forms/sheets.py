"""Find the cell of a sheet that a problem is about, so that a coordinator can go there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

from server.forms.headings import Heading, read_heading
from server.forms.languages import UNTOLD, language_tag
from server.forms.problems import FormProblem

__all__ = ["COLUMNS", "Place", "Workbook", "letters", "located"]

Row = Mapping[str, object]
FIRST_ROW = 2  # of the answers; row 1 holds the headings
COLUMNS: Mapping[str, tuple[str, ...]] = {  # what the compiler calls it → columns that XLSForm allows for it
    "type": ("type", "command"),
    "name": ("name", "tag", "value"),
    "relevant": ("relevant", "relevance", "bind::relevant"),
    "required": ("required", "bind::required"),
    "constraint": ("constraint", "bind::constraint"),
    "readonly": ("read_only", "readonly", "bind::readonly"),
    "calculate": ("calculation", "calculate", "bind::calculate"),
    "appearance": ("appearance", "control::appearance", "body::appearance"),
    "repeat_count": ("repeat_count", "count", "jr:count", "control::jr:count"),
    "label": ("label", "caption"),
    "hint": ("hint",),
    "guidance_hint": ("guidance_hint",),
    "choice_filter": ("choice_filter",),
    "default": ("default",),
    "trigger": ("trigger",),
    "parameters": ("parameters",),
    "save_to": ("save_to",),
    "constraint_message": ("constraint_message", "constraining_message", "bind::jr:constraintmsg"),
    "required_message": ("required_message", "requiredmsg", "bind::jr:requiredmsg"),
    "image": ("media::image", "image", "media::big-image", "big-image"),
    "audio": ("media::audio", "audio"),
    "video": ("media::video", "video"),
    "form_id": ("form_id", "id_string", "set_form_id"),
    "form_version": ("version",),
    "list_name": ("list_name",),
}


@dataclass(frozen=True)
class Place:
    """Where something stands; ``row`` counts from 1 as sheets do, ``cell`` is ``""`` where the column is missing."""

    sheet: str
    row: int | None
    column: str = ""
    cell: str = ""


def located(problem: FormProblem, place: Place | None) -> FormProblem:
    """Add a place to a problem, where there is one."""
    if place is None:
        return problem
    return replace(problem, sheet=place.sheet, row=place.row, column=place.column, cell=place.cell)


@dataclass(frozen=True)
class Workbook:
    """The sheets of an XLSForm as pyxform reads them: rows by sheet, headings by sheet."""

    sheets: Mapping[str, object]

    @property
    def names(self) -> Sequence[str]:
        """The names of all sheets, as written."""
        return cast(Sequence[str], self.sheets.get("sheet_names") or ())

    def rows(self, sheet: str) -> Sequence[Row]:
        """The rows of a sheet, blank ones included, without the headings."""
        return cast(Sequence[Row], self.sheets.get(sheet) or ())

    def headings(self, sheet: str) -> Sequence[Heading]:
        """The headings of a sheet, from the left."""
        return self._headings.get(sheet, ())

    def setting(self, name: str) -> str:
        """A value of the settings sheet, ``''`` where there is none."""
        rows = self.rows("settings")
        return self.value("settings", rows[0], name) if rows else ""

    def value(self, sheet: str, row: Row, column: str) -> str:
        """What a row has in a column, whichever of its names the sheet uses; ``""`` where it has nothing."""
        heading = self.heading(sheet, column)
        return str(row.get(heading.text) or "").strip() if heading else ""

    def numbered(self, sheet: str, column: str) -> Iterator[tuple[int, str]]:
        """Give row number and value of every row of a sheet that has something in a column."""
        for number, row in enumerate(self.rows(sheet), start=FIRST_ROW):
            if text := self.value(sheet, row, column):
                yield number, text

    def heading(self, sheet: str, column: str, *, tag: str = "") -> Heading | None:
        """Find a column by any of its names, in one language where ``tag`` names it, else the first there is."""
        wanted = COLUMNS.get(column, (column,))
        found = [heading for heading in self.headings(sheet) if heading.column in wanted]
        if tag:
            return next((heading for heading in found if (heading.tag or self.untold) == tag), None)
        return found[0] if found else None

    def place(self, sheet: str, row: int | None, column: str, *, tag: str = "") -> Place:
        """Give the place of a column in a row."""
        heading = self.heading(sheet, column, tag=tag) if column else None
        if heading is None:
            return Place(sheet, row)
        return self.place_of_heading(sheet, heading, row=row)

    def place_of_heading(self, sheet: str, heading: Heading, *, row: int | None = 1) -> Place:
        """Give the place of a heading, or of a row below it."""
        index = [one.text for one in self.headings(sheet)].index(heading.text)
        return Place(sheet, row, heading.text, f"{letters(index)}{row}" if row else "")

    @cached_property
    def untold(self) -> str:
        """The language of the headings that name none, as a BCP 47 tag."""
        return language_tag(self.setting("default_language")) or UNTOLD

    @cached_property
    def question_rows(self) -> Mapping[str, int]:
        """The row of each question and group, by its path in the form."""
        found: dict[str, int] = {}
        open_groups = [self.setting("name") or "data"]
        for number, row in enumerate(self.rows("survey"), start=FIRST_ROW):
            kind = " ".join(self.value("survey", row, "type").lower().replace("_", " ").split())
            name = self.value("survey", row, "name")
            if kind.startswith("end "):
                open_groups = open_groups[:1] + open_groups[1:-1]
                continue
            if name:
                found["/" + "/".join([*open_groups, name])] = number
            if kind.startswith("begin "):
                open_groups.append(name)
        return found

    @cached_property
    def choice_rows(self) -> Mapping[str, Sequence[int]]:
        """The rows of each list of the choices sheet."""
        found: dict[str, list[int]] = {}
        for number, name in self.numbered("choices", "list_name"):
            found.setdefault(name, []).append(number)
        return found

    @cached_property
    def _headings(self) -> Mapping[str, Sequence[Heading]]:
        headings: dict[str, Sequence[Heading]] = {}
        for name in self.sheets:
            first = cast(Sequence[Row], self.sheets.get(name) or ()) if name.endswith("_header") else ()
            if first:
                headings[name.removesuffix("_header")] = tuple(read_heading(str(text)) for text in first[0])
        return headings


def letters(index: int) -> str:
    """Give the letters of a column counted from 0: A, B … Z, AA."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
