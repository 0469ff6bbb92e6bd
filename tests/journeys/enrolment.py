"""The first minute of a phone: its link is opened, and it has all that it needs to work without a network."""

from typing import Final

from playwright.sync_api import Page, expect

from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until

__all__ = ["enrol"]

LOGIC_AND_LANGUAGES: Final = 4
"""One logic, three text packs."""


def enrol(page: Page, *, forms: int = 1) -> None:
    """On a page opened at an enrolment link, go on until the phone can be taken where there is no signal."""
    expect(page.get_by_role("heading", level=1)).to_have_text("This phone is ready")
    assert "#" not in page.url, "the secret leaves the address bar"
    page.get_by_text("Continue").click()
    expect(page.get_by_role("button", name="Start an interview").first).to_be_enabled()
    # In a while it would ask for the other languages by itself; a network that comes back makes it ask now.
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    wait_until(lambda: len(stored(page, "blobs")) == forms * LOGIC_AND_LANGUAGES, "every form in every language")
