"""SQL of what people said of assets: observations that wait for a place, and those that have one.

``states`` are the states of responses that count.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "Barrier",
    "Mention",
    "barriers_of_asset",
    "count_none",
    "count_unplaced",
    "mentions_of_asset",
    "names_of_asset",
    "observation",
    "page_of_none",
    "page_of_unplaced",
]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One observation of an asset, with the response that it stands in. ``asset_id``: where it is placed."""

    response_id: str
    observation_id: str
    label: str
    kind: str
    place_words: str
    latitude: float | None
    longitude: float | None
    accuracy: float | None
    properties: str
    neighbourhood_id: str
    neighbourhood_name: str
    lang: str
    state: str
    received_at: str
    asset_id: str | None


@dataclass(frozen=True, kw_only=True)
class Barrier:
    """A barrier that people named about an asset, and how often."""

    code: str
    times: int


_MENTION = """
    said.response_id, said.observation_id, said.label, said.kind, said.place_words, said.latitude, said.longitude,
    said.accuracy, said.properties, responses.neighbourhood_id, neighbourhoods.name AS neighbourhood_name,
    responses.lang, responses.state, responses.received_at
"""
_IN_REACH = """
    EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
               AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
"""


def count_unplaced(
    connection: sqlite3.Connection, *, reader: str, neighbourhood_id: str | None, kind: str, states: Sequence[str]
) -> int:
    """Count the observations that wait for a place, from the counts that are kept of them."""
    row = connection.execute(
        """
        SELECT COALESCE(SUM(points), 0) AS waiting
          FROM place_cells
         WHERE level = 0 AND x = 0 AND y = 0
           AND (:neighbourhood_id IS NULL OR neighbourhood_id = :neighbourhood_id)
           AND (:kind = '' OR kind = :kind)
           AND state IN (SELECT value FROM json_each(:states))
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', place_cells.neighbourhood_id))
        """,
        {
            "reader": reader,
            "neighbourhood_id": neighbourhood_id,
            "kind": kind,
            "states": json.dumps(list(states)),
        },
    ).fetchone()
    return int(row["waiting"])


def page_of_unplaced(
    connection: sqlite3.Connection,
    *,
    reader: str,
    neighbourhood_id: str | None,
    kind: str,
    states: Sequence[str],
    skip: int,
    limit: int,
) -> list[Mention]:
    """List them by neighbourhood, approved ones first, in the order in which they came."""
    rows = connection.execute(
        f"""
        SELECT {_MENTION}, NULL AS asset_id
          FROM (SELECT response_id, observation_id, neighbourhood_id, state, seq
                  FROM unplaced_observations
                 WHERE (:neighbourhood_id IS NULL OR neighbourhood_id = :neighbourhood_id)
                   AND (:kind = '' OR kind = :kind)
                   AND state IN (SELECT value FROM json_each(:states))
                   AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                                  AND reach.neighbourhood_id IN ('*', unplaced_observations.neighbourhood_id))
                 ORDER BY neighbourhood_id, state, seq, observation_id
                 LIMIT :limit OFFSET :skip) AS waiting
          JOIN asset_observations AS said USING (response_id, observation_id)
          JOIN responses USING (response_id)
          JOIN neighbourhoods ON neighbourhoods.neighbourhood_id = responses.neighbourhood_id
         ORDER BY waiting.neighbourhood_id, waiting.state, waiting.seq, waiting.observation_id
        """,  # noqa: S608  # constants of this module
        {
            "reader": reader,
            "neighbourhood_id": neighbourhood_id,
            "kind": kind,
            "states": json.dumps(list(states)),
            "skip": skip,
            "limit": limit,
        },
    )
    return [Mention(**row) for row in rows]


def count_none(connection: sqlite3.Connection, *, reader: str) -> int:
    """Count the observations of which somebody said that they are about no asset."""
    row = connection.execute(
        f"""
        SELECT COUNT(*) AS mentions
          FROM placements
          JOIN asset_observations USING (response_id, observation_id)
          JOIN responses USING (response_id)
         WHERE placements.asset_id IS NULL AND {_IN_REACH}
        """,  # noqa: S608  # constants of this module
        {"reader": reader},
    ).fetchone()
    return int(row["mentions"])


