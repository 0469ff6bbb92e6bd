"""What an asset is, and what a step changes; and how a step is turned round to take it back. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final, Literal

__all__ = [
    "NEVER_ON_A_MAP",
    "NO_ASSET",
    "Action",
    "AssetRow",
    "Change",
    "PlaceRow",
    "State",
    "as_json",
    "from_json",
    "turned_round",
]

State = Literal["open", "closed", "moved"]
Action = Literal[
    "made", "changed", "closed", "moved", "reopened", "placed", "not-an-asset", "taken-off", "merged", "split",
    "imported", "undone",
]  # fmt: skip
NEVER_ON_A_MAP: Final = "people_skills"
"""The kind of people and what they are good at: it never gets a position."""
NO_ASSET: Final = ""
"""Where an observation stands that somebody said is about no asset."""


@dataclass(frozen=True, kw_only=True)
class AssetRow:
    """What the desk said of an asset: no word here comes from a response, so none has to leave with one."""

    asset_id: str
    neighbourhood_id: str
    name: str
    names: tuple[str, ...]
    kind: str
    place_words: str
    latitude: float | None
    longitude: float | None
    accuracy: float | None
    state: State
    since: str
    venue_id: str | None
    merged_into: str | None
    import_id: str | None
    created_at: str


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """Where one observation stands: on an asset, or on `NO_ASSET`."""

    response_id: str
    observation_id: str
    asset_id: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One row before and after; None: it was not there, or is not there any more."""

    before: AssetRow | PlaceRow | None
    after: AssetRow | PlaceRow | None


def turned_round(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give the changes that take these back, last first."""
    return tuple(replace(one, before=one.after, after=one.before) for one in reversed(changes))


def as_json(changes: Sequence[Change]) -> str:
    """Write changes as a step keeps them."""
    return json.dumps([[_row(one.before), _row(one.after)] for one in changes], ensure_ascii=False)


def from_json(text: str) -> tuple[Change, ...]:
    """Read what `as_json` wrote."""
    return tuple(Change(before=_read(before), after=_read(after)) for before, after in json.loads(text))


def _row(row: AssetRow | PlaceRow | None) -> dict[str, object] | None:
    return None if row is None else asdict(row)


def _read(row: Mapping[str, object] | None) -> AssetRow | PlaceRow | None:
    if row is None:
        return None
    if "observation_id" in row:
        return PlaceRow(**row)  # type: ignore[arg-type]  # as `_row` wrote it
    return AssetRow(**{**row, "names": tuple(row["names"])})  # type: ignore[arg-type]  # as `_row` wrote it
