"""What is wrong with a set-up code, in the reader's words."""

from flask_babel import gettext as _

from server.setup.rules import Standing

__all__ = ["code_words"]


def code_words(standing: Standing) -> str:
    """Say why a code does not let anybody in, and what to do now."""
    match standing:
        case Standing.RUN_OUT:
            return str(_("This code has run out. Stop Fieldwell and start it again: it prints a fresh code."))
        case Standing.USED:
            return str(_("This code was used already. Sign in instead."))
        case _:
            return str(_("This is not the set-up code. Copy it again from where Fieldwell was started."))
