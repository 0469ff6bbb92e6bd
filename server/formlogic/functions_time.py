"""Functions on dates and times (ODK XForms, date functions). The clock and the offset come from the surroundings."""

import math
from collections.abc import Callable, Mapping

from server.formlogic.arguments import takes, text_of, value_of
from server.formlogic.expressions import Context, Function
from server.formlogic.times import Moment, moment_from_days, parse_moment, parse_time
from server.formlogic.trees import Expression
from server.formlogic.values import Value, to_number, to_string

__all__ = ["FUNCTIONS"]

Arguments = tuple[Expression, ...]
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


def _now(context: Context, arguments: Arguments) -> Value:
    return context.surroundings.now


def _today(context: Context, arguments: Arguments) -> Value:
    return context.surroundings.now[:10]


def _moment(value: Value) -> Moment | None:
    """A date or date-time as written; or so many days since 1970-01-01, in UTC, to be the same on phone and server."""
    moment = None if isinstance(value, float) else parse_moment(to_string(value))
    return moment or moment_from_days(to_number(value))


def _date(context: Context, arguments: Arguments) -> Value:
    moment = _moment(value_of(context, arguments[0]))
    return "" if moment is None else moment.date_text


def _date_time(context: Context, arguments: Arguments) -> Value:
    """``date-time(value)``: what is written as a date or date-time stays as it is; days become a date-time in UTC."""
    value = value_of(context, arguments[0])
    text = to_string(value)
    if parse_moment(text) is not None:
        return text
    moment = _moment(value)
    return "" if moment is None else moment.date_time_text


def _decimal_date_time(context: Context, arguments: Arguments) -> Value:
    return to_number(value_of(context, arguments[0]))


def _decimal_time(context: Context, arguments: Arguments) -> Value:
    part = parse_time(text_of(context, arguments[0]))
    return math.nan if part is None else part


def _format_date(context: Context, arguments: Arguments) -> Value:
    """``format-date(date, pattern)``, with ``%Y %y %m %n %b %d %e %a %H %h %M %S %3``; blank for what is no date."""
    moment = _moment(value_of(context, arguments[0]))
    return "" if moment is None else _render(moment, text_of(context, arguments[1]))


def _render(moment: Moment, pattern: str) -> str:
    out: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if letter != "%":
            out.append(letter)
            continue
        mark = next(letters, "")
        render = _MARKS.get(mark)
        out.append(render(moment) if render else f"%{mark}")
    return "".join(out)


_MARKS: Mapping[str, Callable[[Moment], str]] = {
    "Y": lambda moment: f"{moment.at.year:04d}",
    "y": lambda moment: f"{moment.at.year % 100:02d}",
    "m": lambda moment: f"{moment.at.month:02d}",
    "n": lambda moment: str(moment.at.month),
    "b": lambda moment: _MONTHS[moment.at.month - 1],
    "d": lambda moment: f"{moment.at.day:02d}",
    "e": lambda moment: str(moment.at.day),
    "H": lambda moment: f"{moment.at.hour:02d}",
    "h": lambda moment: str(moment.at.hour),
    "M": lambda moment: f"{moment.at.minute:02d}",
    "S": lambda moment: f"{moment.at.second:02d}",
    "3": lambda moment: f"{moment.at.microsecond // 1000:03d}",
    "a": lambda moment: _DAYS[moment.at.weekday()],
    "%": lambda moment: "%",
}

FUNCTIONS: Mapping[str, Function] = {
    "now": takes(0, 0, _now),
    "today": takes(0, 0, _today),
    "date": takes(1, 1, _date),
    "date-time": takes(1, 1, _date_time),
    "decimal-date-time": takes(1, 1, _decimal_date_time),
    "decimal-time": takes(1, 1, _decimal_time),
    "format-date": takes(2, 2, _format_date),
    "format-date-time": takes(2, 2, _format_date),
}
