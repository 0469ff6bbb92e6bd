"""What tests do with the console's pages about phones: people of each reach, and phones enrolled by the real calls."""

import re
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.people import accounts
from server.people.rules import Role
from server.services import Services
from tests.server.console_pages import forgery_token, sign_in

__all__ = ["PHONES", "browser_of", "device_id", "enrol", "link_from_screen", "sheet_of", "submit"]

PHONES = "/console/phones"


def browser_of(
    app: Flask, running: Services, *, name: str, role: Role = "coordinator", only: tuple[str, ...] = ()
) -> FlaskClient:
    """Sign somebody in; ``only``: the neighbourhoods that they reach, else everywhere."""
    account = accounts.add_or_reset(
        running.database,
        sign_in_name=name,
        name=name.title(),
        role=role,
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    if only:
        running.database.write(
            lambda connection: connection.execute(
                "UPDATE people SET everywhere = 0 WHERE sign_in_name = :name", {"name": name}
            )
        )
    for place in only:
        running.database.write(
            lambda connection, place=place: connection.execute(
                """
                INSERT INTO person_neighbourhoods (person_id, neighbourhood_id)
                SELECT person_id, :place FROM people WHERE sign_in_name = :name
                """,
                {"place": place, "name": name},
            )
        )
    browser = app.test_client()
    assert sign_in(browser, account.sign_in_name, account.password).status_code in {302, 303}
    return browser


def submit(browser: FlaskClient, page: str, **form: str) -> TestResponse:
    """Fill in the form of a page and send it."""
    return browser.post(page, data={"csrf_token": forgery_token(browser, page), **form})


def link_from_screen(browser: FlaskClient, *, name: str, neighbourhood: str = "old-ford") -> str:
    """Make a link for one phone and give its secret."""
    (secret,) = re.findall(
        "/enrol#([0-9a-f]{32})", submit(browser, f"{PHONES}/add", name=name, neighbourhood=neighbourhood).text
    )
    return str(secret)


def sheet_of(browser: FlaskClient, *, number: int, hours: int = 12, neighbourhood: str = "old-ford") -> TestResponse:
    """Make a sheet of codes and give its page."""
    return submit(browser, f"{PHONES}/sheet", neighbourhood=neighbourhood, number=str(number), hours=str(hours))


def enrol(client: FlaskClient, secret: str, device: str, *, token: str = "") -> TestResponse:
    """Exchange a secret as a phone does: one that has a token shows it."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post("/devices/v1/enrol", json={"secret": secret, "device": device}, headers=headers)


def device_id(number: int) -> str:
    """Give the id of the so-manieth phone."""
    return str(UUID(int=0x0192F000_0000_7000_8000_000000001000 + number))
