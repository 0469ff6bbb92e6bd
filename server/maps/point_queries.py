"""SQL of the points of a map: assets that have a position, and mentions that stand on no asset yet.

All of it within what a reader may see. Positions of people and their skills are in none of these tables.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from server.maps.cells import FINEST, Window

__all__ = [
    "Cell",
    "PointFilter",
    "Totals",
    "asset_cells",
    "asset_points",
    "mention_cells",
    "mention_points",
    "single_mentions",
    "totals",
]


@dataclass(frozen=True, kw_only=True)
class PointFilter:
    """Which points: of a neighbourhood, of a kind, and of responses in these states."""

    neighbourhood_id: str | None
    kind: str
    states: Sequence[str]

    @property
    def parameters(self) -> dict[str, object]:
        """Give what the statements ask for."""
        return {**vars(self), "states": json.dumps(list(self.states))}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The points of one cell: how many, and where they are on average. `name` and ids where it is one alone."""

    x: int
    y: int
    points: int
    latitude: float
    longitude: float
    name: str = ""
    kind: str = ""
    asset_id: str = ""
    response_id: str = ""
    observation_id: str = ""
    accuracy: float | None = None


@dataclass(frozen=True, kw_only=True)
class Totals:
    """How many assets and mentions there are in all, and how many of them have a position."""

    assets: int
    assets_on_map: int
    mentions: int
    mentions_on_map: int


_REACH = """
    EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
               AND reach.neighbourhood_id IN ('*', {}.neighbourhood_id))
"""
_ASSETS = f"""
    assets.merged_into IS NULL AND assets.shown_name <> '' AND assets.state = 'open'
    AND (assets.goes_on OR assets.name <> '' OR 'received' IN (SELECT value FROM json_each(:states)))
    AND (:neighbourhood_id IS NULL OR assets.neighbourhood_id = :neighbourhood_id)
    AND (:kind = '' OR assets.shown_kind = :kind) AND {_REACH.format("assets")}
"""  # noqa: S608  # constants of this module
_ON_MAP = f"""
    {_ASSETS}
    AND (assets.goes_on OR assets.latitude IS NOT NULL OR 'received' IN (SELECT value FROM json_each(:states)))
"""  # noqa: S608  # constants of this module
_CELLS = f"""
    (:neighbourhood_id IS NULL OR place_cells.neighbourhood_id = :neighbourhood_id)
    AND (:kind = '' OR place_cells.kind = :kind)
    AND place_cells.state IN (SELECT value FROM json_each(:states)) AND {_REACH.format("place_cells")}
"""  # noqa: S608  # constants of this module
_UNPLACED = f"""
    (:neighbourhood_id IS NULL OR one.neighbourhood_id = :neighbourhood_id)
    AND (:kind = '' OR one.kind = :kind)
    AND one.state IN (SELECT value FROM json_each(:states)) AND {_REACH.format("one")}
"""  # noqa: S608  # constants of this module


def asset_cells(
    connection: sqlite3.Connection, window: Window, wanted: PointFilter, *, reader: str, limit: int
) -> list[Cell]:
    """Gather the assets of a window by its cells."""
    rows = connection.execute(
        f"""
        SELECT CAST((shown_longitude + 180.0) / 360.0 * :cells AS INTEGER) AS x,
               CAST((shown_latitude + 90.0) / 180.0 * :cells AS INTEGER) AS y,
               COUNT(*) AS points, AVG(shown_latitude) AS latitude, AVG(shown_longitude) AS longitude,
               MIN(shown_name) AS name, MIN(shown_kind) AS kind, MIN(asset_id) AS asset_id,
               MIN(shown_accuracy) AS accuracy
          FROM assets
         WHERE shown_longitude BETWEEN :west AND :east AND shown_latitude BETWEEN :south AND :north AND {_ON_MAP}
         GROUP BY x, y
         ORDER BY points DESC, x, y
         LIMIT :limit
        """,  # noqa: S608  # constants of this module
        {**wanted.parameters, **vars(window), "reader": reader, "cells": 1 << window.level, "limit": limit},
    )
    return [Cell(**row) for row in rows]


def mention_cells(
    connection: sqlite3.Connection, window: Window, wanted: PointFilter, *, reader: str, limit: int
) -> list[Cell]:
    """Gather the mentions of a window by its cells, from the counts that are kept of them."""
    rows = connection.execute(
        f"""
        SELECT x, y, SUM(points) AS points, SUM(latitudes) / 1e6 / SUM(points) AS latitude,
               SUM(longitudes) / 1e6 / SUM(points) AS longitude
          FROM place_cells
         WHERE level = :level AND x BETWEEN :left AND :right AND y BETWEEN :bottom AND :top AND points > 0 AND {_CELLS}
         GROUP BY x, y
         ORDER BY SUM(points) DESC, x, y
         LIMIT :limit
        """,  # noqa: S608  # constants of this module
        {**wanted.parameters, **window.edges, "level": window.level, "reader": reader, "limit": limit},
    )
    return [Cell(**row) for row in rows]


