"""A step inside a transaction that is taken back alone when it fails."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["savepoint"]


@contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep what the block writes, or take it back and raise what it raised.

    After a full disk SQLite may have ended the whole transaction; then there is nothing to
    go back to, which ``connection.in_transaction`` tells the caller.
    """
    connection.execute("SAVEPOINT step")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO SAVEPOINT step")
            connection.execute("RELEASE SAVEPOINT step")
        raise
    connection.execute("RELEASE SAVEPOINT step")
