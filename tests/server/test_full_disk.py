"""A disk that is full or fails: a clean answer, nothing acknowledged is lost, and it goes on by itself once it can."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.services import Services
from server.store.database import FILE_NAME, Database
from server.store.errors import WriteLost
from tests.server.pushing import push, statuses
from tests.server.records import Item, Phone

LETTER = "x" * 5000


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Let every write past ``size`` bytes of a file fail, as a failing disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def letters(phone: Phone, count: int) -> list[Item]:
    return [phone.item({"who": LETTER}) for _ in range(count)]


def revs_on_disk(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {row[0] for row in connection.execute("SELECT rev FROM revisions")}


@pytest.mark.parametrize("room", range(0, 60_000, 4_100))
def test_a_write_that_fails_at_any_place_of_a_commit_is_told_and_the_next_one_succeeds(
    client: FlaskClient, device: Phone, running: Services, folder: Path, room: int
) -> None:
    running.projector.close()
    acknowledged = letters(device, 3)
    assert statuses(push(client, device, *acknowledged)) == ["stored"] * 3
    batch = letters(device, 12)
    with no_file_longer_than((folder / f"{FILE_NAME}-wal").stat().st_size + room):
        reply = client.post("/sync/v1/push", json={"device": device.device, "items": batch}, headers=device.headers)
        assert (reply.status_code, "Retry-After" in reply.headers) == (503, True)
        assert client.get("/sync/v1/hello").status_code == 200, "Reading goes on."
    assert statuses(push(client, device, *batch)) == ["stored"] * 12
    running.close()
    assert revs_on_disk(folder) == {str(item["rev"]) for item in (*acknowledged, *batch)}


def test_a_full_database_takes_nothing_in_halves_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    database = Database(tmp_path)
    database.write(lambda connection: connection.execute("CREATE TABLE letters (body TEXT NOT NULL) STRICT"))

    def put(connection: sqlite3.Connection) -> None:
        connection.executemany("INSERT INTO letters VALUES (?)", [(LETTER,)] * 50)

    pages = database.write(lambda connection: int(connection.execute("PRAGMA page_count").fetchone()[0]))
    database.write(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages + 20}").fetchone())
    for _ in range(3):
        with pytest.raises((WriteLost, sqlite3.OperationalError)):
            database.write(put)
    database.write(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages + 2000}").fetchone())
    database.write(put)
    with database.read() as connection:
        assert connection.execute("SELECT COUNT(*) FROM letters").fetchone()[0] == 50
    database.close()


def test_a_server_whose_disk_is_full_can_still_be_stopped_and_loses_nothing(
    client: FlaskClient, device: Phone, running: Services, folder: Path
) -> None:
    acknowledged = letters(device, 10)
    push(client, device, *acknowledged)
    with no_file_longer_than(4096):
        running.close()
    assert revs_on_disk(folder) == {str(item["rev"]) for item in acknowledged}
