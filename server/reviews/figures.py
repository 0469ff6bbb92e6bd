"""Counts, dates and times, in the digits of the page's language, as the phone writes them.

Babel knows which digits a language uses but writes 0-9 whatever the language, so they are put in here.
"""

from typing import Final

from flask import Blueprint
from flask_babel import format_date, format_decimal, format_time, get_locale

from server.clock import from_text

__all__ = ["figure", "install_figures", "own_digits"]

ZEROS: Final = {"beng": "\u09e6", "arab": "\u0660", "arabext": "\u06f0", "deva": "\u0966", "guru": "\u0a66"}
"""The zero of each numbering system of CLDR that is not Latin; the other nine digits follow it in Unicode."""


def install_figures(blueprint: Blueprint) -> None:
    """Give the templates the filters that write figures."""
    blueprint.add_app_template_filter(figure)
    blueprint.add_app_template_filter(minute)


def figure(value: int) -> str:
    """Write a count."""
    return own_digits(str(format_decimal(value)))


def minute(text: str) -> str:
    """Say when, by a clock of 24 hours; a time that cannot be read, or is at the edge of the calendar, as it came."""
    try:
        when = from_text(text)
        return own_digits(f"{format_date(when, 'medium')} {format_time(when, 'HH:mm')}")
    except (ValueError, OverflowError):
        return text


def own_digits(text: str) -> str:
    """Put the digits of the page's language in place of 0-9."""
    locale = get_locale()
    zero = ZEROS.get(locale.default_numbering_system) if locale else None
    if zero is None:
        return text
    return text.translate({ord("0") + step: chr(ord(zero) + step) for step in range(10)})
