"""The one thread that writes.

Jobs wait in a bounded queue. What has gathered is committed in one transaction, each job
inside its own savepoint, so that a failing job takes only its own work back. A future is
resolved only after the commit is on the disk: that is what an acknowledgement rests on.

A disk that is full or fails costs the jobs at hand, whose futures say so; the thread goes on,
and the next commit succeeds as soon as the disk lets it.
"""

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, TypeVar

from server.store.errors import QueueFull, StoreClosed, WriteLost
from server.store.savepoint import savepoint

__all__ = ["QUEUE_LIMIT_JOBS", "Writer"]

QUEUE_LIMIT_JOBS = 256
GROUP_LIMIT_JOBS = 64

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job(Generic[T]):
    work: Callable[[sqlite3.Connection], T]
    future: "Future[T]"

    def attempt(self, connection: sqlite3.Connection) -> Callable[[], None]:
        """Do the work inside a savepoint; give back what is to be told once the commit is durable.

        Raises WriteLost when the work's failure ended the whole transaction, as a full disk does.
        """
        try:
            with savepoint(connection):
                result = self.work(connection)
        except Exception as error:
            if not connection.in_transaction:
                raise WriteLost from error
            failure = error
            return lambda: self.future.set_exception(failure)
        return lambda: self.future.set_result(result)


@dataclass(frozen=True)
class _Emptying:
    """A wish to empty the write-ahead log, which no transaction may be open for; ``anew``: to write all pages first."""

    future: "Future[bool]"
    anew: bool = False


class Writer:
    """Owns ``connection`` from construction until ``close`` returns."""

    def __init__(self, connection: sqlite3.Connection, *, queue_limit: int = QUEUE_LIMIT_JOBS) -> None:
        self._connection = connection
        self._queue_limit = queue_limit
        self._queue: queue.Queue[_Job[object] | _Emptying | None] = queue.Queue(queue_limit + 1)
        self._door = threading.Lock()
        self._open = True
        self._thread = threading.Thread(target=self._run, name="fieldwell-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[sqlite3.Connection], T]) -> "Future[T]":
        """Queue ``work``; raise QueueFull or StoreClosed at once rather than wait."""
        job = _Job(work, Future())
        self._put(job)  # type: ignore[arg-type]  # a queue of jobs of every result type
        return job.future

    def empty_log(self) -> "Future[bool]":
        """Queue a checkpoint that leaves the write-ahead log empty; the future tells whether it did."""
        emptying = _Emptying(Future())
        self._put(emptying)
        return emptying.future

    def write_anew(self) -> "Future[bool]":
        """Queue that every page is written anew and the write-ahead log emptied; the future tells whether it was."""
        emptying = _Emptying(Future(), anew=True)
        self._put(emptying)
        return emptying.future

    def is_current_thread(self) -> bool:
        """Tell whether the caller runs on the writer thread, where waiting for a write would never end."""
        return threading.current_thread() is self._thread

    def close(self) -> None:
        """Finish what is queued, move the log into the database file, and close the connection."""
        with self._door:
            if not self._open:
                return
            self._open = False
            self._queue.put_nowait(None)
        self._thread.join()
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:  # nothing is lost: what is in the log counts, and the next start moves it
            log.warning("The log could not be moved into the database file: %s", error)
        self._connection.close()

    def _put(self, entry: "_Job[object] | _Emptying") -> None:
        with self._door:
            if not self._open:
                raise StoreClosed
            if self._queue.qsize() >= self._queue_limit:
                raise QueueFull(limit=self._queue_limit)
            self._queue.put_nowait(entry)

    def _run(self) -> None:
        running = True
        while running:
            jobs, emptyings, running = self._gather()
            if jobs:
                self._commit(jobs)
            for emptying in emptyings:
                self._empty_log(emptying)

    def _gather(self) -> tuple[list[_Job[object]], list[_Emptying], bool]:
        """Wait for a first entry, then take what else is there; False when the end was reached."""
        jobs: list[_Job[object]] = []
        emptyings: list[_Emptying] = []
        entry = self._queue.get()
        while entry is not None:
            if isinstance(entry, _Emptying):
                emptyings.append(entry)
            elif entry.future.set_running_or_notify_cancel():
                jobs.append(entry)
            if len(jobs) == GROUP_LIMIT_JOBS:
                return jobs, emptyings, True
            try:
                entry = self._queue.get_nowait()
            except queue.Empty:
                return jobs, emptyings, True
        return jobs, emptyings, False

    def _commit(self, jobs: list[_Job[object]]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            outcomes = [job.attempt(self._connection) for job in jobs]
            self._connection.execute("COMMIT")
        except Exception as error:
            self._roll_back()
            _fail_all(jobs, error)
            return
        for tell in outcomes:
            tell()

    def _roll_back(self) -> None:
        """Take back what was not committed; a failing disk may fail this too, and then the next BEGIN tells."""
        try:
            self._connection.rollback()
        except sqlite3.Error:
            log.exception("A transaction could not be rolled back")

    def _empty_log(self, emptying: _Emptying) -> None:
        try:
            if emptying.anew:
                self._connection.execute("VACUUM")
            busy, *_frames = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            emptying.future.set_exception(error)
        else:
            emptying.future.set_result(not busy)


def _fail_all(jobs: list[_Job[object]], cause: Exception) -> None:
    for job in jobs:
        lost = WriteLost()
        lost.__cause__ = cause
        job.future.set_exception(lost)
