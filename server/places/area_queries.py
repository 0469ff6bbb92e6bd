"""SQL about what belongs to a neighbourhood beyond its name: boundary, small areas, languages of its own.

`reader` is the id of the person who reads: what lies outside of their reach is as if it were not there.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "Area",
    "area",
    "areas",
    "ids_in_use",
    "others_with",
    "put_boundary",
    "put_languages",
    "put_names",
    "put_small_areas",
    "systems",
    "with_name",
]


@dataclass(frozen=True, kw_only=True)
class Area:
    """A neighbourhood whole. `boundary` is GeoJSON text; no `languages`: those of the programme."""

    neighbourhood_id: str
    name: str
    system: str
    boundary: str | None
    languages: tuple[str, ...]
    small_areas: tuple[str, ...]


def area(connection: sqlite3.Connection, neighbourhood_id: str, *, reader: str) -> Area | None:
    """Find one neighbourhood."""
    row = connection.execute(
        """
        SELECT neighbourhood_id, name, system, boundary, languages,
               (SELECT json_group_array(code) FROM
                    (SELECT code FROM small_areas WHERE small_areas.neighbourhood_id = :neighbourhood_id ORDER BY code)
               ) AS small_areas
          FROM neighbourhoods
         WHERE neighbourhood_id = :neighbourhood_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
        """,
        {"neighbourhood_id": neighbourhood_id, "reader": reader},
    ).fetchone()
    return None if row is None else _area(row)


def areas(connection: sqlite3.Connection, *, reader: str) -> list[Area]:
    """List the neighbourhoods by name."""
    rows = connection.execute(
        """
        SELECT neighbourhood_id, name, system, boundary, languages,
               (SELECT json_group_array(code) FROM small_areas
                 WHERE small_areas.neighbourhood_id = neighbourhoods.neighbourhood_id) AS small_areas
          FROM neighbourhoods
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
         ORDER BY name COLLATE names, neighbourhood_id
        """,
        {"reader": reader},
    )
    return [_area(row) for row in rows]


def ids_in_use(connection: sqlite3.Connection) -> frozenset[str]:
    """List every id that a neighbourhood has; for making another, so whoever reads."""
    rows = connection.execute("SELECT neighbourhood_id FROM neighbourhoods ORDER BY neighbourhood_id")
    return frozenset(row["neighbourhood_id"] for row in rows)


def with_name(connection: sqlite3.Connection, *, name: str, system: str) -> str | None:
    """Find the id of the neighbourhood that has a name in its system, capitals aside."""
    row = connection.execute(
        """
        SELECT neighbourhood_id FROM neighbourhoods
         WHERE lower(name) = lower(:name) AND lower(system) = lower(:system)
         ORDER BY neighbourhood_id LIMIT 1
        """,
        {"name": name, "system": system},
    ).fetchone()
    return None if row is None else str(row["neighbourhood_id"])


def systems(connection: sqlite3.Connection, *, reader: str) -> list[str]:
    """List the health and care systems that neighbourhoods belong to."""
    rows = connection.execute(
        """
        SELECT DISTINCT system FROM neighbourhoods
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
         ORDER BY system
        """,
        {"reader": reader},
    )
    return [row["system"] for row in rows]


def others_with(
    connection: sqlite3.Connection, codes: Sequence[str], *, neighbourhood_id: str, reader: str
) -> list[tuple[str, str]]:
    """List which of the codes belong to another neighbourhood too, each with that one's name."""
    rows = connection.execute(
        """
        SELECT small_areas.code, neighbourhoods.name
          FROM small_areas JOIN neighbourhoods USING (neighbourhood_id)
         WHERE small_areas.neighbourhood_id <> :neighbourhood_id
           AND small_areas.code IN (SELECT value FROM json_each(:codes))
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
         ORDER BY small_areas.code, neighbourhoods.name COLLATE names
        """,
        {"neighbourhood_id": neighbourhood_id, "codes": json.dumps(codes), "reader": reader},
    )
    return [(row["code"], row["name"]) for row in rows]


def put_names(connection: sqlite3.Connection, neighbourhood_id: str, *, name: str, system: str) -> None:
    """Give a neighbourhood another name, or put it in another system."""
    connection.execute(
        "UPDATE neighbourhoods SET name = :name, system = :system WHERE neighbourhood_id = :neighbourhood_id",
        {"neighbourhood_id": neighbourhood_id, "name": name, "system": system},
    )


def put_boundary(connection: sqlite3.Connection, neighbourhood_id: str, boundary: str | None) -> None:
    """Keep a boundary as GeoJSON text, or none."""
    connection.execute(
        "UPDATE neighbourhoods SET boundary = :boundary WHERE neighbourhood_id = :neighbourhood_id",
        {"neighbourhood_id": neighbourhood_id, "boundary": boundary},
    )


def put_languages(connection: sqlite3.Connection, neighbourhood_id: str, languages: Sequence[str]) -> None:
    """Keep a neighbourhood's own languages in order; none: those of the programme."""
    connection.execute(
        "UPDATE neighbourhoods SET languages = :languages WHERE neighbourhood_id = :neighbourhood_id",
        {"neighbourhood_id": neighbourhood_id, "languages": json.dumps(languages)},
    )


def put_small_areas(connection: sqlite3.Connection, neighbourhood_id: str, codes: Sequence[str]) -> None:
    """Keep these small areas, and no others."""
    connection.execute(
        "DELETE FROM small_areas WHERE neighbourhood_id = :neighbourhood_id", {"neighbourhood_id": neighbourhood_id}
    )
    connection.executemany(
        "INSERT INTO small_areas (neighbourhood_id, code) VALUES (:neighbourhood_id, :code)",
        [{"neighbourhood_id": neighbourhood_id, "code": code} for code in codes],
    )


def _area(row: sqlite3.Row) -> Area:
    return Area(
        neighbourhood_id=row["neighbourhood_id"],
        name=row["name"],
        system=row["system"],
        boundary=row["boundary"],
        languages=tuple(json.loads(row["languages"])),
        small_areas=tuple(json.loads(row["small_areas"])),
    )
