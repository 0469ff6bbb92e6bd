"""SQL about the files that people see beside answers.

`reader` is the id of the person who looks: a file is theirs to see when a response in their reach names it.
"""

import sqlite3
from dataclasses import dataclass

__all__ = ["FileOfResponse", "files_of_revision", "may_be_seen"]


@dataclass(frozen=True, kw_only=True)
class FileOfResponse:
    """A file as a revision names it. ``state`` is ``here``, ``erased`` or, while it has not come, None."""

    name: str
    sha256: str
    bytes: int
    type: str
    state: str | None


def files_of_revision(connection: sqlite3.Connection, rev: str, *, reader: str) -> list[FileOfResponse]:
    """List the files of a revision by name."""
    rows = connection.execute(
        """
        SELECT named.name AS name, named.sha256 AS sha256, named.bytes AS bytes, named.type AS type,
               CASE WHEN attachments.erased_at IS NOT NULL THEN 'erased'
                    WHEN attachments.stored_at IS NOT NULL THEN 'here' END AS state
          FROM revision_attachments AS named
          JOIN revisions USING (rev)
          LEFT JOIN attachments USING (sha256)
         WHERE named.rev = :rev
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
         ORDER BY named.name
        """,
        {"rev": rev, "reader": reader},
    )
    return [FileOfResponse(**dict(row)) for row in rows]


def may_be_seen(connection: sqlite3.Connection, sha256: str, *, reader: str) -> bool:
    """Tell whether the file is here and belongs to what people see: not to what is set aside alone."""
    row = connection.execute(
        """
        SELECT EXISTS (
            SELECT 1
              FROM revision_attachments AS named
              JOIN revisions USING (rev)
              JOIN attachments USING (sha256)
             WHERE named.sha256 = :sha256
               AND revisions.quarantined_why IS NULL
               AND attachments.stored_at IS NOT NULL
               AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                              AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
        ) AS seen
        """,
        {"sha256": sha256, "reader": reader},
    ).fetchone()
    return bool(row["seen"])
