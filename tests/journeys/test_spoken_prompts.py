"""A coordinator records a question in Sylheti; it reaches a worker's phone, which plays it without a connection."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from tests.journeys.central import Central
from tests.journeys.interviewer import form_words
from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.watched import watched_chromium

MICROPHONE: Final = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
DESK: Final = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
MILLISECONDS: Final = 20_000
RECORDINGS: Final = "/console/forms/assets_and_barriers/recordings"
AGREE: Final = "/data/before_we_start/agree:label"


@pytest.fixture
def desk(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """Give the browser of a laptop whose microphone hears a beep each second."""
    with watched_chromium(playwright, tmp_path / "desk", flags=MICROPHONE, settings=DESK) as context:
        yield context


def test_what_a_coordinator_records_in_sylheti_is_heard_on_a_phone_without_a_connection(
    central: Central, enrolled_phone: Phone, desk: BrowserContext
) -> None:
    printed = central.command("person", "add", "carol", "--name", "Carol")
    (password,) = re.findall(r"password\s+(\S+)", printed)
    central.start()
    page = desk.pages[0]
    sign_in(page, central, password)
    add_sylheti(page, central)
    record(page, form_words("en")[AGREE])
    (kept,) = central.rows("SELECT lang, text_key, bytes, milliseconds FROM recordings WHERE ended_at IS NULL")
    assert (kept["lang"], kept["text_key"]) == ("syl", AGREE)
    assert kept["bytes"] < kept["milliseconds"] * 5, "a second is some 4 kB"

    screen = enrolled_phone.launch(central.url)
    wait_until(lambda: len(stored(screen, "media")) == 1, "the recording is on the phone")
    central.kill()
    screen.locator("main button.button").first.click()
    listen = screen.get_by_role("button", name="Listen", exact=True)
    expect(listen).to_be_visible(timeout=MILLISECONDS)
    expect(screen.locator("main .listen bdi[lang=syl]")).to_have_text("ছিলটি")
    listen.click()
    expect(screen.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    expect(listen).to_be_visible(timeout=MILLISECONDS)
    page_change_ends_it(screen, listen)


def sign_in(page: Page, central: Central, password: str) -> None:
    """Sign in at the laptop."""
    page.goto(f"{central.url}/console/sign-in")
    page.locator("[name=sign_in_name]").fill("carol")
    page.locator("[name=password]").fill(password)
    page.locator("main button").first.click()
    page.wait_for_url(lambda address: "sign-in" not in address)


def add_sylheti(page: Page, central: Central) -> None:
    """Let the form be spoken in Sylheti, beside its English words."""
    page.goto(f"{central.url}{RECORDINGS}")
    page.get_by_label("Name, as its speakers call it").fill("ছিলটি")
    page.get_by_label("Code, if you know it").fill("syl")
    page.get_by_label("Words that are read").select_option("en")
    page.get_by_role("button", name="Add the language").click()
    page.wait_for_url("**lang=syl")


def record(page: Page, words: str) -> None:
    """Speak a text for a moment, listen to it and keep it."""
    row = page.locator(".to-record", has=page.get_by_text(words, exact=True)).first
    row.get_by_role("button", name="Record", exact=True).click()
    heard = re.compile(r"Recording: [2-9] seconds")
    expect(row.locator(".recorder-state")).to_have_text(heard, timeout=MILLISECONDS)
    row.get_by_role("button", name="Stop").click()
    row.get_by_role("button", name="Keep this recording").click()
    expect(row.locator(".chip-good")).to_have_text("Recorded", timeout=MILLISECONDS)
    expect(page.locator("#recorder-says")).to_have_text("The recording is kept.")


def page_change_ends_it(screen: Page, listen: Locator) -> None:
    """Begin once more, and leave the page: nothing is left that plays."""
    listen.click()
    expect(screen.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    screen.locator("main a.back").first.click()
    expect(screen.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
    expect(screen.get_by_role("heading", level=1)).to_be_visible()
