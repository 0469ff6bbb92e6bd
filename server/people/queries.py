"""SQL about people."""

import sqlite3

from server.people.rules import Person

__all__ = ["add_person", "person_by_id", "person_by_sign_in_name", "set_password_hash"]


def person_by_id(connection: sqlite3.Connection, person_id: str) -> Person | None:
    """Find a person by their id."""
    row = connection.execute(
        """
        SELECT person_id, sign_in_name, name, password_hash, role
          FROM people
         WHERE person_id = :person_id
        """,
        {"person_id": person_id},
    ).fetchone()
    return None if row is None else Person(**row)


def person_by_sign_in_name(connection: sqlite3.Connection, sign_in_name: str) -> Person | None:
    """Find a person by their normalised sign-in name."""
    row = connection.execute(
        """
        SELECT person_id, sign_in_name, name, password_hash, role
          FROM people
         WHERE sign_in_name = :sign_in_name
        """,
        {"sign_in_name": sign_in_name},
    ).fetchone()
    return None if row is None else Person(**row)


def add_person(connection: sqlite3.Connection, person: Person, *, created_at: str) -> bool:
    """Keep a new person; False when somebody has the sign-in name already. `created_at` is UTC with a Z."""
    added = connection.execute(
        """
        INSERT INTO people (person_id, sign_in_name, name, password_hash, role, created_at)
        VALUES (:person_id, :sign_in_name, :name, :password_hash, :role, :created_at)
        ON CONFLICT (sign_in_name) DO NOTHING
        """,
        {
            "person_id": person.person_id,
            "sign_in_name": person.sign_in_name,
            "name": person.name,
            "password_hash": person.password_hash,
            "role": person.role,
            "created_at": created_at,
        },
    )
    return added.rowcount == 1


def set_password_hash(connection: sqlite3.Connection, *, person_id: str, password_hash: str) -> None:
    """Replace a person's password; sessions begun with the old one end."""
    connection.execute(
        "UPDATE people SET password_hash = :password_hash WHERE person_id = :person_id",
        {"person_id": person_id, "password_hash": password_hash},
    )
