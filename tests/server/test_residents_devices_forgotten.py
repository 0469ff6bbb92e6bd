"""Phones of residents that never sent anything are forgotten, and no others."""

import threading
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from server.devices import queries as devices
from server.devices import tokens
from server.residents import queries
from server.residents.tidying import FORGOTTEN_AT_ONCE, forget_unused_devices
from server.services import Services
from tests.server.phone_pages import device_id
from tests.server.posters import CODE, POSTER, add_poster, set_up_programme
from tests.server.posters import DEVICE as POSTERS_DEVICE
from tests.server.pushing import push, statuses
from tests.server.records import Phone, SteppedClock

WAIT_SECONDS = 30


@pytest.fixture(autouse=True)
def poster(running: Services) -> None:
    """A poster for the form ``walk`` in Old Ford."""
    set_up_programme(running)
    add_poster(running, form_id="walk")


def visit(client: FlaskClient, device: str, token: str = "") -> str:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    reply = client.post("/devices/v1/visit", json={"code": CODE, "device": device}, headers=headers)
    return str(reply.get_json()["token"])


def known(running: Services) -> set[str]:
    with running.database.read() as connection:
        return {one.device_id for one in devices.devices(connection)}


def test_a_phone_that_sent_nothing_is_forgotten_when_its_token_has_run_out(
    client: FlaskClient, running: Services, device: Phone, clock: SteppedClock
) -> None:
    visit(client, device_id(1))
    clock.step(tokens.LIFETIME)
    forget_unused_devices(running.database, now=running.clock.now())
    assert device_id(1) in known(running), "to its last moment it may push"
    clock.step(timedelta(milliseconds=1))
    forget_unused_devices(running.database, now=running.clock.now())
    assert known(running) == {device.device}, "the worker's stays"
    assert visit(client, device_id(1)), "it may come again"


def test_a_phone_that_visited_again_or_spoke_since_stays(
    client: FlaskClient, running: Services, clock: SteppedClock
) -> None:
    tokens_given = {number: visit(client, device_id(number)) for number in (1, 2, 3)}
    clock.step(timedelta(days=80))
    visit(client, device_id(1), tokens_given[1])
    body = {"device": device_id(2), "items": []}
    client.post("/sync/v1/push", json=body, headers={"Authorization": f"Bearer {tokens_given[2]}"})
    clock.step(timedelta(days=80))
    forget_unused_devices(running.database, now=running.clock.now())
    assert known(running) == {device_id(1), device_id(2)}


def test_a_phone_that_answered_stays_and_so_does_what_the_server_files_under(
    client: FlaskClient, running: Services, device: Phone, clock: SteppedClock
) -> None:
    phone = Phone(token=visit(client, device_id(1)), logic=device.logic, texts=device.texts, device=device_id(1))
    assert statuses(push(client, phone, phone.item(header={"author": "", "poster": POSTER}))) == ["stored"]
    running.database.write(
        lambda connection: queries.insert_resident_device(
            connection, device_id=POSTERS_DEVICE, neighbourhood_id="old-ford", now="2026-01-01T00:00:00.000Z"
        )
    )
    clock.step(timedelta(days=400))
    forget_unused_devices(running.database, now=running.clock.now())
    assert known(running) == {device.device, device_id(1), POSTERS_DEVICE}


def test_many_go_in_pieces(running: Services, clock: SteppedClock) -> None:
    def add(connection: queries.sqlite3.Connection) -> None:
        for number in range(FORGOTTEN_AT_ONCE + 1):
            queries.insert_resident_device(
                connection, device_id=device_id(number), neighbourhood_id="old-ford", now="2026-01-01T00:00:00.000Z"
            )

    running.database.write(add)
    clock.step(timedelta(days=400))
    more = running.database.write(
        lambda connection: queries.forget_unused_devices(connection, before="2027", limit=FORGOTTEN_AT_ONCE)
    )
    assert (more, len(known(running))) == (True, 1)
    forget_unused_devices(running.database, now=running.clock.now())
    assert known(running) == set()


def test_a_running_server_forgets_them_behind_the_requests(
    client: FlaskClient, running: Services, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(client, device_id(1))
    clock.step(timedelta(days=91))
    settled = threading.Event()
    monkeypatch.setattr("server.services.erasing.settle", lambda _database: settled.set())
    running.tidying.wake()
    assert settled.wait(WAIT_SECONDS), "it comes after the devices"
    assert known(running) == set()
