"""Settings of the whole test run, and what several folders share: one driver of browsers, one phone to begin with."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.browsers import find_firefox, find_webkit
from tests.journeys.prepared import Prepared, prepared_for_journeys


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what drives a browser that is not installed; `make test` has said so and what to install."""
    for marker, find in (("webkit", find_webkit), ("firefox", find_firefox)):
        driven = [item for item in items if item.get_closest_marker(marker)]
        if driven and find() is None and not os.environ.get("CI"):
            config.hook.pytest_deselected(items=driven)
            items[:] = [item for item in items if item not in driven]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def prepared(playwright: Playwright) -> Iterator[Prepared]:
    with prepared_for_journeys(playwright) as made:
        yield made
