"""SQL of what is taken away as it was kept: revisions, decisions and files, within the reader's reach."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from server.reviews.filter_queries import conditions
from server.reviews.filters import Filters

__all__ = [
    "FileRow",
    "PartRow",
    "ReviewRow",
    "RevisionRow",
    "count_files",
    "files",
    "page_of_ids",
    "parts",
    "reviews",
    "revisions",
]


class RevisionRow(NamedTuple):
    """A revision as it was kept; ``device_id`` is whose token brought it."""

    response_id: str
    rev: str
    header: str
    received_at: str
    device_id: str


class PartRow(NamedTuple):
    """A part of a revision; ``body`` is None once it was erased."""

    rev: str
    name: str
    sha256: str
    body: str | None


class ReviewRow(NamedTuple):
    """A decision of a coordinator."""

    response_id: str
    review_id: str
    rev: str
    action: str
    reason: str
    person_id: str
    person: str
    at: str
    undoes: str | None


class FileRow(NamedTuple):
    """A file that belongs to the newest answers of a response; ``state`` is here, erased or, until it came, ''."""

    response_id: str
    head_rev: str
    name: str
    sha256: str
    bytes: int
    type: str
    state: str


def page_of_ids(
    connection: sqlite3.Connection, filters: Filters, *, reader: str, after: str, limit: int
) -> list[tuple[str, str]]:
    """List the next responses with their heads, by id; those that are gone are there in whatever state."""
    wanted, gone = conditions(filters, reader=reader), conditions(replace(filters, states=()), reader=reader)
    rows = connection.execute(
        f"""
        SELECT response_id, head_rev
          FROM responses
         WHERE form_id = :form AND response_id > :after
           AND (({wanted.sql}) OR (responses.gone <> '' AND {gone.sql}))
         ORDER BY response_id
         LIMIT :limit
        """,  # noqa: S608  # constants of filter_queries
        {**wanted.parameters, "after": after, "limit": limit},
    )
    return [(row["response_id"], row["head_rev"]) for row in rows]


def revisions(connection: sqlite3.Connection, response_ids: Sequence[str], *, reader: str) -> list[RevisionRow]:
    """List the revisions of responses in the order they came; what is set aside is left out."""
    rows = connection.execute(
        """
        SELECT response_id, rev, header, received_at, device_id
          FROM revisions
         WHERE response_id IN (SELECT value FROM json_each(:response_ids)) AND quarantined_why IS NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
         ORDER BY response_id, seq
        """,
        {"response_ids": json.dumps(list(response_ids)), "reader": reader},
    )
    return [RevisionRow(*row) for row in rows]


def parts(connection: sqlite3.Connection, revs: Sequence[str]) -> list[PartRow]:
    """List the parts of revisions that came, in order; whoever asks was shown the revisions."""
    rows = connection.execute(
        """
        SELECT revision_parts.rev, revision_parts.name, revision_parts.sha256, parts.body
          FROM revision_parts
          JOIN parts USING (sha256)
         WHERE revision_parts.rev IN (SELECT value FROM json_each(:revs))
         ORDER BY revision_parts.rev, revision_parts.position
        """,
        {"revs": json.dumps(list(revs))},
    )
    return [PartRow(*row) for row in rows]


def reviews(connection: sqlite3.Connection, response_ids: Sequence[str]) -> list[ReviewRow]:
    """List the decisions about responses, in the order they were made."""
    rows = connection.execute(
        """
        SELECT reviews.response_id, reviews.review_id, reviews.rev, reviews.action, reviews.reason, reviews.person_id,
               people.name AS person, reviews.at, reviews.undoes
          FROM reviews
          JOIN people USING (person_id)
         WHERE reviews.response_id IN (SELECT value FROM json_each(:response_ids))
         ORDER BY reviews.response_id, reviews.seq
        """,
        {"response_ids": json.dumps(list(response_ids))},
    )
    return [ReviewRow(*row) for row in rows]


def files(connection: sqlite3.Connection, heads: Sequence[str]) -> list[FileRow]:
    """List the files that the newest answers of responses name, those that have not come and erased ones too."""
    rows = connection.execute(
        """
        SELECT revisions.response_id, named.rev AS head_rev, named.name, named.sha256, named.bytes, named.type,
               CASE WHEN attachments.erased_at IS NOT NULL THEN 'erased'
                    WHEN attachments.stored_at IS NOT NULL THEN 'here' ELSE '' END AS state
          FROM revision_attachments AS named
          JOIN revisions USING (rev)
          LEFT JOIN attachments USING (sha256)
         WHERE named.rev IN (SELECT value FROM json_each(:heads))
         ORDER BY revisions.response_id, named.name
        """,
        {"heads": json.dumps(list(heads))},
    )
    return [FileRow(*row) for row in rows]


def count_files(connection: sqlite3.Connection, filters: Filters, *, reader: str) -> tuple[int, int]:
    """Count the files that the newest answers name and that are here, and their bytes as they came."""
    wanted = conditions(filters, reader=reader)
    row = connection.execute(
        f"""
        SELECT COUNT(*) AS files, COALESCE(SUM(named.bytes), 0) AS bytes
          FROM responses
          JOIN revision_attachments AS named ON named.rev = responses.head_rev
          JOIN attachments ON attachments.sha256 = named.sha256 AND attachments.stored_at IS NOT NULL
         WHERE {wanted.sql}
        """,  # noqa: S608  # constants of filter_queries
        wanted.parameters,
    ).fetchone()
    return int(row["files"]), int(row["bytes"])
