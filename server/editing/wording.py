"""What happened to answers, in words, for the pages that change them."""

from flask import Blueprint
from flask_babel import format_percent
from flask_babel import gettext as _

from server.editing.duplicates import Sign
from server.editing.elsewhere import Place
from server.editing.history import Telling
from server.editing.releasing import Hindrance
from server.editing.rules import REASON_CHARACTERS, ReasonFault
from server.reviews.figures import figure, own_digits

__all__ = ["hindrance_words", "install_wording", "part_words", "reason_words", "telling_words"]


def install_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put changes into words."""
    blueprint.add_app_template_filter(telling_words)
    blueprint.add_app_template_filter(hindrance_words)
    blueprint.add_app_template_filter(sign_words)
    blueprint.add_app_template_filter(percent)
    blueprint.add_app_template_filter(place_words)


def telling_words(telling: Telling) -> str:
    """Say how a version came about."""
    words: dict[Telling, str] = {
        "sent": _("Sent"),
        "corrected": _("Corrected on the phone"),
        "edited": _("Changed in the console"),
        "undone": _("Change taken back"),
        "merged": _("Two versions put together"),
        "erased": _("Part of it was erased"),
    }
    return words[telling]


def part_words(name: str) -> str:
    """Say what a part of a response holds."""
    words = {
        "main": _("The answers"),
        "equality": _("Equality answers"),
        "contact": _("Contact details"),
    }
    return str(words.get(name) or _("Part %(name)s", name=name))


def reason_words(fault: ReasonFault, *, most: int = REASON_CHARACTERS) -> str:
    """Say what is wrong with a reason."""
    match fault:
        case "reason-missing":
            return str(_("Write why you do this."))
        case "reason-too-long":
            return str(_("Write at most %(most)s characters.", most=figure(most)))
        case "reason-tells":
            return str(_("The reason holds words that are to go. It is kept for ever, so leave them out."))


def place_words(place: Place) -> str:
    """Say where words stand that a redaction does not reach, and what can be done about it."""
    words: dict[Place, str] = {
        "change": _("Somebody wrote these words into the reason of an earlier change. Reasons stay."),
        "comment": _("These words stand in a comment. Whoever wrote it can delete it."),
        "decision": _("These words stand in the reason of a decision. It stays until the whole response is erased."),
        "set-aside": _("These words stand in the reason why a record was set aside for good. It stays."),
        "asset-step": _("These words stand in the reason of a step with an asset. It stays."),
        "view": _("These words stand in a saved view. Delete it on the page of saved views."),
    }
    return words[place]


def hindrance_words(why: Hindrance) -> str:
    """Say why something that was set aside cannot be let in."""
    words: dict[Hindrance, str] = {
        "team-only": _("It does something that only the team may do, so it cannot be let in."),
        "form-unknown": _("Its form is not published here, so it cannot be let in yet. Publish that version first."),
        "elsewhere": _("The rest of this response is in another neighbourhood, so it cannot be let in."),
        "of-another": _("Another phone began this response, so it cannot be let in."),
        "erased": _("This response was erased, so nothing of it can be let in."),
        "incomplete": _("Part of it is erased or has not arrived, so it cannot be let in."),
        "neighbourhood-unknown": _("Its neighbourhood is not known here, so it cannot be let in yet."),
    }
    return words[why]


def sign_words(sign: Sign) -> str:
    """Say by what two responses look like one."""
    words: dict[Sign, str] = {
        "same-answers": _("All answers are the same."),
        "most-answers": _("Most answers are the same."),
        "same-phone": _("They came from the same phone."),
        "same-author": _("They are from the same worker."),
        "minutes-apart": _("They were finished within 15 minutes."),
        "hour-apart": _("They were finished within an hour."),
        "same-assets": _("They name the same assets."),
    }
    return words[sign]


def percent(share: float) -> str:
    """Write a part of a whole, rounded down, so that only all of it is 100 per cent."""
    return own_digits(str(format_percent(int(share * 100) / 100)))
