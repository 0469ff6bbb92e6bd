"""What every journey needs: a server with one form and one neighbourhood, and a phone.

The browser's driver and what journeys begin with are in `tests/conftest.py`: one of each serves all folders.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.journeys.central import Central, free_port
from tests.journeys.phone import Phone
from tests.journeys.posters import CODE, hang_poster
from tests.journeys.prepared import Prepared
from tests.netfault.proxy import Proxy


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
    with Phone(playwright, tmp_path / "profile") as made:
        yield made


@pytest.fixture
def enrolled_phone(prepared: Prepared, phone: Phone) -> Phone:
    """Give a phone that is enrolled with ``central`` and has all that it needs without a network."""
    phone.copy_from(prepared.phone)
    return phone


@pytest.fixture(scope="session")
def with_poster(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Central:
    """Give a server with a poster, which never runs: to be copied."""
    server = Central(tmp_path_factory.mktemp("poster"))
    server.copy_from(prepared.central)
    hang_poster(server)
    return server


@pytest.fixture
def central_with_poster(with_poster: Central, tmp_path: Path) -> Iterator[Central]:
    """Give a server with a poster, running."""
    server = Central(tmp_path)
    server.copy_from(with_poster)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def poster(central: Central) -> str:
    """Give the address of the poster, where ``central`` has one."""
    return f"{central.url}/v/{CODE}"
