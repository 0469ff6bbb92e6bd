"""Find the cell of a sheet that a problem is about, so that a coordinator can go there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from server.forms.problems import FormProblem

__all__ = ["Workbook"]

Row = Mapping[str, object]
_FIRST_ROW = 2  # of the answers; row 1 holds the headings
_ROW_IN_MESSAGE = re.compile(r"\[row : (\d+)\]\s*")
_SHEET_IN_MESSAGE = re.compile(r"['\"“]?(survey|choices|settings|entities)['\"”]? sheet")
_COLUMNS: Mapping[str, tuple[str, ...]] = {  # what the compiler calls it → headings that XLSForm allows for it
    "relevant": ("relevant", "relevance", "bind::relevant"),
    "required": ("required", "bind::required"),
    "constraint": ("constraint", "bind::constraint"),
    "readonly": ("read_only", "readonly", "read only", "bind::readonly"),
    "calculate": ("calculation", "calculate", "bind::calculate"),
    "appearance": ("appearance", "control::appearance"),
    "choice_filter": ("choice_filter",),
    "repeat_count": ("repeat_count", "count", "jr:count", "control::jr:count"),
    "default": ("default",),
    "trigger": ("trigger",),
    "label": ("label", "caption"),
    "form_id": ("form_id", "id_string"),
    "form_version": ("version",),
}


@dataclass(frozen=True)
class Workbook:
    """The sheets of an XLSForm as pyxform reads them: rows by sheet, headings by sheet."""

    sheets: Mapping[str, object]

    def rows(self, sheet: str) -> Sequence[Row]:
        """The rows of a sheet, blank ones included, without the headings."""
        return cast(Sequence[Row], self.sheets.get(sheet) or ())

    def headings(self, sheet: str) -> list[str]:
        """The headings of a sheet, from the left."""
        found = cast(Sequence[Row], self.sheets.get(f"{sheet}_header") or ())
        return [str(name) for name in found[0]] if found else []

    def setting(self, name: str) -> str:
        """A value of the settings sheet, ``''`` where there is none."""
        rows = self.rows("settings")
        return str(rows[0].get(name) or "") if rows else ""

    def located(self, problem: FormProblem) -> FormProblem:
        """Add sheet, row, column and cell to a problem that the compiler found."""
        if problem.aspect in ("form_id", "form_version"):
            return self._at(problem, "settings", _FIRST_ROW)
        if problem.aspect == "list":
            rows = self.rows("choices")
            first = next((i for i, row in enumerate(rows) if row.get("list_name") == problem.path), 0)
            return self._at(replace(problem, aspect="list_name"), "choices", first + _FIRST_ROW)
        if problem.path in self._paths:
            return self._at(problem, "survey", self._paths[problem.path])
        return self._at(problem, "survey", 1) if problem.aspect.startswith("label::") else problem

    def of_conversion(self, message: str) -> FormProblem:
        """Turn what pyxform says into a problem; it names the row in brackets and the sheet in the sentence."""
        row = _ROW_IN_MESSAGE.search(message)
        sheet = _SHEET_IN_MESSAGE.search(message)
        text = _ROW_IN_MESSAGE.sub("", message).strip()
        name = sheet[1] if sheet else "survey" if row else ""
        remedy = "" if text.endswith((".", "!")) and "lease" in text else "Correct the sheet and try again."
        return FormProblem("sheet-unreadable", text, remedy, sheet=name, row=int(row[1]) if row else None)

    def _at(self, problem: FormProblem, sheet: str, row: int) -> FormProblem:
        column = self._heading(sheet, problem.aspect)
        cell = f"{_letters(self.headings(sheet).index(column))}{row}" if column else ""
        return replace(problem, sheet=sheet, row=row, column=column, cell=cell)

    def _heading(self, sheet: str, aspect: str) -> str:
        wanted = _COLUMNS.get(aspect, (aspect,))
        for heading in self.headings(sheet):
            plain = heading.strip().lower()
            if plain in wanted or plain.partition("::")[0] in wanted or heading == aspect:
                return heading
        return ""

    @property
    def _paths(self) -> Mapping[str, int]:
        """The row of each question and group, by its path in the form."""
        found: dict[str, int] = {}
        open_groups = [self.setting("name") or "data"]
        for number, row in enumerate(self.rows("survey"), start=_FIRST_ROW):
            kind = " ".join(str(row.get("type") or "").lower().replace("_", " ").split())
            name = str(row.get("name") or "")
            if kind.startswith("end "):
                open_groups = open_groups[:1] + open_groups[1:-1]
                continue
            if name:
                found["/" + "/".join([*open_groups, name])] = number
            if kind.startswith("begin "):
                open_groups.append(name)
        return found


def _letters(index: int) -> str:
    """Give the letters of a column counted from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
