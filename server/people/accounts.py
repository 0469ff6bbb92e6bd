"""Giving somebody a sign-in, or a fresh password for the one they have.

From the command line passwords are made here and shown once; in the console people choose their own.
"""

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from server.audit.noting import NOBODY, note
from server.clock import Clock, as_text
from server.people import queries, session_queries
from server.people.rules import Person, Role, generate_password, hash_password, normalise_sign_in_name
from server.store.database import Database

__all__ = ["ID_BYTES", "SignIn", "add", "add_or_reset", "put_password"]

ID_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """What a person is told once; only the hash of the password is kept."""

    sign_in_name: str
    password: str


def add(
    database: Database,
    *,
    sign_in_name: str,
    name: str,
    role: Role,
    clock: Clock,
    random_bytes: Callable[[int], bytes],
) -> SignIn | None:
    """Add a person with a generated password; None when somebody has the sign-in name already."""
    password = generate_password(secrets.choice)
    person = Person(
        person_id=random_bytes(ID_BYTES).hex(),
        sign_in_name=normalise_sign_in_name(sign_in_name),
        name=name,
        password_hash=hash_password(password),
        role=role,
    )
    now = as_text(clock.now())
    added = database.write(lambda connection: _add(connection, person, at=now))
    return SignIn(sign_in_name=person.sign_in_name, password=password) if added else None


def _add(connection: sqlite3.Connection, person: Person, *, at: str) -> bool:
    if not queries.add_person(connection, person, created_at=at):
        return False
    details = {"name": person.name, "role": person.role}
    note(connection, at=at, actor=NOBODY, action="person-added", subject=person.person_id, details=details)
    return True


def add_or_reset(
    database: Database,
    *,
    sign_in_name: str,
    name: str,
    role: Role,
    clock: Clock,
    random_bytes: Callable[[int], bytes],
) -> SignIn:
    """Add a person, or give whoever has the sign-in name a fresh password, which ends their sessions."""
    added = add(database, sign_in_name=sign_in_name, name=name, role=role, clock=clock, random_bytes=random_bytes)
    return added or reset(database, sign_in_name=normalise_sign_in_name(sign_in_name), clock=clock)


def reset(database: Database, *, sign_in_name: str, clock: Clock) -> SignIn:
    """Give somebody a fresh password."""
    password = generate_password(secrets.choice)
    password_hash = hash_password(password)
    now = as_text(clock.now())

    def replace(connection: sqlite3.Connection) -> None:
        person = queries.person_by_sign_in_name(connection, sign_in_name)
        assert person is not None, "Whoever resets a password has found the person."
        put_password(connection, person_id=person.person_id, password_hash=password_hash, at=now)
        note(connection, at=now, actor=NOBODY, action="password-changed", subject=person.person_id)

    database.write(replace)
    return SignIn(sign_in_name=sign_in_name, password=password)


def put_password(connection: sqlite3.Connection, *, person_id: str, password_hash: str, at: str) -> int:
    """Replace a password and end the sessions begun with the old one; count them."""
    queries.set_password_hash(connection, person_id=person_id, password_hash=password_hash)
    return session_queries.end_sessions(connection, person_id=person_id, at=at)
