"""Check the form files of a folder, and copy each to where what is missing beside it can be made up."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from server.forms.compile import Compiled
from server.forms.problems import FormProblem, FormRefused
from server.forms.xlsform import compile_file
from tests.try_forms.made_up_lists import make_up_missing_lists

__all__ = ["Checked", "check_folder"]

# A .csv file is taken for a list. A .md file is a form when it has the row that begins the survey sheet.
FORM_TYPES: Final = (".md", ".xlsx", ".xls", ".xml")
SURVEY_OF_MARKDOWN: Final = "| survey"
LIST_MISSING: Final = "list-file-missing"
BESIDE: Final = (".", "media")


@dataclass(frozen=True)
class Checked:
    """A form file: ``compiled`` from ``copy``, or refused.

    ``made_up``: names of list files that were not there; ``warnings`` are those of the form as it came, without them.
    """

    name: str
    copy: Path
    compiled: Compiled | None
    refused: tuple[FormProblem, ...] = ()
    made_up: tuple[str, ...] = ()
    warnings: tuple[FormProblem, ...] = ()


def check_folder(folder: Path, scratch: Path) -> Iterator[Checked]:
    """Check each form file directly in `folder`, in the order of their names; copies go below `scratch`."""
    for number, form in enumerate(sorted(filter(_is_form, folder.iterdir()))):
        room = scratch / str(number)
        for place in BESIDE:
            _copy_others(folder / place, room / place)
        yield _check(Path(shutil.copyfile(form, room / form.name)))


def _is_form(path: Path) -> bool:
    if not path.is_file() or path.suffix.lower() not in FORM_TYPES:
        return False
    return path.suffix.lower() != ".md" or SURVEY_OF_MARKDOWN in path.read_text(encoding="utf-8", errors="replace")


def _copy_others(source: Path, target: Path) -> None:
    """Copy what lies beside forms; by file, because a folder that may not be written to would be copied as such."""
    if not source.is_dir():
        return
    target.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        if path.is_file() and not _is_form(path):
            shutil.copyfile(path, target / path.name)


def _check(form: Path) -> Checked:
    first = _compiled(form)
    if first.compiled is None and not any(problem.code == LIST_MISSING for problem in first.refused):
        return first
    if first.compiled is not None and set(first.compiled.list_files) <= set(first.compiled.lists):
        return first
    completed = _compiled(form, made_up=make_up_missing_lists(form))
    return replace(completed, warnings=first.warnings or completed.warnings)


def _compiled(form: Path, made_up: tuple[str, ...] = ()) -> Checked:
    try:
        compiled = compile_file(form)
        return Checked(form.name, form, compiled, made_up=made_up, warnings=compiled.warnings)
    except FormRefused as refused:
        return Checked(form.name, form, None, refused=refused.problems, made_up=made_up)
