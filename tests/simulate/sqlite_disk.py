"""A database on a disk that fails: in memory, with crashes between any two steps, and a disk that can be full.

What a commit wrote is on the disk; what was not committed is gone after a crash. That is what
`synchronous=FULL` promises, and tests of the real server show that SQLite keeps it.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from tests.simulate.world import Crash, World

__all__ = ["Disk", "DiskConnection", "opened", "power_lost", "quiet", "read_from"]

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE")
WRITES_WITH = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b")
T = TypeVar("T")

FULL = "database or disk is full"


class Disk:
    """Where one machine may crash, and whether its disk is full."""

    def __init__(self, world: World, owner: str) -> None:
        self.world = world
        self.owner = owner
        self.full = False
        self.steps_to_crash: int | None = None
        self.dead = False

    def step(self, what: str) -> None:
        """Pass one point where the power can fail; raises Crash when it does, and from then on."""
        if self.dead:
            raise Crash(what)
        if self.steps_to_crash is None:
            return
        self.steps_to_crash -= 1
        if self.steps_to_crash <= 0:
            self.steps_to_crash = None
            self.dead = True
            self.world.say(self.owner, f"crash at: {what}")
            self.world.count(f"crash point: {what.split()[0].lower()}")
            raise Crash(what)

    def revive(self) -> None:
        """Give power again; a crash that was planned and did not come is forgotten."""
        self.dead = False
        self.steps_to_crash = None


class DiskConnection(sqlite3.Connection):
    """A connection whose statements are steps of a disk; ``disk`` is set before it is used."""

    disk: Disk | None = None

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401  # as sqlite3 has it
        word = _first_word(sql)
        if self.disk is None:
            return super().execute(sql, parameters)
        if word == "ROLLBACK":
            return super().execute(sql, parameters) if self.in_transaction else super().execute("SELECT 1")
        if word in WRITES or word in {"COMMIT", "END"}:
            self.disk.step(f"{word} before")
            self._refuse_when_full(commits=word in {"COMMIT", "END"})
        elif self.disk.dead:
            raise Crash(word)
        cursor = super().execute(sql, parameters)
        if word in {"COMMIT", "END"} or (word in WRITES and not self.in_transaction):
            self.disk.step(f"{word} after")
        return cursor

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:  # noqa: ANN401  # as sqlite3 has it
        cursor = self.cursor()
        for row in parameters:
            cursor = self.execute(sql, row)
        return cursor

    def commit(self) -> None:
        if self.in_transaction:
            self.execute("COMMIT")

    def _refuse_when_full(self, *, commits: bool) -> None:
        """Fail as SQLite does: now with the transaction still open, now with all of it taken back."""
        assert self.disk is not None, "Only a connection with a disk is asked."
        if not self.disk.full:
            return
        if self.in_transaction and (commits or self.disk.world.happens(0.5)):
            self.rollback()
        self.disk.world.count("fault: disk full")
        raise sqlite3.OperationalError(FULL)


def opened(content: bytes, *, disk: Disk | None = None) -> DiskConnection:
    """Open what is on a disk, with the manners of the real connections; without ``disk`` nothing fails."""
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=DiskConnection)
    assert isinstance(connection, DiskConnection), "The factory makes it."
    if content:
        connection.deserialize(content)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.disk = disk
    return connection


def power_lost(connection: DiskConnection) -> bytes:
    """Give what is on the disk after a crash: all that was committed, nothing else. The connection is gone."""
    with quiet(connection):
        connection.rollback()
        begun = connection.execute("SELECT COUNT(*) AS tables FROM sqlite_schema").fetchone()["tables"] > 0
        content = connection.serialize() if begun else b""
    connection.close()
    return content


def read_from(content: bytes, read: Callable[[sqlite3.Connection], T]) -> T:
    """Read something from a database that nobody has open."""
    connection = opened(content)
    try:
        return read(connection)
    finally:
        connection.close()


@contextmanager
def quiet(connection: DiskConnection) -> Iterator[DiskConnection]:
    """Look at a database without taking a step: the eye of the test needs no power."""
    disk, connection.disk = connection.disk, None
    try:
        yield connection
    finally:
        connection.disk = disk


def _first_word(sql: str) -> str:
    """Give what a statement does: of one that begins with a table of its own, what it does with that."""
    word = sql.split(None, 1)[0].upper().rstrip(";")
    found = WRITES_WITH.search(sql) if word == "WITH" else None
    return word if found is None else found[1]
