"""The languages of the console, and which way each one runs.

A person's choice is kept in their session; until they choose, the browser's languages decide.
"""

from pathlib import Path
from typing import Final, Literal

from babel import Locale, UnknownLocaleError
from flask import Flask, g, request, session
from flask_babel import Babel, gettext

from server.config import SHOWN_TIME_ZONE

__all__ = ["AUTONYMS", "CHOICE", "LOCALES", "PAGE_LANGUAGE", "STATE", "direction_of", "install_i18n", "page_language"]

AUTONYMS: Final = {"en": "English", "bn": "বাংলা", "ar": "العربية"}
"""Languages that the console's own sentences exist in, each by the name its speakers use."""

LOCALES: Final = {"en": "en_GB", "bn": "bn", "ar": "ar"}
"""How dates and numbers are written for each."""

CHOICE: Final = "language"
"""Name of the chosen language in the session."""

PAGE_LANGUAGE: Final = "page_language"
"""Where a page that belongs to nobody's session keeps its own language, for the time of one request."""

STATE: Final = "X-Fieldwell-State"
"""The name under which a compiled catalogue says whether a person has checked it (hatch_build.py)."""


def install_i18n(app: Flask) -> None:
    """Let every page choose its language; give templates the language, its direction and the others on offer."""
    Babel(
        app,
        default_locale="en_GB",
        default_timezone=SHOWN_TIME_ZONE,
        default_translation_directories=str(catalogue_folder()),
        locale_selector=lambda: LOCALES[page_language()],
    )
    app.context_processor(
        lambda: {
            "language": page_language(),
            "direction": direction_of(page_language()),
            "autonyms": AUTONYMS,
            "page_is_draft": gettext(STATE) == "draft",
        }
    )
    app.add_template_global(direction_of)


def catalogue_folder() -> Path:
    """Find the compiled catalogues: inside the package once installed, at the top of a working copy before that."""
    package = Path(__file__).parent
    installed = package / "translations"
    return installed if installed.is_dir() else package.parent / "translations"


def page_language() -> str:
    """Give the language of this page: its own, the person's choice, else the browser's best, else English."""
    chosen = g.get(PAGE_LANGUAGE) or session.get(CHOICE)
    if chosen in AUTONYMS:
        return str(chosen)
    # Werkzeug's best_match would pass over “bn-BD” for a later “en”: it looks for whole tags first.
    wished = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((language for language in wished if language in AUTONYMS), "en")


def direction_of(language: str) -> Literal["ltr", "rtl", "auto"]:
    """Tell which way a BCP 47 language is written; `auto` when the language is not known to us."""
    try:
        return "rtl" if Locale.parse(language, sep="-").text_direction == "rtl" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "auto"
