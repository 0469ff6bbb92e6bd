"""SQL about posters as residents meet them: found by their codes, counted. No reader: a poster hangs in public."""

import json
import sqlite3

from server.venues.rules import Poster

__all__ = ["Poster", "as_poster", "count_responses", "count_visit", "poster_by_code", "poster_by_id"]


def poster_by_code(connection: sqlite3.Connection, code: str) -> Poster | None:
    """Find a poster by the six symbols of its code."""
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
         WHERE posters.code = :code
        """,
        {"code": code},
    ).fetchone()
    return None if row is None else as_poster(row)


def poster_by_id(connection: sqlite3.Connection, poster_id: str) -> Poster | None:
    """Find a poster by its id."""
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
        """,
        {"poster_id": poster_id},
    ).fetchone()
    return None if row is None else as_poster(row)


def count_responses(connection: sqlite3.Connection, poster_id: str) -> int:
    """Count the responses that came by a poster; what was set aside does not count."""
    row = connection.execute(
        """
        SELECT COUNT(DISTINCT response_id) AS responses
          FROM revisions
         WHERE poster_id = :poster_id AND quarantined_why IS NULL
        """,
        {"poster_id": poster_id},
    ).fetchone()
    return int(row["responses"])


def count_visit(connection: sqlite3.Connection, poster_id: str, day: str) -> None:
    """Count one more visit by a poster on a day (``2026-11-20``)."""
    connection.execute(
        """
        INSERT INTO poster_visits (poster_id, day, visits) VALUES (:poster_id, :day, 1)
        ON CONFLICT (poster_id, day) DO UPDATE SET visits = visits + 1
        """,
        {"poster_id": poster_id, "day": day},
    )


def as_poster(row: sqlite3.Row) -> Poster:
    """Read a row with the columns of a poster."""
    return Poster(**{**dict(row), "languages": tuple(json.loads(row["languages"]))})
