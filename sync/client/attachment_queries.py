"""Every statement about files that the outbox gives its database. Lists of names travel as JSON arrays."""

import json
import sqlite3
from collections.abc import Collection

__all__ = [
    "attachments_of",
    "confirm_attachment",
    "erase_attachments",
    "erase_unneeded_attachments",
    "forget_attachments",
    "insert_attachment",
    "insert_revision_attachment",
    "mark_attachments_safe",
    "mark_uploaded",
    "note_missing",
    "offer_attachments_again",
    "states_of_attachments",
    "unconfirmed_attachments",
    "upload_candidate",
    "wish_attachments",
]

Connection = sqlite3.Connection


def insert_attachment(connection: Connection, *, sha256: str, content: bytes) -> None:
    """Keep a file's bytes; those that are here stay as they are, and those that were erased come anew."""
    connection.execute(
        """
        INSERT INTO attachments (sha256, bytes, content, state) VALUES (:sha256, :bytes, :content, 'here')
        ON CONFLICT (sha256) DO UPDATE SET content = excluded.content, state = 'here', seq = NULL
        WHERE attachments.content IS NULL
        """,
        {"sha256": sha256, "bytes": len(content), "content": content},
    )


def insert_revision_attachment(connection: Connection, *, rev: str, sha256: str) -> None:
    """Keep that a revision names a file."""
    connection.execute(
        "INSERT INTO revision_attachments (rev, sha256) VALUES (:rev, :sha256) ON CONFLICT DO NOTHING",
        {"rev": rev, "sha256": sha256},
    )


def attachments_of(connection: Connection, *, rev: str) -> list[str]:
    """List the files that a revision names."""
    rows = connection.execute("SELECT sha256 FROM revision_attachments WHERE rev = :rev ORDER BY sha256", {"rev": rev})
    return [row["sha256"] for row in rows]


def unconfirmed_attachments(connection: Connection, *, limit: int, set_aside: Collection[str]) -> list[str]:
    """List files that were sent and that no log has told of yet."""
    rows = connection.execute(
        """
        SELECT sha256 FROM attachments
        WHERE state = 'sent' AND sha256 NOT IN (SELECT value FROM json_each(:set_aside))
        ORDER BY place LIMIT :limit
        """,
        {"limit": limit, "set_aside": json.dumps(list(set_aside))},
    )
    return [row["sha256"] for row in rows]


def upload_candidate(connection: Connection, *, set_aside: Collection[str]) -> sqlite3.Row | None:
    """Find the oldest file that the server lacks and has been told of."""
    row: sqlite3.Row | None = connection.execute(
        """
        SELECT sha256, bytes FROM attachments
        WHERE state = 'here' AND sha256 NOT IN (SELECT value FROM json_each(:set_aside)) AND EXISTS (
            SELECT 1 FROM revision_attachments JOIN revisions USING (rev)
            WHERE revision_attachments.sha256 = attachments.sha256
              AND revisions.state IN ('sent', 'set-aside', 'held', 'safe')
        )
        ORDER BY place LIMIT 1
        """,
        {"set_aside": json.dumps(list(set_aside))},
    ).fetchone()
    return row


def note_missing(connection: Connection, *, rev: str, missing: Collection[str]) -> None:
    """Keep which files of a revision the server lacks, by its receipt, and which it has."""
    connection.execute(
        """
        UPDATE attachments SET
            state = CASE WHEN sha256 IN (SELECT value FROM json_each(:missing)) THEN 'here' ELSE 'sent' END,
            seq = NULL
        WHERE sha256 IN (SELECT sha256 FROM revision_attachments WHERE rev = :rev)
          AND (state = 'here' OR state <> 'erased' AND sha256 IN (SELECT value FROM json_each(:missing)))
        """,
        {"rev": rev, "missing": json.dumps(list(missing))},
    )


def mark_uploaded(connection: Connection, *, sha256: str) -> None:
    """Move on a file whose last byte was acknowledged."""
    connection.execute(
        "UPDATE attachments SET state = 'sent' WHERE sha256 = :sha256 AND state = 'here'", {"sha256": sha256}
    )


def confirm_attachment(connection: Connection, *, sha256: str, seq: int) -> None:
    """Keep that a log says a file is there, whole; one that is safe or erased stays."""
    connection.execute(
        """
        UPDATE attachments SET state = 'held', seq = :seq
        WHERE sha256 = :sha256 AND state IN ('here', 'sent', 'held')
        """,
        {"sha256": sha256, "seq": seq},
    )


def wish_attachments(connection: Connection, *, attachments: Collection[str]) -> None:
    """Put back what a server lacks of files."""
    connection.execute(
        """
        UPDATE attachments SET state = 'here', seq = NULL
        WHERE state = 'sent' AND sha256 IN (SELECT value FROM json_each(:attachments))
        """,
        {"attachments": json.dumps(list(attachments))},
    )


def offer_attachments_again(connection: Connection) -> None:
    """The same for files."""
    connection.execute("UPDATE attachments SET state = 'sent', seq = NULL WHERE state IN ('sent', 'held', 'safe')")


def mark_attachments_safe(connection: Connection, *, safe_seq: int) -> None:
    """Move on files that a verified backup covers."""
    connection.execute(
        "UPDATE attachments SET state = 'safe' WHERE state = 'held' AND seq <= :safe_seq", {"safe_seq": safe_seq}
    )


def forget_attachments(connection: Connection) -> None:
    """Delete files that no revision here names any more."""
    connection.execute("DELETE FROM attachments WHERE sha256 NOT IN (SELECT sha256 FROM revision_attachments)")


def erase_attachments(connection: Connection, *, response_id: str, attachments: Collection[str]) -> None:
    """Delete the bytes of files of a response, but for those that another response here names too."""
    connection.execute(
        """
        UPDATE attachments SET content = NULL, state = 'erased'
        WHERE sha256 IN (SELECT value FROM json_each(:attachments)) AND NOT EXISTS (
            SELECT 1 FROM revision_attachments JOIN revisions USING (rev)
            WHERE revision_attachments.sha256 = attachments.sha256
              AND revisions.response_id <> :response_id AND revisions.state <> 'erased'
        )
        """,
        {"response_id": response_id, "attachments": json.dumps(list(attachments))},
    )


def erase_unneeded_attachments(connection: Connection) -> None:
    """Delete the bytes of files that are safe and that only erased responses name: the server has them for others."""
    connection.execute(
        """
        UPDATE attachments SET content = NULL, state = 'erased'
        WHERE state = 'safe' AND NOT EXISTS (
            SELECT 1 FROM revision_attachments JOIN revisions USING (rev)
            WHERE revision_attachments.sha256 = attachments.sha256 AND revisions.state <> 'erased'
        )
        """
    )


def states_of_attachments(connection: Connection) -> dict[str, str]:
    """List files with their states, oldest first."""
    rows = connection.execute("SELECT sha256, state FROM attachments ORDER BY place")
    return {row["sha256"]: row["state"] for row in rows}


def content_place(connection: Connection, *, sha256: str) -> int:
    """Find the row in which a file's bytes lie."""
    row = connection.execute("SELECT place FROM attachments WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    return int(row["place"])
