"""One server and one browser for each family of screens, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.screens.browsing import Browsing, browsing
from tests.screens.world import World, world


@pytest.fixture(scope="session")
def filled() -> Iterator[World]:
    """Give a server with one of everything, running."""
    with world() as made:
        yield made


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path) -> Iterator[Browsing]:
    """Give a narrow phone; afterwards, nobody else was asked for anything and no page complained."""
    with browsing(playwright, tmp_path / "profile") as started:
        yield started
