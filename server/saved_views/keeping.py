"""Saves, deletes and begins with views, inside the writer's transaction; who may is asked again there."""

import sqlite3
from dataclasses import dataclass

from server.audit.noting import Actor, note
from server.errors import NotAllowed, NotFound
from server.people.queries import person_by_id
from server.people.rules import Person
from server.saved_views import queries
from server.saved_views.rules import Fault, SavedView, Wish, check, may_delete

__all__ = ["Keeping", "begin_with", "delete", "save"]


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """One change by one person at one moment (ISO 8601 UTC)."""

    actor: Actor
    now: str


def save(
    connection: sqlite3.Connection,
    keeping: Keeping,
    wish: Wish,
    *,
    view_id: str,
    neighbourhood_id: str | None,
    venue_id: str,
) -> Fault | None:
    """Keep a view, or say what hinders it. It is there for those who reach the neighbourhood or venue it names."""
    person = _person(connection, keeping)
    fault = check(wish, person, views=queries.count_own(connection, owner=person.person_id))
    if fault is not None:
        return fault
    there = neighbourhood_id or queries.neighbourhood_of_venue(connection, venue_id, reader=person.person_id)
    view = SavedView(
        view_id=view_id,
        owner_id=person.person_id,
        name=wish.name,
        query=wish.query,
        team=wish.team,
        own=True,
        is_start=False,
    )
    queries.insert_view(connection, view, neighbourhood_id=there, now=keeping.now)
    if view.team:
        _note(connection, keeping, view, "view-shared")
    return None


def delete(connection: sqlite3.Connection, keeping: Keeping, view_id: str) -> None:
    """Delete a view; raise NotFound for one that the person does not see, NotAllowed for one that is not theirs."""
    person = _person(connection, keeping)
    view = _view(connection, view_id, person)
    if not may_delete(view, person):
        raise NotAllowed("not-yours", f"{person.name} did not save the view {view_id}.")
    queries.delete_view(connection, view_id)
    if view.team:
        _note(connection, keeping, view, "view-deleted")


def begin_with(connection: sqlite3.Connection, keeping: Keeping, view_id: str) -> None:
    """Begin the person's list with a view that they see; with '', with all responses again."""
    person = _person(connection, keeping)
    if not view_id:
        queries.begin_with_none(connection, person_id=person.person_id)
        return
    _view(connection, view_id, person)
    queries.begin_with(connection, person_id=person.person_id, view_id=view_id)


def _person(connection: sqlite3.Connection, keeping: Keeping) -> Person:
    person = person_by_id(connection, keeping.actor.person_id or "")
    if person is None or not person.is_active:
        raise NotAllowed("not-signed-in", f"{keeping.actor.name} has no access any more.")
    return person


def _view(connection: sqlite3.Connection, view_id: str, person: Person) -> SavedView:
    view = queries.view_by_id(connection, view_id, reader=person.person_id)
    if view is None:
        raise NotFound("view-unknown", f"No view is kept here under the id {view_id[:40]}.")
    return view


def _note(connection: sqlite3.Connection, keeping: Keeping, view: SavedView, action: str) -> None:
    note(
        connection,
        at=keeping.now,
        actor=keeping.actor,
        action=action,
        subject=view.view_id,
        details={"name": view.name},
    )
