"""SQL that lists canonical assets, within what a reader may see. A merged one stands in what it is merged into.

``states`` are the states of responses that count: approved alone, or what nobody has approved yet as well.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "AssetFilter",
    "ListedAsset",
    "VenueToTie",
    "asset_by_id",
    "candidates",
    "count_assets",
    "page_of_assets",
    "venues_to_tie",
]


@dataclass(frozen=True, kw_only=True)
class AssetFilter:
    """Which assets: of a neighbourhood, a kind, a state, an import; whose name or place holds a text. ''/None: any."""

    neighbourhood_id: str | None = None
    kind: str = ""
    state: str = ""
    search: str = ""
    unapproved: bool = True
    """Also those of which neither the desk nor an approved response has said anything."""

    @property
    def parameters(self) -> dict[str, object]:
        """Give what the statements ask for."""
        escaped = self.search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return {**vars(self), "pattern": f"%{escaped}%"}


@dataclass(frozen=True, kw_only=True)
class ListedAsset:
    """One asset as it is shown; ``mentions`` counts observations, ``responses`` the responses that they stand in."""

    asset_id: str
    neighbourhood_id: str
    neighbourhood_name: str
    name: str
    kind: str
    place_words: str
    latitude: float | None
    longitude: float | None
    accuracy: float | None
    state: str
    since: str
    venue_id: str | None
    venue_name: str | None
    merged_into: str | None
    import_id: str | None
    mentions: int


@dataclass(frozen=True, kw_only=True)
class VenueToTie:
    """A venue that an asset may be the same place as."""

    venue_id: str
    neighbourhood_id: str
    neighbourhood_name: str
    name: str


_COLUMNS = """
    assets.asset_id, assets.neighbourhood_id, neighbourhoods.name AS neighbourhood_name, assets.shown_name AS name,
    assets.shown_kind AS kind, assets.shown_words AS place_words, assets.shown_latitude AS latitude,
    assets.shown_longitude AS longitude, assets.shown_accuracy AS accuracy, assets.state, assets.since,
    assets.venue_id, venues.name AS venue_name, assets.merged_into, assets.import_id,
    (SELECT COUNT(*) FROM assets AS one
       JOIN placements ON placements.asset_id = one.asset_id
       JOIN asset_observations USING (response_id, observation_id)
       JOIN responses USING (response_id)
      WHERE (one.asset_id = assets.asset_id OR one.merged_into = assets.asset_id)
        AND responses.state IN (SELECT value FROM json_each(:states))) AS mentions
"""
_WANTED = """
    assets.merged_into IS NULL AND assets.shown_name <> ''
    AND (:unapproved OR assets.goes_on OR assets.name <> '')
    AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                   AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
    AND (:neighbourhood_id IS NULL OR assets.neighbourhood_id = :neighbourhood_id)
    AND (:kind = '' OR assets.shown_kind = :kind)
    AND (:state = '' OR assets.state = :state)
    AND (:search = '' OR assets.shown_name LIKE :pattern ESCAPE '\\' OR assets.shown_words LIKE :pattern ESCAPE '\\'
         OR EXISTS (SELECT 1 FROM assets AS one
                     WHERE (one.asset_id = assets.asset_id OR one.merged_into = assets.asset_id)
                       AND (one.name LIKE :pattern ESCAPE '\\' OR EXISTS (
                               SELECT 1 FROM json_each(one.names) WHERE value LIKE :pattern ESCAPE '\\')))
         OR EXISTS (SELECT 1 FROM assets AS one
                      JOIN placements ON placements.asset_id = one.asset_id
                      JOIN asset_observations USING (response_id, observation_id)
                     WHERE (one.asset_id = assets.asset_id OR one.merged_into = assets.asset_id)
                       AND asset_observations.label LIKE :pattern ESCAPE '\\'))
"""


def count_assets(connection: sqlite3.Connection, wanted: AssetFilter, *, reader: str) -> int:
    """Count the assets that are wanted."""
    row = connection.execute(
        f"SELECT COUNT(*) AS assets FROM assets WHERE {_WANTED}",  # noqa: S608  # a constant of this module
        {**wanted.parameters, "reader": reader},
    ).fetchone()
    return int(row["assets"])


def page_of_assets(
    connection: sqlite3.Connection, wanted: AssetFilter, *, reader: str, states: Sequence[str], skip: int, limit: int
) -> list[ListedAsset]:
    """List them by name."""
    rows = connection.execute(
        f"""
        SELECT {_COLUMNS}
          FROM assets
          JOIN neighbourhoods USING (neighbourhood_id)
          LEFT JOIN venues ON venues.venue_id = assets.venue_id
         WHERE assets.asset_id IN (
                   SELECT assets.asset_id FROM assets WHERE {_WANTED}
                    ORDER BY assets.shown_name COLLATE names, assets.asset_id LIMIT :limit OFFSET :skip)
         ORDER BY assets.shown_name COLLATE names, assets.asset_id
        """,  # noqa: S608  # constants of this module
        {
            **wanted.parameters,
            "reader": reader,
            "states": json.dumps(list(states)),
            "skip": skip,
            "limit": limit,
        },
    )
    return [ListedAsset(**row) for row in rows]


def asset_by_id(
    connection: sqlite3.Connection, asset_id: str, *, reader: str, states: Sequence[str]
) -> ListedAsset | None:
    """Find one asset, also one that is merged into another or has no name left."""
    row = connection.execute(
        f"""
        SELECT {_COLUMNS}
          FROM assets
          JOIN neighbourhoods USING (neighbourhood_id)
          LEFT JOIN venues ON venues.venue_id = assets.venue_id
         WHERE assets.asset_id = :asset_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
        """,  # noqa: S608  # constants of this module
        {"asset_id": asset_id, "reader": reader, "states": json.dumps(list(states))},
    ).fetchone()
    return None if row is None else ListedAsset(**row)


def candidates(
    connection: sqlite3.Connection, neighbourhood_ids: Sequence[str], *, reader: str
) -> list[dict[str, object]]:
    """List what assets of neighbourhoods are compared by: names, kind and position."""
    rows = connection.execute(
        """
        SELECT assets.asset_id, assets.neighbourhood_id, assets.shown_name, assets.shown_names, assets.shown_kind,
               assets.shown_latitude, assets.shown_longitude, assets.shown_accuracy
          FROM assets
         WHERE assets.merged_into IS NULL AND assets.shown_name <> ''
           AND assets.neighbourhood_id IN (SELECT value FROM json_each(:neighbourhood_ids))
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
         ORDER BY assets.asset_id
        """,
        {"neighbourhood_ids": json.dumps(list(neighbourhood_ids)), "reader": reader},
    )
    return [dict(row) for row in rows]


def venues_to_tie(connection: sqlite3.Connection, *, reader: str) -> list[VenueToTie]:
    """List the venues within reach by neighbourhood and name, closed ones too."""
    rows = connection.execute(
        """
        SELECT venues.venue_id, venues.neighbourhood_id, neighbourhoods.name AS neighbourhood_name, venues.name
          FROM venues
          JOIN neighbourhoods USING (neighbourhood_id)
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         ORDER BY neighbourhoods.name COLLATE names, venues.name COLLATE names, venues.venue_id
        """,
        {"reader": reader},
    )
    return [VenueToTie(**row) for row in rows]