def page_of_none(connection: sqlite3.Connection, *, reader: str, skip: int, limit: int) -> list[Mention]:
    """List them, the newest response first."""
    rows = connection.execute(
        f"""
        SELECT {_MENTION}, NULL AS asset_id
          FROM placements
          JOIN asset_observations AS said USING (response_id, observation_id)
          JOIN responses ON responses.response_id = said.response_id
          JOIN neighbourhoods ON neighbourhoods.neighbourhood_id = responses.neighbourhood_id
         WHERE placements.asset_id IS NULL AND {_IN_REACH}
         ORDER BY responses.seq DESC, said.position
         LIMIT :limit OFFSET :skip
        """,  # noqa: S608  # constants of this module
        {"reader": reader, "skip": skip, "limit": limit},
    )
    return [Mention(**row) for row in rows]


def observation(
    connection: sqlite3.Connection, *, response_id: str, observation_id: str, reader: str
) -> Mention | None:
    """Find one observation, wherever it stands."""
    row = connection.execute(
        f"""
        SELECT {_MENTION}, placements.asset_id
          FROM asset_observations AS said
          JOIN responses USING (response_id)
          JOIN neighbourhoods ON neighbourhoods.neighbourhood_id = responses.neighbourhood_id
          LEFT JOIN placements USING (response_id, observation_id)
         WHERE said.response_id = :response_id AND said.observation_id = :observation_id AND {_IN_REACH}
        """,  # noqa: S608  # constants of this module
        {"response_id": response_id, "observation_id": observation_id, "reader": reader},
    ).fetchone()
    return None if row is None else Mention(**row)


def mentions_of_asset(
    connection: sqlite3.Connection, asset_id: str, *, reader: str, states: Sequence[str], skip: int, limit: int
) -> list[Mention]:
    """List what people said of an asset and of those that are merged into it, newest first."""
    rows = connection.execute(
        f"""
        SELECT {_MENTION}, one.asset_id
          FROM assets AS one
          JOIN placements ON placements.asset_id = one.asset_id
          JOIN asset_observations AS said USING (response_id, observation_id)
          JOIN responses ON responses.response_id = said.response_id
          JOIN neighbourhoods ON neighbourhoods.neighbourhood_id = responses.neighbourhood_id
         WHERE (one.asset_id = :asset_id OR one.merged_into = :asset_id)
           AND responses.state IN (SELECT value FROM json_each(:states)) AND {_IN_REACH}
         ORDER BY responses.seq DESC, said.position
         LIMIT :limit OFFSET :skip
        """,  # noqa: S608  # constants of this module
        {
            "asset_id": asset_id,
            "reader": reader,
            "states": json.dumps(list(states)),
            "skip": skip,
            "limit": limit,
        },
    )
    return [Mention(**row) for row in rows]


def names_of_asset(
    connection: sqlite3.Connection, asset_id: str, *, reader: str, states: Sequence[str]
) -> list[tuple[str, int]]:
    """List the names that people call an asset by, and in how many observations; most used first."""
    rows = connection.execute(
        f"""
        SELECT said.label, COUNT(*) AS times
          FROM assets AS one
          JOIN placements ON placements.asset_id = one.asset_id
          JOIN asset_observations AS said USING (response_id, observation_id)
          JOIN responses ON responses.response_id = said.response_id
         WHERE (one.asset_id = :asset_id OR one.merged_into = :asset_id) AND TRIM(said.label) <> ''
           AND responses.state IN (SELECT value FROM json_each(:states)) AND {_IN_REACH}
         GROUP BY said.label
         ORDER BY times DESC, said.label COLLATE names, said.label
        """,  # noqa: S608  # constants of this module
        {"asset_id": asset_id, "reader": reader, "states": json.dumps(list(states))},
    )
    return [(row["label"], row["times"]) for row in rows]


def barriers_of_asset(
    connection: sqlite3.Connection, asset_id: str, *, reader: str, states: Sequence[str]
) -> list[Barrier]:
    """Count the barriers that people named about an asset, most named first."""
    rows = connection.execute(
        f"""
        SELECT barrier_observations.code, COUNT(*) AS times
          FROM assets AS one
          JOIN placements ON placements.asset_id = one.asset_id
          JOIN barrier_observations ON barrier_observations.response_id = placements.response_id
               AND barrier_observations.asset_observation_id = placements.observation_id
          JOIN responses ON responses.response_id = placements.response_id
         WHERE (one.asset_id = :asset_id OR one.merged_into = :asset_id) AND barrier_observations.code <> ''
           AND responses.state IN (SELECT value FROM json_each(:states)) AND {_IN_REACH}
         GROUP BY barrier_observations.code
         ORDER BY times DESC, barrier_observations.code
        """,  # noqa: S608  # constants of this module
        {"asset_id": asset_id, "reader": reader, "states": json.dumps(list(states))},
    )
    return [Barrier(**row) for row in rows]
