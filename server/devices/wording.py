"""The sentences on a slip with a code, in the languages of those who get it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _

from server.i18n import autonyms, direction_of, speaking
from server.reviews.figures import minute

__all__ = ["SlipWords", "slip_words"]


@dataclass(frozen=True, kw_only=True)
class SlipWords:
    """What a slip says, in one language."""

    language: str
    direction: Literal["ltr", "rtl", "auto"]
    scan: str
    until: str
    or_type: str


def slip_words(languages: Sequence[str], *, expires: str) -> list[SlipWords]:
    """Give the sentences in each of the languages that they exist in, or in English."""
    spoken = [language for language in languages if language in autonyms()] or ["en"]
    return [_in_one(language, expires=expires) for language in spoken]


def _in_one(language: str, *, expires: str) -> SlipWords:
    with speaking(language):
        return SlipWords(
            language=language,
            direction=direction_of(language),
            scan=_("Point the camera of your phone at the code."),
            until=_("It works once, until %(time)s.", time=minute(expires)),
            or_type=_("Or go to this address and type the code:"),
        )
