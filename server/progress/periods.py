"""The months and days that a stretch of time is made of, so that few rows of counts hold all of it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

__all__ = ["MOST_DAYS", "Stretch", "covering", "days_of", "month_of", "months_of", "stretch"]

MOST_DAYS: Final = 92
"""A drawing shows so many days one by one; a longer time is shown by month."""
LONGEST: Final = timedelta(days=36_600)
"""A hundred years: what somebody types in an address is cut to this."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days, the first and the last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has; none when the last comes before the first."""
        return max(0, (self.last - self.first).days + 1)


def stretch(since: date | None, until: date | None, *, oldest: date, today: date) -> Stretch:
    """Give the days asked for; from the oldest on and up to today where nothing is asked."""
    last = until or max(today, oldest)
    first = since or min(oldest, last)
    return Stretch(first=max(first, last - LONGEST) if last - date.min > LONGEST else first, last=last)


def covering(wanted: Stretch) -> list[str]:
    """Name the periods that make up a stretch: whole months (2026-11), and days (2026-11-20) at its ends."""
    periods, day = [], wanted.first
    while day <= wanted.last:
        following = _first_of_next_month(day)
        if day.day == 1 and following is not None and following - timedelta(days=1) <= wanted.last:
            periods.append(month_of(day))
            day = following
        else:
            periods.append(day.isoformat())
            if day == date.max:
                break
            day += timedelta(days=1)
    return periods


def days_of(wanted: Stretch) -> list[str]:
    """Name each day of a stretch."""
    return [(wanted.first + timedelta(days=number)).isoformat() for number in range(wanted.days)]


def months_of(wanted: Stretch) -> list[str]:
    """Name each month that a stretch touches."""
    return list(dict.fromkeys(_months(wanted)))


def month_of(day: date) -> str:
    """Name the month of a day."""
    return day.isoformat()[: len("2026-11")]


def _months(wanted: Stretch) -> Iterator[str]:
    day: date | None = wanted.first
    while day is not None and day <= wanted.last:
        yield month_of(day)
        day = _first_of_next_month(day)


def _first_of_next_month(day: date) -> date | None:
    """Give the first day of the month that follows; None behind the end of the calendar."""
    if (day.year, day.month) == (date.max.year, date.max.month):
        return None
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
