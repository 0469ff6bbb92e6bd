"""What every journey needs: a server with one form and one neighbourhood, and a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.journeys.central import Central
from tests.journeys.phone import Phone


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    server = Central(tmp_path)
    server.prepare()
    yield server
    server.kill()


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    made = Phone(playwright, tmp_path / "profile")
    yield made
    made.close()
