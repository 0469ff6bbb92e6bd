"""What every test of the bad network needs: a server for all of them, and a line and a client for each."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from tests.journeys.chance import printed_chance
from tests.journeys.conftest import central, enrolled_phone, phone, proxy
from tests.netfault.client import Client
from tests.netfault.hall import Hall
from tests.netfault.proxy import Proxy

__all__ = ["central", "enrolled_phone", "phone", "proxy"]


@pytest.fixture(scope="session")
def hall() -> Iterator[Hall]:
    with TemporaryDirectory() as folder:
        opened = Hall(Path(folder))
        yield opened
        opened.close()


@pytest.fixture
def line(hall: Hall) -> Iterator[Proxy]:
    """Give a line to the server that is good until a test breaks it."""
    between = Proxy(0, hall.central.port)
    yield between
    between.close()


@pytest.fixture
def client(hall: Hall, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Client]:
    """Give a client whose responses no other test makes, also when all replay one seed."""
    chance = Random(f"{printed_chance().random()} {request.node.nodeid}")
    made = Client(hall, tmp_path / "outbox.sqlite3", chance)
    yield made
    made.close()
