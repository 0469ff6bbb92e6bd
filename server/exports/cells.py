"""One cell of a file that a spreadsheet program opens: a number stays one, and no text can begin a formula. Pure.

A text that a program might take for a formula gets an apostrophe in front, and so does a text that begins with an
apostrophe: whoever takes one apostrophe from the front of each cell that has one has the exact text again.
"""

import unicodedata
from typing import Final

from server.formlogic.datatypes import fits_type

__all__ = ["ESCAPE", "number_cell", "position_cells", "text_cell"]

ESCAPE: Final = "'"
FORMULA_STARTS: Final = frozenset("=+-@\N{MINUS SIGN}")
"""What begins a formula in Excel, LibreOffice or Google Sheets (OWASP, CSV injection); wide and small forms count."""
NOT_SEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories that programs may drop from the front of a cell: controls, marks of direction, spaces."""


def text_cell(text: str) -> str:
    """Give a text that no program takes for a formula."""
    return ESCAPE + text if text.startswith(("'", "\t", "\r", "\n")) or _may_begin_formula(text) else text


def number_cell(text: str) -> str:
    """Give a number as it was typed; what is no number is a text."""
    return text if fits_type("decimal", text) else text_cell(text)


def position_cells(text: str) -> tuple[str, str, str]:
    """Give latitude and longitude in degrees and the accuracy in metres; blank for what is no position."""
    if not fits_type("geopoint", text):
        return "", "", ""
    latitude, longitude, *rest = text.split()
    return number_cell(latitude), number_cell(longitude), number_cell(rest[1]) if len(rest) > 1 else ""


def _may_begin_formula(text: str) -> bool:
    seen = next((letter for letter in text if unicodedata.category(letter) not in NOT_SEEN), "")
    return unicodedata.normalize("NFKC", seen)[:1] in FORMULA_STARTS if seen else False
