"""Reads what a program asks for, or says what it cannot mean. Pure."""

import json
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from server.clock import as_text, from_text
from server.reading_api.routes import LARGEST_PAGE, USUAL_PAGE
from server.reviews.filters import STATES, Arguments, Filters, State

__all__ = ["Asked", "NotUnderstood", "cursor_of", "read_asked"]

VALUE_CHARACTERS: Final = 200
USUAL_STATES: Final[tuple[State, ...]] = ("approved",)


class NotUnderstood(ValueError):
    """A parameter that cannot be read; the text says which, and what it may be."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which page of a list; ``after`` is the key behind which it begins, () for the first page."""

    filters: Filters
    updated_since: str
    after: tuple[str | int, ...]
    limit: int


def read_asked(given: Arguments) -> Asked:
    """Read the query of an address; raises NotUnderstood."""
    states = given.getlist("state") or list(USUAL_STATES)
    strange = [one for one in states if one not in STATES]
    if strange:
        raise NotUnderstood(f"There is no state {strange[0][:40]}. It may be {', '.join(STATES)}.")
    return Asked(
        filters=Filters(
            form=_value(given, "form"),
            neighbourhood=_value(given, "neighbourhood"),
            states=tuple(one for one in STATES if one in states),
        ),
        updated_since=_moment(given.get("updated_since")),
        after=_after(given.get("after")),
        limit=_limit(given.get("limit")),
    )


def cursor_of(key: tuple[str | int, ...]) -> str:
    """Write where the next page begins; it is for this server alone to read."""
    return json.dumps(key, separators=(",", ":"))


def _value(given: Arguments, name: str) -> str:
    value = given.get(name) or ""
    if len(value) > VALUE_CHARACTERS or not value.isprintable():
        raise NotUnderstood(f"The parameter {name} may have {VALUE_CHARACTERS} characters, on one line.")
    return value


def _moment(text: str | None) -> str:
    if text is None:
        return ""
    try:
        return as_text(from_text(text).astimezone(UTC))
    except (ValueError, OverflowError) as error:
        raise NotUnderstood("Give updated_since as a moment such as 2026-11-20T12:00:00Z.") from error


def _limit(text: str | None) -> int:
    if text is None:
        return USUAL_PAGE
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= LARGEST_PAGE):
        raise NotUnderstood(f"The limit must be a whole number from 1 to {LARGEST_PAGE}.")
    return int(text)


def _after(text: str | None) -> tuple[str | int, ...]:
    if text is None:
        return ()
    try:
        key = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("Give after as the page before gave it in next.") from error
    match key:
        case [str(response)] if _is_key(response):
            return (response,)
        case [str(response), int(position)] if _is_key(response) and 0 <= position < 2**31:
            return (response, position)
    raise NotUnderstood("Give after as the page before gave it in next.")


def _is_key(text: str) -> bool:
    """Tell whether a database takes a text as a key: JSON may spell halves of characters."""
    return len(text) <= VALUE_CHARACTERS and text.isprintable()
