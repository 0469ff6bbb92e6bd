"""In which language a resident's page speaks: never a cookie's, always the page's own or the one its address names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import g, request
from flask_babel import refresh

from server.forms.queries import TextPack
from server.i18n import AUTONYMS, PAGE_LANGUAGE
from server.reviews.languages import best_language

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


@dataclass(frozen=True)
class Tongue:
    """A language that a page can be had in, by the name its speakers use."""

    lang: str
    autonym: str


def wished_languages() -> list[str]:
    """Give the languages to write in: the one that the address names, then those of the browser, best first."""
    named = request.args.get("lang", "")
    accepted = [tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0]
    return [*([named] if named else []), *accepted]


def chosen_languages() -> list[str]:
    """Give the languages that a person chose, newest first: by a button, on the page before, in the address."""
    button = request.form.get("go", "")
    pressed = button.removeprefix(LANGUAGE) if button.startswith(LANGUAGE) else ""
    return [one for one in (pressed, request.form.get("lang", ""), request.args.get("lang", "")) if one]


def tongues(first: Sequence[str]) -> list[Tongue]:
    """List the languages that our own sentences exist in: ``first`` in their order, then the others."""
    ordered = [*(tag for tag in first if tag in AUTONYMS), *(tag for tag in AUTONYMS if tag not in first)]
    return [Tongue(tag, AUTONYMS[tag]) for tag in ordered]


def best_of(offered: Sequence[Tongue], wishes: Sequence[str]) -> str:
    """Choose the language of a page that belongs to no visit: the first wish that there is, else the first offered."""
    return best_language([one.lang for one in offered], wishes) or "en"


def first_language(offered: Sequence[TextPack]) -> str:
    """Choose the language of a first page: the best that was asked for, else the one that the poster names first."""
    return best_language([one.lang for one in offered], wished_languages()) or ""


def speak(tag: str) -> str:
    """Write our own sentences in this language, where they exist in it, else in English; give which one it is."""
    own = tag.partition("-")[0]
    language = own if own in AUTONYMS else "en"
    setattr(g, PAGE_LANGUAGE, language)
    refresh()
    return language
