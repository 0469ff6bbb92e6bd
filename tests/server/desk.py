"""What a coordinator does with a response in the console: opens a question, types, looks at what comes of it, saves."""

import html
import re
import sqlite3
from collections.abc import Mapping, Sequence

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.reviews.projector import catch_up
from server.services import Services
from tests.server.pushing import push
from tests.server.records import Item, Phone

__all__ = ["answers_of", "edit_address", "fields_of_page", "heads_of", "look", "pushed", "save", "typed_field"]

FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def edit_address(response_id: str) -> str:
    """Give the address at which a response's answers are changed."""
    return f"/console/responses/{response_id}/edit"


def fields_of_page(page: TestResponse) -> dict[str, str]:
    """Read the hidden fields of the last form of a page."""
    form = page.text.split("<main")[1].rpartition("<form")[2]
    return {name: html.unescape(value) for name, value in FIELD.findall(form)}


def typed_field(page: TestResponse) -> str:
    """Read what the question's field is called."""
    found = re.search(r'name="(q\d+)"', page.text)
    assert found, page.text
    return found[1]


def look(
    browser: FlaskClient, address: str, path: str, typed: str | Sequence[str], *, reason: str = "heard it wrong"
) -> TestResponse:
    """Open a question, type an answer and a reason, and ask what comes of it."""
    page = browser.get(address, query_string={"at": path})
    assert page.status_code == 200, page.status_code
    given = {**fields_of_page(page), typed_field(page): typed, "reason": reason, "go": "look"}
    return browser.post(address, data=given)


def save(
    browser: FlaskClient, address: str, path: str, typed: str | Sequence[str], *, reason: str = "heard it wrong"
) -> TestResponse:
    """Change an answer, having looked at what comes of it."""
    page = look(browser, address, path, typed, reason=reason)
    given = {**fields_of_page(page), typed_field(page): typed, "reason": reason, "go": "save"}
    return browser.post(address, data=given)


def heads_of(running: Services, response_id: str) -> tuple[str, int]:
    """Give the shown version of a response and how many there are that none follows."""
    with running.database.read() as connection:
        row = connection.execute(
            "SELECT head_rev, heads FROM responses WHERE response_id = :id", {"id": response_id}
        ).fetchone()
    return row["head_rev"], row["heads"]


def answers_of(running: Services, rev: str) -> Mapping[str, str | None]:
    """Give the texts of a version by the names of its parts."""
    with running.database.read() as connection:
        rows: list[sqlite3.Row] = connection.execute(
            "SELECT name, body FROM revision_parts JOIN parts USING (sha256) WHERE rev = :rev", {"rev": rev}
        ).fetchall()
    return {row["name"]: row["body"] for row in rows}


def pushed(client: FlaskClient, running: Services, phone: Phone, *items: Item) -> list[object]:
    """Push, and wait until what came can be read; give the statuses."""
    receipts = push(client, phone, *items)
    catch_up(running.database)
    return [receipt["status"] for receipt in receipts]
