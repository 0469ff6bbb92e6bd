"""SQL about what workers' phones get of their neighbourhood: one device sees its own and nothing else."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Final

__all__ = ["Home", "assets_of", "home_of", "venues_of"]


MOST_NAMES: Final = 10
"""Other names of one asset that phones are told."""


@dataclass(frozen=True, kw_only=True)
class Home:
    """The neighbourhood of a device; `boundary` is GeoJSON text. `contact` is how the programme's team is reached."""

    neighbourhood_id: str
    name: str
    boundary: str | None
    programme: str
    contact: str


def home_of(connection: sqlite3.Connection, *, device_id: str) -> Home | None:
    """Find the neighbourhood of a device, and whom its worker asks."""
    row = connection.execute(
        """
        SELECT neighbourhoods.neighbourhood_id, neighbourhoods.name, neighbourhoods.boundary,
               COALESCE(programme.name, '') AS programme, COALESCE(programme.contact, '') AS contact
          FROM devices
          JOIN neighbourhoods USING (neighbourhood_id)
          LEFT JOIN programme ON programme.id = 1
         WHERE devices.device_id = :device_id
        """,
        {"device_id": device_id},
    ).fetchone()
    return None if row is None else Home(**row)


def venues_of(connection: sqlite3.Connection, *, device_id: str) -> list[dict[str, str]]:
    """List the open venues of a device's neighbourhood by name."""
    rows = connection.execute(
        """
        SELECT venues.venue_id AS id, venues.name
          FROM devices
          JOIN venues USING (neighbourhood_id)
         WHERE devices.device_id = :device_id AND venues.closed_at IS NULL
         ORDER BY venues.name COLLATE names, venues.venue_id
        """,
        {"device_id": device_id},
    )
    return [dict(row) for row in rows]


def assets_of(connection: sqlite3.Connection, *, device_id: str, limit: int) -> list[dict[str, object]]:
    """List the open assets of a device's neighbourhood by name, with their other names that people use.

    Only what the desk typed or an approved response says goes on.
    """
    rows = connection.execute(
        """
        SELECT assets.asset_id AS id, IIF(assets.goes_on, assets.shown_name, assets.name) AS name,
               IIF(assets.goes_on, assets.shown_kind, assets.kind) AS kind,
               IIF(assets.goes_on, assets.shown_latitude, assets.latitude) AS lat,
               IIF(assets.goes_on, assets.shown_longitude, assets.longitude) AS lon,
               IIF(assets.goes_on, assets.shown_words, assets.place_words) AS words,
               (SELECT json_group_array(name) FROM (
                    SELECT one.name AS name FROM assets AS one
                     WHERE one.asset_id = assets.asset_id OR one.merged_into = assets.asset_id
                     UNION
                    SELECT other.value FROM assets AS one, json_each(one.names) AS other
                     WHERE one.asset_id = assets.asset_id OR one.merged_into = assets.asset_id
                     UNION
                    SELECT said.label FROM assets AS one
                      JOIN placements ON placements.asset_id = one.asset_id
                      JOIN asset_observations AS said USING (response_id, observation_id)
                      JOIN responses USING (response_id)
                     WHERE (one.asset_id = assets.asset_id OR one.merged_into = assets.asset_id)
                       AND responses.state = 'approved'
                     ORDER BY 1)) AS names
          FROM devices
          JOIN assets USING (neighbourhood_id)
         WHERE devices.device_id = :device_id AND assets.merged_into IS NULL AND assets.state = 'open'
           AND IIF(assets.goes_on, assets.shown_name, assets.name) <> ''
         ORDER BY IIF(assets.goes_on, assets.shown_name, assets.name) COLLATE names, assets.asset_id
         LIMIT :limit
        """,
        {"device_id": device_id, "limit": limit},
    )
    return [{**row, "names": _others(row["names"], row["name"])} for row in rows]


def _others(names: str, shown: str) -> list[str]:
    return [name for name in json.loads(names) if name and name != shown][:MOST_NAMES]
