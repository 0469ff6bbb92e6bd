"""Open a form file: is it there, is it small enough, can its sheets be read? Each refusal says what to do."""

from dataclasses import asdict
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_xlsform

from server.forms.problems import FormProblem, FormRefused
from server.forms.sheets import Workbook, letters

__all__ = ["FILE_BYTES", "FILE_TYPES", "UNPACKED_BYTES", "check_file", "open_workbook"]

FILE_TYPES = (".md", ".xlsx", ".xls", ".csv", ".xml")
FILE_BYTES = 20 * 1024 * 1024  # the largest form file read
UNPACKED_BYTES = 200 * 1024 * 1024  # of an .xlsx, which is packed
_NO_SHEETS = "Argument 'definition' was not recognized"  # how pyxform says that it found no sheets
_DUPLICATE_HEADING = "Duplicate column header: "  # how pyxform begins this sentence


def check_file(path: Path) -> None:
    """Raise ``FormRefused`` for a file that is no form file, is not there, or is too large."""
    if path.suffix.lower() not in FILE_TYPES:
        message = f"“{path.name}” is not a form file."
        remedy = f"Give a file that ends in {', '.join(FILE_TYPES)}."
        raise FormRefused([FormProblem("file-type", message, remedy)])
    if not path.is_file():
        message = f"There is no file “{path}”."
        raise FormRefused([FormProblem("file-missing", message, "Check the name and the folder.")])
    if path.stat().st_size > FILE_BYTES:
        message = f"“{path.name}” has {path.stat().st_size:,} bytes; the limit is {FILE_BYTES:,}."
        remedy = "Split the form, or put its long lists into .csv files beside it (select_one_from_file)."
        raise FormRefused([FormProblem("file-too-large", message, remedy)])


def open_workbook(path: Path) -> Workbook:
    """Read the sheets of a form file."""
    if path.suffix.lower() == ".xlsx":
        _check_packed(path)
    try:
        return Workbook(asdict(get_xlsform(path)))
    except PyXFormError as error:
        raise FormRefused([_unreadable(path, str(error))]) from error
    except (ValueError, KeyError, OSError) as error:
        message = f"“{path.name}” can't be read as an XLSForm: {error}"
        remedy = "Save it again as .xlsx and try once more."
        raise FormRefused([FormProblem("sheet-unreadable", message, remedy)]) from error


def _check_packed(path: Path) -> None:
    """Raise ``FormRefused`` for what is no workbook, or unpacks to more than any form needs."""
    try:
        with ZipFile(path) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
    except (BadZipFile, OSError) as error:
        raise FormRefused([_not_what_it_says(path)]) from error
    if unpacked > UNPACKED_BYTES:
        message = f"“{path.name}” unpacks to {unpacked:,} bytes; the limit is {UNPACKED_BYTES:,}."
        remedy = "Delete pictures and empty rows from the workbook, or put long lists into .csv files beside it."
        raise FormRefused([FormProblem("file-too-large", message, remedy)])


def _not_what_it_says(path: Path) -> FormProblem:
    message = f"“{path.name}” is not a form, though its name ends like one: no sheets are found in it."
    return FormProblem("sheet-unreadable", message, "Open it in the program that made it, and save it again.")


def _unreadable(path: Path, message: str) -> FormProblem:
    if message.startswith(_NO_SHEETS):
        return _not_what_it_says(path)
    heading = message.removeprefix(_DUPLICATE_HEADING)
    if heading == message:
        remedy = "Correct the sheet and try again."
        return FormProblem("sheet-unreadable", f"“{path.name}” can't be read as an XLSForm: {message}", remedy)
    sheet, cells = _headings_twice(path, heading)
    where = f" ({' and '.join(cells)})" if cells else ""
    return FormProblem(
        "heading-twice",
        f"Two columns have the heading “{heading}”{where}.",
        "Delete one of the columns, or give it a heading of its own, such as label::English (en).",
        sheet=sheet,
        row=1,
        column=heading,
        cell=cells[-1] if cells else "",
    )


def _headings_twice(path: Path, heading: str) -> tuple[str, list[str]]:
    """Find the sheet of an .xlsx file that has a heading more than once, and the cells; ``("", [])`` elsewhere."""
    if path.suffix.lower() != ".xlsx":
        return "", []
    workbook = load_workbook(path, read_only=True)
    for sheet in workbook.worksheets:
        first = next(sheet.iter_rows(max_row=1, values_only=True), ())
        cells = [f"{letters(place)}1" for place, name in enumerate(first) if str(name or "").strip() == heading]
        if len(cells) > 1:
            return sheet.title, cells
    return "", []
