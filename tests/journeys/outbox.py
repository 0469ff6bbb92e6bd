"""What a phone holds in its own database, and whether the server has it."""

from typing import Any, Final

from playwright.sync_api import Page

from tests.journeys.central import Central
from tests.journeys.patience import wait_until

__all__ = ["READ_STORE", "stored", "wait_for_arrival", "waiting"]

READ_STORE: Final = """(store) => new Promise((resolve) => {
  const opening = indexedDB.open('fieldwell');
  opening.onsuccess = () => {
    const all = opening.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result); };
  };
})"""


def stored(page: Page, store: str) -> list[dict[str, Any]]:
    """Give what one store of the phone's database holds."""
    found: list[dict[str, Any]] = page.evaluate(READ_STORE, store)
    return found


def waiting(page: Page) -> int:
    """Count what is finished on the phone and acknowledged by no server."""
    return sum(revision["state"] == "finalised" for revision in stored(page, "revisions"))


def wait_for_arrival(page: Page, central: Central, *, responses: int) -> None:
    """Tell the phone that there is a network again, and wait until the server shows so many responses in all."""
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(lambda: waiting(page) == 0, "everything sent")
    wait_until(lambda: len(central.rows("SELECT response_id FROM responses")) == responses, "responses to look at")
