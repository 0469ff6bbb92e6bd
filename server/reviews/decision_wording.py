"""Decisions in words: what is done, what was done, why not, and reasons that are ready to be given."""

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from server.reviews.commenting import CommentFault
from server.reviews.decision_form import Fault
from server.reviews.decisions import (
    COMMENT_CHARACTERS,
    COMMENTS_PER_RESPONSE,
    DECIDED_AT_ONCE,
    REASON_CHARACTERS,
    Action,
    Hindrance,
)
from server.reviews.figures import figure
from server.reviews.finding_queries import COUNTED
from server.reviews.rows import REDACTED, WITHDRAWN

__all__ = [
    "comment_fault_words",
    "decided_words",
    "fault_words",
    "hindrance_words",
    "install_decision_wording",
    "left_words",
    "news_words",
    "ready_reasons",
    "undone_words",
]


def install_decision_wording(blueprint: Blueprint) -> None:
    """Give the templates the filters that put decisions into words."""
    blueprint.add_app_template_filter(decision_words)
    blueprint.add_app_template_filter(decided_words)
    blueprint.add_app_template_filter(hindrance_words, "why_undecided")
    blueprint.add_app_template_filter(ready_reasons)
    blueprint.add_app_template_filter(undone_words)
    blueprint.add_app_template_filter(version_words)
    blueprint.add_app_template_filter(reason_said)


def decision_words(action: Action) -> str:
    """Say what a button does."""
    match action:
        case "approve":
            return str(_("Approve"))
        case "return":
            return str(_("Return to the worker"))
        case "reject":
            return str(_("Reject"))
    return str(_("Put back to received"))


def decided_words(state: str, count: int) -> str:
    """Say what was done with how many responses."""
    match state:
        case "approved":
            words = ngettext(
                "%(count)s response is approved.", "%(count)s responses are approved.", count, count=figure(count)
            )
        case "returned":
            words = ngettext(
                "%(count)s response is returned.", "%(count)s responses are returned.", count, count=figure(count)
            )
        case "rejected":
            words = ngettext(
                "%(count)s response is rejected.", "%(count)s responses are rejected.", count, count=figure(count)
            )
        case _:
            words = ngettext(
                "%(count)s response is received again.",
                "%(count)s responses are received again.",
                count,
                count=figure(count),
            )
    return str(words)


def undone_words(count: int) -> str:
    """Say of how many responses the decision was taken back."""
    words = ngettext(
        "Undone. %(count)s response is as it was before.",
        "Undone. %(count)s responses are as they were before.",
        count,
        count=figure(count),
    )
    return str(words)


def hindrance_words(why: Hindrance) -> str:
    """Say why nothing was decided about a response."""
    match why:
        case "changed":
            return str(_("It was changed, or somebody else decided, after you opened it. Look at it again."))
        case "gone":
            return str(_("Its answers were deleted meanwhile."))
        case "two-versions":
            return str(_("It has two versions. Make one of them first."))
        case "nobody-to-ask":
            return str(_("A resident sent it, so there is no worker to return it to."))
    return str(_("It is not here, or you may not see it."))


def version_words(kind: str, origin: str) -> str:
    """Say what a revision of a response is."""
    match kind, origin:
        case "create", "import":
            return str(_("It came from a file"))
        case "create", _origin:
            return str(_("It was sent"))
        case "erase", _origin:
            return str(_("Answers were erased"))
        case _kind, "console":
            return str(_("It was changed in the console"))
        case _kind, "import":
            return str(_("It was changed by a file"))
    return str(_("It was corrected on the phone"))


def reason_said(reason: str) -> str:
    """Give the reason of a revision: as the person wrote it, or in words where Fieldwell gave it."""
    words = {WITHDRAWN: _("The person who answered took it back"), REDACTED: _("Words were taken out")}
    return str(words.get(reason, reason))


def fault_words(fault: Fault) -> str:
    """Say what is missing, or too much, and what to do."""
    match fault:
        case "nothing-chosen":
            return str(_("Choose at least one response first."))
        case "too-many":
            return str(_("Choose at most %(most)s responses at once.", most=figure(DECIDED_AT_ONCE)))
        case "no-reason":
            return str(_("Choose a reason, or write one."))
    return str(_("Use at most %(most)s characters for the reason.", most=figure(REASON_CHARACTERS)))


def comment_fault_words(fault: CommentFault) -> str:
    """Say what is wrong with a comment and what to do."""
    match fault:
        case "empty":
            return str(_("Write a comment first."))
        case "too-long":
            return str(_("Use at most %(most)s characters for a comment.", most=figure(COMMENT_CHARACTERS)))
        case "too-many":
            return str(_("This response has %(most)s comments. It takes no more.", most=figure(COMMENTS_PER_RESPONSE)))
    return str(_("It is not here, or you may not see it."))


def left_words(count: int) -> str:
    """Say how many responses wait to be decided."""
    if count > COUNTED:
        return str(_("More than %(count)s wait", count=figure(COUNTED)))
    return str(ngettext("%(count)s waits", "%(count)s wait", count, count=figure(count)))


def news_words(count: int) -> str:
    """Say how many responses came since the list was opened."""
    return str(ngettext("%(count)s new response: show", "%(count)s new responses: show", count, count=figure(count)))


def ready_reasons(action: Action) -> dict[str, str]:
    """Give the reasons that are ready, by the name that a form sends."""
    if action == "return":
        return {
            "missing": _("Some answers are missing. Add them."),
            "place": _("Say more about the place: its name, or where it is."),
            "position": _("The pin is in the wrong place. Move it."),
            "private": _("Take out names and other private things."),
            "photo": _("The photo does not show the place. Take another."),
        }
    return {
        "test": _("This was only a test."),
        "twice": _("We have these answers already."),
        "elsewhere": _("This is not about our neighbourhood."),
        "not-real": _("These are not real answers."),
    }
