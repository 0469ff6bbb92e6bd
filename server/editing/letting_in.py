"""Lets in what was set aside, or rejects it for good: each in one transaction, with its line in the audit.

A revision that is let in keeps its place in the log. A second entry, of the kind ``release``, tells its phone that it
is held now: the phone has read past the first.
"""

import sqlite3
from datetime import datetime
from typing import Final

from server.audit.noting import Actor, note
from server.clock import as_text
from server.editing import release_queries as queries
from server.editing.release_queries import Aside
from server.editing.releasing import Around, Hindrance, hindrance
from server.intake.attachment_queries import lift_bars
from server.intake.queries import append_to_log
from server.people.rights import must_change
from server.people.rules import Person
from server.reviews.projector import project_again
from sync.schemas import read_header

__all__ = ["hindrance_of", "put_back", "reject", "release"]

LOG_KIND: Final = "release"


def hindrance_of(connection: sqlite3.Connection, one: Aside) -> Hindrance | None:
    """Look up why a revision cannot be let in; None where it can."""
    header = read_header(one.header)
    others = queries.others_of_response(connection, one.response_id)
    around = Around(
        logic_sha=queries.forms_logic(connection, form_id=header.form.id, version=header.form.version),
        neighbourhoods=frozenset(place for place, _device in others),
        devices=frozenset(device for _place, device in others),
        is_place_known=queries.is_place_known(connection, header.neighbourhood),
        is_complete=queries.is_complete(connection, one.rev, parts=len(header.parts)),
        is_erased=queries.erased_whole(connection, one.response_id),
    )
    return hindrance(header, device_id=one.device_id, why=one.why, around=around)


def release(
    connection: sqlite3.Connection, response_id: str, rev: str, *, person: Person, now: datetime
) -> Hindrance | None:
    """Let a revision count; gives what hinders it. One that counts already stays as it is."""
    must_change(connection, _actor(person))
    one = queries.aside(connection, response_id, rev, reader=person.person_id)
    if one is None:
        return None
    why = hindrance_of(connection, one)
    if why is not None or not queries.let_in(connection, rev, reader=person.person_id):
        return why
    append_to_log(connection, kind=LOG_KIND, subject=rev, now=as_text(now))
    lift_bars(connection, rev=rev, response_id=response_id)
    project_again(connection, response_id=response_id)
    _note(connection, one, person, action="set-aside-released", now=now)
    return None


def reject(
    connection: sqlite3.Connection, response_id: str, rev: str, *, reason: str, person: Person, now: datetime
) -> None:
    """Keep that a revision stays set aside for good."""
    must_change(connection, _actor(person))
    one = queries.aside(connection, response_id, rev, reader=person.person_id)
    if one is not None and queries.insert_rejection(
        connection, rev, reason=reason, reader=person.person_id, at=as_text(now)
    ):
        _note(connection, one, person, action="set-aside-rejected", now=now)


def put_back(connection: sqlite3.Connection, response_id: str, rev: str, *, person: Person, now: datetime) -> None:
    """Put a revision that was rejected back among those that wait."""
    must_change(connection, _actor(person))
    one = queries.aside(connection, response_id, rev, reader=person.person_id)
    if one is not None and queries.delete_rejection(connection, rev, reader=person.person_id):
        _note(connection, one, person, action="set-aside-put-back", now=now)


def _note(connection: sqlite3.Connection, one: Aside, person: Person, *, action: str, now: datetime) -> None:
    note(
        connection,
        at=as_text(now),
        actor=_actor(person),
        action=action,
        subject=one.response_id,
        neighbourhood_id=one.neighbourhood_id,
    )


def _actor(person: Person) -> Actor:
    return Actor(person_id=person.person_id, name=person.name)
