"""How states, problems and positions are put into words, in the language of the page."""

from typing import Final

from flask import Blueprint
from flask_babel import gettext as _

from server.reviews.passages import Position

__all__ = ["install_wording"]

LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
"""Coordinates run from left to right in every language: elsewhere a minus sign would move behind its number."""
POP_ISOLATE: Final = "\u2069"


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put things into words."""
    blueprint.add_app_template_filter(state_words)
    blueprint.add_app_template_filter(problem_words)
    blueprint.add_app_template_filter(position_words)


def state_words(state: str) -> str:
    """Say where a response stands."""
    match state:
        case "received":
            return str(_("Received"))
    return state


def position_words(position: Position) -> str:
    """Say where a position is: degrees north and east, and how sure the phone was."""
    point = f"{LEFT_TO_RIGHT_ISOLATE}{position.latitude}, {position.longitude}{POP_ISOLATE}"
    if position.accuracy is None:
        return point
    return str(_("%(point)s, within %(metres)s metres", point=point, metres=position.accuracy))


def problem_words(code: str) -> str:
    """Say what is wrong with an answer."""
    match code:
        case "required":
            return str(_("An answer is needed here."))
        case "constraint":
            return str(_("This answer is not allowed for this question."))
        case "type":
            return str(_("The answer is not of the kind that this question asks for."))
        case "choice":
            return str(_("The answer is not one of the choices."))
        case "unknown-question":
            return str(_("The form does not have this question."))
        case "calculation-differs":
            return str(_("The phone and the server got different results here."))
        case "text-too-long":
            return str(_("The text is longer than an answer may be."))
        case "projection-failed":
            return str(_("The answers could not be read with their form. They are kept as they arrived."))
    return str(_("Problem: %(code)s", code=code))
