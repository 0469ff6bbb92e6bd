"""SQL about the samples of the demo: what made-up phones have brought."""

import sqlite3
from dataclasses import dataclass

__all__ = ["Named", "Sampled", "named_assets", "samples"]


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """A sample that nobody has decided about."""

    response_id: str
    head_rev: str
    state: str
    received_at: str
    problem_count: int


def samples(connection: sqlite3.Connection, *, label: str) -> list[Sampled]:
    """List the samples that were never decided about, in the order in which they came."""
    rows = connection.execute(
        """
        SELECT response_id, head_rev, state, received_at, problem_count FROM responses
         WHERE substr(author, 1, length(:label)) = :label AND state = 'received'
           AND NOT EXISTS (SELECT 1 FROM reviews WHERE reviews.response_id = responses.response_id)
         ORDER BY seq
        """,
        {"label": label},
    )
    return [Sampled(**row) for row in rows]


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a sample calls an asset."""

    response_id: str
    observation_id: str
    label: str


def named_assets(connection: sqlite3.Connection, *, label: str, neighbourhood_id: str) -> list[Named]:
    """List what approved samples of a neighbourhood call assets, in the order in which they came."""
    rows = connection.execute(
        """
        SELECT asset_observations.response_id, asset_observations.observation_id, asset_observations.label
          FROM asset_observations JOIN responses USING (response_id)
         WHERE substr(responses.author, 1, length(:label)) = :label AND responses.state = 'approved'
           AND responses.neighbourhood_id = :neighbourhood_id
         ORDER BY responses.seq, asset_observations.position
        """,
        {"label": label, "neighbourhood_id": neighbourhood_id},
    )
    return [Named(**row) for row in rows]
