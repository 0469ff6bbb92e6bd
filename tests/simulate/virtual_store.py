"""Central's database behind the same two calls as the real one, without its thread: each call is one step of time."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from server.store.errors import WriteLost
from server.store.savepoint import savepoint
from tests.simulate.sqlite_disk import DiskConnection

__all__ = ["VirtualStore"]

T = TypeVar("T")


class VirtualStore:
    """Runs one job at a time in a transaction of its own; before each call, ``meanwhile`` lets others run."""

    def __init__(self, connection: DiskConnection, *, meanwhile: Callable[[], None]) -> None:
        self.connection = connection
        self._meanwhile = meanwhile

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection; everything read in the block is of one moment."""
        self._meanwhile()
        self.connection.execute("BEGIN")
        try:
            yield self.connection
        finally:
            self.connection.rollback()

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Do ``job`` and commit it, as the writer's thread does with a group of one."""
        self._meanwhile()
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            result = self._attempt(job)
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            self.connection.rollback()
            raise WriteLost from error
        return result

    def empty_log(self) -> bool:
        """There is no log beside a database in memory."""
        return True

    def _attempt(self, job: Callable[[sqlite3.Connection], T]) -> T:
        with savepoint(self.connection):
            return job(self.connection)
