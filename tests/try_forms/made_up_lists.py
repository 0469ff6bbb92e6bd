"""Make up the list files that a form names and that are not there, with the columns that it reads."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from pyxform.xls2xform import convert

from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from server.forms.compile import compile_xform
from server.forms.external_choices import read_external_choices
from server.forms.titles import read_titles, with_one_title
from server.forms.uses_of_lists import ListUse, uses_of_lists
from server.forms.xlsform import Source, read_source

__all__ = ["make_up_missing_lists"]

ROWS: Final = 12


def make_up_missing_lists(form: Path) -> tuple[str, ...]:
    """Write each missing list beside `form`; give their names. Raise FormRefused where the form has other faults."""
    definition = _definition(read_source(form))
    uses = uses_of_lists(definition, definition.list_files)
    missing = {name: file for name, file in definition.list_files.items() if not (form.parent / file).exists()}
    for name, file in missing.items():
        _write(form.parent / Path(file).name, uses.get(name), definition)
    return tuple(missing.values())


def _definition(source: Source) -> Definition:
    """Compile without looking for files."""
    if source.workbook is None:
        return load(json.loads(compile_xform(source.xform, strict=False).logic_text))
    sheets, untold = source.workbook.sheets, source.workbook.untold
    xform = convert(with_one_title(sheets, read_titles(sheets), default=untold), pretty_print=False).xform
    external = read_external_choices(source.workbook)
    compiled = compile_xform(xform, untold=untold, external=external, strict=False)
    return load(json.loads(compiled.logic_text))


def _write(path: Path, use: ListUse | None, definition: Definition) -> None:
    columns = list(dict.fromkeys([*(use.columns if use else ()), "name", "label"]))
    unique = {use.value if use else "name", "name", "label"}
    known = {column: _values_elsewhere(column, definition) for column in columns if column not in unique}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_cell(column, number, known) for column in columns] for number in range(ROWS))


def _cell(column: str, number: int, known: Mapping[str, Sequence[str]]) -> str:
    """A cascade compares a column with an earlier answer: values that can be chosen there take turns."""
    values = known.get(column)
    return values[number % len(values)] if values else f"{column}_{number + 1}"


def _values_elsewhere(column: str, definition: Definition) -> list[str]:
    """Give what can be chosen from a list with the name of the column, or in a question with that name."""
    for name, items in definition.lists.items():
        if name == column:
            return [item["name"] for item in items if "name" in item]
    asked = [node for node in definition.nodes if node.name == column and node.choices is not None]
    lists = [items for node in asked for name, items in definition.lists.items() if repr(name) in repr(node.choices)]
    return [item["name"] for items in lists for item in items if "name" in item]
