"""What a coordinator does with assets: each act is one step with its rows before and after, and its line in the audit.

Contract:
- rows, step and audit line are written in one transaction, or nothing is;
- a step that finds a row other than it was when the page was made changes nothing (`ChangedSince`);
- taking a step back puts exactly those rows back that it changed. It is a step itself, and can be taken back too.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from server.assets import row_queries, step_queries
from server.assets.rules import NO_ASSET, Action, AssetRow, Change, PlaceRow, State, as_json, from_json, turned_round
from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.errors import FieldwellError
from server.people.rights import must_change
from server.people.rules import Person
from server.store.database import Database
from sync.ids import RANDOM_BYTES, uuid7

__all__ = ["REASON_CHARACTERS", "ChangedSince", "Changing", "Observed"]

REASON_CHARACTERS: Final = 1000

Observed = tuple[str, str]
"""An observation: the id of its response, and its own."""


class ChangedSince(FieldwellError):
    """Somebody else has changed what this was about, or it is not there any more. Nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Changing:
    """What one person does with assets; what is out of their reach is as if it were not there."""

    database: Database
    clock: Clock
    random_bytes: Callable[[int], bytes]
    person: Person

    def make(self, row: AssetRow, *, of: Sequence[Observed] = (), reason: str = "") -> str:
        """Keep a new asset, with the observations that it is made of; give the step."""

        def job(connection: sqlite3.Connection) -> str:
            places = (self._placing(connection, one, row.asset_id) for one in of)
            return self._take(connection, "made", [Change(before=None, after=row), *places], reason=reason)

        return self.database.write(job)

    def change(self, before: AssetRow, after: AssetRow, *, action: Action = "changed", reason: str = "") -> str:
        """Keep other facts of an asset, if it is still as it was; give the step."""
        change = Change(before=before, after=after)
        return self.database.write(lambda connection: self._take(connection, action, [change], reason=reason))

    def place(self, observations: Sequence[Observed], *, on: str, reason: str = "") -> str:
        """Put observations on an asset, on none (`NO_ASSET`), or from one to another; give the step."""
        action: Action = "placed" if on != NO_ASSET else "not-an-asset"

        def job(connection: sqlite3.Connection) -> str:
            return self._take(
                connection, action, [self._placing(connection, one, on) for one in observations], reason=reason
            )

        return self.database.write(job)

    def take_off(self, observation: Observed) -> str:
        """Take an observation off its asset, so that it waits for a place again; give the step."""

        def job(connection: sqlite3.Connection) -> str:
            there = self._place(connection, observation)
            if there is None:
                raise ChangedSince
            return self._take(connection, "taken-off", [Change(before=there, after=None)])

        return self.database.write(job)

    def merge(self, asset_id: str, others: Sequence[str], *, reason: str = "") -> str:
        """Merge other assets, and what is merged into those, into one; give the step."""

        def job(connection: sqlite3.Connection) -> str:
            root = self._asset(connection, asset_id)
            found = [self._asset(connection, one) for one in dict.fromkeys(others)]
            family = [row_queries.merged_into(connection, one, reader=self.person.person_id) for one in others]
            moving = {one.asset_id: one for one in (*found, *(child for children in family for child in children))}
            alien = any(one.neighbourhood_id != root.neighbourhood_id for one in moving.values())
            if root.merged_into is not None or asset_id in moving or alien or not moving:
                raise ChangedSince
            changes = [Change(before=one, after=replace(one, merged_into=asset_id)) for one in moving.values()]
            return self._take(connection, "merged", changes, reason=reason, subjects=(asset_id,))

        return self.database.write(job)

    def split(self, asset_id: str, *, reason: str = "") -> str:
        """Take an asset out of the one that it was merged into, with all that stands on it; give the step."""

        def job(connection: sqlite3.Connection) -> str:
            row = self._asset(connection, asset_id)
            if row.merged_into is None:
                raise ChangedSince
            change = Change(before=row, after=replace(row, merged_into=None))
            return self._take(connection, "split", [change], reason=reason, subjects=(row.merged_into,))

        return self.database.write(job)

    def set_state(self, before: AssetRow, *, state: State, since: str, reason: str) -> str:
        """Say that an asset is closed, has moved, or is open again; give the step."""
        actions: dict[State, Action] = {"closed": "closed", "moved": "moved", "open": "reopened"}
        return self.change(before, replace(before, state=state, since=since), action=actions[state], reason=reason)

    def undo(self, step_id: str, *, reason: str = "") -> str:
        """Take a step back exactly; give the step that does. Raises ChangedSince where something came after it."""

        def job(connection: sqlite3.Connection) -> str:
            step = step_queries.step_by_id(connection, step_id, reader=self.person.person_id)
            if step is None or step.undone:
                raise ChangedSince
            changes = turned_round(from_json(step.changes))
            return self._take(connection, "undone", changes, reason=reason, undoes=step_id)

        return self.database.write(job)

    def new_id(self) -> str:
        """Make an id that sorts by time."""
        return str(uuid7(int(self.clock.now().timestamp() * 1000), self.random_bytes(RANDOM_BYTES)))

    def take_step(
        self, connection: sqlite3.Connection, action: Action, changes: Sequence[Change], *, undoes: str | None = None
    ) -> str:
        """Take a step inside a transaction that is open, as an import does."""
        return self._take(connection, action, changes, undoes=undoes)

    def _take(
        self,
        connection: sqlite3.Connection,
        action: Action,
        changes: Sequence[Change],
        *,
        reason: str = "",
        undoes: str | None = None,
        subjects: Sequence[str] = (),
    ) -> str:
        must_change(connection, Actor(person_id=self.person.person_id, name=self.person.name))
        about = sorted({*subjects, *(one for change in changes for one in _assets_of(change))})
        for change in changes:
            if not self._write(connection, change):
                raise ChangedSince
        row_queries.show_again(connection, about)
        place = self._neighbourhood(connection, changes)
        step_id = self.new_id()
        at = as_text(self.clock.now())
        step_queries.insert_step(
            connection,
            step_id=step_id,
            at=at,
            person_id=self.person.person_id,
            neighbourhood_id=place,
            action=action,
            reason=reason[:REASON_CHARACTERS],
            changes=as_json(changes),
            undoes=undoes,
            subjects=about,
        )
        note(
            connection,
            at=at,
            actor=Actor(person_id=self.person.person_id, name=self.person.name),
            action=f"asset-{action}",
            subject=about[0] if about else step_id,
            neighbourhood_id=place,
            details={"assets": len(about)},
        )
        return step_id

    def _write(self, connection: sqlite3.Connection, change: Change) -> bool:
        """Bring one row from what it was to what it shall be; False when it is not as it was."""
        reader = self.person.person_id
        match change.before, change.after:
            case None, AssetRow() as after:
                return row_queries.insert_asset(connection, after, reader=reader)
            case AssetRow() as before, after_asset:
                if row_queries.asset_row(connection, before.asset_id, reader=reader) != before:
                    return False
                if isinstance(after_asset, AssetRow):
                    return row_queries.update_asset(connection, after_asset, reader=reader)
                used = row_queries.is_used(connection, before.asset_id)
                return not used and row_queries.delete_asset(connection, before, reader=reader)
            case before_place, after_place:
                return self._move(connection, before_place, after_place)

    def _move(
        self, connection: sqlite3.Connection, before: AssetRow | PlaceRow | None, after: AssetRow | PlaceRow | None
    ) -> bool:
        reader = self.person.person_id
        row = before or after
        if not isinstance(row, PlaceRow) or self._place(connection, (row.response_id, row.observation_id)) != before:
            return False
        if isinstance(before, PlaceRow) and not row_queries.delete_place(connection, before, reader=reader):
            return False
        return not isinstance(after, PlaceRow) or row_queries.insert_place(connection, after, reader=reader)

    def _placing(self, connection: sqlite3.Connection, observation: Observed, asset_id: str) -> Change:
        response_id, observation_id = observation
        after = PlaceRow(response_id=response_id, observation_id=observation_id, asset_id=asset_id)
        return Change(before=self._place(connection, observation), after=after)

    def _place(self, connection: sqlite3.Connection, observation: Observed) -> PlaceRow | None:
        response_id, observation_id = observation
        return row_queries.place_row(
            connection, response_id=response_id, observation_id=observation_id, reader=self.person.person_id
        )

    def _asset(self, connection: sqlite3.Connection, asset_id: str) -> AssetRow:
        row = row_queries.asset_row(connection, asset_id, reader=self.person.person_id)
        if row is None:
            raise ChangedSince
        return row

    def _neighbourhood(self, connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
        """Name the neighbourhood that a step is about."""
        for change in changes:
            row = change.after or change.before
            if isinstance(row, AssetRow):
                return row.neighbourhood_id
            found = row and row_queries.neighbourhood_of(connection, row.response_id)
            if found:
                return found
        raise ChangedSince


def _assets_of(change: Change) -> set[str]:
    rows = [row for row in (change.before, change.after) if row is not None]
    roots = {row.merged_into for row in rows if isinstance(row, AssetRow) and row.merged_into is not None}
    return {row.asset_id for row in rows if row.asset_id != NO_ASSET} | roots
