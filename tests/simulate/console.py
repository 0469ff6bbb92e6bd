"""What people do at central: erase, close a form, revoke and enrol phones, back up, restore, copy a folder by hand.

The order of an erasure's steps is that of `server.upkeep.erasing`: ledger, rows, files; what a crash leaves
undone the next start finishes from the ledger, which a restore does not take back.
"""

import sqlite3
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta

from server.clock import as_text
from server.devices import queries as device_queries
from server.devices import tokens
from server.intake import erasure
from server.intake.attachment_queries import erased_attachments
from server.intake.erasure import Erasure
from server.intake.feed_queries import entry_at
from server.store.errors import WriteLost
from server.store.identity import begin_epoch
from server.upkeep.mark import as_note
from server.upkeep.queries import last_seq_before
from tests.simulate.backups import Backup, Shelf
from tests.simulate.central import Central
from tests.simulate.records import CLOSING, NEIGHBOURHOOD
from tests.simulate.sqlite_disk import opened
from tests.simulate.witness import Witness
from tests.simulate.world import Crash, World

__all__ = ["Console"]


class Console:
    """The people who run central, and the ledger of erasures that lies beside the backups."""

    def __init__(self, world: World, central: Central, witness: Witness) -> None:
        self.world = world
        self.central = central
        self.witness = witness
        self.shelf = Shelf()
        self.ledger: list[str] = []
        central.on_start.append(self._finish_erasures)

    def token(self, device: str, *, lasts: timedelta = tokens.LIFETIME) -> str | None:
        """Enrol a phone and give its token, or None when central cannot now."""
        now = self.central.clock.now()
        kept = self._write(
            lambda connection: device_queries.put_device(
                connection,
                device_id=device,
                neighbourhood_id=NEIGHBOURHOOD,
                role="worker",
                name=device[-2:],
                now=as_text(now),
            )
        )
        if not kept:
            return None
        return tokens.sign(
            tokens.Credentials(
                device=device,
                role="worker",
                scopes=(NEIGHBOURHOOD,),
                name=device[-2:],
                expires=now + lasts,
                issued=now,
            ),
            self.central.running.desk.keys.signing,
        )

    def revoke(self, device: str) -> None:
        """End a phone's credentials."""
        now = as_text(self.central.clock.now())
        if self._write(lambda connection: device_queries.revoke(connection, device_id=device, now=now)):
            self.world.say("console", f"revoked {device[-2:]}")
            self.world.count("done: revoke")

    def close_form(self) -> None:
        """Close the version of the form that is closed on the way, and tell of it in the log."""
        now = as_text(self.central.clock.now())

        def close(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE form_versions SET closed_at = ? WHERE version = ?", (now, CLOSING))
            connection.execute("INSERT INTO log (kind, subject, logged_at) VALUES ('forms', 'walk 2', ?)", (now,))

        if self._write(close):
            self.world.say("console", "closed a form")
            self.world.count("done: close form")

    def erase(self, response_id: str) -> None:
        """Erase a response; what is acknowledged to the person here is looked for ever after."""
        if not self.central.is_up:
            return
        try:
            with self.central.running.store.read() as connection:
                planned = erasure.plan(
                    connection,
                    erasure.Request(response_id=response_id, parts=None, reason="asked for"),
                    server_id=self.central.running.identity.server_id,
                    now=as_text(self.central.clock.now()),
                )
            if planned is None:
                return
            self.central.disk.step("ledger before")
            self.ledger.append(planned.as_line())
            self.witness.ask_to_erase(planned.header.id, planned.erases)
            self.central.disk.step("ledger after")
            self._carry_out(planned)
        except WriteLost:
            self.world.say("console", "an erasure waits for the disk")
            return
        except Crash:
            self.central.crash()
            return
        self._acknowledge(planned)

    def backup(self) -> None:
        """Make a verified backup."""
        if self.central.is_up:
            made = self.central.backup(len(self.shelf.backups))
            self.shelf.add(made, now=self.central.clock.now())
            self.world.say("console", f"backup up to {made.mark.seq}")
            self.world.count("done: backup")

    def restore(self, backup: Backup, *, by_hand: bool) -> None:
        """Put an older state in place: by the command, which begins a new epoch, or by a copy of the folder."""
        if self.central.is_up:
            self.central.stop()
        database = backup.database
        if not by_hand:
            database = self._with_new_epoch(backup)
        else:
            self.shelf.keep_the_line_of(backup)
            if self.world.happens(0.5):
                self.central.note = as_note(backup.mark)  # else the newer note stays beside the older database
        self.central.restore(database, backup.files, line=backup.line)
        self.world.say("console", f"restored up to {backup.mark.seq}, {'raw copy' if by_hand else 'new epoch'}")
        self.world.count("fault: raw copy" if by_hand else "fault: restore")
        held = self.central.held()
        self.witness.forget_acknowledged(held)
        self.central.start()

    def _with_new_epoch(self, backup: Backup) -> bytes:
        """Begin another life of the log, and note how much of it this backup covers, as `server.upkeep.restore`."""
        connection = opened(backup.database)
        connection.execute("BEGIN")
        known = begin_epoch(connection, random_bytes=self.world.chance.randbytes)
        covered = last_seq_before(connection, seq=backup.mark.seq + 1)
        mark = replace(backup.mark, epoch=known.epoch, seq=covered, entry=entry_at(connection, seq=covered))
        connection.execute("COMMIT")
        database = connection.serialize()
        connection.close()
        self.central.note = as_note(mark)
        return database

    def _finish_erasures(self) -> None:
        """Do what the ledger says and has not been done, as every start does."""
        for one in map(erasure.from_line, self.ledger):
            try:
                self._carry_out(one)
            except WriteLost:
                continue
            self._acknowledge(one)

    def _carry_out(self, one: Erasure) -> None:
        running = self.central.running
        with running.store.read() as connection:
            done = erasure.is_carried_out(connection, one)
        if not done:
            now = as_text(self.central.clock.now())
            running.store.write(lambda connection: erasure.carry_out(connection, one, now=now))
        with running.store.read() as connection:
            erased = set(erased_attachments(connection))
        self._remove_files(erased.intersection(one.erases.attachments))

    def _remove_files(self, names: Collection[str]) -> None:
        """Remove files by their paths: whole ones and what has begun to arrive. What came in again since stays."""
        folder = self.central.folder
        for path in folder.paths():
            if path.rpartition("/")[2] in names:
                folder.remove(path)
        for within in sorted({sha256[:2] for sha256 in names}):
            folder.fsync_folder(within)

    def _acknowledge(self, one: Erasure) -> None:
        if self.witness.acknowledge_erasure(one.erases):
            self.world.say("console", f"erased {len(one.erases.parts)} parts, {len(one.erases.attachments)} files")
            self.world.count("done: erase")

    def _write(self, job: Callable[[sqlite3.Connection], None]) -> bool:
        if not self.central.is_up:
            return False
        try:
            self.central.running.store.write(job)
        except WriteLost:
            return False
        except Crash:
            self.central.crash()
            return False
        return True
