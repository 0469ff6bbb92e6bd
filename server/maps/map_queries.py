"""SQL of what lies under the points: outlines of neighbourhoods, and their map files."""

import json
import sqlite3
from dataclasses import dataclass

__all__ = [
    "MapFile",
    "Outline",
    "forget_map_file",
    "is_used",
    "map_file",
    "map_file_of_device",
    "outlines",
    "put_map_file",
]


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A neighbourhood on the map; `boundary` is GeoJSON text, `map_sha256` names its map file."""

    neighbourhood_id: str
    name: str
    boundary: str | None
    map_sha256: str | None

    def as_feature(self) -> dict[str, object]:
        """Give it as a GeoJSON feature."""
        return {
            "type": "Feature",
            "properties": {"name": self.name},
            "geometry": json.loads(self.boundary) if self.boundary else None,
        }


@dataclass(frozen=True, kw_only=True)
class MapFile:
    """The map of a neighbourhood: a file of the data folder, by its hash."""

    neighbourhood_id: str
    sha256: str
    bytes: int
    name: str
    kept_at: str


def outlines(connection: sqlite3.Connection, *, reader: str, neighbourhood_id: str | None) -> list[Outline]:
    """List the neighbourhoods that a map is about, by name."""
    rows = connection.execute(
        """
        SELECT neighbourhoods.neighbourhood_id, neighbourhoods.name, neighbourhoods.boundary,
               map_files.sha256 AS map_sha256
          FROM neighbourhoods
          LEFT JOIN map_files USING (neighbourhood_id)
         WHERE (:neighbourhood_id IS NULL OR neighbourhoods.neighbourhood_id = :neighbourhood_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
         ORDER BY neighbourhoods.name COLLATE names, neighbourhoods.neighbourhood_id
        """,
        {"reader": reader, "neighbourhood_id": neighbourhood_id},
    )
    return [Outline(**row) for row in rows]


def map_file(connection: sqlite3.Connection, neighbourhood_id: str, *, reader: str) -> MapFile | None:
    """Find the map file of a neighbourhood."""
    row = connection.execute(
        """
        SELECT neighbourhood_id, sha256, bytes, name, kept_at
          FROM map_files
         WHERE neighbourhood_id = :neighbourhood_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', map_files.neighbourhood_id))
        """,
        {"neighbourhood_id": neighbourhood_id, "reader": reader},
    ).fetchone()
    return None if row is None else MapFile(**row)


def map_file_of_device(connection: sqlite3.Connection, *, device_id: str) -> MapFile | None:
    """Find the map file of a device's neighbourhood."""
    row = connection.execute(
        """
        SELECT map_files.neighbourhood_id, map_files.sha256, map_files.bytes, map_files.name, map_files.kept_at
          FROM devices
          JOIN map_files USING (neighbourhood_id)
         WHERE devices.device_id = :device_id
        """,
        {"device_id": device_id},
    ).fetchone()
    return None if row is None else MapFile(**row)


def put_map_file(connection: sqlite3.Connection, file: MapFile, *, reader: str) -> bool:
    """Keep which file is the map of a neighbourhood within reach."""
    kept = connection.execute(
        """
        INSERT INTO map_files (neighbourhood_id, sha256, bytes, name, kept_at)
        SELECT neighbourhoods.neighbourhood_id, :sha256, :bytes, :name, :kept_at
          FROM neighbourhoods
         WHERE neighbourhoods.neighbourhood_id = :neighbourhood_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
            ON CONFLICT (neighbourhood_id) DO UPDATE SET
               sha256 = excluded.sha256, bytes = excluded.bytes, name = excluded.name, kept_at = excluded.kept_at
        """,
        {**vars(file), "reader": reader},
    )
    return kept.rowcount == 1


def forget_map_file(connection: sqlite3.Connection, neighbourhood_id: str, *, reader: str) -> bool:
    """Forget the map file of a neighbourhood within reach."""
    gone = connection.execute(
        """
        DELETE FROM map_files
         WHERE neighbourhood_id = :neighbourhood_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', map_files.neighbourhood_id))
        """,
        {"neighbourhood_id": neighbourhood_id, "reader": reader},
    )
    return gone.rowcount == 1


def is_used(connection: sqlite3.Connection, *, sha256: str) -> bool:
    """Tell whether a file is the map of any neighbourhood, whoever may see it."""
    row = connection.execute("SELECT 1 FROM map_files WHERE sha256 = :sha256 LIMIT 1", {"sha256": sha256}).fetchone()
    return row is not None
