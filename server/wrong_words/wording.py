"""What is wrong with a report that somebody typed, in words."""

from typing import Literal

from flask_babel import gettext as _

__all__ = ["fault_words"]


def fault_words(fault: Literal["shown", "better", "note"]) -> str:
    """Say how to mend a field."""
    words = {
        "shown": _("Copy or type the words that are wrong, in 500 letters or fewer."),
        "better": _("Say it in 500 letters or fewer."),
        "note": _("Say it in 500 letters or fewer."),
    }
    return str(words[fault])
