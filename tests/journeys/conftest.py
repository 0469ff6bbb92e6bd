"""What every journey needs: a server with one form and one neighbourhood, and a phone."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.journeys.central import Central, free_port
from tests.journeys.enrolment import enrol
from tests.journeys.phone import Phone
from tests.journeys.proxy import Proxy


class Prepared(NamedTuple):
    """A server and a phone that is enrolled with it, neither of them running: journeys begin with copies."""

    central: Central
    phone: Phone


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def prepared(playwright: Playwright) -> Iterator[Prepared]:
    with TemporaryDirectory() as folder:
        central, phone = Central(Path(folder)), Phone(playwright, Path(folder) / "profile")
        central.prepare()
        link = central.enrolment_link("Amina")
        central.start()
        try:
            enrol(phone.launch(link))
            phone.close()
            central.stop()
        finally:
            phone.close()
            central.kill()
        yield Prepared(central, phone)


@pytest.fixture
def central(prepared: Prepared, tmp_path: Path) -> Iterator[Central]:
    """Give a server with a form and a neighbourhood, not started."""
    server = Central(tmp_path)
    server.copy_from(prepared.central)
    yield server
    server.kill()


@pytest.fixture
def proxy(central: Central) -> Iterator[Proxy]:
    """Give a proxy where phones look for the server; the server, not started, moves to another port."""
    where_phones_look, central.port = central.port, free_port()
    between = Proxy(where_phones_look, central.port)
    yield between
    between.close()


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    """Give a new phone; after every journey, nobody else was asked for anything and no page complained."""
    made = Phone(playwright, tmp_path / "profile")
    yield made
    made.close()
    assert made.watch.strangers() == []
    assert made.watch.complaints == []


@pytest.fixture
def enrolled_phone(prepared: Prepared, phone: Phone) -> Phone:
    """Give a phone that is enrolled with ``central`` and has all that it needs without a network."""
    phone.copy_from(prepared.phone)
    return phone
