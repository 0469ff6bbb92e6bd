"""Reads every version of a response that is kept, so that its history can be told."""

import sqlite3
from dataclasses import dataclass, replace

from server.editing import queries
from server.editing.fields import fields_of
from server.editing.history import Content, Event, Fact, events_of, facts_of, newest_of, told_apart
from server.editing.words import is_apart
from server.people.rules import Person
from server.reviews.parts import join_parts
from server.reviews.queries import Record, record_of_revision

__all__ = ["Traced", "changes_shown", "revs_told_apart", "seen_by_all", "trace"]


@dataclass(frozen=True, kw_only=True)
class Traced:
    """The versions of a response, oldest first, what is kept of each, and every change of a field."""

    facts: list[Fact]
    contents: dict[str, Content]
    events: list[Event]


def trace(connection: sqlite3.Connection, response_id: str, person: Person, *, root: str) -> Traced:
    """Read all versions; one that cannot be read is listed, and tells of no change."""
    facts = facts_of(queries.versions(connection, response_id, reader=person.person_id))
    contents: dict[str, Content] = {}
    for fact in facts:
        record = record_of_revision(connection, fact.rev, reader=person.person_id)
        content = _content(record, root) if record is not None else None
        if content is not None:
            contents[fact.rev] = content
    return Traced(facts=facts, contents=contents, events=events_of(facts, contents))


def seen_by_all(traced: Traced) -> Traced:
    """Leave out what only administrators read: changes of what is kept apart, and why those were made."""
    hidden = told_apart(traced.facts, traced.events)

    def shown(fact: Fact) -> Fact:
        return replace(fact, reason="") if fact.rev in hidden else fact

    events = [replace(one, fact=shown(one.fact)) for one in traced.events if not is_apart(one.key)]
    return replace(traced, facts=[shown(fact) for fact in traced.facts], events=events)


def revs_told_apart(connection: sqlite3.Connection, response_id: str, person: Person) -> frozenset[str]:
    """Name the versions whose reason this person does not read."""
    if person.role == "administrator":
        return frozenset()
    traced = trace(connection, response_id, person, root="")
    return told_apart(traced.facts, traced.events)


def changes_shown(
    connection: sqlite3.Connection, response_id: str, person: Person, *, head: Record
) -> dict[str, Event]:
    """Give the last change of each answer of the shown version, by its path there below the whole response."""
    content = _content(head, "")
    if content is None:
        return {}
    traced = trace(connection, response_id, person, root="")
    newest = newest_of(traced.events)
    return {field.path: newest[key] for key, field in content.fields.items() if key in newest}


def _content(record: Record, root: str) -> Content | None:
    try:
        joined = join_parts((part.name, part.body) for part in record.parts)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return Content(fields=fields_of(joined.answers, root=root), erased=frozenset(joined.erased))
