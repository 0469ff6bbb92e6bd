"""Functions on text (XPath 1.0 section 4.2; ODK XForms, string functions). Lengths count code points."""

import math
import re
from collections.abc import Mapping

from server.formlogic.arguments import each_text, number_of, takes, text_of, value_of
from server.formlogic.expressions import Context, Function
from server.formlogic.patterns import fits
from server.formlogic.trees import Expression
from server.formlogic.values import WHITE_SPACE, Value, is_blank, to_string

__all__ = ["FUNCTIONS"]

Arguments = tuple[Expression, ...]


def _string(context: Context, arguments: Arguments) -> Value:
    return to_string(value_of(context, arguments[0]) if arguments else [context.node])


def _concat(context: Context, arguments: Arguments) -> Value:
    return "".join(each_text(context, arguments))


def _join(context: Context, arguments: Arguments) -> Value:
    return text_of(context, arguments[0]).join(each_text(context, arguments[1:]))


def _coalesce(context: Context, arguments: Arguments) -> Value:
    for argument in arguments:
        text = text_of(context, argument)
        if not is_blank(text):
            return text
    return ""


def _substr(context: Context, arguments: Arguments) -> Value:
    """``substr(text, start, end?)``: from 0, ``end`` not included, negative numbers count from the end (ODK)."""
    text = text_of(context, arguments[0])
    start, end = (_index(context, arguments, place, length=len(text)) for place in (1, 2))
    return text[0 if start is None else start : len(text) if end is None else end]


def _index(context: Context, arguments: Arguments, place: int, *, length: int) -> int | None:
    if place >= len(arguments):
        return None
    number = number_of(context, arguments[place])
    if number != number:  # NaN
        return 0
    whole = int(max(min(number, length), -length))
    return whole if whole >= 0 else length + whole


def _substring(context: Context, arguments: Arguments) -> Value:
    """``substring(text, start, length?)``: from 1, rounding as XPath 4.2 says; NaN gives nothing."""
    text = text_of(context, arguments[0])
    start = _round(number_of(context, arguments[1]))
    end = start + _round(number_of(context, arguments[2])) if len(arguments) == 3 else float("inf")
    return "".join(letter for place, letter in enumerate(text, start=1) if start <= place < end)


def _round(number: float) -> float:
    """Round a half up (XPath 4.4); adding a half first would round 0.49999999999999994 up too."""
    if not math.isfinite(number):
        return number
    whole = math.floor(number)
    return float(whole + (number - whole >= 0.5))


def _substring_before(context: Context, arguments: Arguments) -> Value:
    text, mark = (text_of(context, argument) for argument in arguments)
    return text.partition(mark)[0] if mark and mark in text else ""


def _substring_after(context: Context, arguments: Arguments) -> Value:
    text, mark = (text_of(context, argument) for argument in arguments)
    return text.partition(mark)[2] if mark else text


def _normalize_space(context: Context, arguments: Arguments) -> Value:
    text = to_string(_string(context, arguments))
    return " ".join(part for part in re.split(f"[{WHITE_SPACE}]+", text) if part)


def _translate(context: Context, arguments: Arguments) -> Value:
    text, old, new = (text_of(context, argument) for argument in arguments)
    table: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), new[place] if place < len(new) else None)
    return text.translate(table)


def _regex(context: Context, arguments: Arguments) -> Value:
    """``regex(text, pattern)``: the whole text fits; a pattern that can't be read fits nothing."""
    text, pattern = (text_of(context, argument) for argument in arguments)
    return fits(pattern, text)


def _contains(context: Context, arguments: Arguments) -> Value:
    text, part = (text_of(context, argument) for argument in arguments)
    return part in text


def _starts_with(context: Context, arguments: Arguments) -> Value:
    text, part = (text_of(context, argument) for argument in arguments)
    return text.startswith(part)


def _ends_with(context: Context, arguments: Arguments) -> Value:
    text, part = (text_of(context, argument) for argument in arguments)
    return text.endswith(part)


def _string_length(context: Context, arguments: Arguments) -> Value:
    return float(len(to_string(_string(context, arguments))))


def _boolean_from_string(context: Context, arguments: Arguments) -> Value:
    """``boolean-from-string(text)``: true for ``true`` and ``1``, false for all else (ODK)."""
    return text_of(context, arguments[0]) in ("true", "1")


FUNCTIONS: Mapping[str, Function] = {
    "string": takes(0, 1, _string),
    "concat": takes(1, None, _concat),
    "join": takes(1, None, _join),
    "coalesce": takes(2, 2, _coalesce),
    "substr": takes(2, 3, _substr),
    "substring": takes(2, 3, _substring),
    "substring-before": takes(2, 2, _substring_before),
    "substring-after": takes(2, 2, _substring_after),
    "string-length": takes(0, 1, _string_length),
    "normalize-space": takes(0, 1, _normalize_space),
    "translate": takes(3, 3, _translate),
    "regex": takes(2, 2, _regex),
    "contains": takes(2, 2, _contains),
    "starts-with": takes(2, 2, _starts_with),
    "ends-with": takes(2, 2, _ends_with),
    "boolean-from-string": takes(1, 1, _boolean_from_string),
}
