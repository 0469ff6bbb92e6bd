"""A phone is signed off while it has no signal: back online it sends all it holds; then it is empty and says so."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.console import Console
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.photos import assert_whole_on_the_server, half_sent, noisy_photo

BYTES_PER_SECOND: Final = 60_000
EMPTY: Final = "This phone was signed off. Everything on it was sent first. Nothing is kept on it."
REFUSED: Final = "status of 403"
STORES: Final = ("blobs", "forms", "drafts", "revisions", "attachments", "arrivals", "media", "cursors", "ballast")
SET_ASIDE: Final = "SELECT quarantined_why FROM revisions ORDER BY seq"
LEFT: Final = """new Promise((resolve) => {
  const opening = indexedDB.open('fieldwell');
  opening.onsuccess = () => {
    const names = opening.result.transaction('settings').objectStore('settings').getAllKeys();
    names.onsuccess = () => { opening.result.close(); resolve(names.result); };
  };
})"""


def test_a_phone_that_was_signed_off_sends_all_it_holds_and_then_it_is_empty(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    one_finished_and_one_half_way(page, central, noisy_photo(tmp_path, seed=1))
    phone.close()
    console = signed_off(central)

    page = phone.launch(central.url)
    expect(page.locator("main")).to_contain_text(EMPTY)
    assert_nothing_is_missing(central, page)
    listed = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", console.read("/console/phones")))
    assert "Signed off" in listed
    assert "0 interviews" in listed
    page.goto(f"{central.url}/responses")
    expect(page.locator("main")).not_to_contain_text("Bench by the lock")
    central.stop()
    page.goto(central.url)
    expect(page.locator("main")).to_contain_text(EMPTY)
    look_at_refusals(phone)


def test_killed_half_way_through_its_last_photo_it_goes_on_and_is_emptied_after_it(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    one_finished_and_one_half_way(page, central, noisy_photo(tmp_path, seed=2))
    phone.close()
    signed_off(central)

    page = phone.launch(central.url, before=lambda opened: phone.slow_down(opened, bytes_per_second=BYTES_PER_SECOND))
    wait_until(lambda: half_sent(central) > 0, "a part of the photo is there")
    expect(page.locator("main")).to_contain_text("1 photo still to go.")
    assert page.get_by_role("button", name="Start an interview").count() == 0
    phone.kill()
    assert half_sent(central) > 0, "it was killed in the middle"

    central.kill()
    page = phone.launch(central.url)
    expect(page.locator("main")).to_contain_text("Everything stays on this phone until it has been sent.")
    assert len(stored(page, "revisions")) == 2
    central.start()
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("main")).to_contain_text(EMPTY)
    assert_nothing_is_missing(central, page)
    look_at_refusals(phone)


def test_a_phone_that_the_server_has_only_forgotten_keeps_everything(central: Central, enrolled_phone: Phone) -> None:
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview("A bench at the bus stop")
    worker.finish()
    forget_devices(central)
    central.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(lambda: len(central.rows(SET_ASIDE)) == 1, "the interview is there")
    expect(page.locator("main")).to_contain_text("needs a new link")
    assert len(stored(page, "revisions")) == 1
    look_at_refusals(phone)


def one_finished_and_one_half_way(page: Page, central: Central, photo: Path) -> None:
    """Finish a brief interview; leave another one at its photo."""
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview("A roof over the bus stop")
    worker.finish()
    page.goto(central.url)
    worker.begin()
    worker.name_asset("Bench by the lock", 2)
    worker.choose("place_ways", 0)
    page.locator("main input[type=file]").last.set_input_files(photo)
    expect(page.locator("main img.media-picture")).to_be_visible()
    expect(page.locator("html[data-saved=yes]")).to_have_count(1)
    assert (len(stored(page, "revisions")), len(stored(page, "drafts"))) == (1, 1)


def look_at_refusals(phone: Phone) -> None:
    """See that all the browser complained of are the refusals that this is about."""
    assert phone.watch.strangers() == []
    assert phone.watch.complaints != []
    assert [one for one in phone.watch.complaints if REFUSED not in one or "/sync/v1/" not in one] == []
    phone.watch.forget()


def forget_devices(central: Central) -> None:
    """Make of the server, which does not run, one that was put back to a backup from before the enrolment."""
    with closing(sqlite3.connect(central.data / "fieldwell.sqlite3")) as connection:
        connection.execute("UPDATE enrolments SET device_id = NULL, used_at = NULL")
        connection.execute("DELETE FROM devices")
        connection.commit()


def signed_off(central: Central) -> Console:
    """Start the server and sign off the phone that is enrolled there."""
    console = Console(central)
    central.start()
    console.sign_in()
    (enrolled,) = central.rows("SELECT name FROM devices")
    console.sign_off(enrolled["name"])
    return console


def assert_nothing_is_missing(central: Central, page: Page) -> None:
    """See that both interviews and the photo are on the server, set aside, and nothing is on the phone."""
    assert central.rows(SET_ASIDE) == [{"quarantined_why": "revoked-device"}] * 2
    assert_whole_on_the_server(central, photos=1)
    texts = "".join(row["body"] for row in central.rows("SELECT body FROM parts"))
    assert "A roof over the bus stop" in texts
    assert "Bench by the lock" in texts
    assert {store: len(stored(page, store)) for store in STORES} == dict.fromkeys(STORES, 0)
    assert set(page.evaluate(LEFT)) <= {"canary", "language", "signed-off"}
