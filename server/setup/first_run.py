"""Making a set-up code, and the first administrator with it: each in one transaction with what it rests on."""

import sqlite3
from collections.abc import Callable
from typing import Final, Literal

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.people.queries import add_person
from server.people.rules import Person
from server.setup import queries
from server.setup.rules import LIFETIME, SECRET_BYTES, Standing, code_hash, shown_code, standing
from server.store.database import Database

__all__ = ["NAME_TAKEN", "NameTaken", "become_administrator", "fresh_code", "standing_of"]

NameTaken = Literal["name-taken"]
NAME_TAKEN: Final[NameTaken] = "name-taken"


def fresh_code(database: Database, *, clock: Clock, random_bytes: Callable[[int], bytes]) -> str | None:
    """Make a set-up code, and let older ones run out; None when somebody administers already."""
    code = shown_code(random_bytes(SECRET_BYTES))
    secret_hash = code_hash(code)
    assert secret_hash is not None, "A code that is shown can be read."
    now = clock.now()
    times = {"created_at": as_text(now), "expires_at": as_text(now + LIFETIME)}

    def put(connection: sqlite3.Connection) -> bool:
        if queries.somebody_administers(connection):
            return False
        queries.end_links(connection, now=as_text(now))
        queries.put_link(connection, secret_hash=secret_hash, **times)
        return True

    return code if database.write(put) else None


def standing_of(database: Database, secret_hash: str | None, *, clock: Clock) -> Standing:
    """Judge a code by its hash; once somebody administers, every code counts as used."""
    with database.read() as connection:
        return _standing(connection, secret_hash, clock=clock)


def become_administrator(database: Database, person: Person, *, secret_hash: str, clock: Clock) -> Standing | NameTaken:
    """Add the first administrator, and use the link up; GOOD when that was done. Only one of two at once gets it."""
    now = as_text(clock.now())

    def add(connection: sqlite3.Connection) -> Standing | NameTaken:
        found = _standing(connection, secret_hash, clock=clock)
        if found is not Standing.GOOD:
            return found
        if not add_person(connection, person, created_at=now):
            return NAME_TAKEN
        queries.use_link(connection, secret_hash, now=now)
        actor = Actor(person_id=person.person_id, name=person.name)
        note(connection, at=now, actor=actor, action="set-up-begun", subject=person.person_id)
        return found

    return database.write(add)


def _standing(connection: sqlite3.Connection, secret_hash: str | None, *, clock: Clock) -> Standing:
    if queries.somebody_administers(connection):
        return Standing.USED
    link = queries.link_by_hash(connection, secret_hash) if secret_hash else None
    return standing(link, now=clock.now())
