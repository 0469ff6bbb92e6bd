"""One real server, and each proxy in front of it with the file of `deploy/` that belongs to it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.deploy.behind import Behind, serving_behind
from tests.deploy.fronts import FRONTS, Front
from tests.journeys.central import free_port
from tests.proxies import can_be_tried


@pytest.fixture(scope="package")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    """Give a server that is told to be behind one proxy, with a form, an account and enrolments."""
    with serving_behind(tmp_path_factory.mktemp("server")) as made:
        yield made


@pytest.fixture(scope="package")
def fronts(behind: Behind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Front]]:
    """Give all proxies, running, by their names."""
    with ExitStack() as stack:
        yield {
            kind: stack.enter_context(start(folder_for(tmp_path_factory), server_port=behind.port, port=free_port()))
            for kind, start in FRONTS.items()
        }


@pytest.fixture(params=FRONTS)
def front(fronts: dict[str, Front], request: pytest.FixtureRequest) -> Front:
    """Give one proxy after the other."""
    return fronts[request.param]


def folder_for(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("front")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the proxies where they are not; `make test` has said so and what to install."""
    driven = [item for item in items if isinstance(item, pytest.Function) and "fronts" in item.fixturenames]
    if driven and not can_be_tried() and not os.environ.get("CI"):
        config.hook.pytest_deselected(items=driven)
        items[:] = [item for item in items if item not in driven]
