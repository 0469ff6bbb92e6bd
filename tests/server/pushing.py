"""Pushing as a phone does, and looking at what came of it."""

import sqlite3
import threading

from flask.testing import FlaskClient

from server.store.database import Database
from tests.server.records import Phone

__all__ = ["Receipt", "count", "hold_writer", "push", "statuses"]

Receipt = dict[str, object]


def push(client: FlaskClient, phone: Phone, *items: object) -> list[Receipt]:
    """Push and give the receipts."""
    reply = client.post("/sync/v1/push", json={"device": phone.device, "items": items}, headers=phone.headers)
    assert reply.status_code == 200, reply.text
    receipts: list[Receipt] = reply.get_json()["receipts"]
    return receipts


def statuses(receipts: list[Receipt]) -> list[object]:
    """Give the status of each receipt."""
    return [receipt["status"] for receipt in receipts]


def count(database: Database, table: str) -> int:
    """Count the rows of a table."""
    with database.read() as connection:
        return int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608  # our own table


def hold_writer(database: Database) -> threading.Event:
    """Keep the writer busy until the event is set."""
    begun, release = threading.Event(), threading.Event()

    def wait(_connection: sqlite3.Connection) -> None:
        begun.set()
        release.wait(30)

    database.submit(wait)
    assert begun.wait(30)
    return release
