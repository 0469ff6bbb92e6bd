"""Names and other short texts as people type them into one line. Pure."""

import re
import unicodedata
from enum import StrEnum
from typing import Final

__all__ = ["LineProblem", "line_problem", "one_line"]

UNSEEN: Final = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u200e\u200f\u200b\u2060\u00ad\ufeff\u2028\u2029"
)
"""Marks that turn the text around them, or that nobody sees. Joiners stay: Bengali and Persian write with them."""


class LineProblem(StrEnum):
    """What can be wrong with a line."""

    MISSING = "missing"
    TOO_LONG = "too-long"


def line_problem(line: str, *, longest: int) -> LineProblem | None:
    """Judge a line that must be there; `longest` counts code points."""
    if not line:
        return LineProblem.MISSING
    return LineProblem.TOO_LONG if len(line) > longest else None


def one_line(typed: str) -> str:
    """Give the text in one line: composed, without control characters, with single spaces."""
    composed = unicodedata.normalize("NFC", typed)
    seen = "".join(character for character in composed if character not in UNSEEN)
    plain = "".join(" " if unicodedata.category(character) in {"Cc", "Cs"} else character for character in seen)
    return re.sub(r"\s+", " ", plain).strip()
