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
from server.exports import sheets
from server.form_desk.drafts import FormDesk
from server.intake.attachments import Attachments
from server.intake.backup_mark import BackupMark
from server.intake.desk import Desk
from server.intake.files import DiskFiles
from server.intake.forms_hash import FormsHash
from server.intake.tidying import Tidying
from server.maps import keeping as maps_kept
from server.pictures.drawing import Pictures
from server.recordings.keeping import forget_old_recordings
from server.residents.tidying import forget_unused_devices
from server.reviews.projector import Projector
from server.store import identity
from server.store.database import Database
from server.store.identity import ServerIdentity
from server.upkeep import erasing, mark, mending
from server.words.joined import Words
from server.wrong_words.keeping import forget_handled

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
    words: Words
    form_desk: FormDesk

    def close(self) -> None:
        """Stop what runs behind, then finish and close the database; a second call does nothing."""
        self.form_desk.close()
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
    sheets.forget_unfinished(database.folder)
    maps_kept.forget_unfinished(database.folder)
    erasing.finish(database, clock=clock)
    known = mending.mend(database, known, clock=clock, random_bytes=random_bytes)
    attachments = Attachments(database, DiskFiles(database.folder), clock=clock)
    attachments.tidy()
    projector = Projector(database)
    words = Words(database.folder)
    desk = Desk(
        database=database,
        identity=known,
        clock=clock,
        keys=programme_keys,
        safe_seq=BackupMark(database.folder, known),
        wake=projector.wake,
        forms_hash=FormsHash(words.for_app),
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
        words=words,
        form_desk=FormDesk(database.folder, clock=clock),
    )


def _tidy(database: Database, attachments: Attachments, clock: Clock) -> None:
    """Remove what no phone will finish or come back for; whatever happens, end what an erasure left to do."""
    try:
        attachments.tidy()
        forget_unused_devices(database, now=clock.now())
        forget_handled(database, now=clock.now())
        forget_old_recordings(database, clock=clock)
    finally:
        erasing.settle(database)


def current() -> Services:
    """Give the services of the running application."""
    services: object = current_app.extensions[EXTENSION]
    assert isinstance(services, Services), "The application factory sets the services."
    return services
