"""A real database file, the real application over it, and a phone that is enrolled in Old Ford."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server import services
from server.app import create_app
from server.config import Config
from server.devices import enrolment
from server.forms.publish import publish
from server.people import accounts
from server.people.accounts import SignIn
from server.places.queries import Neighbourhood, add_neighbourhood
from server.reviews import projector
from server.services import Services
from server.store.database import Database
from server.upkeep.backup import Made, back_up
from sync.hashes import sha256_hex
from tests.server.console_pages import sign_in
from tests.server.erasures import ANSWERS, Restart
from tests.server.keeping import BackUp, in_parts
from tests.server.pushing import push, statuses
from tests.server.records import DEVICE, Item, Phone, SteppedClock, chance, compiled_walk


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def running(folder: Path, clock: SteppedClock) -> Iterator[Services]:
    """Services with two neighbourhoods and the form ``walk``."""
    started = services.start(folder, clock=clock, random_bytes=chance(1))
    for place in ("old-ford", "kings-heath"):
        neighbourhood = Neighbourhood(neighbourhood_id=place, name=place.title(), system="Test")
        started.database.write(partial(add_neighbourhood, neighbourhood=neighbourhood))
    publish(started.database, compiled_walk(), source_name="walk.xml", clock=clock)
    yield started
    started.close()


@pytest.fixture
def database(running: Services) -> Database:
    return running.database


@pytest.fixture
def app(running: Services, folder: Path) -> Flask:
    return create_app(Config(data_folder=folder), running)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def device(running: Services, client: FlaskClient) -> Phone:
    """A phone enrolled by the real call."""
    secret = enrolment.create(
        running.database,
        neighbourhood_id="old-ford",
        name="Rahima",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    reply = client.post("/devices/v1/enrol", json={"secret": secret, "device": DEVICE})
    compiled = compiled_walk()
    return Phone(
        token=reply.get_json()["token"],
        logic=sha256_hex(compiled.logic_text),
        texts={lang: sha256_hex(pack) for lang, pack in compiled.packs.items()},
    )


@pytest.fixture
def account(running: Services) -> SignIn:
    """Somebody who may sign in to the console."""
    return accounts.add_or_reset(
        running.database,
        sign_in_name="carol",
        name="Carol",
        role="coordinator",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )


@pytest.fixture
def coordinator(app: Flask, account: SignIn) -> FlaskClient:
    """A browser in which somebody is signed in to the console."""
    browser = app.test_client()
    assert sign_in(browser, account.sign_in_name, account.password).status_code == 302
    return browser


@pytest.fixture
def item(client: FlaskClient, device: Phone, running: Services) -> Item:
    """A response in two parts that is taken in and projected."""
    item = in_parts(device, ANSWERS)
    assert statuses(push(client, device, item)) == ["stored"]
    projector.catch_up(running.database)
    return item


@pytest.fixture
def restarted(running: Services, folder: Path, clock: SteppedClock) -> Iterator[Restart]:
    """Ends the services and starts them again on the same folder."""
    restart = Restart(running, folder, clock)
    yield restart
    restart.now.close()


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "backups"


@pytest.fixture
def again(folder: Path, backups: Path, clock: SteppedClock, running: Services) -> BackUp:
    """Makes one more backup beside the running server, a day after the last."""

    def make() -> Made:
        clock.step(timedelta(days=1))
        return back_up(folder, backups, clock=clock, version="test")

    return make
