"""What people type about venues and posters, read or found wanting. Pure."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from server.clock import as_text
from server.config import (
    PLACE_WORDS_CHARACTERS,
    POSTER_LIFETIME,
    POSTER_LIFETIME_LIMIT,
    POSTER_QUOTA_LIMIT,
    SHOWN_TIME_ZONE,
)
from sync.limits import NAME_CHARACTERS

__all__ = [
    "Field",
    "Problem",
    "Problems",
    "TypedPoster",
    "TypedVenue",
    "default_last_day",
    "end_of",
    "is_position",
    "languages_in_order",
    "last_day_of",
    "problems_of_poster",
    "problems_of_venue",
    "read_day",
    "read_number",
    "read_position",
    "shown_position",
    "today_at",
]

Field = Literal["name", "place_words", "position", "neighbourhood", "form", "languages", "last_day", "quota"]
Problem = Literal[
    "missing", "too-long", "unreadable", "off-the-earth", "not-offered", "in-the-past", "too-late", "out-of-bounds"
]
Problems = dict[Field, Problem]
"""What is wrong, by field, in the order of the page."""

ZONE: Final = ZoneInfo(SHOWN_TIME_ZONE)
POSITION: Final = re.compile(r"([-+]?\d{1,3}(?:\.\d{1,12})?)\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)
SIGNS: Final = str.maketrans({"\u2212": "-", "\u066b": ".", "\u060c": ",", "\u066c": ","})
"""The minus sign, and the decimal and list separators of Arabic."""
MARKS: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks of direction, which come along when a position is copied from a page."""
DECIMALS: Final = 6
"""About ten centimetres."""


@dataclass(frozen=True, kw_only=True)
class TypedVenue:
    """The form about a venue as it was filled in."""

    name: str
    place_words: str
    position: str
    neighbourhood_id: str


@dataclass(frozen=True, kw_only=True)
class TypedPoster:
    """The form for a new poster as it was filled in; `languages` without gaps and repeats."""

    form_id: str
    languages: tuple[str, ...]
    last_day: str
    quota: str


def problems_of_venue(typed: TypedVenue, *, neighbourhoods: Collection[str]) -> Problems:
    """Find what is wrong with a venue, field by field."""
    found: Problems = {}
    if not typed.name:
        found["name"] = "missing"
    elif len(typed.name) > NAME_CHARACTERS:
        found["name"] = "too-long"
    if typed.neighbourhood_id not in neighbourhoods:
        found["neighbourhood"] = "missing"
    if len(typed.place_words) > PLACE_WORDS_CHARACTERS:
        found["place_words"] = "too-long"
    if typed.position and read_position(typed.position) is None:
        shape = POSITION.fullmatch(_plain(typed.position))
        found["position"] = "off-the-earth" if shape else "unreadable"
    return found


def problems_of_poster(typed: TypedPoster, *, languages: Collection[str], today: date) -> Problems:
    """Find what is wrong with a new poster, field by field."""
    found: Problems = {}
    if not typed.languages:
        found["languages"] = "missing"
    elif not set(typed.languages) <= set(languages):
        found["languages"] = "not-offered"
    last_day = read_day(typed.last_day)
    if last_day is None:
        found["last_day"] = "unreadable"
    elif last_day < today:
        found["last_day"] = "in-the-past"
    elif last_day > today + POSTER_LIFETIME_LIMIT:
        found["last_day"] = "too-late"
    quota = read_number(typed.quota)
    if quota is None or not 1 <= quota <= POSTER_QUOTA_LIMIT:
        found["quota"] = "out-of-bounds"
    return found


def read_position(typed: str) -> tuple[float, float] | None:
    """Read ``latitude, longitude`` in degrees, in the digits of any script; None when it is no place on Earth."""
    match = POSITION.fullmatch(_plain(typed))
    if match is None:
        return None
    latitude, longitude = round(float(match[1]), DECIMALS), round(float(match[2]), DECIMALS)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def is_position(typed: str) -> bool:
    """Tell whether somebody typed two numbers of degrees, on Earth or not."""
    return POSITION.fullmatch(_plain(typed)) is not None


def shown_position(latitude: float | None, longitude: float | None) -> str:
    """Write a position as it is typed; '' for none."""
    if latitude is None or longitude is None:
        return ""
    return ", ".join(f"{degrees:.{DECIMALS}f}".rstrip("0").rstrip(".") for degrees in (latitude, longitude))


def read_number(typed: str) -> int | None:
    """Read a whole number of up to nine digits of any script, which may stand in groups of three."""
    digits = re.sub(r"[\s,\u066c]", "", _plain(typed))
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None


def read_day(typed: str) -> date | None:
    """Read a day such as ``2027-05-20``, in the digits of any script."""
    plain = _plain(typed)
    try:
        return date.fromisoformat(plain) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain) else None
    except ValueError:
        return None


def languages_in_order(chosen: Sequence[str]) -> tuple[str, ...]:
    """Drop the gaps, and all but the first of each language."""
    return tuple(dict.fromkeys(language for language in chosen if language))


def today_at(now: datetime) -> date:
    """Give the day on which somebody reads a page, by the clock on their wall."""
    return now.astimezone(ZONE).date()


def default_last_day(today: date) -> date:
    """Give the last day of a poster for which nobody chose another."""
    return today + POSTER_LIFETIME


def end_of(last_day: date) -> str:
    """Give the moment at which a poster ends: the midnight after its last day, as a clock on the wall shows it."""
    midnight = datetime.combine(last_day + timedelta(days=1), time.min, ZONE)
    return as_text(midnight.astimezone(UTC))


def last_day_of(expires_at: str) -> date:
    """Give the last day on which a poster takes people in."""
    end = datetime.fromisoformat(expires_at).astimezone(ZONE)
    return (end - timedelta(microseconds=1)).date()


def _plain(typed: str) -> str:
    digits = (unicodedata.decimal(character, None) for character in typed)
    plain = "".join(character if digit is None else str(digit) for character, digit in zip(typed, digits, strict=True))
    return MARKS.sub("", plain.translate(SIGNS)).strip()
