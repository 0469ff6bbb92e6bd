"""SQL of the rows that steps change: what the desk said of assets, and where observations stand.

`reader` is the id of the person who changes them: what lies outside of their reach is as if it were not there.
"""

import json
import sqlite3
from collections.abc import Sequence

from server.assets.rules import AssetRow, PlaceRow

__all__ = [
    "asset_row",
    "delete_asset",
    "delete_place",
    "insert_asset",
    "insert_place",
    "is_used",
    "merged_into",
    "neighbourhood_of",
    "place_row",
    "show_again",
    "update_asset",
]


def asset_row(connection: sqlite3.Connection, asset_id: str, *, reader: str) -> AssetRow | None:
    """Find what the desk said of an asset, merged or not."""
    row = connection.execute(
        """
        SELECT asset_id, neighbourhood_id, name, names, kind, place_words, latitude, longitude, accuracy, state, since,
               venue_id, merged_into, import_id, created_at
          FROM assets
         WHERE asset_id = :asset_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
        """,
        {"asset_id": asset_id, "reader": reader},
    ).fetchone()
    return None if row is None else AssetRow(**{**row, "names": tuple(json.loads(row["names"]))})


def merged_into(connection: sqlite3.Connection, asset_id: str, *, reader: str) -> list[AssetRow]:
    """List what the desk said of the assets that are merged into one, in the order of their ids."""
    rows = connection.execute(
        """
        SELECT asset_id FROM assets
         WHERE merged_into = :asset_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
         ORDER BY asset_id
        """,
        {"asset_id": asset_id, "reader": reader},
    ).fetchall()
    found = (asset_row(connection, row["asset_id"], reader=reader) for row in rows)
    return [one for one in found if one is not None]


def insert_asset(connection: sqlite3.Connection, row: AssetRow, *, reader: str) -> bool:
    """Keep a new asset; False where its neighbourhood, or its venue, is out of reach or not there."""
    added = connection.execute(
        """
        INSERT INTO assets (asset_id, neighbourhood_id, name, names, kind, place_words, latitude, longitude, accuracy,
                            state, since, venue_id, merged_into, import_id, created_at)
        SELECT :asset_id, neighbourhoods.neighbourhood_id, :name, :names, :kind, :place_words, :latitude, :longitude,
               :accuracy, :state, :since, :venue_id, :merged_into, :import_id, :created_at
          FROM neighbourhoods
         WHERE neighbourhoods.neighbourhood_id = :neighbourhood_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
           AND (:venue_id IS NULL OR EXISTS (
                   SELECT 1 FROM venues WHERE venue_id = :venue_id AND venues.neighbourhood_id = :neighbourhood_id))
        """,
        {**_columns(row), "reader": reader},
    )
    return added.rowcount == 1


def update_asset(connection: sqlite3.Connection, row: AssetRow, *, reader: str) -> bool:
    """Keep other facts of an asset; it never moves to another neighbourhood, nor is tied to a venue of another one."""
    changed = connection.execute(
        """
        UPDATE assets
           SET name = :name, names = :names, kind = :kind, place_words = :place_words, latitude = :latitude,
               longitude = :longitude, accuracy = :accuracy, state = :state, since = :since, venue_id = :venue_id,
               merged_into = :merged_into
         WHERE asset_id = :asset_id AND neighbourhood_id = :neighbourhood_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
           AND (:venue_id IS NULL OR EXISTS (
                   SELECT 1 FROM venues WHERE venue_id = :venue_id AND venues.neighbourhood_id = :neighbourhood_id))
           AND (:merged_into IS NULL OR EXISTS (
                   SELECT 1 FROM assets AS root
                    WHERE root.asset_id = :merged_into AND root.neighbourhood_id = :neighbourhood_id))
        """,
        {**_columns(row), "reader": reader},
    )
    return changed.rowcount == 1


