"""In which language a resident's page speaks: never a cookie's, always the page's own or the one its address names."""

from collections.abc import Sequence
from typing import Final

from flask import g, request
from flask_babel import refresh

from server.forms.queries import TextPack
from server.i18n import PAGE_LANGUAGE, spoken, wished, words
from server.reviews.languages import best_language
from server.words.tongues import Tongue, in_order

__all__ = [
    "LANGUAGE",
    "Tongue",
    "best_of",
    "chosen_languages",
    "first_language",
    "speak",
    "tongues",
    "wished_languages",
]

LANGUAGE: Final = "language:"
"""What the button of a language says before its tag."""


def wished_languages() -> list[str]:
    """Give the languages to write in: the one that the address names, then those of the browser, best first."""
    named = request.args.get("lang", "")
    return [*([named] if named else []), *wished()]


def chosen_languages() -> list[str]:
    """Give the languages that a person chose, newest first: by a button, on the page before, in the address."""
    button = request.form.get("go", "")
    pressed = button.removeprefix(LANGUAGE) if button.startswith(LANGUAGE) else ""
    return [one for one in (pressed, request.form.get("lang", ""), request.args.get("lang", "")) if one]


def tongues(first: Sequence[str]) -> list[Tongue]:
    """List the languages that our own sentences exist in: ``first`` in their order, then the others."""
    return in_order(words().tongues, first)


def best_of(offered: Sequence[Tongue], wishes: Sequence[str]) -> str:
    """Choose the language of a page that belongs to no visit: the first wish that there is, else the first offered."""
    return best_language([one.lang for one in offered], wishes) or "en"


def first_language(offered: Sequence[TextPack]) -> str:
    """Choose the language of a first page: the best that was asked for, else the one that the poster names first."""
    return best_language([one.lang for one in offered], wished_languages()) or ""


def speak(tag: str) -> str:
    """Write our own sentences in this language, where they exist in it, else in English; give which one it is."""
    language = spoken(tag).lang
    setattr(g, PAGE_LANGUAGE, language)
    refresh()
    return language
