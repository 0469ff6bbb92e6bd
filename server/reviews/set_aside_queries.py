"""SQL for what was kept, but set aside: it joins no response, and stands in no count, map or download.

What lies outside of the reader's reach is as if it were not there, and so is what has been erased since.
"""

import sqlite3
from dataclasses import dataclass

__all__ = ["SetAside", "count_set_aside", "page_of_set_aside", "set_aside_of_response"]


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """A revision that is set aside, and why (a `QuarantineReason`).

    ``author`` is what it says of itself; ``phone`` and ``venue`` are what is known here of where it came from, within
    the reader's reach.
    """

    rev: str
    response_id: str
    why: str
    received_at: str
    neighbourhood: str
    form_id: str
    version: str
    logic_sha: str
    lang: str
    author: str
    phone: str | None
    from_poster: bool
    venue: str | None


def count_set_aside(connection: sqlite3.Connection, *, reader: str, rejected: bool = False) -> int:
    """Count what is set aside and waits for a decision, or what was ``rejected`` for good."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS revisions
          FROM revisions
         WHERE quarantined_why IS NOT NULL
           AND EXISTS (SELECT 1 FROM revision_parts JOIN parts USING (sha256)
                        WHERE revision_parts.rev = revisions.rev AND parts.erased_at IS NULL)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
           AND :rejected = EXISTS (SELECT 1 FROM set_aside_rejections WHERE set_aside_rejections.rev = revisions.rev)
        """,
        {"reader": reader, "rejected": rejected},
    ).fetchone()
    return int(row["revisions"])


def page_of_set_aside(
    connection: sqlite3.Connection, *, reader: str, skip: int, limit: int, rejected: bool = False
) -> list[SetAside]:
    """List what is set aside and waits for a decision, or what was ``rejected`` for good, newest first."""
    return _rows(connection, reader=reader, response_id=None, rejected=rejected, skip=skip, limit=limit)


def set_aside_of_response(
    connection: sqlite3.Connection, response_id: str, *, reader: str, limit: int
) -> list[SetAside]:
    """List what is set aside of one response, newest first."""
    return _rows(connection, reader=reader, response_id=response_id, rejected=None, skip=0, limit=limit)


def _rows(
    connection: sqlite3.Connection,
    *,
    reader: str,
    response_id: str | None,
    rejected: bool | None,
    skip: int,
    limit: int,
) -> list[SetAside]:
    rows = connection.execute(
        """
        SELECT revisions.rev, revisions.response_id, revisions.quarantined_why AS why, revisions.received_at,
               COALESCE(neighbourhoods.name, revisions.neighbourhood_id) AS neighbourhood,
               json_extract(revisions.header, '$.form.id') AS form_id,
               json_extract(revisions.header, '$.form.version') AS version,
               json_extract(revisions.header, '$.form.logic') AS logic_sha,
               json_extract(revisions.header, '$.lang') AS lang,
               json_extract(revisions.header, '$.author') AS author,
               devices.name AS phone, revisions.poster_id IS NOT NULL AS from_poster, venues.name AS venue
          FROM revisions
          LEFT JOIN neighbourhoods ON neighbourhoods.neighbourhood_id = revisions.neighbourhood_id
          LEFT JOIN devices ON devices.device_id = revisions.device_id AND devices.role = 'worker'
                AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                               AND reach.neighbourhood_id IN ('*', devices.neighbourhood_id))
          LEFT JOIN posters ON posters.poster_id = revisions.poster_id
          LEFT JOIN venues ON venues.venue_id = posters.venue_id
                AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                               AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         WHERE revisions.quarantined_why IS NOT NULL
           AND (:response_id IS NULL OR revisions.response_id = :response_id)
           AND (:rejected IS NULL OR :rejected = EXISTS (
               SELECT 1 FROM set_aside_rejections WHERE set_aside_rejections.rev = revisions.rev))
           AND EXISTS (SELECT 1 FROM revision_parts JOIN parts USING (sha256)
                        WHERE revision_parts.rev = revisions.rev AND parts.erased_at IS NULL)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
         ORDER BY revisions.seq DESC
         LIMIT :limit OFFSET :skip
        """,
        {"reader": reader, "response_id": response_id, "rejected": rejected, "skip": skip, "limit": limit},
    )
    return [SetAside(**{**row, "from_poster": bool(row["from_poster"])}) for row in rows]
