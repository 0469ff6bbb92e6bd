"""I3, I5: pushes and readers at the same moment; where they meet is not left to chance."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TypeVar

from flask import Flask

from server.services import EXTENSION, Services
from server.store.database import Database
from tests.server.pushing import count, push, statuses
from tests.server.records import Phone

T = TypeVar("T")


class Lent:
    """A database that a test sees the writes of."""

    def __init__(self, database: Database) -> None:
        self.read = database.read
        self._database = database

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Pass the job on."""
        return self._database.write(job)


def lend(app: Flask, running: Services, database: Lent) -> None:
    """Have the application's desk write through ``database``."""
    app.extensions[EXTENSION] = replace(running, desk=replace(running.desk, database=database))


def test_the_same_from_two_sides_at_once_is_stored_once_and_both_hear_so(
    app: Flask, running: Services, device: Phone
) -> None:
    """I3: neither side's question whether it is here can be asked before the other's answer is written."""
    meeting = Barrier(2)

    class Meeting(Lent):
        def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
            meeting.wait(30)
            return super().write(job)

    lend(app, running, Meeting(running.database))
    item = device.item()
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(push, app.test_client(), device, item) for _ in range(2)]
        assert sorted(str(future.result()[0]["status"]) for future in both) == ["duplicate", "stored"]
    assert [count(running.database, table) for table in ("revisions", "parts")] == [1, 1]


def test_a_seq_that_readers_can_see_has_its_revision(app: Flask, running: Services, device: Phone) -> None:
    """I5: a reader between the two would move its cursor past a revision that comes behind it."""
    bare: list[int] = []

    class Watched(Lent):
        def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
            result = super().write(job)
            with self.read() as connection:
                rows = connection.execute(
                    "SELECT seq FROM log WHERE kind = 'revision' EXCEPT SELECT seq FROM revisions"
                )
                bare.extend(row["seq"] for row in rows)
            return result

    lend(app, running, Watched(running.database))
    assert statuses(push(app.test_client(), device, device.item(), device.item())) == ["stored", "stored"]
    assert bare == []
