"""SQL about single responses of the way through what waits: where they stand, and when they came.

`reader` is the id of the person who reads: what lies outside of their reach is as if it were not there.
"""

import json
import sqlite3
from collections.abc import Sequence

__all__ = ["newest_seq", "received_at", "seq_of_response"]


def newest_seq(connection: sqlite3.Connection, *, reader: str) -> int:
    """Find the seq of the newest response that is listed; 0 when there is none."""
    row = connection.execute(
        """
        SELECT COALESCE(MAX(responses.seq), 0) AS newest
          FROM responses
         WHERE EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        """,
        {"reader": reader},
    ).fetchone()
    return int(row["newest"])


def seq_of_response(connection: sqlite3.Connection, response_id: str, *, reader: str) -> int | None:
    """Give the seq by which a response stands in the list."""
    row = connection.execute(
        """
        SELECT responses.seq FROM responses
         WHERE responses.response_id = :response_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        """,
        {"response_id": response_id, "reader": reader},
    ).fetchone()
    return None if row is None else int(row["seq"])


def received_at(connection: sqlite3.Connection, response_ids: Sequence[str], *, reader: str) -> dict[str, str]:
    """Tell when responses were received, by their id."""
    rows = connection.execute(
        """
        SELECT responses.response_id, responses.received_at FROM responses
         WHERE responses.response_id IN (SELECT value FROM json_each(:response_ids))
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY responses.response_id
        """,
        {"response_ids": json.dumps(list(response_ids)), "reader": reader},
    )
    return {row["response_id"]: row["received_at"] for row in rows}
