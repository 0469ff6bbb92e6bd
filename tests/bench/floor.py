"""The floor: what SQLite itself takes to keep the same bytes as safely, without protocol, checks or server."""

import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.bench.records import Record

__all__ = ["write_raw"]


def write_raw(records: Sequence[Record], *, batch: int) -> list[float]:
    """Insert the records into a new database; give the seconds that each durable commit of `batch` took."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE records (rev TEXT PRIMARY KEY, header TEXT, part TEXT) STRICT")
        return [_insert(connection, records[start : start + batch]) for start in range(0, len(records), batch)]


def _insert(connection: sqlite3.Connection, records: Sequence[Record]) -> float:
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO records (rev, header, part) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(record.rev, record.header, record.part) for record in records],
    )
    connection.execute("COMMIT")
    return time.perf_counter() - began
