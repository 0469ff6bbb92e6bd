"""Pushing as a phone does, erasing as the console does, and looking at what came of it."""

import sqlite3
import threading
from typing import Any

from flask.testing import FlaskClient

from server.clock import as_text
from server.intake import erasure
from server.services import Services
from server.store.database import Database
from tests.server.records import Phone

__all__ = ["Answer", "Receipt", "answer_to", "count", "erase", "hold_writer", "push", "statuses"]

Receipt = dict[str, object]
Answer = dict[str, Any]


def push(client: FlaskClient, phone: Phone, *items: object) -> list[Receipt]:
    """Push and give the receipts."""
    receipts: list[Receipt] = answer_to(client, phone, *items)["receipts"]
    return receipts


def answer_to(client: FlaskClient, phone: Phone, *items: object, **members: object) -> Answer:
    """Push, with further members of the body, and give the whole answer."""
    body = {"device": phone.device, "items": items, **members}
    reply = client.post("/sync/v1/push", json=body, headers=phone.headers)
    assert reply.status_code == 200, reply.text
    answer: Answer = reply.get_json()
    return answer


def erase(running: Services, response_id: str, *, parts: tuple[str, ...] | None = None) -> None:
    """Erase everything of a response, or the parts of these names."""
    wanted = erasure.Request(response_id=response_id, parts=parts, reason="asked for it")
    now = as_text(running.clock.now())
    with running.database.read() as connection:
        planned = erasure.plan(connection, wanted, server_id=running.identity.server_id, now=now)
    assert planned is not None
    running.database.write(lambda connection: erasure.carry_out(connection, planned, now=now))


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
