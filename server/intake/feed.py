"""What a server tells of its log: a page of changes, and which revisions it lacks."""

import json
import sqlite3

from server.intake import cursor, queries
from server.intake.cursor import START, Position
from server.intake.queries import LogEntry
from server.store.identity import ServerIdentity
from sync.messages import Change, ChangesPage, Have

__all__ = ["changes", "missing"]

HELD = "held"


def changes(
    connection: sqlite3.Connection, *, since: str, limit: int, device_id: str, identity: ServerIdentity
) -> ChangesPage:
    """Give at most ``limit`` changes after the cursor ``since`` that ``device_id`` may know of, oldest first.

    A cursor that does not fit this log gives ``reset`` and the first page.
    """
    found = _position_in_log(connection, since, identity)
    after = START if found is None else found
    entries = queries.changes(connection, device_id=device_id, after_seq=after.seq, limit=limit + 1)
    page = entries[:limit]
    last = Position(seq=page[-1].seq, subject=page[-1].subject) if page else after
    return ChangesPage(
        reset=found is None,
        changes=tuple(map(_change, page)),
        cursor=cursor.write(last, identity),
        more=len(entries) > limit,
    )


def missing(connection: sqlite3.Connection, asked: Have) -> list[str]:
    """List the revs that are not here, in the order they were asked for."""
    held = set(queries.held_revs(connection, revs_json=json.dumps(asked.revs)))
    return [rev for rev in asked.revs if rev not in held]


def _position_in_log(connection: sqlite3.Connection, since: str, identity: ServerIdentity) -> Position | None:
    position = cursor.read(since, identity)
    if position is None or position == START:
        return position
    fits = queries.log_subject(connection, seq=position.seq) == position.subject
    return position if fits else None


def _change(entry: LogEntry) -> Change:
    if entry.response_id is None:
        return Change(seq=entry.seq, kind="forms")
    return Change(seq=entry.seq, kind="response", id=entry.response_id, rev=entry.subject, state=HELD)
