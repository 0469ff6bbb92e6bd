"""SQL about neighbourhoods."""

import json
import sqlite3
from dataclasses import dataclass

__all__ = ["Neighbourhood", "add_neighbourhood", "all_neighbourhoods", "languages_of", "reachable"]


@dataclass(frozen=True, kw_only=True)
class Neighbourhood:
    """An area of work. `system` is the health and care system it belongs to."""

    neighbourhood_id: str
    name: str
    system: str


def all_neighbourhoods(connection: sqlite3.Connection) -> list[Neighbourhood]:
    """List every neighbourhood by name."""
    rows = connection.execute(
        """
        SELECT neighbourhood_id, name, system
          FROM neighbourhoods
         ORDER BY name COLLATE names, neighbourhood_id
        """
    )
    return [Neighbourhood(**row) for row in rows]


def reachable(connection: sqlite3.Connection, *, reader: str) -> list[Neighbourhood]:
    """List the neighbourhoods that a person may see, by name."""
    rows = connection.execute(
        """
        SELECT neighbourhood_id, name, system
          FROM neighbourhoods
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
         ORDER BY name COLLATE names, neighbourhood_id
        """,
        {"reader": reader},
    )
    return [Neighbourhood(**row) for row in rows]


def languages_of(connection: sqlite3.Connection, neighbourhood_id: str) -> tuple[str, ...]:
    """Give the languages of a neighbourhood in order: its own, else those of the programme, else English."""
    row = connection.execute(
        """
        SELECT COALESCE(
                   (SELECT NULLIF(languages, '[]') FROM neighbourhoods WHERE neighbourhood_id = :neighbourhood_id),
                   (SELECT NULLIF(languages, '[]') FROM programme WHERE id = 1),
                   '["en"]'
               ) AS languages
        """,
        {"neighbourhood_id": neighbourhood_id},
    ).fetchone()
    return tuple(json.loads(row["languages"]))


def add_neighbourhood(connection: sqlite3.Connection, neighbourhood: Neighbourhood) -> bool:
    """Keep a neighbourhood; False for one that is there already, which stays as it is."""
    added = connection.execute(
        """
        INSERT INTO neighbourhoods (neighbourhood_id, name, system)
        VALUES (:neighbourhood_id, :name, :system)
        ON CONFLICT (neighbourhood_id) DO NOTHING
        """,
        {
            "neighbourhood_id": neighbourhood.neighbourhood_id,
            "name": neighbourhood.name,
            "system": neighbourhood.system,
        },
    )
    return added.rowcount == 1
