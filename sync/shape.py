"""Reading JSON from outside: each function gives the thing or None and never raises. As ``pwa/src/sync/shape.ts``."""

import json
from collections.abc import Callable, Mapping
from typing import Final, NoReturn, TypeVar

__all__ = ["Fields", "count_of", "fields_of", "list_of", "read_fields", "text_of"]

Fields = Mapping[str, object]
T = TypeVar("T")

_LARGEST_INTEGER: Final = 2**53 - 1  # what every JSON reader still tells from its neighbours
_DIGITS: Final = 20  # more of them are no whole number that anybody counts with


def read_fields(body: str) -> Fields:
    """Return the members of a JSON object; of anything else, none."""
    try:
        return fields_of(json.loads(body, parse_constant=_refuse, parse_int=_read_integer))
    except (ValueError, RecursionError):
        return {}


def text_of(value: object) -> str | None:
    """Return a text as it is, None for anything else."""
    return value if isinstance(value, str) else None


def count_of(value: object) -> int | None:
    """Return a whole number that is not negative; JSON may write it as 1, 1.0 or 1e0."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LARGEST_INTEGER:
        return None
    return int(value) if value == int(value) else None


def fields_of(value: object) -> Fields:
    """Return the members of an object; of anything else, none."""
    return value if isinstance(value, dict) else {}


def list_of(value: object, read: Callable[[object], T | None]) -> tuple[T, ...]:
    """Return the items that ``read`` can read; the others are dropped: one bad item delays no other."""
    items: list[object] = value if isinstance(value, list) else []
    return tuple(found for item in items if (found := read(item)) is not None)


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number that JSON knows.")


def _read_integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS else float(digits)
