"""Turn a form file (.md, .xlsx, .xls, .csv or XForm .xml) into a compiled form, with problems named by cell."""

from dataclasses import asdict
from pathlib import Path
from typing import cast

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from server.forms.compile import Compiled, compile_xform
from server.forms.languages import language_tag
from server.forms.problems import FormProblem, FormRefused
from server.forms.sheets import Workbook
from server.forms.texts import UNTOLD

__all__ = ["FILE_BYTES", "FILE_TYPES", "compile_file"]

FILE_TYPES = (".md", ".xlsx", ".xls", ".csv", ".xml")
FILE_BYTES = 20 * 1024 * 1024  # the largest form file read


def compile_file(path: Path) -> Compiled:
    """Compile a form file; raise ``FormRefused`` with every problem found and where it is."""
    _check_file(path)
    if path.suffix.lower() == ".xml":
        return compile_xform(path.read_text(encoding="utf-8"))
    workbook = _workbook(path)
    untold = language_tag(workbook.setting("default_language")) or UNTOLD
    try:
        return compile_xform(_xform(workbook), untold=untold)
    except FormRefused as refused:
        raise FormRefused([workbook.located(problem) for problem in refused.problems]) from refused


def _check_file(path: Path) -> None:
    if path.suffix.lower() not in FILE_TYPES:
        message = f"“{path.name}” is not a form file."
        remedy = f"Give a file that ends in {', '.join(FILE_TYPES)}."
        raise FormRefused([FormProblem("file-type", message, remedy)])
    if not path.is_file():
        message = f"There is no file “{path}”."
        raise FormRefused([FormProblem("file-missing", message, "Check the name and the folder.")])
    if path.stat().st_size > FILE_BYTES:
        message = f"“{path.name}” has {path.stat().st_size:,} bytes; the limit is {FILE_BYTES:,}."
        raise FormRefused([FormProblem("file-too-large", message, "Split the form.")])


def _workbook(path: Path) -> Workbook:
    try:
        sheets = get_xlsform(path)
    except (PyXFormError, ValueError, KeyError, OSError) as error:
        message = f"“{path.name}” can't be read as an XLSForm: {error}"
        remedy = "Save it again as .xlsx and try once more."
        raise FormRefused([FormProblem("sheet-unreadable", message, remedy)]) from error
    return Workbook(asdict(sheets))


def _xform(workbook: Workbook) -> str:
    try:
        return cast(str, convert(dict(workbook.sheets), pretty_print=False).xform)
    except PyXFormError as error:
        raise FormRefused([workbook.of_conversion(str(error))]) from error
