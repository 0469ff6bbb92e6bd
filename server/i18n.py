"""In which language a page speaks, and which way it runs.

A person's choice is kept in their session; until they choose, the browser's languages decide. Which languages there
are, and what is said in them, server/words knows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final, Literal

from babel.support import NullTranslations
from flask import Flask, g, request, session
from flask_babel import Babel, Domain, force_locale, get_locale

from server import services
from server.config import SHOWN_TIME_ZONE
from server.words.closest import best, closest
from server.words.joined import Words
from server.words.lists import in_a_list
from server.words.plurals import locale_known
from server.words.tongues import ENGLISH, Tongue

__all__ = [
    "CHOICE",
    "PAGE_LANGUAGE",
    "autonyms",
    "direction_of",
    "install_i18n",
    "listed",
    "page_language",
    "speaking",
    "spoken",
    "wished",
    "words",
]

CHOICE: Final = "language"
"""Name of the chosen language in the session."""

PAGE_LANGUAGE: Final = "page_language"
"""Where a page that belongs to nobody's session keeps its own language, for the time of one request."""

BEST_OF_BROWSER: Final = "best_of_browser"
"""Where a request keeps which language serves its browser."""

MOST_WISHES: Final = 20
"""Languages of a browser that are looked at: a page is asked for by anybody, with whatever headers."""


class SpokenWords(Domain):  # type: ignore[misc]  # Flask-Babel carries no types
    """Gives Flask-Babel our translations: a language is looked up by its own tag, which CLDR need not know."""

    def get_translations(self) -> NullTranslations:
        """Give the translations of the page's language."""
        return words().translations(page_language())


def install_i18n(app: Flask) -> None:
    """Let every page choose its language; give templates the language, its direction and the others on offer."""
    babel = Babel(
        app,
        default_locale=str(ENGLISH.formats),
        default_timezone=SHOWN_TIME_ZONE,
        locale_selector=lambda: spoken(page_language()).formats,
    )
    babel.domain_instance = SpokenWords()
    app.context_processor(
        lambda: {
            "language": page_language(),
            "direction": direction_of(page_language()),
            "autonyms": autonyms(),
            "page_is_draft": spoken(page_language()).state == "draft",
        }
    )
    app.add_template_global(direction_of)
    app.add_template_filter(listed)


def words() -> Words:
    """Give the words of the running application."""
    return services.current().words


def autonyms() -> dict[str, str]:
    """Give the languages that our own sentences exist in, each by the name its speakers use."""
    return words().autonyms


def spoken(language: str) -> Tongue:
    """Give the language in which we speak to somebody who wants this one."""
    found = closest(language, list(words().by_tag))
    return words().by_tag[found] if found else ENGLISH


def page_language() -> str:
    """Give the language of this page: its own, the person's choice, else the browser's best, else English."""
    chosen = g.get(PAGE_LANGUAGE) or session.get(CHOICE)
    return str(chosen) if chosen in words().by_tag else best_of_browser()


def best_of_browser() -> str:
    """Give what serves the browser best; found once for a request, and asked for by each sentence of a page."""
    if BEST_OF_BROWSER not in g:
        setattr(g, BEST_OF_BROWSER, best(wished(), list(words().by_tag)))
    return str(g.get(BEST_OF_BROWSER))


def wished() -> list[str]:
    """Give the languages of the browser, best first."""
    return list(islice((tag for tag, quality in request.accept_languages if quality > 0), MOST_WISHES))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write a few sentences in another language than that of the page."""
    before = g.get(PAGE_LANGUAGE)
    setattr(g, PAGE_LANGUAGE, language)
    try:
        with force_locale(spoken(language).formats):
            yield
    finally:
        setattr(g, PAGE_LANGUAGE, before)


def direction_of(language: str) -> Literal["ltr", "rtl", "auto"]:
    """Tell which way a BCP 47 language is written; `auto` when the language is not known to us."""
    own = words().by_tag.get(language)
    if own is not None:
        return own.direction
    known = locale_known(language)
    return "auto" if known is None else "rtl" if known.text_direction == "rtl" else "ltr"


def listed(names: list[str]) -> str:
    """Write “A, B and C” as the page's language does."""
    return in_a_list(names, get_locale() or ENGLISH.formats)
