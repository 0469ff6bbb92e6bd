"""Answers to try for a question that is typed, the most ordinary first; what the form compares with comes next.

The form itself says on the screen whether an answer will do, so nothing here has to be right the first time.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Final

from server.formlogic.definition import Node
from server.formlogic.trees import Call, Expression, Number, String, inner
from tests.try_forms.matching_text import text_that_fits

__all__ = ["typed_answers"]

MOST: Final = 24
TODAY: Final = datetime.now(tz=UTC).date()
WHOLE_NUMBERS: Final = ("3", "1", "0", "20", "100", "2000", "-1")
DECIMALS: Final = ("2.5", "0.5", "0", "20.5", "100", "-0.5")
DATES: Final = tuple((TODAY + timedelta(days)).isoformat() for days in (0, -1, 1, -30, 30, -400, 400, -9_000))
TIMES: Final = ("10:30", "00:00", "23:30", "18:15")
TEXTS: Final = ("Roman Road", "green", "3", "a@example.org", "07700900123", "A", "https://example.org/", "E3 5ES")
LENGTHS: Final = range(1, 201)  # characters, of texts made to a length that the form names


def typed_answers(node: Node) -> list[str]:
    """Give up to `MOST` answers for a node with an input, by its type and its constraint."""
    asked_for = _made_for(node.type, node.constraint)
    return list(islice(dict.fromkeys((*_before(node), *asked_for, *_ordinary(node.type))), MOST))


def _before(node: Node) -> tuple[str, ...]:
    """An ordinary answer first, unless the form compares with something."""
    return () if node.constraint is not None else _ordinary(node.type)[:1]


def _ordinary(kind: str) -> tuple[str, ...]:
    kinds: Mapping[str, tuple[str, ...]] = {
        "int": WHOLE_NUMBERS,
        "decimal": DECIMALS,
        "date": DATES,
        "time": TIMES,
        "dateTime": tuple(f"{day}T{time}" for day in DATES for time in TIMES[:2]),
    }
    return kinds.get(kind, TEXTS)


def _made_for(kind: str, constraint: Expression | None) -> Iterator[str]:
    if constraint is None:
        return
    parts = list(inner(constraint))
    numbers = [part.text for part in parts if isinstance(part, Number)]
    words = [part.text for part in parts if isinstance(part, String)]
    patterns = [_pattern(part) for part in parts if isinstance(part, Call) and part.name == "regex"]
    makers: Mapping[str, Callable[[], Iterator[str]]] = {
        "int": lambda: _around(numbers, Decimal(1)),
        "decimal": lambda: _around(numbers, Decimal("0.5")),
    }
    yield from (text for pattern in patterns if (text := text_that_fits(pattern)) is not None)
    yield from makers.get(kind, lambda: iter(words))()
    if kind == "string":
        yield from ("a" * size for size in _sizes(numbers))
        yield from ("1" * size for size in _sizes(numbers))


def _pattern(call: Call) -> str:
    texts = [part.text for argument in call.arguments[1:] for part in inner(argument) if isinstance(part, String)]
    return "".join(texts)


def _around(numbers: list[str], step: Decimal) -> Iterator[str]:
    """Each number that the form compares with, and its neighbours."""
    for text in numbers:
        try:
            number = Decimal(text)
        except InvalidOperation:
            continue
        yield from (format(near, "f") for near in (number + step, number, number - step))


def _sizes(numbers: list[str]) -> Iterator[int]:
    for near in _around(numbers, Decimal(1)):
        if near.isdecimal() and int(near) in LENGTHS:
            yield int(near)
