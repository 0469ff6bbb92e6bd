"""Whether a text is a value of its bind type (ODK XForms, "Data Types"). Types not listed take any text."""

import re
from collections.abc import Callable, Mapping

from server.formlogic.times import parse_moment, parse_time
from server.formlogic.values import trim

__all__ = ["fits_type"]

_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER_RANGE = (-(2**31), 2**31 - 1)  # XML Schema's int has 32 bits


def fits_type(kind: str, text: str) -> bool:
    """Tell whether ``text`` is a value of the type ``kind``."""
    check = _CHECKS.get(kind)
    return check is None or check(text)


def _is_integer(text: str) -> bool:
    least, most = _INTEGER_RANGE
    return bool(_INTEGER.fullmatch(text)) and least <= float(text) <= most


def _is_decimal(text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None


def _is_date(text: str) -> bool:
    moment = parse_moment(text)
    return moment is not None and not moment.has_time


def _is_date_time(text: str) -> bool:
    moment = parse_moment(text)
    return moment is not None and moment.has_time


def _is_point(text: str) -> bool:
    """``latitude longitude altitude accuracy`` in degrees and metres; the last two may be left out."""
    numbers = text.split(" ")
    if not 2 <= len(numbers) <= 4 or not all(map(_is_decimal, numbers)):
        return False
    accuracy = float(numbers[3]) if len(numbers) == 4 else 0.0
    return abs(float(numbers[0])) <= 90 and abs(float(numbers[1])) <= 180 and accuracy >= 0


def _points(text: str) -> list[str]:
    return [point for point in map(trim, text.split(";")) if point]


def _is_trace(text: str, *, fewest: int = 2) -> bool:
    points = _points(text)
    return len(points) >= fewest and all(map(_is_point, points))


def _is_shape(text: str) -> bool:
    """At least three points, the last where the first is."""
    points = _points(text)
    return _is_trace(text, fewest=3) and points[0].split(" ")[:2] == points[-1].split(" ")[:2]


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "int": _is_integer,
    "integer": _is_integer,
    "decimal": _is_decimal,
    "boolean": lambda text: text in ("true", "false", "1", "0"),
    "date": _is_date,
    "dateTime": _is_date_time,
    "time": lambda text: parse_time(text) is not None,
    "geopoint": _is_point,
    "geotrace": _is_trace,
    "geoshape": _is_shape,
}
