"""What the page of a response needs to know about changes: who may make one, what was changed, what can be put back."""

import sqlite3
from dataclasses import dataclass

from server.editing.history import Event
from server.editing.opening import response_in_reach
from server.editing.suspecting import Suspicion, suspected_of
from server.editing.tracing import changes_shown
from server.editing.undoing import undoable
from server.people.rules import Person, may_change
from server.reviews.queries import Record

__all__ = ["Marks", "marks_beside"]


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Marks of change in a response: ``changes`` are the last ones, by path; ``undo`` names what can be put back.

    ``was_changed``: there is a history to look at.
    """

    may_change: bool
    may_erase_all: bool
    was_changed: bool
    changes: dict[str, Event]
    undo: str | None
    doubles: list[Suspicion]

    def change_at(self, path: str) -> Event | None:
        """Give the last change of the answer at a path, such as ``/data/assets[2]/name``."""
        return self.changes.get(f"/{path.split('/', 2)[-1]}")


def marks_beside(
    connection: sqlite3.Connection, response_id: str, record: Record, person: Person, *, edited: str
) -> Marks:
    """Look up what was changed in a response that is shown; ``edited`` names the change that was made just now."""
    response = response_in_reach(connection, response_id, person)
    was_changed = '"parents":[]' not in record.header.replace(" ", "")
    changes = changes_shown(connection, response_id, person, head=record) if was_changed else {}
    found = undoable(connection, response_id, person, rev=edited) if edited and may_change(person) else None
    return Marks(
        may_change=may_change(person),
        may_erase_all=person.role == "administrator",
        was_changed=was_changed,
        changes=changes,
        undo=found.head.rev if found else None,
        doubles=suspected_of(connection, response.response_id, person) if may_change(person) else [],
    )
