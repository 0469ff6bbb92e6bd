"""SQL of progress: sums of the counts by day and month, within the reader's reach."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Unsent", "by_period", "oldest_period", "sums", "unsent_on_phones", "venue_names"]

Sums = dict[str, dict[str, int]]


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """Responses that phones said they have not sent yet, and how many phones have any."""

    responses: int
    phones: int


def oldest_period(connection: sqlite3.Connection, *, reader: str) -> str | None:
    """Name the first month of which the reader sees a response."""
    row = connection.execute(
        """
        SELECT MIN(period) AS oldest FROM response_counts
         WHERE responses > 0
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', response_counts.neighbourhood_id))
        """,
        {"reader": reader},
    ).fetchone()
    return None if row["oldest"] is None else str(row["oldest"])


def sums(connection: sqlite3.Connection, *, reader: str, neighbourhood: str, periods: Sequence[str]) -> Sums:
    """Sum the counts of some periods: by what is counted, then by its value; '' means all neighbourhoods in reach."""
    rows = connection.execute(
        """
        SELECT what, value, SUM(responses) AS responses
          FROM response_counts
         WHERE period IN (SELECT value FROM json_each(:periods))
           AND (:neighbourhood = '' OR neighbourhood_id = :neighbourhood)
           AND ('*' IN (SELECT neighbourhood_id FROM reach WHERE person_id = :reader)
                OR neighbourhood_id IN (SELECT neighbourhood_id FROM reach WHERE person_id = :reader))
         GROUP BY what, value
        HAVING SUM(responses) > 0
         ORDER BY what, SUM(responses) DESC, value
        """,
        {"periods": json.dumps(list(periods)), "neighbourhood": neighbourhood, "reader": reader},
    )
    found: Sums = {}
    for row in rows:
        found.setdefault(row["what"], {})[row["value"]] = row["responses"]
    return found


def by_period(
    connection: sqlite3.Connection, *, reader: str, neighbourhood: str, periods: Sequence[str]
) -> dict[str, int]:
    """Count the interviews of each period that has any."""
    rows = connection.execute(
        """
        SELECT period, SUM(responses) AS responses
          FROM response_counts
         WHERE period IN (SELECT value FROM json_each(:periods)) AND what = 'state'
           AND (:neighbourhood = '' OR neighbourhood_id = :neighbourhood)
           AND ('*' IN (SELECT neighbourhood_id FROM reach WHERE person_id = :reader)
                OR neighbourhood_id IN (SELECT neighbourhood_id FROM reach WHERE person_id = :reader))
         GROUP BY period
         ORDER BY period
        """,
        {"periods": json.dumps(list(periods)), "neighbourhood": neighbourhood, "reader": reader},
    )
    return {row["period"]: row["responses"] for row in rows}


def venue_names(connection: sqlite3.Connection, venue_ids: Sequence[str], *, reader: str) -> dict[str, str]:
    """Give the names of venues in reach."""
    rows = connection.execute(
        """
        SELECT venue_id, name FROM venues
         WHERE venue_id IN (SELECT value FROM json_each(:venue_ids))
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         ORDER BY venue_id
        """,
        {"venue_ids": json.dumps(list(venue_ids)), "reader": reader},
    )
    return {row["venue_id"]: row["name"] for row in rows}


def unsent_on_phones(connection: sqlite3.Connection, *, reader: str, neighbourhood: str) -> Unsent:
    """Sum what workers' phones that are not signed off said of themselves when they were last here."""
    row = connection.execute(
        """
        SELECT COALESCE(SUM(unsent), 0) AS responses, COUNT(*) AS phones
          FROM devices
         WHERE role = 'worker' AND revoked_at IS NULL AND unsent > 0
           AND (:neighbourhood = '' OR neighbourhood_id = :neighbourhood)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
        """,
        {"neighbourhood": neighbourhood, "reader": reader},
    ).fetchone()
    return Unsent(responses=row["responses"], phones=row["phones"])
