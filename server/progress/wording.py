"""What stands in the tables and drawings of progress, in words."""

from datetime import date
from typing import Final

from flask_babel import format_date
from flask_babel import gettext as _

from server.i18n import page_language
from server.reviews.figures import own_digits

__all__ = ["day_words", "month_words", "outcome_words"]

FIRST_OF_MONTH: Final = "-01"


def day_words(day: str) -> str:
    """Write a day, such as 2026-11-20."""
    return own_digits(format_date(date.fromisoformat(day), "medium"))


def month_words(month: str) -> str:
    """Write a month, such as 2026-11."""
    return own_digits(format_date(date.fromisoformat(month + FIRST_OF_MONTH), "MMMM y"))


def outcome_words(outcome: str) -> tuple[str, str]:
    """Say why nobody was interviewed; an outcome that is not known here shows its own word."""
    words = {
        "nobody_in": _("Nobody answered"),
        "refused": _("They said no"),
        "later": _("They asked us to come later"),
        "language_barrier": _("We had no language in common"),
    }
    return (str(words[outcome]), page_language()) if outcome in words else (outcome, "")
