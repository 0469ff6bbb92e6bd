"""Read the headings of a sheet: which column each is, and which language it is in.

Older dialects part the pieces with one colon (``label:English``), today's with two (``label::English (en)``); capitals
and spaces do not count (``List Name``).
"""

import re
from dataclasses import dataclass

from server.forms.languages import language_tag

__all__ = ["Heading", "read_heading"]

_PREFIXED = re.compile(r"jr:(?=[A-Za-z])")  # a name with a prefix of XForms is one piece, whatever parts the pieces
_MARK = "jr\0"


@dataclass(frozen=True)
class Heading:
    """One heading: as written, the column that it names (``media::image``), the language, ``""`` where it has none."""

    text: str
    column: str
    language: str
    single_colon: bool

    @property
    def tag(self) -> str:
        """The BCP 47 tag of the language, ``""`` where there is none or it is not known."""
        return language_tag(self.language) or "" if self.language else ""


_TRANSLATED = frozenset(
    "label caption hint guidance_hint constraint_message constraining_message required_message requiredmsg image"
    " big-image audio video media::image media::big-image media::audio media::video bind::jr:constraintmsg"
    " bind::jr:requiredmsg form_title title".split()
)


def read_heading(text: str) -> Heading:
    """Take a heading to pieces; what follows a column that can be translated is a language."""
    guarded = _PREFIXED.sub(_MARK, text)
    double = "::" in guarded
    pieces = [piece.strip().replace(_MARK, "jr:") for piece in guarded.split("::" if double else ":")]
    for length in range(len(pieces) - 1, 0, -1):
        column = _plain("::".join(pieces[:length]))
        if column in _TRANSLATED:
            return Heading(text, column, "::".join(pieces[length:]), single_colon=not double)
    return Heading(text, _plain("::".join(pieces)), "", single_colon=not double and len(pieces) > 1)


def _plain(column: str) -> str:
    """Write a column as XLSForm does: small letters, no spaces."""
    return "_".join(column.lower().split())
