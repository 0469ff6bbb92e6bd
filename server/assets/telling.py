"""What was done with an asset, step by step: about which names, and which steps can be taken back as things stand."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from server.assets import step_queries
from server.assets.rules import AssetRow, Change, PlaceRow, from_json
from server.assets.step_queries import Step

__all__ = ["Told", "tell"]

Turned = Literal["", "undone", "redone"]
Row = AssetRow | PlaceRow | None
NAMELESS: Final = frozenset({"made", "imported"})
"""Steps that are about the asset itself, whose name stands above them."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A step; ``turned``: ``action`` was taken back by it, or done once more by taking that back.

    ``names`` are of the assets that were merged or split off, or of the mentions that were moved.
    """

    step: Step
    action: str
    turned: Turned
    names: tuple[str, ...]
    can_be_undone: bool


def tell(connection: sqlite3.Connection, steps: Sequence[Step], *, reader: str) -> list[Told]:
    """Tell of the steps about an asset, which come newest first."""
    changes = [from_json(step.changes) for step in steps]
    names = _names(connection, [change for some in changes for change in some], reader=reader)
    now = _as_things_stand(changes)
    known = {step.step_id: step for step in steps}
    found = []
    for step, some in zip(steps, changes, strict=True):
        action, turned = _origin(connection, step, known, reader=reader)
        named = () if action in NAMELESS else tuple(dict.fromkeys(names[key] for key in _about(some) if key in names))
        undoable = not step.undone and _can_be_undone(some, now)
        found.append(Told(step=step, action=action, turned=turned, names=named, can_be_undone=undoable))
    return found


def _origin(
    connection: sqlite3.Connection, step: Step, known: Mapping[str, Step], *, reader: str
) -> tuple[str, Turned]:
    """Follow a step that took another one back to what was done first."""
    turned: Turned = ""
    while step.undoes is not None:
        undone = known.get(step.undoes) or step_queries.step_by_id(connection, step.undoes, reader=reader)
        if undone is None:
            break
        step, turned = undone, "redone" if turned == "undone" else "undone"
    return step.action, turned


def _names(connection: sqlite3.Connection, changes: Sequence[Change], *, reader: str) -> dict[tuple[str, str], str]:
    """Give the names that changes are about, of assets by id and '', of mentions by the ids of response and own."""
    about = list(dict.fromkeys(_about(changes)))
    assets = [asset_id for asset_id, mention in about if not mention]
    mentions = [key for key in about if key[1]]
    named = step_queries.names_of_assets(connection, assets, reader=reader)
    said = step_queries.labels_of_mentions(connection, mentions, reader=reader)
    return {**{(asset_id, ""): name for asset_id, name in named.items()}, **said}


def _about(changes: Sequence[Change]) -> list[tuple[str, str]]:
    keys = []
    for change in changes:
        before, after = change.before, change.after
        row = after or before
        if isinstance(row, PlaceRow):
            keys.append((row.response_id, row.observation_id))
        elif isinstance(before, AssetRow) and isinstance(after, AssetRow) and before.merged_into != after.merged_into:
            keys.append((after.asset_id, ""))
    return keys


def _as_things_stand(changes: Sequence[Sequence[Change]]) -> dict[tuple[str, str], Row]:
    """Give each row as the newest step left it."""
    now: dict[tuple[str, str], Row] = {}
    for change in (one for some in changes for one in some):
        now.setdefault(_key(change), change.after)
    return now


def _can_be_undone(changes: Sequence[Change], now: Mapping[tuple[str, str], Row]) -> bool:
    """Tell whether all rows are still as a step left them, and nothing stands on an asset that it made."""
    if not changes or any(now[_key(one)] != one.after for one in changes):
        return False
    own = {_key(one) for one in changes}
    made = {one.after.asset_id for one in changes if one.before is None and isinstance(one.after, AssetRow)}
    return not any(_stands_on(row) in made for key, row in now.items() if key not in own)


def _stands_on(row: Row) -> str | None:
    return row.merged_into if isinstance(row, AssetRow) else row.asset_id if row else None


def _key(change: Change) -> tuple[str, str]:
    row = change.after or change.before
    assert row is not None, "A change has a row on one side at least."
    return (row.asset_id, "") if isinstance(row, AssetRow) else (row.response_id, row.observation_id)
