"""SQL about neighbourhoods."""

import sqlite3
from dataclasses import dataclass

__all__ = ["Neighbourhood", "add_neighbourhood", "all_neighbourhoods"]


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
         ORDER BY name, neighbourhood_id
        """
    )
    return [Neighbourhood(**row) for row in rows]


def add_neighbourhood(connection: sqlite3.Connection, neighbourhood: Neighbourhood) -> None:
    """Keep a neighbourhood; one that is there already stays as it is."""
    connection.execute(
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
