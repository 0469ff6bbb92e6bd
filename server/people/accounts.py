"""Giving somebody a sign-in, or a fresh password for the one they have. Passwords are made here, never chosen."""

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from server.clock import Clock, as_text
from server.people import queries
from server.people.rules import Person, Role, generate_password, hash_password, normalise_sign_in_name
from server.store.database import Database

__all__ = ["SignIn", "add", "add_or_reset"]

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
    added = database.write(lambda connection: queries.add_person(connection, person, created_at=now))
    return SignIn(sign_in_name=person.sign_in_name, password=password) if added else None


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
    return added or reset(database, sign_in_name=normalise_sign_in_name(sign_in_name))


def reset(database: Database, *, sign_in_name: str) -> SignIn:
    """Give somebody a fresh password."""
    password = generate_password(secrets.choice)
    password_hash = hash_password(password)

    def replace(connection: sqlite3.Connection) -> None:
        person = queries.person_by_sign_in_name(connection, sign_in_name)
        assert person is not None, "Whoever resets a password has found the person."
        queries.set_password_hash(connection, person_id=person.person_id, password_hash=password_hash)

    database.write(replace)
    return SignIn(sign_in_name=sign_in_name, password=password)
