"""Answers as people type them, in the digits of any script, made into what is stored. Pure.

The twin of digits.ts, decimals.ts and date-texts.ts in pwa/src/ui/questions: both make the same of the same.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

__all__ = ["ascii_decimal", "ascii_number", "date_fields", "date_text", "date_time_text", "shown_time", "time_text"]

MINUS_SIGNS: Final = re.compile("[\u2212\ufe63\uff0d\u2010-\u2013]")
MARKS_OF_DIRECTION: Final = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")
DECIMAL_SIGNS: Final = re.compile("[\u066b\uff0e]")
COMMAS: Final = re.compile("[,\u060c\uff0c]")
THOUSANDS_SIGNS: Final = re.compile("[\u066c'\u2019\\s]")
TIME_TYPED: Final = re.compile("([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}))?")
TIME_STORED: Final = re.compile("([0-9]{2}:[0-9]{2})(?::|$)")
DAY_FIRST: Final = re.compile("([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")


def ascii_number(text: str) -> str:
    """Write digits, minus and point of any script as ASCII; the rest stays as it is. Space around it goes."""
    plain = DECIMAL_SIGNS.sub(".", MINUS_SIGNS.sub("-", MARKS_OF_DIRECTION.sub("", text))).strip()
    return "".join(str(digit) if (digit := unicodedata.decimal(one, None)) is not None else one for one in plain)


def ascii_decimal(text: str) -> str:
    """As ``ascii_number``, for a number with a fraction: a comma before it becomes a point, thousands signs go.

    "1,234" can be either: it is left as typed, so that the form asks rather than guesses.
    """
    plain = COMMAS.sub(",", ascii_number(text))
    bare = THOUSANDS_SIGNS.sub("", plain)
    if not re.fullmatch("-?[0-9.,]*", bare):
        return plain
    commas, points = bare.count(","), bare.count(".")
    if commas and points:
        at = max(bare.rfind(","), bare.rfind("."))
        return f"{re.sub('[.,]', '', bare[:at])}.{bare[at + 1 :]}"
    if commas == 1:
        return plain if re.fullmatch("-?[1-9][0-9]{0,2},[0-9]{3}", bare) else bare.replace(",", ".")
    if commas:
        return bare.replace(",", "")
    return bare.replace(".", "") if points > 1 else bare


def date_text(fields: Sequence[str]) -> str:
    """Write a date from what came: one text, a year, month and year, or day, month and year. Half a date stays half.

    A month alone is stored as its first day, and a year alone as its first, as ODK does.
    """
    parts = [ascii_number(one) for one in fields]
    if len(parts) == 1 and not re.fullmatch("[0-9]{1,4}", parts[0]):
        day_first = DAY_FIRST.fullmatch(parts[0])
        return parts[0] if day_first is None else date_text(day_first.groups())
    if not any(parts):
        return ""
    day, month, year = (["01", "01"][: 3 - len(parts)] + [re.sub("[-T]", "", one) for one in parts])[-3:]
    return f"{year}-{month and month.zfill(2)}-{day and day.zfill(2)}"


def date_fields(stored: str) -> tuple[str, str, str]:
    """Give day, month and year of a date, or of half a one."""
    year, month, day = (*stored.split("-"), "", "", "")[:3]
    return day, month, year


def time_text(typed: str, offset: Callable[[str], str]) -> str:
    """Write `09:30:00.000+01:00` for `9:30`; what is no time is kept as typed. ``offset`` is told `09:30`."""
    plain = ascii_number(typed)
    found = TIME_TYPED.fullmatch(plain)
    if found is None:
        return plain
    hour, minute, second = found[1].zfill(2), found[2], found[3] or "00"
    return f"{hour}:{minute}:{second}.000{offset(f'{hour}:{minute}')}"


def shown_time(stored: str) -> str:
    """Give `HH:MM` of what is stored, for a field; what is no time stays as it is."""
    found = TIME_STORED.match(stored)
    return found[1] if found else stored


def date_time_text(date: str, time: str) -> str:
    """Join a date and a time, either of which may be blank."""
    return f"{date}T{time}" if date or time else ""
