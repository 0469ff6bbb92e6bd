"""The points of a window as a map draws them: clusters with how many they are, and single ones by name."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.maps import point_queries
from server.maps.cells import POINTS_FROM_ZOOM, Window
from server.maps.point_queries import Cell, PointFilter

__all__ = ["MOST_CLUSTERS", "Cluster", "clusters", "gathered"]

MOST_CLUSTERS: Final = 500
"""What one answer holds; a window of more cells is so wide that its smallest ones would not be told apart."""
MOST_CELLS: Final = 2000
MOST_SINGLES: Final = 200
MOST_MEMBERS: Final = 50
"""Of one cluster, that are told by name."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """What stands at one place of the map: one asset or mention, or several.

    ``members`` are those of which something is known: the one that is alone, or from near by all of them.
    """

    latitude: float
    longitude: float
    assets: int
    mentions: int
    members: tuple[Cell, ...] = ()

    @property
    def points(self) -> int:
        """How many there are."""
        return self.assets + self.mentions

    @property
    def one(self) -> Cell | None:
        """The one that stands here alone."""
        return self.members[0] if self.points == 1 and self.members else None


def clusters(connection: sqlite3.Connection, window: Window, wanted: PointFilter, *, reader: str) -> list[Cluster]:
    """Gather what a window shows, the largest first."""
    if window.zoom >= POINTS_FROM_ZOOM:
        assets = point_queries.asset_points(connection, window, wanted, reader=reader, limit=MOST_CELLS)
        mentions = point_queries.mention_points(connection, window, wanted, reader=reader, limit=MOST_CELLS)
    else:
        assets = point_queries.asset_cells(connection, window, wanted, reader=reader, limit=MOST_CELLS)
        mentions = point_queries.mention_cells(connection, window, wanted, reader=reader, limit=MOST_CELLS)
        alone = [cell for cell in mentions if cell.points == 1][:MOST_SINGLES]
        known = point_queries.single_mentions(connection, alone, window.level, wanted, reader=reader)
        by_cell = {(cell.x, cell.y): cell for cell in known}
        mentions = [by_cell.get((cell.x, cell.y), cell) if cell.points == 1 else cell for cell in mentions]
    return gathered(assets, mentions)[:MOST_CLUSTERS]


def gathered(assets: Sequence[Cell], mentions: Sequence[Cell]) -> list[Cluster]:
    """Bring what lies in the same cell together, the largest first."""
    by_cell: dict[tuple[int, int], Cluster] = {}
    for cell in (*assets, *mentions):
        is_asset = bool(cell.asset_id)
        alone = Cluster(
            latitude=cell.latitude,
            longitude=cell.longitude,
            assets=cell.points if is_asset else 0,
            mentions=0 if is_asset else cell.points,
            members=(cell,) if cell.points == 1 and (cell.asset_id or cell.response_id) else (),
        )
        there = by_cell.get((cell.x, cell.y))
        by_cell[cell.x, cell.y] = alone if there is None else _together(there, alone)
    found = sorted(by_cell.items(), key=lambda item: (-item[1].points, item[0]))
    return [cluster for _cell, cluster in found]


def _together(one: Cluster, other: Cluster) -> Cluster:
    points = one.points + other.points
    return Cluster(
        latitude=(one.latitude * one.points + other.latitude * other.points) / points,
        longitude=(one.longitude * one.points + other.longitude * other.points) / points,
        assets=one.assets + other.assets,
        mentions=one.mentions + other.mentions,
        members=(*one.members, *other.members)[:MOST_MEMBERS],
    )
