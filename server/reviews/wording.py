"""How states, problems and positions are put into words, in the language of the page."""

import math
from typing import Final

from flask import Blueprint
from flask_babel import gettext as _

from server.reviews.figures import figure
from server.reviews.passages import Position
from sync.codes import QuarantineReason

__all__ = ["install_wording"]

LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
"""Coordinates run from left to right in every language: elsewhere a minus sign would move behind its number."""
POP_ISOLATE: Final = "\u2069"
DECIMALS: Final = 5
"""About a metre: no phone knows better."""
HALF_A_TURN: Final = 180
MOST_METRES: Final = 100_000


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put things into words."""
    blueprint.add_app_template_filter(state_words)
    blueprint.add_app_template_filter(problem_words)
    blueprint.add_app_template_filter(set_aside_words)
    blueprint.add_app_template_filter(position_words)


def state_words(state: str) -> str:
    """Say where a response stands."""
    match state:
        case "received":
            return str(_("Received"))
        case "approved":
            return str(_("Approved"))
        case "returned":
            return str(_("Returned"))
        case "rejected":
            return str(_("Rejected"))
        case "withdrawn":
            return str(_("Withdrawn"))
        case "erased":
            return str(_("Erased"))
    return state


def set_aside_words(reason: str) -> str:
    """Say why something was set aside."""
    words = {
        QuarantineReason.UNKNOWN_DEVICE: _("Its phone is not known here."),
        QuarantineReason.REVOKED_DEVICE: _("Its phone was signed off before this came."),
        QuarantineReason.EXPIRED_TOKEN: _("Its phone’s permission had run out, or the phone has a newer one."),
        QuarantineReason.DEVICE_MISMATCH: _("It names a different phone from the one that sent it."),
        QuarantineReason.OUT_OF_SCOPE: _(
            "Its phone may not send this: it is of another neighbourhood or poster, "
            "or of a response that another phone began."
        ),
        QuarantineReason.NOT_A_DEVICES: _("It does something that only the team may do, not a phone."),
        QuarantineReason.UNKNOWN_FORM: _("Its form is not known here."),
        QuarantineReason.CLOSED_FORM: _("Its form was closed before this came."),
        QuarantineReason.OVER_QUOTA: _(
            "Its poster, or its phone at that poster, had brought as many responses as it may."
        ),
    }
    known = {str(one): str(said) for one, said in words.items()}
    return known.get(reason) or str(_("Problem: %(code)s", code=reason))


def position_words(position: Position) -> str:
    """Say where a position is: degrees north and east, and how sure the phone was."""
    point = f"{LEFT_TO_RIGHT_ISOLATE}{degrees(position.latitude)}, {degrees(position.longitude)}{POP_ISOLATE}"
    metres = whole_metres(position.accuracy)
    return str(_("%(point)s, within %(metres)s metres", point=point, metres=figure(metres))) if metres else point


def degrees(text: str) -> str:
    """Write degrees to the metre; what is no number of degrees, as it came."""
    try:
        return f"{float(text):.{DECIMALS}f}" if abs(float(text)) <= HALF_A_TURN else text
    except ValueError:
        return text


def whole_metres(accuracy: str | None) -> int | None:
    """Read an accuracy, rounded up; None for one that says nothing, such as 0 for “not known”."""
    try:
        metres = float(accuracy or "")
    except ValueError:
        return None
    return math.ceil(metres) if 0 < metres <= MOST_METRES else None


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
            return str(_("The phone worked this out differently from the console."))
        case "text-too-long":
            return str(_("The text is longer than an answer may be."))
        case "projection-failed":
            return str(_("The answers could not be read with their form. They are kept as they arrived."))
    return str(_("Problem: %(code)s", code=code))
