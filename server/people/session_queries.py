"""SQL about sessions. A session is named by the hash of its secret; times are UTC with a Z."""

import sqlite3
from dataclasses import dataclass

from server.people.queries import as_person
from server.people.rules import Person

__all__ = [
    "OpenSession",
    "SessionOf",
    "Since",
    "end_session",
    "end_session_of",
    "end_sessions",
    "forget_sessions",
    "forget_sessions_before",
    "insert_session",
    "open_sessions",
    "session_of",
    "touch_session",
]


@dataclass(frozen=True, kw_only=True)
class Since:
    """Since when a session must have been begun and used to be open still."""

    begun: str
    used: str


@dataclass(frozen=True, kw_only=True)
class SessionOf:
    """Whose session it is, and when it was last seen to be used."""

    person: Person
    last_seen_at: str


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """A session as it is listed; ``browser`` is what the browser calls itself, in two words or none."""

    session_id: str
    session_hash: str
    browser: str
    begun_at: str
    last_seen_at: str


def session_of(connection: sqlite3.Connection, session_hash: str, *, since: Since) -> SessionOf | None:
    """Find whose session it is; None once it or their access has ended, or when it is too old or was not used."""
    row = connection.execute(
        """
        SELECT people.person_id, people.sign_in_name, people.name, people.password_hash, people.role,
               people.everywhere, people.ended_at, sessions.last_seen_at
          FROM sessions
          JOIN people USING (person_id)
         WHERE sessions.session_hash = :session_hash
           AND sessions.ended_at IS NULL
           AND sessions.begun_at >= :begun
           AND sessions.last_seen_at >= :used
           AND people.ended_at IS NULL
        """,
        {"session_hash": session_hash, "begun": since.begun, "used": since.used},
    ).fetchone()
    return None if row is None else SessionOf(person=as_person(row), last_seen_at=row["last_seen_at"])


def insert_session(
    connection: sqlite3.Connection, person: Person, *, session_hash: str, session_id: str, browser: str, at: str
) -> bool:
    """Begin a session; False when the person has another password by now, or their access has ended."""
    inserted = connection.execute(
        """
        INSERT INTO sessions (session_hash, session_id, person_id, browser, begun_at, last_seen_at)
        SELECT :session_hash, :session_id, person_id, :browser, :at, :at
          FROM people
         WHERE person_id = :person_id AND password_hash = :password_hash AND ended_at IS NULL
        """,
        {
            "session_hash": session_hash,
            "session_id": session_id,
            "person_id": person.person_id,
            "password_hash": person.password_hash,
            "browser": browser,
            "at": at,
        },
    )
    return inserted.rowcount == 1


def touch_session(connection: sqlite3.Connection, session_hash: str, *, at: str) -> None:
    """Note that a session is in use."""
    connection.execute(
        "UPDATE sessions SET last_seen_at = :at WHERE session_hash = :session_hash AND last_seen_at < :at",
        {"session_hash": session_hash, "at": at},
    )


def open_sessions(connection: sqlite3.Connection, person_id: str, *, since: Since) -> list[OpenSession]:
    """List the sessions of a person that are open, the one used last first."""
    rows = connection.execute(
        """
        SELECT session_id, session_hash, browser, begun_at, last_seen_at
          FROM sessions
         WHERE person_id = :person_id AND ended_at IS NULL AND begun_at >= :begun AND last_seen_at >= :used
         ORDER BY last_seen_at DESC, begun_at DESC, session_id
        """,
        {"person_id": person_id, "begun": since.begun, "used": since.used},
    )
    return [OpenSession(**dict(row)) for row in rows]


def end_session(connection: sqlite3.Connection, *, person_id: str, session_id: str, at: str) -> bool:
    """End one session of a person; False when they have no such open one."""
    ended = connection.execute(
        """
        UPDATE sessions SET ended_at = :at
         WHERE session_id = :session_id AND person_id = :person_id AND ended_at IS NULL
        """,
        {"session_id": session_id, "person_id": person_id, "at": at},
    )
    return ended.rowcount == 1


def end_session_of(connection: sqlite3.Connection, session_hash: str, *, at: str) -> bool:
    """End the session with this hash; False when it had ended before."""
    ended = connection.execute(
        "UPDATE sessions SET ended_at = :at WHERE session_hash = :session_hash AND ended_at IS NULL",
        {"session_hash": session_hash, "at": at},
    )
    return ended.rowcount == 1


def end_sessions(connection: sqlite3.Connection, *, person_id: str, at: str, but: str = "") -> int:
    """End every session of a person but the one with the hash ``but``; give how many were open."""
    ended = connection.execute(
        """
        UPDATE sessions SET ended_at = :at
         WHERE person_id = :person_id AND ended_at IS NULL AND session_hash <> :but
        """,
        {"person_id": person_id, "at": at, "but": but},
    )
    return ended.rowcount


def forget_sessions_before(connection: sqlite3.Connection, *, before: str) -> None:
    """Remove sessions that have not been used since."""
    connection.execute("DELETE FROM sessions WHERE last_seen_at < :before", {"before": before})


def forget_sessions(connection: sqlite3.Connection) -> None:
    """Remove every session: what a backup says of them may have been taken back since."""
    connection.execute("DELETE FROM sessions")
