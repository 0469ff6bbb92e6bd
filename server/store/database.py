"""The database of one data folder: many readers, one writer.

    database = Database(Path("/var/lib/fieldwell"))
    with database.read() as connection:        # one snapshot for the whole block
        rows = queries.responses(connection)
    seq = database.write(lambda connection: queries.insert(connection, …))   # on the disk when it returns
    database.close()

A job given to ``write`` runs on the writer thread inside a transaction that is already
open: it neither begins, commits nor waits for another write.
"""

import queue
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from server.store import migrations, swap
from server.store.connections import open_reader, open_writer
from server.store.errors import StoreClosed
from server.store.lock import FolderLock
from server.store.writer import QUEUE_LIMIT_JOBS, Writer

__all__ = ["FILE_NAME", "Database"]

FILE_NAME = "fieldwell.sqlite3"

T = TypeVar("T")


class Database:
    """Opens, locks and migrates the database in ``folder``, which is made if it is not there.

    A restore that was decided but not finished is finished first. Raises FolderInUse when another
    process has the folder, SchemaTooNew when a later version wrote it, and RestoreUnfinished when a
    restore stopped before there was anything to open. Rows are ``sqlite3.Row``.
    """

    def __init__(self, folder: Path, *, queue_limit: int = QUEUE_LIMIT_JOBS) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.path = folder / FILE_NAME
        self._lock = FolderLock(folder)
        try:
            swap.finish(folder, database=FILE_NAME)
            self._writer = Writer(_open_migrated(self.path), queue_limit=queue_limit)
        except BaseException:
            self._lock.release()
            raise
        self._idle_readers: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._open = True

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that cannot write; everything read in the block is of one moment."""
        connection = self._borrow()
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.rollback()
            self._give_back(connection)

    def submit(self, job: Callable[[sqlite3.Connection], T]) -> "Future[T]":
        """Queue ``job`` for the writer; the future resolves once its work is durable.

        Raises QueueFull or StoreClosed at once. The future fails with the job's own
        exception, or with WriteLost when the commit failed.
        """
        return self._writer.submit(job)

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Do ``job`` on the writer thread and wait until its work is durable; raises what ``submit`` does."""
        assert not self._writer.is_current_thread(), "A job must not wait for another write."
        return self.submit(job).result()

    def empty_log(self) -> bool:
        """Move the write-ahead log into the database file and empty it; False when a reader was in the way."""
        assert not self._writer.is_current_thread(), "A job must not wait for the writer."
        return self._writer.empty_log().result()

    def write_anew(self) -> bool:
        """Write every page anew and empty the write-ahead log; False when a reader was in the way of the log.

        SQLite moves rows about within a page and leaves what stood there before in the gap between them, also of rows
        that are gone. Others wait meanwhile, and the disk holds the database twice. Raises sqlite3.Error.
        """
        assert not self._writer.is_current_thread(), "A job must not wait for the writer."
        return self._writer.write_anew().result()

    def close(self) -> None:
        """Finish queued writes, checkpoint, and let the folder go; a second call does nothing."""
        if not self._open:
            return
        self._open = False
        while not self._idle_readers.empty():
            self._idle_readers.get_nowait().close()
        self._writer.close()
        self._lock.release()

    def _borrow(self) -> sqlite3.Connection:
        if not self._open:
            raise StoreClosed
        try:
            return self._idle_readers.get_nowait()
        except queue.Empty:
            return open_reader(self.path)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._open:
            self._idle_readers.put(connection)
        else:
            connection.close()


def _open_migrated(path: Path) -> sqlite3.Connection:
    connection = open_writer(path)
    try:
        migrations.apply(connection)
    except BaseException:
        connection.close()
        raise
    return connection
