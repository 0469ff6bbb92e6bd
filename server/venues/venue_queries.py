"""SQL about venues, within what a reader may see."""

import sqlite3
from dataclasses import dataclass

from server.venues.rules import Venue

__all__ = [
    "ListedVenue",
    "add_venue",
    "change_venue",
    "close_venue",
    "count_venues",
    "page_of_venues",
    "reopen_venue",
    "venue_by_id",
]


@dataclass(frozen=True, kw_only=True)
class ListedVenue:
    """One venue as the list shows it. ``posters`` counts those that are neither closed, expired nor replaced."""

    venue_id: str
    name: str
    place_words: str
    neighbourhood_name: str
    closed_at: str | None
    posters: int
    visits: int
    responses: int
    last_response_at: str | None


def count_venues(connection: sqlite3.Connection, *, reader: str, neighbourhood_id: str | None, search: str) -> int:
    """Count the venues of a neighbourhood, or all, whose name or place holds the text."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS venues
          FROM venues
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
           AND (:neighbourhood_id IS NULL OR venues.neighbourhood_id = :neighbourhood_id)
           AND (venues.name LIKE :pattern ESCAPE '\\' OR venues.place_words LIKE :pattern ESCAPE '\\')
        """,
        {"reader": reader, "neighbourhood_id": neighbourhood_id, "pattern": _pattern(search)},
    ).fetchone()
    return int(row["venues"])


def page_of_venues(
    connection: sqlite3.Connection,
    *,
    reader: str,
    neighbourhood_id: str | None,
    search: str,
    now: str,
    skip: int,
    limit: int,
) -> list[ListedVenue]:
    """List such venues with their counts: open ones first, then by neighbourhood and name."""
    rows = connection.execute(
        """
        SELECT venues.venue_id, venues.name, venues.place_words, neighbourhoods.name AS neighbourhood_name,
               venues.closed_at,
               (SELECT COUNT(*) FROM posters
                 WHERE posters.venue_id = venues.venue_id AND venues.closed_at IS NULL AND posters.closed_at IS NULL
                   AND posters.replaced_by IS NULL AND posters.expires_at > :now) AS posters,
               (SELECT COALESCE(SUM(poster_visits.visits), 0)
                  FROM poster_visits JOIN posters USING (poster_id)
                 WHERE posters.venue_id = venues.venue_id) AS visits,
               (SELECT COUNT(DISTINCT revisions.response_id)
                  FROM revisions JOIN posters USING (poster_id)
                 WHERE posters.venue_id = venues.venue_id AND revisions.quarantined_why IS NULL) AS responses,
               (SELECT MAX(revisions.received_at)
                  FROM revisions JOIN posters USING (poster_id)
                 WHERE posters.venue_id = venues.venue_id AND revisions.quarantined_why IS NULL) AS last_response_at
          FROM venues
          JOIN neighbourhoods USING (neighbourhood_id)
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
           AND (:neighbourhood_id IS NULL OR venues.neighbourhood_id = :neighbourhood_id)
           AND (venues.name LIKE :pattern ESCAPE '\\' OR venues.place_words LIKE :pattern ESCAPE '\\')
         ORDER BY venues.closed_at IS NOT NULL, neighbourhoods.name COLLATE names,
                  venues.name COLLATE names, venues.venue_id
         LIMIT :limit OFFSET :skip
        """,
        {
            "reader": reader,
            "neighbourhood_id": neighbourhood_id,
            "pattern": _pattern(search),
            "now": now,
            "skip": skip,
            "limit": limit,
        },
    )
    return [ListedVenue(**row) for row in rows]


def venue_by_id(connection: sqlite3.Connection, venue_id: str, *, reader: str) -> Venue | None:
    """Find a venue that the reader may see."""
    row = connection.execute(
        """
        SELECT venues.venue_id, venues.neighbourhood_id, neighbourhoods.name AS neighbourhood_name, venues.name,
               venues.place_words, venues.latitude, venues.longitude, venues.created_at, venues.closed_at
          FROM venues
          JOIN neighbourhoods USING (neighbourhood_id)
         WHERE venues.venue_id = :venue_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {"venue_id": venue_id, "reader": reader},
    ).fetchone()
    return None if row is None else Venue(**row)


def add_venue(connection: sqlite3.Connection, venue: Venue, *, reader: str) -> bool:
    """Keep a new venue; False when there is one of that id, or its neighbourhood is out of the reader's reach."""
    added = connection.execute(
        """
        INSERT INTO venues (venue_id, neighbourhood_id, name, place_words, latitude, longitude, created_at, closed_at)
        SELECT :venue_id, neighbourhoods.neighbourhood_id, :name, :place_words, :latitude, :longitude, :created_at, NULL
          FROM neighbourhoods
         WHERE neighbourhoods.neighbourhood_id = :neighbourhood_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
        ON CONFLICT (venue_id) DO NOTHING
        """,
        {
            "venue_id": venue.venue_id,
            "neighbourhood_id": venue.neighbourhood_id,
            "name": venue.name,
            "place_words": venue.place_words,
            "latitude": venue.latitude,
            "longitude": venue.longitude,
            "created_at": venue.created_at,
            "reader": reader,
        },
    )
    return added.rowcount == 1


def change_venue(connection: sqlite3.Connection, venue: Venue, *, reader: str) -> bool:
    """Keep other words and another position for a venue; it never moves to another neighbourhood."""
    changed = connection.execute(
        """
        UPDATE venues
           SET name = :name, place_words = :place_words, latitude = :latitude, longitude = :longitude
         WHERE venue_id = :venue_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {
            "venue_id": venue.venue_id,
            "name": venue.name,
            "place_words": venue.place_words,
            "latitude": venue.latitude,
            "longitude": venue.longitude,
            "reader": reader,
        },
    )
    return changed.rowcount == 1


def close_venue(connection: sqlite3.Connection, venue_id: str, *, reader: str, now: str) -> bool:
    """Close an open venue, and with it all its posters; False when there was nothing to do."""
    closed = connection.execute(
        """
        UPDATE venues SET closed_at = :now
         WHERE venue_id = :venue_id AND closed_at IS NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {"venue_id": venue_id, "reader": reader, "now": now},
    )
    return closed.rowcount == 1


def reopen_venue(connection: sqlite3.Connection, venue_id: str, *, reader: str) -> bool:
    """Open a closed venue again, with the posters that were open when it closed; False when it was open."""
    reopened = connection.execute(
        """
        UPDATE venues SET closed_at = NULL
         WHERE venue_id = :venue_id AND closed_at IS NOT NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {"venue_id": venue_id, "reader": reader},
    )
    return reopened.rowcount == 1


def _pattern(search: str) -> str:
    """Make a LIKE pattern of what was typed: its own % and _ are letters like any other."""
    escaped = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
