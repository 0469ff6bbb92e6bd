"""What a server tells of its log: a page of changes, and which names it has and lacks."""

import json
import sqlite3
from collections.abc import Sequence, Set
from itertools import chain
from operator import attrgetter
from typing import Final

from server.intake import cursor
from server.intake import feed_queries as queries
from server.intake.attachment_queries import held_attachments
from server.intake.cursor import START, Position
from server.intake.feed_queries import Entry
from server.store.identity import ServerIdentity
from sync.messages import Change, ChangesPage, Have, Json
from sync.schemas import read_header

__all__ = ["LAG_ENTRIES", "changes", "have", "is_news", "note_heard"]

LAG_ENTRIES: Final = 500


def changes(
    connection: sqlite3.Connection, *, since: str, limit: int, device_id: str, identity: ServerIdentity
) -> ChangesPage:
    """Give at most ``limit`` changes after the cursor ``since`` that ``device_id`` may know of, oldest first.

    A cursor that does not fit this log gives ``reset`` and the first page.
    """
    found = _position_in_log(connection, since, identity)
    after = START if found is None else found
    entries = _entries(connection, device_id=device_id, after_seq=after.seq, limit=limit + 1)
    page, more = entries[:limit], len(entries) > limit
    last = page[-1].seq if page else after.seq
    reached = last if more else _without_lag(connection, last)
    return ChangesPage(
        reset=found is None,
        changes=tuple(map(_change, page)),
        cursor=cursor.write(_position(connection, reached), identity),
        more=more,
    )


def have(connection: sqlite3.Connection, asked: Have, *, device_id: str) -> Json:
    """Part the names into those that are here, with seq and state, and those missing, in the order of the question.

    What is not the device's own is told as missing, here or not. An erased attachment counts as here: there is
    nothing left to send.
    """
    revs = queries.held_revs(connection, revs_json=json.dumps(asked.revs), device_id=device_id)
    files = held_attachments(connection, names_json=json.dumps(asked.attachments), device_id=device_id)
    return {
        "missing": _lacking(asked.revs, {entry.subject for entry in revs}),
        "missing_attachments": _lacking(asked.attachments, {sha256 for sha256, _ in files}),
        "held": [{"rev": entry.subject, "seq": entry.seq, "state": entry.state} for entry in revs],
        "held_attachments": [{"sha256": sha256, "seq": seq} for sha256, seq in files],
    }


def is_news(connection: sqlite3.Connection, since: str, *, device_id: str, identity: ServerIdentity) -> bool:
    """Tell whether the cursor lies past an erasure that the device is not yet known to have heard of."""
    position = _position_in_log(connection, since, identity)
    return position is not None and queries.has_unheard_erasure(connection, device_id=device_id, until_seq=position.seq)


def note_heard(connection: sqlite3.Connection, since: str, *, device_id: str, identity: ServerIdentity) -> None:
    """Note how far the device has heard, when that is past an erasure: a device moves its cursor once it has acted."""
    position = _position_in_log(connection, since, identity)
    if position is None or not queries.has_unheard_erasure(connection, device_id=device_id, until_seq=position.seq):
        return
    queries.set_acknowledged(connection, device_id=device_id, seq=position.seq)


def _position(connection: sqlite3.Connection, seq: int) -> Position:
    return Position(seq=seq, entry=queries.entry_at(connection, seq=seq)) if seq else START


def _without_lag(connection: sqlite3.Connection, last: int) -> int:
    """Move a cursor that has read everything to the log's end, once that is far ahead.

    A quiet phone on a busy server would otherwise have the same entries of others looked through at every question.
    """
    newest = queries.newest_seq(connection)
    return last if newest - last < LAG_ENTRIES else newest


def _lacking(asked: Sequence[str], held: Set[str]) -> list[str]:
    return [name for name in asked if name not in held]


def _position_in_log(connection: sqlite3.Connection, since: str, identity: ServerIdentity) -> Position | None:
    position = cursor.read(since, identity)
    if position is None or position == START:
        return position
    fits = position.entry and queries.entry_at(connection, seq=position.seq) == position.entry
    return position if fits else None


def _entries(connection: sqlite3.Connection, *, device_id: str, after_seq: int, limit: int) -> list[Entry]:
    """Merge the kinds of entries by seq; each is asked for alone, so that each is found by its own index."""
    kinds: tuple[Sequence[Entry], ...] = (
        queries.forms_entries(connection, after_seq=after_seq, limit=limit),
        queries.own_revisions(connection, device_id=device_id, after_seq=after_seq, limit=limit),
        queries.own_releases(connection, device_id=device_id, after_seq=after_seq, limit=limit),
        queries.own_attachments(connection, device_id=device_id, after_seq=after_seq, limit=limit),
        queries.own_erasures(connection, device_id=device_id, after_seq=after_seq, limit=limit),
        queries.own_reviews(connection, device_id=device_id, after_seq=after_seq, limit=limit),
    )
    merged: list[Entry] = sorted(chain(*kinds), key=attrgetter("seq"))
    return merged[:limit]


def _change(entry: Entry) -> Change:
    match entry:
        case queries.RevisionEntry():
            return Change(seq=entry.seq, kind="response", id=entry.response_id, rev=entry.subject, state=entry.state)
        case queries.AttachmentEntry():
            return Change(seq=entry.seq, kind="attachment", sha256=entry.subject)
        case queries.ErasureEntry():
            erases = read_header(entry.header).erases
            assert erases is not None, "A revision that stands in the log as an erasure says what it erases."
            return Change(
                seq=entry.seq,
                kind="erased",
                id=entry.response_id,
                parts=erases.parts,
                attachments=erases.attachments,
            )
        case queries.ReviewEntry():
            return Change(
                seq=entry.seq,
                kind="review",
                id=entry.response_id,
                rev=entry.rev,
                state=entry.state,
                reason=entry.reason,
            )
        case queries.FormsEntry():
            return Change(seq=entry.seq, kind="forms")
