"""One cell of a file that a spreadsheet program opens: a number stays one, and no text can begin a formula. Pure.

A text that a program might take for a formula gets an apostrophe in front, and so does a text that begins with an
apostrophe: whoever takes one apostrophe from the front of each cell that has one has the exact text again.
"""

import unicodedata
from datetime import date, datetime
from typing import Final

from server.formlogic.datatypes import fits_type
from server.formlogic.times import parse_moment

__all__ = ["ESCAPE", "Typed", "date_of", "exact_number", "moment_of", "number_cell", "position_cells", "text_cell"]

ESCAPE: Final = "'"
FORMULA_STARTS: Final = frozenset("=+-@\N{MINUS SIGN}")
"""What begins a formula in Excel, LibreOffice or Google Sheets (OWASP, CSV injection); wide and small forms count."""
NOT_SEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories that programs may drop from the front of a cell: controls, marks of direction, spaces."""
EXACT_DIGITS: Final = 15
"""How many digits of a number every program keeps; a longer one stays a text, so that none is lost."""
SMALL: Final = {str(number): number for number in range(100)}

Typed = str | int | float | date | datetime | None
"""A cell of a file that knows kinds of values; None is a blank."""


def text_cell(text: str) -> str:
    """Give a text that no program takes for a formula."""
    if text[:1].isalnum():  # by far the most; no letter or digit is unseen, or another form of a formula's start
        return text
    return ESCAPE + text if text.startswith(("'", "\t", "\r", "\n")) or _may_begin_formula(text) else text


def number_cell(text: str) -> str:
    """Give a number as it was typed; what is no number is a text."""
    return text if text.isdecimal() or fits_type("decimal", text) else text_cell(text)


def position_cells(text: str) -> tuple[str, str, str]:
    """Give latitude and longitude in degrees and the accuracy in metres; blank for what is no position."""
    if not fits_type("geopoint", text):
        return "", "", ""
    latitude, longitude, *rest = text.split()
    return latitude, longitude, rest[1] if len(rest) > 1 else ""


def exact_number(text: str) -> int | float | None:
    """Give the number that a text says, if it says it in the usual way and programs keep each of its digits.

    None for ``007`` and for an account number of 20 digits: as numbers they would change.
    """
    if text in SMALL:  # by far the most: what was chosen, and how often
        return SMALL[text]
    if not fits_type("decimal", text) or sum(letter.isdigit() for letter in text) > EXACT_DIGITS:
        return None
    whole = text.removeprefix("-").partition(".")[0]
    if not whole or (whole != "0" and whole.startswith("0")):
        return None
    return float(text) if "." in text else int(text)


def date_of(text: str) -> date | None:
    """Give the day that a text names; None for anything else."""
    found = parse_moment(text)
    return None if found is None or found.has_time else found.at.date()


def moment_of(text: str) -> datetime | None:
    """Give day and time as they were on the clock of whoever wrote them; spreadsheets know no zones."""
    found = parse_moment(text)
    return found.at.replace(tzinfo=None) if found is not None and found.has_time else None


def _may_begin_formula(text: str) -> bool:
    seen = next((letter for letter in text if unicodedata.category(letter) not in NOT_SEEN), "")
    return unicodedata.normalize("NFKC", seen)[:1] in FORMULA_STARTS if seen else False
