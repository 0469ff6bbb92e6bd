"""The four kinds of value of XPath 1.0 and the conversions between them.

Sources: XPath 1.0 sections 3.4 and 4; ODK XForms specification, "data type conversion": a text that is an ISO date
counts as days since 1970-01-01 wherever a number is needed.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from server.formlogic.instance import Element
from server.formlogic.times import days_since_epoch

__all__ = ["NodeSet", "Value", "compare", "is_blank", "to_boolean", "to_number", "to_string", "trim"]

NodeSet = list[Element]
Value = str | float | bool | NodeSet

WHITE_SPACE = " \t\r\n"  # XML's four; never U+FEFF or U+00A0
_DECIMAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def trim(text: str) -> str:
    """Take XML white space from both ends."""
    return text.strip(WHITE_SPACE)


def is_blank(text: str) -> bool:
    """Tell whether an answer is no answer: XForms' empty text."""
    return text == ""


def to_string(value: Value) -> str:
    """Convert as XPath's ``string()`` does; a node-set gives its first node's text, an empty one ``''``."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number_text(value)
    return value[0].string_value if value else ""


def _number_text(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_number(value: Value) -> float:
    """Convert as XPath's ``number()`` does, with ISO dates as days since 1970-01-01; NaN for any other text."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    text = trim(to_string(value))
    if _DECIMAL.fullmatch(text):
        return float(text)
    days = days_since_epoch(text)
    return math.nan if days is None else days


def to_boolean(value: Value) -> bool:
    """Convert as XPath's ``boolean()`` does: ``boolean('false')`` is true, any text but the empty one is."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return not (value == 0 or math.isnan(value))
    return bool(value)


def compare(operator: str, left: Value, right: Value) -> bool:
    """Apply ``= != < <= > >=``: true when it holds for some pair of node values (XPath 3.4).

    So ``a != b`` is not the opposite of ``a = b`` where either is a node-set of more than one node.
    """
    test = _TESTS[operator]
    return any(test(one, other) for one in _atoms(left, beside=right) for other in _atoms(right, beside=left))


def _atoms(value: Value, *, beside: Value) -> Sequence[str | float | bool]:
    if not isinstance(value, list):
        return [value]
    if isinstance(beside, bool):
        return [to_boolean(value)]
    return [node.string_value for node in value]


def _equal(left: str | float | bool, right: str | float | bool) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return left == right


_TESTS: Mapping[str, Callable[[str | float | bool, str | float | bool], bool]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": lambda left, right: to_number(left) < to_number(right),
    "<=": lambda left, right: to_number(left) <= to_number(right),
    ">": lambda left, right: to_number(left) > to_number(right),
    ">=": lambda left, right: to_number(left) >= to_number(right),
}
