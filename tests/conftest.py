"""Settings of the whole test run, and what several folders share: one driver of browsers, one phone to begin with."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.browsers import find_firefox, find_webkit
from tests.journeys.patience import PATIENCE_SECONDS
from tests.journeys.prepared import Prepared, prepared_for_journeys
from tests.office import find_office


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what drives a program that is not installed; `make test` has said so and what to install."""
    for marker, find in (("webkit", find_webkit), ("firefox", find_firefox), ("office", find_office)):
        driven = [item for item in items if item.get_closest_marker(marker)]
        if driven and find() is None and not os.environ.get("CI"):
            config.hook.pytest_deselected(items=driven)
            items[:] = [item for item in items if item not in driven]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE_SECONDS * 1_000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def prepared(playwright: Playwright) -> Iterator[Prepared]:
    with prepared_for_journeys(playwright) as made:
        yield made
