"""What people type about an asset, read or found wanting. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from server.assets.rules import NEVER_ON_A_MAP, AssetRow
from server.config import PLACE_WORDS_CHARACTERS
from server.programme.lines import one_line
from server.venues.typed import read_day, read_position, shown_position
from sync.limits import NAME_CHARACTERS

__all__ = [
    "MOST_NAMES",
    "Field",
    "Problem",
    "TypedAsset",
    "problems_of_asset",
    "read_typed",
    "since_of",
    "typed_of",
    "with_typed",
]

Field = Literal["name", "names", "kind", "place_words", "position", "venue", "neighbourhood", "since", "reason"]
Problem = Literal["missing", "too-long", "too-many", "unreadable", "never", "in-the-future"]
MOST_NAMES: Final = 20


@dataclass(frozen=True, kw_only=True)
class TypedAsset:
    """The form about an asset as it was filled in."""

    name: str
    names: tuple[str, ...]
    kind: str
    place_words: str
    position: str
    venue_id: str
    neighbourhood_id: str


def read_typed(form: Mapping[str, str]) -> TypedAsset:
    """Read the form: other names stand one on a line."""
    lines = (one_line(line) for line in re.split(r"[\r\n]+", form.get("names", "")[: MOST_NAMES * 2 * NAME_CHARACTERS]))
    return TypedAsset(
        name=one_line(form.get("name", "")),
        names=tuple(dict.fromkeys(line for line in lines if line)),
        kind=form.get("kind", ""),
        place_words=one_line(form.get("place_words", "")),
        position=form.get("position", "").strip(),
        venue_id=form.get("venue", ""),
        neighbourhood_id=form.get("neighbourhood", ""),
    )


def typed_of(row: AssetRow) -> TypedAsset:
    """Fill the form in with what is kept."""
    return TypedAsset(
        name=row.name,
        names=row.names,
        kind=row.kind,
        place_words=row.place_words,
        position=shown_position(row.latitude, row.longitude),
        venue_id=row.venue_id or "",
        neighbourhood_id=row.neighbourhood_id,
    )


def problems_of_asset(
    typed: TypedAsset,
    *,
    kinds: Collection[str],
    venues: Collection[str],
    neighbourhoods: Collection[str],
    is_named: bool,
) -> dict[Field, Problem]:
    """Find what is wrong, field by field. ``is_named``: people name it, so the desk need not."""
    found = problems_of_names(typed, is_named=is_named)
    if typed.kind and typed.kind not in kinds:
        found["kind"] = "unreadable"
    if len(typed.place_words) > PLACE_WORDS_CHARACTERS:
        found["place_words"] = "too-long"
    if typed.position and typed.kind == NEVER_ON_A_MAP:
        found["position"] = "never"
    elif typed.position and read_position(typed.position) is None:
        found["position"] = "unreadable"
    if typed.venue_id and typed.venue_id not in venues:
        found["venue"] = "unreadable"
    if typed.neighbourhood_id not in neighbourhoods:
        found["neighbourhood"] = "missing"
    return found


def problems_of_names(typed: TypedAsset, *, is_named: bool) -> dict[Field, Problem]:
    """Find what is wrong with the name and the other names."""
    found: dict[Field, Problem] = {}
    if not typed.name and not is_named:
        found["name"] = "missing"
    elif len(typed.name) > NAME_CHARACTERS:
        found["name"] = "too-long"
    if len(typed.names) > MOST_NAMES:
        found["names"] = "too-many"
    elif any(len(name) > NAME_CHARACTERS for name in typed.names):
        found["names"] = "too-long"
    return found


def with_typed(row: AssetRow, typed: TypedAsset) -> AssetRow:
    """Put what was typed, in which nothing is wrong, into a row."""
    latitude, longitude = (read_position(typed.position) if typed.position else None) or (None, None)
    return replace(
        row,
        name=typed.name,
        names=tuple(name for name in typed.names if name != typed.name),
        kind=typed.kind,
        place_words=typed.place_words,
        latitude=latitude,
        longitude=longitude,
        accuracy=row.accuracy if (latitude, longitude) == (row.latitude, row.longitude) else None,
        venue_id=typed.venue_id or None,
    )


def since_of(typed: str, *, today: date) -> str | Problem:
    """Read the day since when an asset is closed or has moved, as 2026-11-20; '' where nobody says."""
    if not typed.strip():
        return ""
    day = read_day(typed)
    if day is None:
        return "unreadable"
    return "in-the-future" if day > today else day.isoformat()
