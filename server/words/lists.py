"""Writes several names in a row as a language does: “A, B and C”. Pure."""

from collections.abc import Iterable

from babel import Locale
from babel.lists import format_list

__all__ = ["in_a_list"]


def in_a_list(names: Iterable[str], locale: Locale) -> str:
    """Write them in a row, each kept apart from the words beside it, whichever way its script runs."""
    return str(format_list([f"\u2068{name}\u2069" for name in names], locale=locale))
