"""What a sheet says that Fieldwell does not do: told, with its cell, so that nobody relies on it."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from server.forms.problems import FormProblem
from server.forms.sheets import COLUMNS, Workbook, located

__all__ = ["unread"]

_LIKENESS = 0.8  # of two headings, from 0 to 1, from which one is taken for a slip of the other
_SETTINGS: Mapping[str, str] = {  # column of the settings → what does not happen
    "public_key": "Answers are not encrypted with a key of the form; they are protected on their way and at rest.",
    "submission_url": "Answers go to the server that the phone is enrolled with, not to another address.",
    "auto_send": "Answers are sent whenever there is a connection.",
    "auto_delete": "Phones decide themselves when sent answers are deleted.",
    "style": "The app decides how pages look; field-list still shows questions together.",
    "sms_keyword": "Answers can't be sent by text message.",
}
_PARAMETERS = frozenset("start end step value label randomize seed".split())
_RULES = frozenset({name for names in COLUMNS.values() for name in names} - {"count", "value", "tag", "image", "audio"})


def unread(workbook: Workbook) -> Iterator[FormProblem]:
    """Tell of settings that do nothing here, and of headings that are likely slips."""
    yield from _settings(workbook)
    yield from _slips(workbook)
    yield from _parameters(workbook)
    yield from _raw_columns(workbook)


def _settings(workbook: Workbook) -> Iterator[FormProblem]:
    for heading in workbook.headings("settings"):
        place = workbook.place_of_heading("settings", heading)
        if heading.column in _SETTINGS and workbook.setting(heading.column):
            message = f"The setting “{heading.text}” does nothing. {_SETTINGS[heading.column]}"
            yield located(FormProblem("setting-unread", message, ""), place)
        elif heading.column in ("default_lang", "defaultlanguage", "language", "main_language"):
            message, remedy = f"The setting “{heading.text}” is not read.", "Call the column default_language."
            yield located(FormProblem("setting-unread", message, remedy), place)


def _slips(workbook: Workbook) -> Iterator[FormProblem]:
    known = {*_RULES, *COLUMNS}
    for heading in workbook.headings("survey"):
        meant = get_close_matches(heading.column, _RULES, n=1, cutoff=_LIKENESS) if heading.column not in known else []
        if meant:
            message = f"The column “{heading.text}” is not read."
            remedy = f"If you mean {meant[0]}, write that; a column of your own is best called something else."
            place = workbook.place_of_heading("survey", heading)
            yield located(FormProblem("heading-unread", message, remedy), place)


def _parameters(workbook: Workbook) -> Iterator[FormProblem]:
    """Tell of parameters of a question that change nothing here."""
    for row, text in workbook.numbered("survey", "parameters"):
        names = (part.partition("=")[0].strip() for part in text.replace(";", " ").replace(",", " ").split())
        for name in names:
            if name and name not in _PARAMETERS:
                place = workbook.place("survey", row, "parameters")
                yield located(FormProblem("parameter-unread", f"The parameter “{name}” does nothing.", ""), place)


def _raw_columns(workbook: Workbook) -> Iterator[FormProblem]:
    """Tell of columns that write straight into the XForm, other than those that have a name of their own."""
    known = {name for names in COLUMNS.values() for name in names}
    for heading in workbook.headings("survey"):
        if heading.column.startswith(("body::", "bind::", "instance::", "control::")) and heading.column not in known:
            message = f"The column “{heading.text}” does nothing here."
            place = workbook.place_of_heading("survey", heading)
            yield located(FormProblem("heading-unread", message, ""), place)
