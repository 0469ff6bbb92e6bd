"""What every view works with: one frozen value, made once by ``start``.

The application factory puts it in ``app.extensions["fieldwell"]``; a view gets it back
with ``services.current()``. Nothing here knows HTTP but ``current``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from server.clock import Clock
from server.devices import keys
from server.reviews.projector import Projector
from server.store import identity
from server.store.database import Database
from server.store.identity import ServerIdentity

__all__ = ["EXTENSION", "Services", "current", "start"]

EXTENSION = "fieldwell"


@dataclass(frozen=True)
class Services:
    """The open database, this server's name and keys, and the parameters that pure code is given.

    ``random_bytes(n)`` gives n unpredictable bytes (``secrets.token_bytes`` outside tests).
    """

    database: Database
    clock: Clock
    random_bytes: Callable[[int], bytes]
    identity: ServerIdentity
    programme_keys: keys.ProgrammeKeys
    projector: Projector

    def close(self) -> None:
        """Stop the projector, then finish and close the database; a second call does nothing."""
        self.projector.close()
        self.database.close()


def start(folder: Path, *, clock: Clock, random_bytes: Callable[[int], bytes]) -> Services:
    """Open the data folder, give the server its identity and key on first use, and start projecting.

    Raises ``server.store.errors.FolderInUse`` and ``SchemaTooNew``.
    """
    database = Database(folder)
    try:
        return Services(
            database=database,
            clock=clock,
            random_bytes=random_bytes,
            identity=identity.ensure(database, clock=clock, random_bytes=random_bytes),
            programme_keys=keys.ensure(database, clock=clock, random_bytes=random_bytes),
            projector=Projector(database),
        )
    except BaseException:
        database.close()
        raise


def current() -> Services:
    """Give the services of the running application."""
    services: object = current_app.extensions[EXTENSION]
    assert isinstance(services, Services), "The application factory sets the services."
    return services
