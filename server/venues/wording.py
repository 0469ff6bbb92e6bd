"""What posters say, in the languages of their readers; and what the console says about venues and posters."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask import Blueprint
from flask_babel import format_date
from flask_babel import gettext as _

from server.config import PLACE_WORDS_CHARACTERS, POSTER_QUOTA_LIMIT
from server.i18n import autonyms, direction_of, speaking, spoken
from server.programme.queries import Programme
from server.reviews.figures import figure, own_digits
from server.venues.rules import ShownStanding
from server.venues.typed import Field, Problem
from sync.limits import NAME_CHARACTERS

__all__ = ["PosterWords", "install_poster_wording", "poster_words", "problem_sentence"]

ISOLATE = "\u2068"
"""Names and addresses run their own way inside a sentence of another script."""
POP_ISOLATE = "\u2069"


@dataclass(frozen=True, kw_only=True)
class PosterWords:
    """Every sentence of a poster in one language; `draft` while no person has checked them."""

    language: str
    direction: Literal["ltr", "rtl", "auto"]
    draft: bool
    heading: str
    lead: str
    scan: str
    or_type: str
    purpose: str
    never: str
    no_app: str
    time: str
    questions: str
    draft_line: str


def poster_words(language: str, programme: Programme | None) -> PosterWords | None:
    """Give a poster's sentences in a language; None when they do not exist in it."""
    if language not in autonyms():
        return None
    with speaking(language):
        return PosterWords(
            language=language,
            direction=direction_of(language),
            draft=spoken(language).state == "draft",
            heading=_("Tell us about this place"),
            lead=_("What helps people feel well here? What gets in the way?"),
            scan=_("Point your phone’s camera at the square."),
            or_type=_("Or go to this address and type the code:"),
            purpose=_purpose(programme),
            never=_("We never ask for your name, your address or your phone number."),
            no_app=_("You need no account and no app. It uses less data than one photo."),
            time=_("It takes a few minutes. You can stop at any time."),
            questions=_("Questions?"),
            draft_line=_("A computer made this translation. No person has checked it yet."),
        )


def _purpose(programme: Programme | None) -> str:
    if programme is None:
        return str(_("Your answers help to see what this area needs."))
    return str(_("Your answers help %(programme)s to see what this area needs.", programme=_isolated(programme.name)))


def _isolated(text: str) -> str:
    return f"{ISOLATE}{text}{POP_ISOLATE}"


def install_poster_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put venues and posters into words."""
    blueprint.add_app_template_filter(standing_words)
    blueprint.add_app_template_filter(day_words)


def day_words(day: date) -> str:
    """Say which day, in the digits of the page's language."""
    return own_digits(str(format_date(day, "long")))


def standing_words(standing: ShownStanding) -> str:
    """Say whether people can answer at a poster."""
    match standing:
        case "open":
            return str(_("Open to answers"))
        case "expired":
            return str(_("Expired"))
        case "closed":
            return str(_("Closed"))
        case "replaced":
            return str(_("Replaced"))
        case "full":
            return str(_("Full"))
        case "form-not-offered":
            return str(_("Form not on offer"))


def problem_sentence(field: Field, problem: Problem) -> str:
    """Say what is wrong with a field, and how to put it right."""
    match field:
        case "name" | "place_words" | "neighbourhood":
            return _sentence_about_words(field, problem)
        case "position" if problem == "off-the-earth":
            return str(_("Latitude goes from -90 to 90 and longitude from -180 to 180. Latitude comes first."))
        case "position":
            return str(_("Write the position as two numbers with a comma between them, such as 51.531, -0.036."))
        case "form":
            return str(_("Choose a form that a poster can carry."))
        case "languages":
            return _sentence_about_languages(problem)
        case "last_day":
            return _sentence_about_last_day(problem)
        case "quota":
            return str(_("Write a number from 1 to %(most)s.", most=figure(POSTER_QUOTA_LIMIT)))


def _sentence_about_words(field: Literal["name", "place_words", "neighbourhood"], problem: Problem) -> str:
    match field:
        case "name" if problem == "too-long":
            return str(_("Use %(most)s letters or fewer for the name.", most=figure(NAME_CHARACTERS)))
        case "name":
            return str(_("Give the venue a name."))
        case "place_words":
            return str(_("Use %(most)s letters or fewer to say how to find it.", most=figure(PLACE_WORDS_CHARACTERS)))
        case "neighbourhood":
            return str(_("Choose a neighbourhood."))


def _sentence_about_languages(problem: Problem) -> str:
    if problem == "not-offered":
        return str(_("Choose only languages that the form and the neighbourhood share."))
    return str(_("Choose at least one language."))


def _sentence_about_last_day(problem: Problem) -> str:
    match problem:
        case "in-the-past":
            return str(_("Choose today or a later day."))
        case "too-late":
            return str(_("Choose a day within the next two years."))
    return str(_("Write the day as year, month and day, such as 2027-05-20."))
