"""SQL about one response that is being changed: its versions, in the order in which they came.

What lies outside of the reader's reach is as if it were not there.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "KeptPart",
    "Standing",
    "Version",
    "WaitingPhone",
    "kept_parts",
    "standing",
    "versions",
    "waiting_phones",
    "words_of_team",
]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a response stands at this moment: its shown version, and how many there are that none follows."""

    head_rev: str
    heads: int
    neighbourhood_id: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """One revision of a response that is not set aside; ``received_at`` is the server's time."""

    rev: str
    header: str
    kind: str
    origin: str
    received_at: str


@dataclass(frozen=True, kw_only=True)
class KeptPart:
    """A text that is kept of a response, in a version that counts or that is set aside."""

    name: str
    sha256: str
    body: str


@dataclass(frozen=True, kw_only=True)
class WaitingPhone:
    """A phone that brought something of a response and has not heard of its erasure yet."""

    name: str
    last_seen_at: str | None


def standing(connection: sqlite3.Connection, response_id: str, *, reader: str) -> Standing | None:
    """Tell how a response stands."""
    row = connection.execute(
        """
        SELECT head_rev, heads, neighbourhood_id
          FROM responses
         WHERE response_id = :response_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        """,
        {"response_id": response_id, "reader": reader},
    ).fetchone()
    return None if row is None else Standing(**row)


def versions(connection: sqlite3.Connection, response_id: str, *, reader: str) -> list[Version]:
    """List the versions of a response, oldest first; what is set aside is none."""
    rows = connection.execute(
        """
        SELECT rev, header, kind, origin, received_at
          FROM revisions
         WHERE response_id = :response_id AND quarantined_why IS NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
         ORDER BY seq
        """,
        {"response_id": response_id, "reader": reader},
    )
    return [Version(**row) for row in rows]


def kept_parts(
    connection: sqlite3.Connection, response_id: str, *, names: Sequence[str], reader: str
) -> list[KeptPart]:
    """List the texts of those names that are kept of a response, in whatever version of it, set aside or not."""
    rows = connection.execute(
        """
        SELECT DISTINCT revision_parts.name, revision_parts.sha256, parts.body
          FROM revisions
          JOIN revision_parts USING (rev)
          JOIN parts USING (sha256)
         WHERE revisions.response_id = :response_id AND parts.body IS NOT NULL
           AND revision_parts.name IN (SELECT value FROM json_each(:names))
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
         ORDER BY revision_parts.name, revision_parts.sha256
        """,
        {"response_id": response_id, "names": json.dumps(list(names)), "reader": reader},
    )
    return [KeptPart(**row) for row in rows]


def words_of_team(connection: sqlite3.Connection, response_id: str, *, reader: str) -> list[tuple[str, str]]:
    """List what the team wrote about a response, each with where it stands; reasons of changes are in their headers."""
    rows = connection.execute(
        """
        WITH written (response_id, place, words) AS (
            SELECT response_id, 'comment', text FROM comments WHERE response_id = :response_id
             UNION ALL
            SELECT response_id, 'decision', reason FROM reviews WHERE response_id = :response_id
             UNION ALL
            SELECT response_id, 'set-aside', reason FROM set_aside_rejections JOIN revisions USING (rev)
             WHERE response_id = :response_id
             UNION ALL
            SELECT :response_id, 'asset-step', reason FROM asset_steps
             WHERE reason <> '' AND instr(changes, :response_id) > 0
        )
        SELECT written.place, written.words
          FROM written
          JOIN responses USING (response_id)
         WHERE written.words <> ''
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY written.place, written.words
        """,
        {"response_id": response_id, "reader": reader},
    )
    return [(row["place"], row["words"]) for row in rows]


def waiting_phones(connection: sqlite3.Connection, response_id: str, *, reader: str) -> list[WaitingPhone]:
    """List the workers' phones that have not read the log as far as the newest erasure of a response."""
    rows = connection.execute(
        """
        SELECT devices.name, devices.last_seen_at
          FROM devices
         WHERE devices.role = 'worker' AND devices.revoked_at IS NULL
           AND devices.acknowledged_seq < (
               SELECT COALESCE(MAX(erasing.seq), 0) FROM revisions AS erasing
                WHERE erasing.response_id = :response_id AND erasing.kind = 'erase' AND erasing.origin = 'console')
           AND devices.device_id IN (SELECT revisions.device_id FROM revisions
                                      WHERE revisions.response_id = :response_id)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
         ORDER BY devices.name, devices.device_id
        """,
        {"response_id": response_id, "reader": reader},
    )
    return [WaitingPhone(**row) for row in rows]
