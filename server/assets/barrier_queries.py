"""SQL of how often barriers are named, from the counts that are kept of them, within what a reader may see."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["BarrierFilter", "by_asset_kind", "by_code", "by_neighbourhood", "by_venue"]


@dataclass(frozen=True, kw_only=True)
class BarrierFilter:
    """Which mentions of barriers count: of a neighbourhood, of one barrier, and of responses in these states."""

    neighbourhood_id: str | None
    code: str
    states: Sequence[str]

    @property
    def parameters(self) -> dict[str, object]:
        """Give what the statements ask for."""
        return {**vars(self), "states": json.dumps(list(self.states))}


_WANTED = """
    (:neighbourhood_id IS NULL OR barrier_counts.neighbourhood_id = :neighbourhood_id)
    AND (:code = '' OR barrier_counts.code = :code)
    AND barrier_counts.state IN (SELECT value FROM json_each(:states))
    AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                   AND reach.neighbourhood_id IN ('*', barrier_counts.neighbourhood_id))
"""


def by_code(connection: sqlite3.Connection, wanted: BarrierFilter, *, reader: str) -> dict[str, int]:
    """Count the mentions of each barrier."""
    rows = connection.execute(
        f"""
        SELECT code, SUM(barriers) AS times
          FROM barrier_counts
         WHERE {_WANTED}
         GROUP BY code
        HAVING SUM(barriers) > 0
         ORDER BY code
        """,  # noqa: S608  # constants of this module
        {**wanted.parameters, "reader": reader},
    )
    return {row["code"]: row["times"] for row in rows}


def by_asset_kind(connection: sqlite3.Connection, wanted: BarrierFilter, *, reader: str) -> dict[str, int]:
    """Count the mentions by the kind of asset that they are about; '' for those about none."""
    rows = connection.execute(
        f"""
        SELECT asset_kind, SUM(barriers) AS times
          FROM barrier_counts
         WHERE {_WANTED} AND code NOT IN ('none', 'dont_know')
         GROUP BY asset_kind
        HAVING SUM(barriers) > 0
         ORDER BY times DESC, asset_kind
        """,  # noqa: S608  # constants of this module
        {**wanted.parameters, "reader": reader},
    )
    return {row["asset_kind"]: row["times"] for row in rows}


def by_neighbourhood(
    connection: sqlite3.Connection, wanted: BarrierFilter, *, reader: str
) -> list[tuple[str, str, int]]:
    """Count the mentions by neighbourhood: id, name, times."""
    rows = connection.execute(
        f"""
        SELECT barrier_counts.neighbourhood_id, neighbourhoods.name, SUM(barriers) AS times
          FROM barrier_counts
          JOIN neighbourhoods USING (neighbourhood_id)
         WHERE {_WANTED} AND code NOT IN ('none', 'dont_know')
         GROUP BY barrier_counts.neighbourhood_id
        HAVING SUM(barriers) > 0
         ORDER BY times DESC, neighbourhoods.name COLLATE names
        """,  # noqa: S608  # constants of this module
        {**wanted.parameters, "reader": reader},
    )
    return [(row["neighbourhood_id"], row["name"], row["times"]) for row in rows]


def by_venue(
    connection: sqlite3.Connection, wanted: BarrierFilter, *, reader: str, limit: int
) -> list[tuple[str, str, int]]:
    """Count the mentions by the venue of their responses: id, name, times; those of no venue are left out."""
    rows = connection.execute(
        f"""
        SELECT barrier_counts.venue_id, venues.name, SUM(barriers) AS times
          FROM barrier_counts
          JOIN venues ON venues.venue_id = barrier_counts.venue_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         WHERE {_WANTED} AND code NOT IN ('none', 'dont_know')
         GROUP BY barrier_counts.venue_id
        HAVING SUM(barriers) > 0
         ORDER BY times DESC, venues.name COLLATE names, barrier_counts.venue_id
         LIMIT :limit
        """,  # noqa: S608  # constants of this module
        {**wanted.parameters, "reader": reader, "limit": limit},
    )
    return [(row["venue_id"], row["name"], row["times"]) for row in rows]