def delete_asset(connection: sqlite3.Connection, row: AssetRow, *, reader: str) -> bool:
    """Take away an asset on which nothing stands."""
    deleted = connection.execute(
        """
        DELETE FROM assets
         WHERE asset_id = :asset_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
        """,
        {"asset_id": row.asset_id, "reader": reader},
    )
    return deleted.rowcount == 1


def is_used(connection: sqlite3.Connection, asset_id: str) -> bool:
    """Tell whether something stands on an asset, whoever may see it: then it cannot be taken away."""
    row = connection.execute(
        """
        SELECT EXISTS (SELECT 1 FROM placements WHERE asset_id = :asset_id)
            OR EXISTS (SELECT 1 FROM assets WHERE merged_into = :asset_id) AS used
        """,
        {"asset_id": asset_id},
    ).fetchone()
    return bool(row["used"])


def place_row(connection: sqlite3.Connection, *, response_id: str, observation_id: str, reader: str) -> PlaceRow | None:
    """Find where an observation stands; None when it is not placed, or not here."""
    row = connection.execute(
        """
        SELECT placements.response_id, placements.observation_id, COALESCE(placements.asset_id, '') AS asset_id
          FROM placements
          JOIN responses USING (response_id)
         WHERE placements.response_id = :response_id AND placements.observation_id = :observation_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        """,
        {"response_id": response_id, "observation_id": observation_id, "reader": reader},
    ).fetchone()
    return None if row is None else PlaceRow(**row)


def insert_place(connection: sqlite3.Connection, row: PlaceRow, *, reader: str) -> bool:
    """Place an observation on an asset of its own neighbourhood, or on none."""
    placed = connection.execute(
        """
        INSERT INTO placements (response_id, observation_id, asset_id)
        SELECT said.response_id, said.observation_id, NULLIF(:asset_id, '')
          FROM asset_observations AS said
          JOIN responses USING (response_id)
         WHERE said.response_id = :response_id AND said.observation_id = :observation_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
           AND (:asset_id = '' OR EXISTS (
                   SELECT 1 FROM assets WHERE assets.asset_id = :asset_id
                      AND assets.neighbourhood_id = responses.neighbourhood_id))
        """,
        {**vars(row), "reader": reader},
    )
    return placed.rowcount == 1


def delete_place(connection: sqlite3.Connection, row: PlaceRow, *, reader: str) -> bool:
    """Take an observation off where it stands."""
    deleted = connection.execute(
        """
        DELETE FROM placements
         WHERE response_id = :response_id AND observation_id = :observation_id
           AND EXISTS (SELECT 1 FROM responses JOIN reach ON reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id)
                        WHERE responses.response_id = placements.response_id)
        """,
        {"response_id": row.response_id, "observation_id": row.observation_id, "reader": reader},
    )
    return deleted.rowcount == 1


def neighbourhood_of(connection: sqlite3.Connection, response_id: str) -> str | None:
    """Name the neighbourhood of a response, whoever may see it: the log says where something was done."""
    row = connection.execute(
        "SELECT neighbourhood_id FROM responses WHERE response_id = :response_id", {"response_id": response_id}
    ).fetchone()
    return None if row is None else str(row["neighbourhood_id"])


def show_again(connection: sqlite3.Connection, asset_ids: Sequence[str]) -> None:
    """Work out what is shown of assets; of merged ones, of what they are merged into as well."""
    connection.execute(
        """
        INSERT INTO asset_shown_again (asset_id)
        SELECT one.asset_id
          FROM assets
          JOIN assets AS one ON one.asset_id IN (assets.asset_id, assets.merged_into)
         WHERE assets.asset_id IN (SELECT value FROM json_each(:ids))
         GROUP BY one.asset_id
         ORDER BY one.merged_into IS NULL, one.asset_id
        """,
        {"ids": json.dumps(list(asset_ids))},
    )


def _columns(row: AssetRow) -> dict[str, object]:
    return {**vars(row), "names": json.dumps(row.names, ensure_ascii=False)}
