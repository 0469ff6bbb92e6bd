"""Functions on numbers (XPath 1.0 section 4.4; ODK XForms, number functions)."""

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_FLOOR, Decimal

from server.formlogic.arguments import each_number, nodes_of, number_of, takes
from server.formlogic.expressions import Context, Function
from server.formlogic.trees import Expression
from server.formlogic.values import Value, is_blank, to_number

__all__ = ["FUNCTIONS"]

_MOST_PLACES = 400  # past the digits that any number has
Arguments = tuple[Expression, ...]


def _number(context: Context, arguments: Arguments) -> Value:
    return number_of(context, arguments[0]) if arguments else to_number([context.node])


def _sum(context: Context, arguments: Arguments) -> Value:
    """``sum(nodes)``: blank answers count as nothing (ODK); any other text that is no number makes it NaN."""
    total = 0.0  # added one by one: Python's own sum() rounds differently from JavaScript
    for node in nodes_of(context, arguments[0]):
        if not is_blank(node.string_value):
            total += to_number(node.string_value)
    return total


def _extreme(choose: Callable[[list[float]], float]) -> Callable[[Context, Arguments], Value]:
    """``min`` and ``max``: NaN for no numbers at all and where any is no number (XForms 1.1, section 7.7.3)."""

    def apply(context: Context, arguments: Arguments) -> Value:
        numbers = list(each_number(context, arguments))
        return math.nan if not numbers or any(map(math.isnan, numbers)) else choose(numbers)

    return apply


def _round(context: Context, arguments: Arguments) -> Value:
    """``round(number, places?)``: a half goes up (XPath 4.4); places count from the number as it is written."""
    number = number_of(context, arguments[0])
    places = number_of(context, arguments[1]) if len(arguments) == 2 else 0.0
    if not math.isfinite(places):
        return math.nan
    if not math.isfinite(number) or places > _MOST_PLACES:
        return number
    if places < -_MOST_PLACES:
        return 0.0
    step = Decimal(1).scaleb(-math.trunc(places))
    halves_up = (Decimal(repr(number)) / step + Decimal("0.5")).to_integral_value(rounding=ROUND_FLOOR)
    return math.copysign(float(halves_up * step), number)


def _whole(change: Callable[[float], int]) -> Callable[[float], float]:
    """Keep the sign of what becomes nothing: XPath has a negative zero, Python's whole numbers have none."""
    return lambda number: math.copysign(change(number), number) if math.isfinite(number) else number


def _guarded(function: Callable[..., float]) -> Callable[[Context, Arguments], Value]:
    """Let ``function`` answer NaN or infinity where Python raises."""

    def apply(context: Context, arguments: Arguments) -> Value:
        numbers = [number_of(context, argument) for argument in arguments]
        try:
            result = function(*numbers)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return math.nan
        return float(result)

    return apply


def _logarithm(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else function(number)


def _power(base: float, exponent: float) -> float:
    """Follow IEEE 754, as XPath 3.0 does."""
    endless = -math.inf if math.copysign(1, base) < 0 and exponent % 2 == 1 else math.inf
    if base == 0 and exponent < 0:
        return endless
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return endless


FUNCTIONS: Mapping[str, Function] = {
    "number": takes(0, 1, _number),
    "sum": takes(1, 1, _sum),
    "min": takes(1, None, _extreme(min)),
    "max": takes(1, None, _extreme(max)),
    "round": takes(1, 2, _round),
    "floor": takes(1, 1, _guarded(_whole(math.floor))),
    "ceiling": takes(1, 1, _guarded(_whole(math.ceil))),
    "int": takes(1, 1, _guarded(_whole(math.trunc))),
    "abs": takes(1, 1, _guarded(abs)),
    "pow": takes(2, 2, _guarded(_power)),
    "sqrt": takes(1, 1, _guarded(math.sqrt)),
    "exp": takes(1, 1, _guarded(math.exp)),
    "exp10": takes(1, 1, _guarded(lambda number: math.pow(10, number))),
    "log": takes(1, 1, _guarded(_logarithm(math.log))),
    "log10": takes(1, 1, _guarded(_logarithm(math.log10))),
    "sin": takes(1, 1, _guarded(math.sin)),
    "cos": takes(1, 1, _guarded(math.cos)),
    "tan": takes(1, 1, _guarded(math.tan)),
    "asin": takes(1, 1, _guarded(math.asin)),
    "acos": takes(1, 1, _guarded(math.acos)),
    "atan": takes(1, 1, _guarded(math.atan)),
    "atan2": takes(2, 2, _guarded(math.atan2)),
    "pi": takes(0, 0, lambda context, arguments: math.pi),
}
