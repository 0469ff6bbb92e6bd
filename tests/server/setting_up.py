"""An empty data folder, and a browser that goes through the set-up of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import services
from server.app import create_app
from server.config import Config
from server.services import Services
from server.setup.first_run import fresh_code
from tests.server.console_pages import forgery_token
from tests.server.records import SteppedClock, chance

__all__ = ["ADMINISTRATOR", "PROGRAMME", "Fresh", "empty_folder", "fill_in", "set_up_administrator"]

ADMINISTRATOR: Final = {
    "name": "Rahima Begum",
    "sign_in_name": "rahima",
    "password": "canal bench teapot",
    "again": "canal bench teapot",
}
PROGRAMME: Final = {
    "name": "Well Communities Old Ford",
    "contact": "020 7946 0000, weekdays",
    "privacy_contact": "privacy@example.org",
}


@dataclass
class Fresh:
    """A server on a data folder that nobody has set up, and a browser."""

    folder: Path
    running: Services
    clock: SteppedClock
    browser: FlaskClient

    def code(self) -> str:
        """Do what a start does, and give the code that it prints."""
        running = self.running
        code = fresh_code(running.database, clock=self.clock, random_bytes=running.random_bytes)
        assert code is not None, "nobody administers"
        return code

    def another_browser(self) -> FlaskClient:
        """Open another browser on the same server."""
        return self.browser.application.test_client()

    def rows(self, table: str) -> list[dict[str, object]]:
        """Give what a table holds."""
        with self.running.database.read() as connection:
            return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")]  # noqa: S608


@contextmanager
def empty_folder(folder: Path, *, seed: int = 5, later: timedelta = timedelta()) -> Iterator[Fresh]:
    """Start a server on a folder, which may have been set up in part before, and stop it at the end."""
    clock = SteppedClock()
    clock.step(later)
    running = services.start(folder, clock=clock, random_bytes=chance(seed))
    try:
        app = create_app(Config(data_folder=folder), running)
        yield Fresh(folder=folder, running=running, clock=clock, browser=app.test_client())
    finally:
        running.close()


def fill_in(browser: FlaskClient, page: str, fields: Mapping[str, object]) -> TestResponse:
    """Open a page, fill in its form and send it to the same address."""
    return browser.post(page, data={"csrf_token": forgery_token(browser, page), **fields})


def set_up_administrator(fresh: Fresh, browser: FlaskClient | None = None) -> FlaskClient:
    """Go through the first two pages; give the browser, in which the administrator is signed in."""
    browser = browser or fresh.browser
    assert fill_in(browser, "/console/set-up", {"code": fresh.code()}).status_code == 303
    made = fill_in(browser, "/console/set-up/administrator", ADMINISTRATOR)
    assert made.status_code == 303, made.text
    return browser
