"""A copy of the database as it is at one moment, made beside a server that goes on writing, and whether it is sound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from server.store.connections import open_reader

__all__ = ["bytes_of", "copy_database", "faults", "open_untouching", "opened_snapshot", "opened_untouched"]


def copy_database(source: Path, target: Path) -> None:
    """Copy in one step: the source cannot move on halfway, and its writer does not wait.

    The copy is one file, with no log beside it. Raises sqlite3.Error, a full disk included.
    """
    with closing(open_untouching(source)) as reader, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        reader.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")


def bytes_of(database: Path) -> int:
    """Tell how much room a copy may take: the file and what its log has yet to bring into it."""
    beside = _log_of(database)
    return database.stat().st_size + (beside.stat().st_size if beside.exists() else 0)


def open_untouching(source: Path) -> sqlite3.Connection:
    """Open so that closing changes nothing: who closes last, and may write, brings a log that was left into the file.

    Where there is none, that cannot happen, and a connection that may write removes the empty log that it makes.
    """
    log = _log_of(source)
    if not (log.exists() and log.stat().st_size):
        return open_reader(source)
    return sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


@contextmanager
def opened_snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy that nobody changes; nothing is written, not even beside it."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    with closing(connection):
        yield connection


@contextmanager
def opened_untouched(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database that no server uses, with the log that one may have left beside it; nothing is changed."""
    with closing(open_untouching(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def faults(connection: sqlite3.Connection) -> list[str]:
    """List what is wrong inside a database file: damaged pages, and rows that refer to nothing."""
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
        dangling = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [*found, *([f"rows that refer to nothing: {dangling}"] if dangling else [])]
