"""Fieldwell as a resident meets it: the address in a poster's QR code, with script and without."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from tests.bench.browser import new_browser
from tests.bench.link import Conditions, Link, Passed
from tests.bench.visit import AnswerLost, Client
from tests.journeys.central import Central
from tests.journeys.posters import CODE, FORM, hang_poster

__all__ = ["FORM", "PATH", "Scriptless", "poster", "serving_poster", "visit_without_script"]

PATH = f"/v/{CODE}"
FIELD = "main #question-form .choice-mark"
# The second page is shown to those only who answered yes on the first.
SECOND_PAGE = "main .choice-mark[value='weekly']"
WAIT_MS = 120_000.0


@dataclass(frozen=True)
class Scriptless:
    """A visit of a browser that runs no scripts."""

    field_ms: float
    to_field: Passed


@contextmanager
def serving_poster() -> Iterator[Central]:
    """Serve a new data folder with a neighbourhood, the form for residents and a poster for it."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        central = Central(Path(folder))
        central.command("neighbourhood", "add", "old-ford", "Old Ford", "--system", "North East London")
        hang_poster(central)
        central.start()
        try:
            yield central
            central.stop()
        finally:
            central.kill()


def poster(central: Central) -> Client:
    """Give the client; it does without the server once the app behind the page catches what is pressed."""
    return Client(
        "Fieldwell",
        central.port,
        path=PATH,
        field=FIELD,
        steps=(),
        keeps=_keeps,
        ready="#question-form[data-caught=yes]",
    )


def visit_without_script(central: Central, conditions: Conditions) -> Scriptless:
    """Make one cold visit. Raise AnswerLost."""
    with Link(conditions, target_port=central.port) as link, new_browser(scripts=False) as browser:
        page = browser.new_page()
        browser.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": conditions.cpu_slowdown})
        began = time.time()
        page.goto(link.url + PATH, wait_until="commit")
        page.locator(FIELD).first.click(force=True, timeout=WAIT_MS)
        answered = time.time()
        if not _keeps(page, "", "yes"):
            raise AnswerLost("Without script, the first answer was lost.")
        return Scriptless(field_ms=(answered - began) * 1_000, to_field=link.down(answered))


def _keeps(page: Page, name: str, answer: str) -> bool:
    """Say whether the answer holds on the next page, whoever draws that."""
    page.locator("main .button-wide").last.click()
    page.locator(SECOND_PAGE).wait_for(state="attached", timeout=WAIT_MS)
    return answer == "yes"
