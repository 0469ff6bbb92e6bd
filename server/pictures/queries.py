"""SQL about the files that people see beside answers."""

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


def files_of_revision(connection: sqlite3.Connection, rev: str) -> list[FileOfResponse]:
    """List the files of a revision by name."""
    rows = connection.execute(
        """
        SELECT named.name AS name, named.sha256 AS sha256, named.bytes AS bytes, named.type AS type,
               CASE WHEN attachments.erased_at IS NOT NULL THEN 'erased'
                    WHEN attachments.stored_at IS NOT NULL THEN 'here' END AS state
          FROM revision_attachments AS named
          LEFT JOIN attachments USING (sha256)
         WHERE named.rev = :rev
         ORDER BY named.name
        """,
        {"rev": rev},
    )
    return [FileOfResponse(**dict(row)) for row in rows]


def may_be_seen(connection: sqlite3.Connection, sha256: str) -> bool:
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
        ) AS seen
        """,
        {"sha256": sha256},
    ).fetchone()
    return bool(row["seen"])
