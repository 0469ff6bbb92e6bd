"""What an outbox keeps, as tables. Migrations are append-only; ``user_version`` counts those that were done."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["OutboxTooNew", "open_outbox_file", "prepare", "transaction"]

_FIRST: Final = (
    """
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE revisions (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        rev TEXT NOT NULL UNIQUE,
        response_id TEXT NOT NULL,
        header TEXT NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('finalised', 'sent', 'set-aside', 'held', 'safe', 'refused', 'erased')),
        seq INTEGER,
        code TEXT,
        why TEXT,
        safe_at TEXT
    ) STRICT
    """,
    "CREATE INDEX revisions_by_state ON revisions (state, place)",
    """
    CREATE TABLE parts (
        rev TEXT NOT NULL REFERENCES revisions (rev) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        body TEXT,
        PRIMARY KEY (rev, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX parts_by_sha256 ON parts (sha256)",
    """
    CREATE TABLE attachments (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL UNIQUE,
        bytes INTEGER NOT NULL,
        content BLOB,
        state TEXT NOT NULL CHECK (state IN ('here', 'sent', 'held', 'safe', 'erased')),
        seq INTEGER
    ) STRICT
    """,
    "CREATE INDEX attachments_by_state ON attachments (state, place)",
    """
    CREATE TABLE revision_attachments (
        rev TEXT NOT NULL REFERENCES revisions (rev) ON DELETE CASCADE,
        sha256 TEXT NOT NULL REFERENCES attachments (sha256),
        PRIMARY KEY (rev, sha256)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX revision_attachments_by_sha256 ON revision_attachments (sha256)",
    """
    CREATE TABLE cursors (server_id TEXT PRIMARY KEY, cursor TEXT NOT NULL) STRICT, WITHOUT ROWID
    """,
)
_REVIEWS: Final = (
    """
    CREATE TABLE reviews (
        response_id TEXT PRIMARY KEY,
        rev TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('received', 'approved', 'returned', 'rejected')),
        reason TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
_MIGRATIONS: Final = (_FIRST, _REVIEWS)


class OutboxTooNew(Exception):
    """A later version wrote the outbox; nothing has been changed."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"The outbox is of version {version}; this program knows up to {len(_MIGRATIONS)}. Use the newer program."
        )
        self.version = version


def open_outbox_file(path: Path) -> sqlite3.Connection:
    """Open or make the file; every commit is synced to the disk. Used by one thread at a time."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA busy_timeout = 5000")
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Bring any connection to the newest tables, with the manners that the outbox relies on."""
    connection.isolation_level = None
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(_MIGRATIONS):
        raise OutboxTooNew(version)
    for number, statements in enumerate(_MIGRATIONS[version:], version + 1):
        with transaction(connection):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep all that the block writes, durably, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise
