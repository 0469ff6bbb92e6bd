"""The operations that a person types: backup, restore, erase; and what a newer version does first: migrate."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlite_utils import Database as TableDatabase

from server.clock import SystemClock
from server.intake.erasure import Request
from server.services import Services
from server.store import migrations
from server.store.connections import open_writer
from server.store.database import FILE_NAME, Database
from server.upkeep import erasing, places
from server.upkeep.backup import back_up
from server.upkeep.errors import BackupRefused, RestoreRefused
from server.upkeep.mark import read_mark, write_mark
from server.upkeep.restore import restore
from server.upkeep.verify import verify
from tests.crash.scene import DATA, assert_sound, count, opened, phone, push, set_up, texts_of
from tests.crash.storing import ATTACHMENT, PHOTO, naming
from tests.server.records import DEVICE, Item

__all__ = ["BackupOperation", "ErasureOperation", "MigrationOperation", "RestoreOperation"]

BACKUPS: Final = "backups"
SECRET_WORDS: Final = "the words that must not be found again"


def _fill(folder: Path) -> None:
    """Put three responses in, one with a file that has arrived."""
    set_up(folder)
    running = opened(folder)
    try:
        push(running, [*_others(), _with_file()])
        running.attachments.receive(device=DEVICE, sha256=ATTACHMENT, offset=0, pieces=[PHOTO])
    finally:
        running.close()


def _others() -> list[Item]:
    return [phone(31).item({"who": "one"}), phone(32).item({"who": "two"})]


def _with_file() -> Item:
    return naming(PHOTO, seed=33, words=SECRET_WORDS)


def _later() -> list[Item]:
    return [phone(34).item({"who": "after the backup"})]


class BackupOperation:
    """A backup beside an earlier one."""

    name = "backup"

    def prepare(self, folder: Path) -> None:
        """There is data, and no backup."""
        _fill(folder)

    def begin(self, folder: Path) -> None:
        """Nothing has to be open."""

    def act(self, opened: None, folder: Path) -> None:
        """Back up."""
        back_up(folder / DATA, folder / BACKUPS, clock=SystemClock(), version="test")

    def end(self, opened: None) -> None:
        """Nothing was opened."""

    def check(self, folder: Path, *, acknowledged: bool) -> None:
        """The mark that makes answers safe is there only beside a whole backup."""
        assert_sound(folder)
        marked = read_mark(folder / DATA)
        assert marked is not None or not acknowledged
        if marked is not None:
            assert not verify(folder / BACKUPS).damaged
        try:
            self.act(None, folder)
        except BackupRefused:  # the same moment again: the first one has come through
            assert marked is None or not verify(folder / BACKUPS).damaged
        assert not verify(folder / BACKUPS).damaged


class RestoreOperation:
    """A backup takes the place of data that have gone on since."""

    name = "restore"

    def prepare(self, folder: Path) -> None:
        """There is a backup, and one response more than it holds."""
        _fill(folder)
        back_up(folder / DATA, folder / BACKUPS, clock=SystemClock(), version="test")
        running = opened(folder)
        push(running, _later())
        running.close()

    def begin(self, folder: Path) -> None:
        """Nothing has to be open."""

    def act(self, opened: None, folder: Path) -> None:
        """Restore."""
        restore(folder / BACKUPS, folder / DATA, replace=True, clock=SystemClock())

    def end(self, opened: None) -> None:
        """Nothing was opened."""

    def check(self, folder: Path, *, acknowledged: bool) -> None:
        """The folder opens as it was before or as it was in the backup, never as an empty one."""
        running = opened(folder)
        epoch = running.identity.epoch
        running.close()
        assert_sound(folder)
        there = texts_of(folder)
        assert {str(item["rev"]) for item in [*_others(), _with_file()]} <= there.keys()
        is_restored = not any(item["rev"] in there for item in _later())
        assert is_restored or not acknowledged
        assert (epoch != self._epoch_of_backup(folder)) == is_restored
        assert (folder / DATA / "attachments" / ATTACHMENT[:2] / ATTACHMENT).read_bytes() == PHOTO
        if not is_restored:
            self._try_again(folder)

    def _try_again(self, folder: Path) -> None:
        try:
            self.act(None, folder)
        except RestoreRefused as error:
            raise AssertionError("A restore that was interrupted can be done again.") from error
        self.check(folder, acknowledged=True)

    def _epoch_of_backup(self, folder: Path) -> str:
        manifest = next((folder / BACKUPS).glob("*/manifest.json"))
        return str(json.loads(manifest.read_text())["epoch"])


class ErasureOperation:
    """All of a response is erased, its file too, with a backup that must be told."""

    name = "erase"

    def prepare(self, folder: Path) -> None:
        """There is data, and a backup of it."""
        _fill(folder)
        back_up(folder / DATA, folder / BACKUPS, clock=SystemClock(), version="test")

    def begin(self, folder: Path) -> Services:
        """Open the server's services; the backups have been copied with the data, so their place is another one."""
        mark = read_mark(folder / DATA)
        assert mark is not None
        write_mark(folder / DATA, replace(mark, folder=str(folder / BACKUPS)))
        (folder / DATA / places.FILE_NAME).unlink()
        return opened(folder)

    def act(self, running: Services, folder: Path) -> None:
        """Erase."""
        response_id = json.loads(str(_with_file()["header"]))["id"]
        wanted = Request(response_id=response_id, parts=None, reason="asked to")
        erasing.erase(running.database, wanted, identity=running.identity, clock=running.clock)

    def end(self, running: Services) -> None:
        """Close them."""
        running.close()

    def check(self, folder: Path, *, acknowledged: bool) -> None:
        """What was acknowledged is nowhere, before any start; otherwise one more try leaves nothing. The rest stays."""
        if acknowledged:
            self._assert_gone(folder)
        running = opened(folder)
        self.act(running, folder)
        running.close()
        assert_sound(folder)
        self._assert_gone(folder)
        there = texts_of(folder)
        assert all(there[str(item["rev"])] == item["parts"] for item in _others())

    def _assert_gone(self, folder: Path) -> None:
        words, bytes_of_file = SECRET_WORDS.encode(), PHOTO[1000:1100]
        for path in (folder / DATA).rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            assert words not in content, f"the words are in {path.name}"
            assert bytes_of_file not in content, f"the photo is in {path.name}"
        assert not (folder / BACKUPS / "attachments" / ATTACHMENT[:2] / ATTACHMENT).exists()


class MigrationOperation:
    """A database of an earlier version is opened by this one."""

    name = "migrate"
    rows = 300

    def prepare(self, folder: Path) -> None:
        """The database is as the version before the last migration left it."""
        (folder / DATA).mkdir(parents=True)
        with closing(open_writer(folder / DATA / FILE_NAME)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            tables = TableDatabase(connection, execute_plugins=False)
            migrations.migrations.apply(tables, stop_before="m006_attachments")
            for number in range(self.rows):
                rev = f"{number:064x}"
                connection.execute(
                    "INSERT INTO log VALUES (?, 'revision', ?, '2026-11-20T10:00:00.000Z')", (number + 1, rev)
                )
                connection.execute(
                    "INSERT INTO revisions VALUES (?, ?, 'r', 'create', 'device', '{}', 'd', 'n', 't', NULL)",
                    (rev, number + 1),
                )
            connection.execute("COMMIT")

    def begin(self, folder: Path) -> None:
        """Opening is the work itself."""

    def act(self, opened: None, folder: Path) -> None:
        """Open, which migrates, and close."""
        Database(folder / DATA).close()

    def end(self, opened: None) -> None:
        """Nothing is open."""

    def check(self, folder: Path, *, acknowledged: bool) -> None:
        """Nothing is lost, and the next opening brings it up to date."""
        assert_sound(folder)
        self.act(None, folder)
        assert_sound(folder)
        assert count(folder, "SELECT COUNT(*) FROM log JOIN revisions USING (seq)") == self.rows
        with closing(sqlite3.connect(folder / DATA / FILE_NAME)) as connection:
            connection.execute("INSERT INTO log (kind, subject, logged_at) VALUES ('erase', 'x', 't')")
            assert connection.execute("SELECT MAX(seq) FROM log").fetchone()[0] == self.rows + 1
