"""SQL about posters as the console shows and changes them, within what a reader may see."""

import json
import sqlite3
from dataclasses import dataclass

from server.venues.queries import as_poster
from server.venues.rules import Poster

__all__ = [
    "Counts",
    "add_poster",
    "change_poster",
    "close_poster",
    "code_is_taken",
    "counts_of_posters",
    "poster_within",
    "posters_of_venue",
    "reopen_poster",
    "replace_poster",
]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What came by a poster: how often its page was opened, how many answered, and when the last did."""

    visits: int
    responses: int
    last_response_at: str | None


def poster_within(connection: sqlite3.Connection, poster_id: str, *, reader: str) -> Poster | None:
    """Find a poster that the reader may see."""
    row = connection.execute(
        """
        SELECT posters.poster_id, posters.venue_id, venues.name AS venue_name, venues.neighbourhood_id,
               neighbourhoods.name AS neighbourhood_name, posters.code, posters.form_id, posters.languages,
               posters.quota, posters.device_id, posters.created_at, posters.expires_at,
               COALESCE(posters.closed_at, venues.closed_at) AS closed_at, successors.code AS replaced_by
          FROM posters
          JOIN venues USING (venue_id)
          JOIN neighbourhoods USING (neighbourhood_id)
          LEFT JOIN posters AS successors ON successors.poster_id = posters.replaced_by
         WHERE posters.poster_id = :poster_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {"poster_id": poster_id, "reader": reader},
    ).fetchone()
    return None if row is None else as_poster(row)


def posters_of_venue(connection: sqlite3.Connection, venue_id: str, *, reader: str) -> list[Poster]:
    """List the posters of a venue, the newest first."""
    rows = connection.execute(
        """
        SELECT posters.poster_id, posters.venue_id, venues.name AS venue_name, venues.neighbourhood_id,
               neighbourhoods.name AS neighbourhood_name, posters.code, posters.form_id, posters.languages,
               posters.quota, posters.device_id, posters.created_at, posters.expires_at,
               COALESCE(posters.closed_at, venues.closed_at) AS closed_at, successors.code AS replaced_by
          FROM posters
          JOIN venues USING (venue_id)
          JOIN neighbourhoods USING (neighbourhood_id)
          LEFT JOIN posters AS successors ON successors.poster_id = posters.replaced_by
         WHERE posters.venue_id = :venue_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         ORDER BY posters.created_at DESC, posters.poster_id DESC
        """,
        {"venue_id": venue_id, "reader": reader},
    )
    return [as_poster(row) for row in rows]


def counts_of_posters(connection: sqlite3.Connection, venue_id: str, *, reader: str) -> dict[str, Counts]:
    """Count what came by each poster of a venue; what was set aside does not count."""
    rows = connection.execute(
        """
        SELECT posters.poster_id,
               (SELECT COALESCE(SUM(visits), 0) FROM poster_visits
                 WHERE poster_visits.poster_id = posters.poster_id) AS visits,
               COUNT(DISTINCT revisions.response_id) AS responses,
               MAX(revisions.received_at) AS last_response_at
          FROM posters
          JOIN venues USING (venue_id)
          LEFT JOIN revisions ON revisions.poster_id = posters.poster_id AND revisions.quarantined_why IS NULL
         WHERE posters.venue_id = :venue_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         GROUP BY posters.poster_id
         ORDER BY posters.poster_id
        """,
        {"venue_id": venue_id, "reader": reader},
    )
    return {
        row["poster_id"]: Counts(
            visits=row["visits"], responses=row["responses"], last_response_at=row["last_response_at"]
        )
        for row in rows
    }


def code_is_taken(connection: sqlite3.Connection, code: str) -> bool:
    """Tell whether a poster has, or ever had, the code."""
    return connection.execute("SELECT 1 FROM posters WHERE code = :code", {"code": code}).fetchone() is not None


def add_poster(connection: sqlite3.Connection, poster: Poster, *, reader: str) -> bool:
    """Keep a new poster; False when there is one of that id, or its venue is closed or out of the reader's reach."""
    added = connection.execute(
        """
        INSERT INTO posters (poster_id, venue_id, code, form_id, languages, quota, device_id, created_at, expires_at,
                             closed_at, replaced_by)
        SELECT :poster_id, venues.venue_id, :code, :form_id, :languages, :quota, :device_id, :created_at, :expires_at,
               NULL, NULL
          FROM venues
         WHERE venues.venue_id = :venue_id AND venues.closed_at IS NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        ON CONFLICT (poster_id) DO NOTHING
        """,
        {
            "poster_id": poster.poster_id,
            "venue_id": poster.venue_id,
            "code": poster.code,
            "form_id": poster.form_id,
            "languages": json.dumps(poster.languages),
            "quota": poster.quota,
            "device_id": poster.device_id,
            "created_at": poster.created_at,
            "expires_at": poster.expires_at,
            "reader": reader,
        },
    )
    return added.rowcount == 1


def change_poster(
    connection: sqlite3.Connection,
    poster_id: str,
    *,
    languages: tuple[str, ...],
    quota: int,
    expires_at: str,
    reader: str,
) -> bool:
    """Keep other languages, another quota and another end for a poster; False when it has been replaced."""
    changed = connection.execute(
        """
        UPDATE posters SET languages = :languages, quota = :quota, expires_at = :expires_at
         WHERE poster_id = :poster_id AND replaced_by IS NULL
           AND EXISTS (SELECT 1 FROM reach JOIN venues ON venues.venue_id = posters.venue_id
                        WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {
            "poster_id": poster_id,
            "languages": json.dumps(languages),
            "quota": quota,
            "expires_at": expires_at,
            "reader": reader,
        },
    )
    return changed.rowcount == 1


def replace_poster(connection: sqlite3.Connection, poster_id: str, *, by: str, reader: str) -> bool:
    """Name the successor of a poster that has none yet and is not closed; False when there was nothing to do."""
    replaced = connection.execute(
        """
        UPDATE posters SET replaced_by = :by
         WHERE poster_id = :poster_id AND replaced_by IS NULL AND closed_at IS NULL
           AND EXISTS (SELECT 1 FROM reach JOIN venues ON venues.venue_id = posters.venue_id
                        WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {"poster_id": poster_id, "by": by, "reader": reader},
    )
    return replaced.rowcount == 1


def close_poster(connection: sqlite3.Connection, poster_id: str, *, reader: str, now: str) -> bool:
    """Close a poster; False when it is closed or replaced already."""
    closed = connection.execute(
        """
        UPDATE posters SET closed_at = :now
         WHERE poster_id = :poster_id AND closed_at IS NULL AND replaced_by IS NULL
           AND EXISTS (SELECT 1 FROM reach JOIN venues ON venues.venue_id = posters.venue_id
                        WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {"poster_id": poster_id, "reader": reader, "now": now},
    )
    return closed.rowcount == 1


def reopen_poster(connection: sqlite3.Connection, poster_id: str, *, reader: str, now: str) -> bool:
    """Open a closed poster again while it has not expired; False when there was nothing to do."""
    reopened = connection.execute(
        """
        UPDATE posters SET closed_at = NULL
         WHERE poster_id = :poster_id AND closed_at IS NOT NULL AND replaced_by IS NULL AND expires_at > :now
           AND EXISTS (SELECT 1 FROM reach JOIN venues ON venues.venue_id = posters.venue_id
                        WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {"poster_id": poster_id, "reader": reader, "now": now},
    )
    return reopened.rowcount == 1
