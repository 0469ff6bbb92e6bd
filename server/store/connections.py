"""How a connection to the database file is set up: one way to write, one way to read.

Only the writer checkpoints. Two connections that write or checkpoint at once hit a WAL
corruption bug in SQLite before 3.51.3, which Debian 12 ships.
"""

import sqlite3
from pathlib import Path

from server.store.order_of_names import compare_names

__all__ = ["open_reader", "open_writer"]

CHECKPOINT_PAGES = 1000
NAMES = "names"
"""Sorts as people look names up. For ORDER BY only: a schema that names it could be read by no other program."""
BUSY_MILLISECONDS = 5000


def open_writer(path: Path) -> sqlite3.Connection:
    """Open the read-write connection: WAL, every commit synced to the disk, foreign keys kept."""
    connection = _connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """Open a connection that can neither write nor checkpoint."""
    connection = _connect(path)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    """Open without implicit transactions: who begins one says so. Used by one thread at a time."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.create_collation(NAMES, compare_names)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
