"""The page of components, built once, and a watched browser for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright

from tests.design.page import build_design_page, served
from tests.journeys.watched import watched_chromium


@pytest.fixture(scope="session")
def design_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the page."""
    with served(build_design_page(tmp_path_factory.mktemp("design"))) as address:
        yield address


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    with watched_chromium(playwright, tmp_path / "profile") as context:
        yield context
