"""People with roles and a reach, each signed in with a browser of their own, and what they type."""

import re
from collections.abc import Sequence
from sqlite3 import Connection

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.clock import as_text
from server.people import queries
from server.people.rules import Person, Role, hash_password
from server.services import Services
from tests.server.console_pages import forgery_token, sign_in, text_of

__all__ = ["PASSWORD", "act", "code_in", "lines_of_log", "person_with", "signed_in"]

PASSWORD = "kettle orbit lantern"


def person_with(running: Services, name: str, role: Role, *neighbourhoods: str) -> Person:
    """Add somebody with a role; without neighbourhoods their reach is everywhere."""
    person = Person(
        person_id=f"person-{name}",
        sign_in_name=name,
        name=name.title(),
        password_hash=hash_password(PASSWORD),
        role=role,
        everywhere=not neighbourhoods,
    )

    def add(connection: Connection) -> None:
        queries.add_person(connection, person, created_at=as_text(running.clock.now()))
        queries.set_neighbourhoods(connection, person_id=person.person_id, neighbourhoods=neighbourhoods)

    running.database.write(add)
    return person


def signed_in(app: Flask, name: str, *, user_agent: str = "") -> FlaskClient:
    """Give a browser in which somebody is signed in."""
    browser = app.test_client()
    browser.environ_base["HTTP_USER_AGENT"] = user_agent
    assert sign_in(browser, name, PASSWORD).status_code == 302
    return browser


def act(
    browser: FlaskClient, address: str, *, page: str = "/console/account", **form: str | Sequence[str]
) -> TestResponse:
    """Send a form with the forgery token of a page that the person can open."""
    return browser.post(address, data={"csrf_token": forgery_token(browser, page), **form})


def code_in(page: TestResponse) -> str:
    """Read the code of a link that a page shows this one time."""
    found = re.search(r"/console/welcome#([0-9A-Z-]+)", page.text)
    assert found, text_of(page)
    return found[1]


def lines_of_log(running: Services) -> list[tuple[str, str]]:
    """Give who did what, in order."""
    with running.database.read() as connection:
        rows = connection.execute("SELECT actor_name, action FROM audit ORDER BY seq")
        return [(row["actor_name"], row["action"]) for row in rows]
