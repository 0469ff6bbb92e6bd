"""Turn a form file (.md, .xlsx, .xls, .csv or XForm .xml) into a compiled form, with problems named by cell."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import cast

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from server.forms.beside import with_files
from server.forms.compile import Compiled, compile_xform
from server.forms.conversion_problems import of_error, of_warning
from server.forms.dialects import accepted_dialects
from server.forms.external_choices import external_problems, read_external_choices
from server.forms.locating import locate
from server.forms.problems import FormProblem, FormRefused
from server.forms.sheets import Workbook
from server.forms.titles import read_titles, with_one_title
from server.forms.unread import unread
from server.forms.workbooks import FILE_BYTES, FILE_TYPES, check_file, open_workbook

__all__ = ["FILE_BYTES", "FILE_TYPES", "Progress", "Source", "Stage", "compile_file", "compile_source", "read_source"]

_YES = frozenset({"yes", "true", "true()"})


class Stage(StrEnum):
    """What is being done with a form file, in this order."""

    READING = "reading"
    CONVERTING = "converting"
    COMPILING = "compiling"
    DONE = "done"


@dataclass(frozen=True)
class Progress:
    """How far it is; ``rows`` counts the rows of all sheets, once they are read."""

    stage: Stage
    rows: int = 0


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class Source:
    """A form file as read: an XForm, or the sheets of an XLSForm."""

    path: Path
    xform: str
    workbook: Workbook | None

    @property
    def rows(self) -> int:
        """The rows of all sheets."""
        names = ("survey", "choices", "external_choices", "entities")
        return sum(len(self.workbook.rows(name)) for name in names) if self.workbook else 0


def compile_file(path: Path, *, tell: Tell = lambda progress: None) -> Compiled:
    """Compile a form file and take up the files beside it; raise ``FormRefused`` with every problem and its place."""
    tell(Progress(Stage.READING))
    return compile_source(read_source(path), tell=tell)


def read_source(path: Path) -> Source:
    """Read a form file; raise ``FormRefused`` for one that is no form file or can't be read."""
    check_file(path)
    if path.suffix.lower() == ".xml":
        return Source(path, _xml(path), None)
    with warnings.catch_warnings(action="ignore"):  # openpyxl's, about parts of a workbook that are no cells
        return Source(path, "", open_workbook(path))


def _xml(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"“{path.name}” is not in UTF-8."
        raise FormRefused([FormProblem("not-xml", message, "Export the form again as UTF-8.")]) from error


def compile_source(source: Source, *, tell: Tell = lambda progress: None) -> Compiled:
    """Compile what was read."""
    if source.workbook is None:
        tell(Progress(Stage.COMPILING))
        return with_files(_compile_xml(source), source.path.parent, duplicates_meant=False)
    try:
        compiled = _compile_workbook(source.workbook, source, tell)
    except FormRefused as refused:
        raise FormRefused([locate(problem, source.workbook) for problem in refused.problems]) from refused
    return replace(compiled, warnings=tuple(locate(warning, source.workbook) for warning in compiled.warnings))


def _compile_xml(source: Source) -> Compiled:
    try:
        return compile_xform(source.xform)
    except RecursionError as error:
        message = f"The groups of “{source.path.name}” are nested too deeply to be read."
        raise FormRefused([FormProblem("form-too-deep", message, "Take groups out of groups.")]) from error


def _compile_workbook(workbook: Workbook, source: Source, tell: Tell) -> Compiled:
    tell(Progress(Stage.CONVERTING, source.rows))
    untold = workbook.untold
    if problems := list(external_problems(workbook)):
        raise FormRefused(problems)
    titles = read_titles(workbook.sheets)
    xform, told = _convert(with_one_title(workbook.sheets, titles, default=untold), workbook)
    tell(Progress(Stage.COMPILING, source.rows))
    compiled = compile_xform(xform, untold=untold, external=read_external_choices(workbook), titles=titles)
    duplicates_meant = workbook.setting("allow_choice_duplicates").lower() in _YES
    complete = with_files(compiled, source.path.parent, duplicates_meant=duplicates_meant)
    return replace(complete, warnings=(*accepted_dialects(workbook), *unread(workbook), *told, *complete.warnings))


def _convert(sheets: dict[str, object], workbook: Workbook) -> tuple[str, Sequence[FormProblem]]:
    """Turn the sheets into an XForm, with what the converter warns of."""
    if workbook.headings("survey") and not any(workbook.rows("survey")):
        message = "The sheet survey has no questions."
        raise FormRefused([FormProblem("no-questions", message, "Write one question a row.", sheet="survey", row=2)])
    try:
        result = convert(sheets, pretty_print=False)
    except PyXFormError as error:
        raise FormRefused([of_error(str(error), workbook)]) from error
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        message = f"The converter could not read the form: {type(error).__name__}: {error}"
        remedy = "Take out rows until it can be read, and tell us about the one that breaks it."
        raise FormRefused([FormProblem("conversion-failed", message, remedy)]) from error
    told = [problem for warning in result.warnings for problem in of_warning(warning, workbook)]
    return cast(str, result.xform), told
