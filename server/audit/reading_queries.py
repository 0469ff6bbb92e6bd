"""SQL that reads the audit log. Only administrators read it, and each query asks that of `reader` itself."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = [
    "AuditLine",
    "Author",
    "authors",
    "count_lines",
    "names_of_neighbourhoods",
    "page_of_lines",
    "was_noted_since",
]


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """One thing that somebody did. ``about`` is the name of what it was done to, '' when that has none here.

    A response is known by its id and when it came, an asset by its id and the name that it is shown by; None: it is
    about none, or about one that is not here for the reader.
    """

    at: str
    actor_name: str
    action: str
    about: str
    response_id: str | None
    response_came_at: str | None
    asset_id: str | None
    asset_name: str | None
    neighbourhood: str
    details: Mapping[str, str | int | None]


@dataclass(frozen=True, kw_only=True)
class Author:
    """Somebody who is named in the log."""

    person_id: str
    name: str


def was_noted_since(connection: sqlite3.Connection, *, action: str, subject: str, since: str) -> bool:
    """Tell whether there is a line of this kind about something since a moment."""
    row = connection.execute(
        """
        SELECT EXISTS (
            SELECT 1 FROM audit WHERE action = :action AND subject = :subject AND at > :since
        ) AS noted
        """,
        {"action": action, "subject": subject, "since": since},
    ).fetchone()
    return bool(row["noted"])


def count_lines(
    connection: sqlite3.Connection, *, reader: str, person_id: str | None, actions: Sequence[str] | None
) -> int:
    """Count the lines by or about a person, or all, of some actions, or all."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS lines
          FROM audit
         WHERE EXISTS (SELECT 1 FROM people
                        WHERE person_id = :reader AND role = 'administrator' AND ended_at IS NULL)
           AND (:person_id IS NULL OR actor_id = :person_id OR subject = :person_id)
           AND (:actions IS NULL OR action IN (SELECT value FROM json_each(:actions)))
        """,
        _named(reader, person_id, actions),
    ).fetchone()
    return int(row["lines"])


def page_of_lines(
    connection: sqlite3.Connection,
    *,
    reader: str,
    person_id: str | None,
    actions: Sequence[str] | None,
    skip: int,
    limit: int,
) -> list[AuditLine]:
    """List lines, the newest first."""
    rows = connection.execute(
        """
        SELECT audit.at, audit.actor_name, audit.action, audit.details,
               COALESCE(about.name, venues.name, posters.code, NULLIF(devices.name, ''), places.name,
                        (SELECT text_packs.title FROM form_texts JOIN text_packs USING (sha256)
                          WHERE form_texts.form_id = audit.subject
                          ORDER BY form_texts.lang = 'en' DESC, form_texts.rowid DESC LIMIT 1),
                        (SELECT visited.name
                           FROM revisions
                           JOIN posters AS by USING (poster_id)
                           JOIN venues AS visited ON visited.venue_id = by.venue_id
                          WHERE revisions.response_id = audit.subject ORDER BY revisions.seq LIMIT 1),
                        CASE WHEN audit.action LIKE 'form-%' THEN audit.subject END, '') AS about,
               responses.response_id, responses.received_at AS response_came_at,
               assets.asset_id, assets.shown_name AS asset_name,
               COALESCE(neighbourhoods.name, audit.neighbourhood_id, '') AS neighbourhood
          FROM audit
          LEFT JOIN people AS about ON about.person_id = audit.subject
          LEFT JOIN venues ON venues.venue_id = audit.subject
          LEFT JOIN posters ON posters.poster_id = audit.subject
          LEFT JOIN devices ON devices.device_id = audit.subject
          LEFT JOIN neighbourhoods AS places ON places.neighbourhood_id = audit.subject
          LEFT JOIN neighbourhoods ON neighbourhoods.neighbourhood_id = audit.neighbourhood_id
          LEFT JOIN responses ON responses.response_id = audit.subject
                AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                               AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
          LEFT JOIN assets ON assets.asset_id = audit.subject
                AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                               AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
         WHERE EXISTS (SELECT 1 FROM people
                        WHERE person_id = :reader AND role = 'administrator' AND ended_at IS NULL)
           AND (:person_id IS NULL OR audit.actor_id = :person_id OR audit.subject = :person_id)
           AND (:actions IS NULL OR audit.action IN (SELECT value FROM json_each(:actions)))
         ORDER BY audit.seq DESC
         LIMIT :limit OFFSET :skip
        """,
        {**_named(reader, person_id, actions), "skip": skip, "limit": limit},
    )
    return [AuditLine(**{**dict(row), "details": json.loads(row["details"])}) for row in rows]


def names_of_neighbourhoods(connection: sqlite3.Connection, *, reader: str) -> dict[str, str]:
    """Give the name of every neighbourhood by its id."""
    rows = connection.execute(
        """
        SELECT neighbourhood_id, name
          FROM neighbourhoods
         WHERE EXISTS (SELECT 1 FROM people
                        WHERE person_id = :reader AND role = 'administrator' AND ended_at IS NULL)
         ORDER BY neighbourhood_id
        """,
        {"reader": reader},
    )
    return {row["neighbourhood_id"]: row["name"] for row in rows}


def authors(connection: sqlite3.Connection, *, reader: str) -> list[Author]:
    """List everybody who has or had a sign-in, by name."""
    rows = connection.execute(
        """
        SELECT person_id, name
          FROM people
         WHERE EXISTS (SELECT 1 FROM people AS readers
                        WHERE readers.person_id = :reader AND readers.role = 'administrator'
                          AND readers.ended_at IS NULL)
         ORDER BY name COLLATE names, person_id
        """,
        {"reader": reader},
    )
    return [Author(**dict(row)) for row in rows]


def _named(reader: str, person_id: str | None, actions: Sequence[str] | None) -> dict[str, str | int | None]:
    return {
        "reader": reader,
        "person_id": person_id,
        "actions": None if actions is None else json.dumps(list(actions)),
    }
