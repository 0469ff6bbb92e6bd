"""SQL about a whole database: what a backup holds, and what a restore leaves out."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "Facts",
    "StoredFile",
    "facts",
    "forget_attachment",
    "last_seq_before",
    "named_without_row",
    "stored_attachments",
]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Whose database it is, how far its log reaches and how much it holds."""

    server_id: str
    epoch: str
    seq: int
    revisions: int


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file that has arrived, by its hash, with its length and its place in the log."""

    sha256: str
    bytes: int
    seq: int


def facts(connection: sqlite3.Connection) -> Facts | None:
    """Say what a database is; None when no server has been started on it."""
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'server_identity'").fetchone()
    if known is None:
        return None
    row = connection.execute(
        """
        SELECT server_id, epoch, (SELECT COALESCE(MAX(seq), 0) FROM log) AS seq,
               (SELECT COUNT(*) FROM revisions) AS revisions
        FROM server_identity WHERE id = 1
        """
    ).fetchone()
    return None if row is None else Facts(**row)


def stored_attachments(connection: sqlite3.Connection) -> list[StoredFile]:
    """List the files that have arrived, by seq; none in a database from before there were any."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'attachments'").fetchone() is None:
        return []
    rows = connection.execute("SELECT sha256, bytes, seq FROM attachments WHERE stored_at IS NOT NULL ORDER BY seq")
    return [StoredFile(**row) for row in rows]


def named_without_row(connection: sqlite3.Connection, *, names: Sequence[str]) -> list[str]:
    """List those of some files that revisions name and that are neither known to be here nor erased."""
    rows = connection.execute(
        """
        SELECT value AS sha256 FROM json_each(:names)
        WHERE EXISTS (SELECT 1 FROM revision_attachments AS named WHERE named.sha256 = value)
          AND NOT EXISTS (SELECT 1 FROM attachments WHERE attachments.sha256 = value)
        """,
        {"names": json.dumps(list(names))},
    )
    return [row["sha256"] for row in rows]


def last_seq_before(connection: sqlite3.Connection, *, seq: int) -> int:
    """Give the last place in the log before another one; 0 when there is none."""
    row = connection.execute("SELECT COALESCE(MAX(seq), 0) AS last FROM log WHERE seq < :seq", {"seq": seq}).fetchone()
    return int(row["last"])


def forget_attachment(connection: sqlite3.Connection, *, sha256: str) -> None:
    """Take away that a file has arrived, with its entry in the log; only while a new epoch begins."""
    row = connection.execute("SELECT seq FROM attachments WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    connection.execute("DELETE FROM attachments WHERE sha256 = :sha256", {"sha256": sha256})
    connection.execute("DELETE FROM log WHERE seq = :seq", {"seq": row["seq"]})
