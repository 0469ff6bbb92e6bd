"""Dates and times as text, parsed by one strict grammar and reckoned in days since 1970-01-01.

A date is ``2026-11-20``; a date-time adds ``T10:30:00``, an optional fraction (to the millisecond) and an optional
offset (``Z``, ``+06:00``). No offset means UTC. Nothing here reads a clock.
"""

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

__all__ = ["Moment", "days_since_epoch", "moment_from_days", "parse_moment", "parse_time"]

_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_CLOCK = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(Z|[+-][0-9]{2}:[0-9]{2})?"
_MOMENT = re.compile(rf"{_DATE}(?:T{_CLOCK})?")
_TIME = re.compile(_CLOCK)
_GREATEST_OFFSET = timedelta(hours=14)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Moment:
    """A date, or a date with its time as written (``has_time``), and its offset from UTC."""

    at: datetime
    has_time: bool

    @property
    def days(self) -> float:
        """Days since 1970-01-01: whole for a date, with the fraction in UTC for a date-time."""
        if not self.has_time:
            return float(self.at.date().toordinal() - _EPOCH.date().toordinal())
        since = self.at - _EPOCH
        milliseconds = (since.days * _SECONDS_A_DAY + since.seconds) * 1000 + since.microseconds // 1000
        return milliseconds / (_SECONDS_A_DAY * 1000)

    @property
    def date_text(self) -> str:
        """The date as written, such as ``2026-11-20``."""
        return self.at.date().isoformat()

    @property
    def date_time_text(self) -> str:
        """The date-time to the millisecond, for a moment in UTC: ``2026-11-20T10:30:00.000Z``."""
        return f"{self.at.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def parse_moment(text: str) -> Moment | None:
    """Read a date or a date-time; ``None`` for anything else, the 30th of February included."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        at = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            microsecond,
            _zone(offset),
        )
    except ValueError:
        return None
    return Moment(at, has_time=hour is not None)


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "")[:3].ljust(3, "0")) * 1000


def _zone(offset: str | None) -> timezone | None:
    if offset is None or offset == "Z":
        return UTC
    apart = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
    if apart > _GREATEST_OFFSET or int(offset[4:6]) > 59:
        return None
    return timezone(-apart if offset[0] == "-" else apart)


def days_since_epoch(text: str) -> float | None:
    """Give the days since 1970-01-01 of a date or date-time, ``None`` for any other text."""
    moment = parse_moment(text)
    return None if moment is None else moment.days


def moment_from_days(days: float) -> Moment | None:
    """Give the moment, in UTC and to the millisecond, that lies ``days`` after 1970-01-01; years 1 to 9999."""
    try:
        at = _EPOCH + timedelta(milliseconds=math.floor(days * _SECONDS_A_DAY * 1000 + 0.5))
    except (OverflowError, ValueError):
        return None
    return Moment(at, has_time=True)


def parse_time(text: str) -> float | None:
    """Give the part of a day that ``10:30:00.000+01:00`` means, as written; ``None`` for any other text."""
    match = _TIME.fullmatch(text)
    if match is None or _zone(match[5]) is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    if hour > 23 or minute > 59 or second > 59:
        return None
    milliseconds = (hour * 3600 + minute * 60 + second) * 1000 + _microseconds(match[4]) // 1000
    return milliseconds / (_SECONDS_A_DAY * 1000)
