"""Reading a data folder beside the server that runs on it: nothing is written there, and nobody waits.

    with opened_beside(Path("/var/lib/fieldwell")) as database, database.read() as connection:
        …

Whoever has the folder may read all of it: the view ``reach`` has one more reader, EVERYTHING.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from server.store.connections import NAMES
from server.store.database import FILE_NAME
from server.store.errors import NoDatabase, SchemaTooOld
from server.store.migrations import is_current
from server.store.order_of_names import compare_names
from server.store.snapshot import open_untouching

__all__ = ["EVERYTHING", "Beside", "opened_beside"]

EVERYTHING: Final = "*"
"""Who reads by such a connection; no person has this id."""


class Beside:
    """Lends one connection for short reads, to one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._turn = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection; everything read in the block is of one moment."""
        with self._turn:
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                self._connection.rollback()


@contextmanager
def opened_beside(folder: Path) -> Iterator[Beside]:
    """Open the database of a data folder. Raises NoDatabase; SchemaTooOld until this version has served it once."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise NoDatabase(folder)
    with closing(open_untouching(path)) as connection:
        connection.row_factory = sqlite3.Row
        connection.create_collation(NAMES, compare_names)
        if not is_current(connection):
            raise SchemaTooOld(folder)
        connection.execute("PRAGMA query_only = OFF")
        connection.execute(
            """
            CREATE TEMP VIEW reach (person_id, neighbourhood_id) AS
                SELECT person_id, neighbourhood_id FROM main.reach UNION ALL SELECT '*', '*'
            """
        )
        connection.execute("PRAGMA query_only = ON")
        yield Beside(connection)
