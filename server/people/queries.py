"""SQL about people."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from server.people.rules import Person, Role

__all__ = [
    "ListedPerson",
    "add_person",
    "all_people",
    "count_administrators",
    "end_access",
    "is_administrator",
    "neighbourhoods_of",
    "person_by_id",
    "person_by_sign_in_name",
    "renew_password_hash",
    "restore_access",
    "set_neighbourhoods",
    "set_password_hash",
    "set_role",
]


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """A person as the list shows them; ``neighbourhoods`` are names, none where the reach is everywhere."""

    person_id: str
    sign_in_name: str
    name: str
    role: Role
    everywhere: bool
    ended_at: str | None
    last_seen_at: str | None
    neighbourhoods: tuple[str, ...]


def person_by_id(connection: sqlite3.Connection, person_id: str) -> Person | None:
    """Find a person by their id, even if their access has ended."""
    row = connection.execute(
        """
        SELECT person_id, sign_in_name, name, password_hash, role, everywhere, ended_at
          FROM people
         WHERE person_id = :person_id
        """,
        {"person_id": person_id},
    ).fetchone()
    return None if row is None else as_person(row)


def person_by_sign_in_name(connection: sqlite3.Connection, sign_in_name: str) -> Person | None:
    """Find a person by their normalised sign-in name, even if their access has ended."""
    row = connection.execute(
        """
        SELECT person_id, sign_in_name, name, password_hash, role, everywhere, ended_at
          FROM people
         WHERE sign_in_name = :sign_in_name
        """,
        {"sign_in_name": sign_in_name},
    ).fetchone()
    return None if row is None else as_person(row)


def as_person(row: sqlite3.Row) -> Person:
    """Read a person from a row with these columns."""
    return Person(
        person_id=row["person_id"],
        sign_in_name=row["sign_in_name"],
        name=row["name"],
        password_hash=row["password_hash"],
        role=row["role"],
        everywhere=bool(row["everywhere"]),
        ended_at=row["ended_at"],
    )


def all_people(connection: sqlite3.Connection) -> list[ListedPerson]:
    """List everybody by name, those whose access has ended last."""
    rows = connection.execute(
        """
        SELECT people.person_id, people.sign_in_name, people.name, people.role, people.everywhere, people.ended_at,
               (SELECT MAX(last_seen_at) FROM sessions WHERE sessions.person_id = people.person_id) AS last_seen_at,
               (SELECT json_group_array(name)
                  FROM (SELECT neighbourhoods.name
                          FROM person_neighbourhoods JOIN neighbourhoods USING (neighbourhood_id)
                         WHERE person_neighbourhoods.person_id = people.person_id
                         ORDER BY neighbourhoods.name COLLATE names)) AS neighbourhoods
          FROM people
         ORDER BY people.ended_at IS NOT NULL, people.name COLLATE names, people.person_id
        """
    )
    return [
        ListedPerson(
            **{
                **dict(row),
                "everywhere": bool(row["everywhere"]),
                "neighbourhoods": tuple(json.loads(row["neighbourhoods"])),
            }
        )
        for row in rows
    ]


def add_person(connection: sqlite3.Connection, person: Person, *, created_at: str) -> bool:
    """Keep a new person; False when somebody has the sign-in name already. `created_at` is UTC with a Z."""
    added = connection.execute(
        """
        INSERT INTO people (person_id, sign_in_name, name, password_hash, role, everywhere, created_at)
        VALUES (:person_id, :sign_in_name, :name, :password_hash, :role, :everywhere, :created_at)
        ON CONFLICT (sign_in_name) DO NOTHING
        """,
        {
            "person_id": person.person_id,
            "sign_in_name": person.sign_in_name,
            "name": person.name,
            "password_hash": person.password_hash,
            "role": person.role,
            "everywhere": int(person.everywhere),
            "created_at": created_at,
        },
    )
    return added.rowcount == 1


def set_password_hash(connection: sqlite3.Connection, *, person_id: str, password_hash: str) -> None:
    """Replace a person's password."""
    connection.execute(
        "UPDATE people SET password_hash = :password_hash WHERE person_id = :person_id",
        {"person_id": person_id, "password_hash": password_hash},
    )


def renew_password_hash(connection: sqlite3.Connection, *, person_id: str, password_hash: str, instead_of: str) -> bool:
    """Replace a password hash by another; False when the person has a different one by now, or their access ended."""
    renewed = connection.execute(
        """
        UPDATE people SET password_hash = :password_hash
         WHERE person_id = :person_id AND password_hash = :instead_of AND ended_at IS NULL
        """,
        {"person_id": person_id, "password_hash": password_hash, "instead_of": instead_of},
    )
    return renewed.rowcount == 1


def neighbourhoods_of(connection: sqlite3.Connection, person_id: str) -> tuple[str, ...]:
    """Give the ids of the neighbourhoods that were chosen for a person, in order."""
    rows = connection.execute(
        """
        SELECT neighbourhood_id
          FROM person_neighbourhoods
         WHERE person_id = :person_id
         ORDER BY neighbourhood_id
        """,
        {"person_id": person_id},
    )
    return tuple(row["neighbourhood_id"] for row in rows)


def set_role(connection: sqlite3.Connection, *, person_id: str, role: Role, everywhere: bool) -> None:
    """Give a person another role, and say whether their reach is everywhere."""
    connection.execute(
        "UPDATE people SET role = :role, everywhere = :everywhere WHERE person_id = :person_id",
        {"person_id": person_id, "role": role, "everywhere": int(everywhere)},
    )


def set_neighbourhoods(connection: sqlite3.Connection, *, person_id: str, neighbourhoods: Sequence[str]) -> None:
    """Choose the neighbourhoods of a person anew; ids that are not there are left out."""
    connection.execute("DELETE FROM person_neighbourhoods WHERE person_id = :person_id", {"person_id": person_id})
    connection.execute(
        """
        INSERT INTO person_neighbourhoods (person_id, neighbourhood_id)
        SELECT :person_id, neighbourhood_id
          FROM neighbourhoods
         WHERE neighbourhood_id IN (SELECT value FROM json_each(:neighbourhoods))
         ORDER BY neighbourhood_id
        """,
        {"person_id": person_id, "neighbourhoods": json.dumps(list(neighbourhoods))},
    )


def is_administrator(connection: sqlite3.Connection, person_id: str) -> bool:
    """Tell whether a person administers at this moment."""
    row = connection.execute(
        """
        SELECT EXISTS (
            SELECT 1 FROM people WHERE person_id = :person_id AND role = 'administrator' AND ended_at IS NULL
        ) AS administers
        """,
        {"person_id": person_id},
    ).fetchone()
    return bool(row["administers"])


def count_administrators(connection: sqlite3.Connection) -> int:
    """Count the administrators whose access has not ended."""
    row = connection.execute(
        "SELECT COUNT(*) AS people FROM people WHERE role = 'administrator' AND ended_at IS NULL"
    ).fetchone()
    return int(row["people"])


def end_access(connection: sqlite3.Connection, *, person_id: str, at: str) -> None:
    """Let a person in no more; what they did stays under their name."""
    connection.execute(
        "UPDATE people SET ended_at = :at WHERE person_id = :person_id AND ended_at IS NULL",
        {"person_id": person_id, "at": at},
    )


def restore_access(connection: sqlite3.Connection, *, person_id: str) -> None:
    """Let a person in again, with the role and the reach they had."""
    connection.execute("UPDATE people SET ended_at = NULL WHERE person_id = :person_id", {"person_id": person_id})
