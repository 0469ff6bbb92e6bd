"""SQL about responses that may be the same one twice, and what was decided about them.

What lies outside of the reader's reach is as if it were not there.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Compared", "around", "delete_dismissal", "dismissed", "insert_dismissal", "newest", "parts_of"]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A response as it is compared with others, and listed."""

    response_id: str
    head_rev: str
    form_id: str
    version: str
    neighbourhood_id: str
    neighbourhood: str
    device_id: str
    author: str
    made_at: str
    received_at: str
    state: str
    seq: int
    assets: tuple[str, ...]


def newest(connection: sqlite3.Connection, *, reader: str, limit: int) -> list[Compared]:
    """List the responses that came last and are not rejected, newest first."""
    rows = connection.execute(
        """
        SELECT responses.response_id, responses.head_rev, responses.form_id, responses.version,
               responses.neighbourhood_id, COALESCE(neighbourhoods.name, responses.neighbourhood_id) AS neighbourhood,
               responses.device_id, responses.author, responses.made_at, responses.received_at, responses.state,
               responses.seq,
               (SELECT json_group_array(label) FROM asset_observations
                 WHERE asset_observations.response_id = responses.response_id AND TRIM(label) <> '') AS assets
          FROM responses
          LEFT JOIN neighbourhoods USING (neighbourhood_id)
         WHERE responses.state <> 'rejected' AND responses.gone = '' AND responses.form_id <> 'no_interview'
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY responses.seq DESC
         LIMIT :limit
        """,
        {"reader": reader, "limit": limit},
    )
    return [_compared(row) for row in rows]


def around(connection: sqlite3.Connection, *, response_id: str, reader: str, limit: int) -> list[Compared]:
    """List the responses that came shortly before and after one, and are not rejected, in the order they came."""
    rows = connection.execute(
        """
        SELECT responses.response_id, responses.head_rev, responses.form_id, responses.version,
               responses.neighbourhood_id, COALESCE(neighbourhoods.name, responses.neighbourhood_id) AS neighbourhood,
               responses.device_id, responses.author, responses.made_at, responses.received_at, responses.state,
               responses.seq,
               (SELECT json_group_array(label) FROM asset_observations
                 WHERE asset_observations.response_id = responses.response_id AND TRIM(label) <> '') AS assets
          FROM responses
          LEFT JOIN neighbourhoods USING (neighbourhood_id)
         WHERE responses.seq IN (
               SELECT seq FROM (
                   SELECT seq FROM responses
                    WHERE seq <= (SELECT seq FROM responses WHERE response_id = :response_id)
                    ORDER BY seq DESC LIMIT :limit)
               UNION SELECT seq FROM (
                   SELECT seq FROM responses
                    WHERE seq > (SELECT seq FROM responses WHERE response_id = :response_id)
                    ORDER BY seq LIMIT :limit))
           AND responses.state <> 'rejected' AND responses.gone = '' AND responses.form_id <> 'no_interview'
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY responses.seq
        """,
        {"response_id": response_id, "reader": reader, "limit": limit},
    )
    return [_compared(row) for row in rows]


def parts_of(connection: sqlite3.Connection, revs: Sequence[str], *, reader: str) -> dict[str, list[tuple[str, str]]]:
    """Give names and texts of the parts of versions that are kept, by rev."""
    rows = connection.execute(
        """
        SELECT revisions.rev, revision_parts.name, parts.body
          FROM revisions
          JOIN revision_parts USING (rev)
          JOIN parts USING (sha256)
         WHERE revisions.rev IN (SELECT value FROM json_each(:revs)) AND parts.body IS NOT NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
         ORDER BY revisions.rev, revision_parts.position
        """,
        {"revs": json.dumps(list(revs)), "reader": reader},
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row["rev"], []).append((row["name"], row["body"]))
    return found


def dismissed(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """List the pairs that somebody decided are no duplicates, the lesser id first; ids alone, asked by the rules."""
    rows = connection.execute("SELECT first_id, second_id FROM not_duplicates ORDER BY first_id, second_id")
    return frozenset((row["first_id"], row["second_id"]) for row in rows)


def insert_dismissal(connection: sqlite3.Connection, first_id: str, second_id: str, *, reader: str, at: str) -> bool:
    """Keep that two responses are no duplicates; False when that was decided before, or one is out of reach."""
    inserted = connection.execute(
        """
        INSERT INTO not_duplicates (first_id, second_id, person_id, at)
        SELECT :first_id, :second_id, :reader, :at
         WHERE 2 = (SELECT COUNT(*) FROM responses
                     WHERE response_id IN (:first_id, :second_id)
                       AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                                      AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id)))
        ON CONFLICT (first_id, second_id) DO NOTHING
        """,
        {"first_id": first_id, "second_id": second_id, "reader": reader, "at": at},
    )
    return inserted.rowcount == 1


def delete_dismissal(connection: sqlite3.Connection, first_id: str, second_id: str, *, reader: str) -> bool:
    """Ask about two responses again; False when nobody had decided, or one is out of reach."""
    deleted = connection.execute(
        """
        DELETE FROM not_duplicates
         WHERE first_id = :first_id AND second_id = :second_id
           AND 2 = (SELECT COUNT(*) FROM responses
                     WHERE response_id IN (:first_id, :second_id)
                       AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                                      AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id)))
        """,
        {"first_id": first_id, "second_id": second_id, "reader": reader},
    )
    return deleted.rowcount == 1


def _compared(row: sqlite3.Row) -> Compared:
    return Compared(**{**row, "assets": tuple(json.loads(row["assets"]))})
