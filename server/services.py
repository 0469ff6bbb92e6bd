"""What every view works with: one frozen value, made once by ``start``.

The application factory puts it in ``app.extensions["fieldwell"]``; a view gets it back
with ``services.current()``. Nothing here knows HTTP but ``current``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from server.bodies import BodyRoom
from server.clock import Clock
from server.config import BODIES_HELD_BYTES, TIDY_AGAIN, TIDY_EVERY
from server.devices import keys
from server.intake.attachments import Attachments
from server.intake.backup_mark import BackupMark
from server.intake.desk import Desk
from server.intake.files import DiskFiles
from server.intake.tidying import Tidying
from server.pictures.drawing import Pictures
from server.residents.tidying import forget_unused_devices
from server.reviews.projector import Projector
from server.store import identity
from server.store.database import Database
from server.store.identity import ServerIdentity
from server.upkeep import erasing, mark, mending

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
    desk: Desk
    body_room: BodyRoom
    attachments: Attachments
    pictures: Pictures
    tidying: Tidying

    def close(self) -> None:
        """Stop what runs behind, then finish and close the database; a second call does nothing."""
        self.tidying.close()
        self.projector.close()
        self.database.close()


def start(folder: Path, *, clock: Clock, random_bytes: Callable[[int], bytes]) -> Services:
    """Open the data folder, give the server its identity and key on first use, and start projecting.

    Raises ``server.store.errors.FolderInUse`` and ``SchemaTooNew``.
    """
    database = Database(folder)
    try:
        return _start(database, clock=clock, random_bytes=random_bytes)
    except BaseException:
        database.close()
        raise


def _start(database: Database, *, clock: Clock, random_bytes: Callable[[int], bytes]) -> Services:
    known = identity.ensure(database, clock=clock, random_bytes=random_bytes)
    programme_keys = keys.ensure(database, clock=clock, random_bytes=random_bytes)
    with database.read() as connection:
        mark.reset_unless_it_fits(database.folder, connection, identity=known)
    erasing.finish(database, clock=clock)
    known = mending.mend(database, known, clock=clock, random_bytes=random_bytes)
    attachments = Attachments(database, DiskFiles(database.folder), clock=clock)
    attachments.tidy()
    projector = Projector(database)
    desk = Desk(
        database=database,
        identity=known,
        clock=clock,
        keys=programme_keys,
        safe_seq=BackupMark(database.folder, known),
        wake=projector.wake,
    )
    return Services(
        database=database,
        clock=clock,
        random_bytes=random_bytes,
        identity=known,
        programme_keys=programme_keys,
        projector=projector,
        desk=desk,
        body_room=BodyRoom(limit_bytes=BODIES_HELD_BYTES),
        attachments=attachments,
        pictures=Pictures(database.folder, open_whole=attachments.files.open_whole),
        tidying=Tidying(lambda: _tidy(database, attachments, clock), every=TIDY_EVERY, again=TIDY_AGAIN),
    )


def _tidy(database: Database, attachments: Attachments, clock: Clock) -> None:
    """Remove what no phone will finish or come back for, and end what an erasure while serving left to do."""
    attachments.tidy()
    forget_unused_devices(database, now=clock.now())
    erasing.settle(database)


def current() -> Services:
    """Give the services of the running application."""
    services: object = current_app.extensions[EXTENSION]
    assert isinstance(services, Services), "The application factory sets the services."
    return services
