"""What can be taken away, in words: each kind of file, what it is for, and what is inside."""

from flask import Blueprint
from flask_babel import gettext as _

from server.exports.wanted import Format

__all__ = ["format_contents", "format_name", "format_use", "install_wording"]


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put kinds of files into words."""
    blueprint.add_app_template_filter(format_name)
    blueprint.add_app_template_filter(format_use)
    blueprint.add_app_template_filter(format_contents)


def format_name(kind: Format) -> str:
    """Name a kind of file."""
    names: dict[Format, str] = {
        "csv": _("Table (CSV)"),
        "xlsx": _("Excel file (XLSX)"),
        "geojson": _("Places on a map (GeoJSON)"),
        "dictionary": _("List of the questions"),
        "photos": _("Photos"),
        "originals": _("Photos and other files as they came"),
        "lines": _("Complete records (JSON lines)"),
    }
    return str(names[kind])


def format_use(kind: Format) -> str:
    """Say what a kind of file is for."""
    uses: dict[Format, str] = {
        "csv": _("For counting and for other programs. It takes any number of responses."),
        "xlsx": _("For reading in Excel or LibreOffice, with one sheet for each kind of thing."),
        "geojson": _("For map programs such as QGIS. Only answers with a position are in it."),
        "dictionary": _("Explains every column: the words in each language, the choices and the rules."),
        "photos": _("Pictures without the place and time that a camera writes into them."),
        "originals": _("Each photo says where and when it was taken. Take these only if you must."),
        "lines": _("For moving responses to another Fieldwell. It holds names of workers."),
    }
    return str(uses[kind])


def format_contents(kind: Format) -> list[str]:
    """Say what is inside a kind of file."""
    newest = _("One row for each response, with the newest answers.")
    no_formula = _("Some cells begin with an apostrophe. It keeps a spreadsheet from running what somebody typed.")
    not_apart = _("Answers to the equality questions are not in it. They are kept apart.")
    told: dict[Format, list[str]] = {
        "csv": [
            newest,
            _("If the form asks about several things, you get a zip file with one table for each kind of thing."),
            no_formula,
            not_apart,
        ],
        "xlsx": [newest, _("Days are real dates, and the last sheet explains the columns."), no_formula, not_apart],
        "geojson": [_("One place for each answer with a position, and all that was said about it."), not_apart],
        "dictionary": [_("One row for each question. No answers.")],
        "photos": [_("The name of each picture tells its response and its question."), not_apart],
        "originals": [_("The name of each file tells its response and its question."), not_apart],
        "lines": [_("Every version of each response, with its decisions, one response to a line.")],
    }
    return [str(one) for one in told[kind]]
