"""A data folder with one form and one enrolled phone, and what is looked at in it after a crash."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from server import services
from server.clock import SystemClock
from server.devices import enrolment
from server.devices.enrolment import Enrolled
from server.devices.tokens import Credentials
from server.forms.publish import publish
from server.places.queries import Neighbourhood, add_neighbourhood
from server.services import Services
from server.store.database import FILE_NAME
from sync.codes import ReceiptStatus
from sync.hashes import sha256_hex
from tests.server.records import DEVICE, Item, Phone, chance, compiled_walk

__all__ = ["DATA", "assert_sound", "count", "credentials", "opened", "phone", "push", "set_up", "texts_of"]

DATA: Final = "data"
KEPT: Final = frozenset({ReceiptStatus.STORED, ReceiptStatus.DUPLICATE, ReceiptStatus.CONFLICT})


def opened(folder: Path) -> Services:
    """Open the data folder as a server does."""
    return services.start(folder / DATA, clock=SystemClock(), random_bytes=chance(1))


def set_up(folder: Path) -> None:
    """Make the data folder in ``folder``."""
    running = opened(folder)
    try:
        place = Neighbourhood(neighbourhood_id="old-ford", name="Old Ford", system="Test")
        running.database.write(partial(add_neighbourhood, neighbourhood=place))
        publish(running.database, compiled_walk(), source_name="walk.xml", clock=running.clock)
        secret = enrolment.create(
            running.database,
            neighbourhood_id="old-ford",
            name="Rahima",
            clock=running.clock,
            random_bytes=running.random_bytes,
        )
        enrolled = enrolment.exchange(
            running.database, secret=secret, device_id=DEVICE, shown=None, now=running.clock.now()
        )
        assert isinstance(enrolled, Enrolled)
    finally:
        running.close()


def credentials(running: Services) -> Credentials:
    """Give the phone's credentials, as its token says them."""
    now = running.clock.now()
    return Credentials(
        device=DEVICE,
        role="worker",
        scopes=("old-ford",),
        name="Rahima",
        expires=now.replace(year=now.year + 1),
        issued=now,
    )


def phone(seed: int) -> Phone:
    """Give the phone; what it makes follows from ``seed``."""
    compiled = compiled_walk()
    packs = {lang: sha256_hex(pack) for lang, pack in compiled.packs.items()}
    return Phone(token="", logic=sha256_hex(compiled.logic_text), texts=packs, random_bytes=chance(seed))


def push(running: Services, items: list[Item]) -> None:
    """Push, and see that everything is acknowledged as kept."""
    reply = running.desk.push(credentials(running), {"device": DEVICE, "items": items})
    receipts = reply["receipts"]
    assert isinstance(receipts, list)
    for item, receipt in zip(items, receipts, strict=True):
        assert receipt["rev"] == item["rev"], receipt
        assert receipt["status"] in KEPT, receipt


def assert_sound(folder: Path) -> None:
    """The database file, and what is in it, hold together."""
    with _database(folder) as connection:
        assert [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def texts_of(folder: Path) -> dict[str, list[str | None]]:
    """Give the texts of the parts of every revision."""
    found: dict[str, list[str | None]] = {}
    with _database(folder) as connection:
        rows = connection.execute(
            "SELECT rev, body FROM revision_parts JOIN parts USING (sha256) ORDER BY rev, position"
        )
        for rev, body in rows:
            found.setdefault(rev, []).append(body)
    return found


def count(folder: Path, sql: str, *values: object) -> int:
    """Give the number that a query finds."""
    with _database(folder) as connection:
        return int(connection.execute(sql, values).fetchone()[0])


def _database(folder: Path) -> "closing[sqlite3.Connection]":
    return closing(sqlite3.connect(folder / DATA / FILE_NAME))
