"""What hinders keeping a view, in words."""

from flask_babel import gettext as _

from server.reviews.figures import figure
from server.saved_views.rules import NAME_CHARACTERS, VIEWS_PER_PERSON, Fault

__all__ = ["fault_words"]


def fault_words(fault: Fault) -> str:
    """Say what to do about it."""
    match fault:
        case "no-name":
            return str(_("Give the view a name."))
        case "too-long":
            return str(_("Use %(num)s letters or fewer.", num=figure(NAME_CHARACTERS)))
        case "too-many":
            return str(_("You have %(num)s views. Delete one first.", num=figure(VIEWS_PER_PERSON)))
        case "not-yours-to-share":
            return str(_("You can keep views for yourself. Ask a coordinator to share one."))
