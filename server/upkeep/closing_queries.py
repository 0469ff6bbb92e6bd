"""SQL about what people have ended: read from the data that a restore replaces, written into what takes their place.

The rows are small and few. What is told apart by its id is the same thing in both.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "Ended",
    "SignIn",
    "end_devices",
    "end_every_enrolment",
    "end_people",
    "end_posters",
    "end_venues",
    "ended_devices",
    "ended_people",
    "ended_posters",
    "ended_venues",
    "open_posters",
    "sign_ins",
    "workers_phones",
]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """Something that was ended, by its id, and when (UTC with a Z)."""

    subject: str
    at: str


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """How somebody gets in and how far; ``reach`` is their neighbourhoods in order, '*' for everywhere."""

    person_id: str
    sign_in_name: str
    password_hash: str
    role: str
    reach: str


def ended_people(connection: sqlite3.Connection) -> list[Ended]:
    """List the people whose access has ended."""
    rows = connection.execute(
        "SELECT person_id AS subject, ended_at AS at FROM people WHERE ended_at IS NOT NULL ORDER BY person_id"
    )
    return [Ended(**row) for row in rows]


def ended_devices(connection: sqlite3.Connection) -> list[Ended]:
    """List the devices that were signed off."""
    rows = connection.execute(
        "SELECT device_id AS subject, revoked_at AS at FROM devices WHERE revoked_at IS NOT NULL ORDER BY device_id"
    )
    return [Ended(**row) for row in rows]


def ended_posters(connection: sqlite3.Connection) -> list[Ended]:
    """List the posters that were closed, or replaced: from the moment that the successor was made."""
    rows = connection.execute(
        """
        SELECT posters.poster_id AS subject, COALESCE(posters.closed_at, successors.created_at) AS at
          FROM posters LEFT JOIN posters AS successors ON successors.poster_id = posters.replaced_by
         WHERE posters.closed_at IS NOT NULL OR posters.replaced_by IS NOT NULL
         ORDER BY posters.poster_id
        """
    )
    return [Ended(**row) for row in rows]


def ended_venues(connection: sqlite3.Connection) -> list[Ended]:
    """List the venues that were closed."""
    rows = connection.execute(
        "SELECT venue_id AS subject, closed_at AS at FROM venues WHERE closed_at IS NOT NULL ORDER BY venue_id"
    )
    return [Ended(**row) for row in rows]


def sign_ins(connection: sqlite3.Connection) -> list[SignIn]:
    """List how everybody who has access gets in, by name."""
    rows = connection.execute(
        """
        SELECT person_id, sign_in_name, password_hash, role,
               CASE WHEN everywhere = 1 THEN '*'
                    ELSE (SELECT COALESCE(GROUP_CONCAT(neighbourhood_id, ' '), '')
                            FROM (SELECT neighbourhood_id FROM person_neighbourhoods
                                   WHERE person_neighbourhoods.person_id = people.person_id ORDER BY neighbourhood_id))
               END AS reach
          FROM people WHERE ended_at IS NULL ORDER BY sign_in_name, person_id
        """
    )
    return [SignIn(**row) for row in rows]


def workers_phones(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the names of the workers' phones that are in use, by their ids."""
    rows = connection.execute(
        "SELECT device_id, name FROM devices WHERE role = 'worker' AND revoked_at IS NULL ORDER BY name, device_id"
    )
    return {row["device_id"]: row["name"] for row in rows}


def open_posters(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the codes of the posters that were neither closed nor replaced, by their ids."""
    rows = connection.execute(
        "SELECT poster_id, code FROM posters WHERE closed_at IS NULL AND replaced_by IS NULL ORDER BY code"
    )
    return {row["poster_id"]: row["code"] for row in rows}


def end_people(connection: sqlite3.Connection, ended: Iterable[Ended]) -> int:
    """End the access of people who have it; give how many those were."""
    done = connection.executemany(
        "UPDATE people SET ended_at = :at WHERE person_id = :subject AND ended_at IS NULL", map(vars, ended)
    )
    return done.rowcount


def end_devices(connection: sqlite3.Connection, ended: Iterable[Ended]) -> int:
    """Sign devices off that are in use; give how many those were."""
    done = connection.executemany(
        "UPDATE devices SET revoked_at = :at WHERE device_id = :subject AND revoked_at IS NULL", map(vars, ended)
    )
    return done.rowcount


def end_posters(connection: sqlite3.Connection, ended: Iterable[Ended]) -> int:
    """Close posters that are open; a successor that is not here cannot be named. Give how many those were."""
    done = connection.executemany(
        """
        UPDATE posters SET closed_at = :at
         WHERE poster_id = :subject AND closed_at IS NULL AND replaced_by IS NULL
        """,
        map(vars, ended),
    )
    return done.rowcount


def end_venues(connection: sqlite3.Connection, ended: Iterable[Ended]) -> int:
    """Close venues that are open; give how many those were."""
    done = connection.executemany(
        "UPDATE venues SET closed_at = :at WHERE venue_id = :subject AND closed_at IS NULL", map(vars, ended)
    )
    return done.rowcount


def end_every_enrolment(connection: sqlite3.Connection, *, at: str) -> None:
    """Let no link for a phone work any more: one that was used since the backup would work twice."""
    connection.execute("UPDATE enrolments SET expires_at = :at WHERE used_at IS NULL AND expires_at > :at", {"at": at})
