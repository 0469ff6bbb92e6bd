"""Brings a file of assets in: a draft until somebody says “import”, then one step, which can be undone whole."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from server.assets import import_queries, step_queries
from server.assets.changing import ChangedSince, Changing
from server.assets.desk import empty_row
from server.assets.import_queries import Draft
from server.assets.import_rows import ImportRow, Meaning
from server.assets.rules import AssetRow, Change, from_json, turned_round
from server.clock import as_text

__all__ = ["Importing"]

DRAFT_LIFETIME: Final = timedelta(days=1)
"""A file that nobody imported is forgotten after this, when the next one comes."""


@dataclass(frozen=True, kw_only=True)
class Importing:
    """What one person does with files of assets."""

    desk: Changing

    def begin(self, *, neighbourhood_id: str, file_name: str, text: str, columns: Sequence[Meaning]) -> str:
        """Keep a file as a draft; give its id."""
        now = self.desk.clock.now()
        draft = Draft(
            import_id=self.desk.new_id(),
            neighbourhood_id=neighbourhood_id,
            person_id=self.desk.person.person_id,
            file_name=file_name,
            body=text,
            columns=json.dumps(columns),
            begun_at=as_text(now),
            imported_at=None,
            step_id=None,
        )

        def job(connection: sqlite3.Connection) -> None:
            import_queries.forget_old_drafts(connection, before=as_text(now - DRAFT_LIFETIME))
            if not import_queries.put_draft(connection, draft, reader=self.desk.person.person_id):
                raise ChangedSince

        self.desk.database.write(job)
        return draft.import_id

    def set_columns(self, import_id: str, columns: Sequence[Meaning]) -> None:
        """Say what the columns of a draft mean."""
        reader = self.desk.person.person_id
        self.desk.database.write(
            lambda connection: import_queries.put_columns(
                connection, import_id, columns=json.dumps(columns), reader=reader
            )
        )

    def finish(self, draft: Draft, rows: Sequence[ImportRow], *, also: Collection[int]) -> int:
        """Import the rows that can be, and count them; what is here already only if its number is in ``also``."""
        wanted = [row for row in rows if not row.stops and (not row.is_twin or row.number in also)]
        made = [Change(before=None, after=self._asset(draft, row)) for row in wanted]

        def job(connection: sqlite3.Connection) -> int:
            if not made:
                return 0
            step_id = self.desk.take_step(connection, "imported", made)
            now = as_text(self.desk.clock.now())
            reader = self.desk.person.person_id
            if not import_queries.mark_imported(connection, draft.import_id, step_id=step_id, now=now, reader=reader):
                raise ChangedSince
            return len(made)

        return self.desk.database.write(job)

    def undo(self, draft: Draft) -> tuple[int, int]:
        """Take the assets of an import away again, but for those that were used since; count both."""
        reader = self.desk.person.person_id

        def job(connection: sqlite3.Connection) -> tuple[int, int]:
            step = step_queries.step_by_id(connection, draft.step_id or "", reader=reader)
            if step is None or step.undone:
                raise ChangedSince
            used = set(import_queries.used_since(connection, draft.import_id, reader=reader))
            every = turned_round(from_json(step.changes))
            gone = [one for one in every if isinstance(one.before, AssetRow) and one.before.asset_id not in used]
            if not gone:
                raise ChangedSince
            self.desk.take_step(connection, "undone", gone, undoes=step.step_id)
            return len(gone), len(every) - len(gone)

        return self.desk.database.write(job)

    def _asset(self, draft: Draft, row: ImportRow) -> AssetRow:
        empty = empty_row(self.desk.new_id(), draft.neighbourhood_id, import_id=draft.import_id)
        return replace(
            empty,
            name=row.name,
            names=row.names,
            kind=row.kind,
            place_words=row.place_words,
            latitude=row.latitude,
            longitude=row.longitude,
        )