def asset_points(
    connection: sqlite3.Connection, window: Window, wanted: PointFilter, *, reader: str, limit: int
) -> list[Cell]:
    """List the assets of a small window one by one."""
    rows = connection.execute(
        f"""
        SELECT CAST((shown_longitude + 180.0) / 360.0 * :cells AS INTEGER) AS x,
               CAST((shown_latitude + 90.0) / 180.0 * :cells AS INTEGER) AS y, 1 AS points,
               shown_latitude AS latitude, shown_longitude AS longitude, shown_name AS name, shown_kind AS kind,
               asset_id, shown_accuracy AS accuracy
          FROM assets
         WHERE shown_longitude BETWEEN :west AND :east AND shown_latitude BETWEEN :south AND :north AND {_ON_MAP}
         ORDER BY shown_name COLLATE names, asset_id
         LIMIT :limit
        """,  # noqa: S608  # constants of this module
        {**wanted.parameters, **vars(window), "reader": reader, "cells": 1 << window.level, "limit": limit},
    )
    return [Cell(**row) for row in rows]


def mention_points(
    connection: sqlite3.Connection, window: Window, wanted: PointFilter, *, reader: str, limit: int
) -> list[Cell]:
    """List the mentions of a small window one by one."""
    rows = connection.execute(
        f"""
        SELECT one.x, one.y, 1 AS points, one.latitude, one.longitude, said.label AS name, one.kind, one.response_id,
               one.observation_id, one.accuracy
          FROM unplaced_observations AS one
          JOIN asset_observations AS said USING (response_id, observation_id)
         WHERE one.x BETWEEN :left AND :right AND one.y BETWEEN :bottom AND :top AND {_UNPLACED}
         ORDER BY one.x, one.y, one.seq, one.observation_id
         LIMIT :limit
        """,  # noqa: S608  # constants of this module
        {**wanted.parameters, **window.edges, "reader": reader, "limit": limit},
    )
    return [Cell(**row) for row in rows]


def single_mentions(
    connection: sqlite3.Connection, cells: Sequence[Cell], level: int, wanted: PointFilter, *, reader: str
) -> list[Cell]:
    """Give what is known of the mentions that are alone in their cells."""
    rows = connection.execute(
        f"""
        SELECT one.x >> :shift AS x, one.y >> :shift AS y, 1 AS points, one.latitude, one.longitude,
               said.label AS name, one.kind, one.response_id, one.observation_id, one.accuracy
          FROM json_each(:cells) AS cell
          JOIN unplaced_observations AS one
            ON one.x BETWEEN json_extract(cell.value, '$[0]') AND json_extract(cell.value, '$[1]')
           AND one.y BETWEEN json_extract(cell.value, '$[2]') AND json_extract(cell.value, '$[3]')
          JOIN asset_observations AS said USING (response_id, observation_id)
         WHERE {_UNPLACED}
         ORDER BY one.x, one.y, one.response_id, one.observation_id
        """,  # noqa: S608  # constants of this module
        {
            **wanted.parameters,
            "reader": reader,
            "shift": FINEST - level,
            "cells": json.dumps([_corners(cell, FINEST - level) for cell in cells]),
        },
    )
    return [Cell(**row) for row in rows]


def totals(connection: sqlite3.Connection, wanted: PointFilter, *, reader: str) -> Totals:
    """Count what the map and the list show."""
    row = connection.execute(
        f"""
        SELECT (SELECT COUNT(*) FROM assets WHERE {_ASSETS}) AS assets,
               (SELECT COUNT(*) FROM assets WHERE shown_longitude IS NOT NULL AND {_ON_MAP}) AS assets_on_map,
               (SELECT COALESCE(SUM(points), 0) FROM place_cells
                 WHERE level = 0 AND x = 0 AND y = 0 AND {_CELLS}) AS mentions,
               (SELECT COALESCE(SUM(points), 0) FROM place_cells WHERE level = 8 AND {_CELLS}) AS mentions_on_map
        """,  # noqa: S608  # constants of this module
        {**wanted.parameters, "reader": reader},
    ).fetchone()
    return Totals(**row)


def _corners(cell: Cell, shift: int) -> list[int]:
    return [cell.x << shift, ((cell.x + 1) << shift) - 1, cell.y << shift, ((cell.y + 1) << shift) - 1]
