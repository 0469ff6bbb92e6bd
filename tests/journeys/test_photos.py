"""Photos go after the answers; the battery is taken out half-way, and the photo arrives whole all the same."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.photos import assert_whole_on_the_server, finish_with_photo, half_sent, noisy_photo

BYTES_PER_SECOND: Final = 60_000
STORED: Final = "SELECT sha256 FROM attachments WHERE stored_at IS NOT NULL"
RESPONSES: Final = "SELECT response_id FROM responses"


def test_killed_half_way_through_a_photo_it_goes_on_there_and_arrives_whole_after_all_answers(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    finish_with_photo(page, "Bench by the lock", noisy_photo(tmp_path, seed=1))
    page.goto(central.url)
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview("A roof over the bus stop")
    worker.finish()
    page.goto(f"{central.url}/responses")
    expect(page.locator("main")).to_contain_text("2 interviews have not arrived yet. 1 photo still to go.")

    central.start()
    on_a_slow_line(phone, page)
    wait_until(lambda: half_sent(central) > 0, "a part of the photo is there")
    wait_until(lambda: len(central.rows(RESPONSES)) == 2, "both can be read before the photo has come")
    assert central.rows(STORED) == []
    expect(page.locator("main")).to_contain_text("A photo or file is on its way")
    expect(page.locator("main")).to_contain_text("With the team")
    phone.kill()
    come = half_sent(central)
    assert come > 0

    begun_at: list[int] = []
    page = phone.launch(f"{central.url}/responses", before=lambda opened: note_pieces(opened, begun_at))
    wait_until(lambda: len(central.rows(STORED)) == 1, "the photo is stored")
    assert_whole_on_the_server(central, photos=1)
    (sent,) = stored(page, "attachments")
    assert central.rows(STORED) == [{"sha256": sent["sha256"]}]
    assert begun_at[0] >= come, "it goes on where it was"
    expect(page.locator("main")).to_contain_text("Everything you finished has arrived.")
    expect(page.locator("main")).not_to_contain_text("still to go")

    central.command("backup", "--to", str(tmp_path / "backups"))
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("main ul.cards")).not_to_contain_text("With the team")
    expect(page.locator("main ul.cards")).to_contain_text("Safe")


def test_the_picture_stands_among_the_answers_to_read_and_to_check(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    page = enrolled_phone.launch(central.url)
    finish_with_photo(page, "Bench by the lock", noisy_photo(tmp_path, seed=2))
    page.get_by_role("link", name="Read the answers").click()
    page.wait_for_url("**/responses/*")
    expect_the_picture(page)
    page.get_by_role("button", name="Correct").click()
    page.wait_for_url("**/check")
    expect_the_picture(page)


def expect_the_picture(page: Page) -> None:
    """See that it is drawn, and not only said how large it is."""
    expect(page.locator("main img.media-picture")).to_be_visible()
    page.wait_for_function("() => document.querySelector('main img.media-picture')?.naturalWidth > 0")


def on_a_slow_line(phone: Phone, page: Page) -> None:
    """Let the phone see a network again, on which photos take their time."""
    phone.slow_down(page, bytes_per_second=BYTES_PER_SECOND)
    page.evaluate("void setTimeout(() => window.dispatchEvent(new Event('online')))")


def note_pieces(page: Page, begun_at: list[int]) -> None:
    """Note where each piece of a photo begins that the phone sends."""
    page.on(
        "request",
        lambda request: begun_at.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None,
    )
