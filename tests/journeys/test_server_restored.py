"""Bad day: the server is put back to last night's backup. The phone notices by itself, and nothing is missing."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.photos import assert_whole_on_the_server, finish_with_photo, noisy_photo


def test_what_a_restored_server_has_lost_is_offered_again_and_nobody_does_anything(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    central.start()
    page = enrolled_phone.launch(central.url)
    wish(page, "Before the backup")
    wait_until_confirmed(page, responses=1, photos=0)
    central.command("backup", "--to", str(tmp_path / "backups"))
    for name, seed in (("Bench by the lock", 1), ("Steps to the towpath", 2)):
        page.goto(central.url)
        finish_with_photo(page, name, noisy_photo(tmp_path, seed=seed))
    wait_until_confirmed(page, responses=3, photos=2)
    before = {row["rev"] for row in central.rows("SELECT rev FROM revisions")}

    central.stop()
    central.command("restore", "--from", str(tmp_path / "backups"), "--replace")
    assert len(central.rows("SELECT rev FROM revisions")) == 1
    assert central.rows("SELECT sha256 FROM attachments") == []
    central.start()
    page.goto(f"{central.url}/responses")
    wait_until(lambda: len(central.rows("SELECT rev FROM revisions")) == 3, "all revisions are there again")
    wait_until_confirmed(page, responses=3, photos=2)
    assert {row["rev"] for row in central.rows("SELECT rev FROM revisions")} == before
    assert_whole_on_the_server(central, photos=2)
    expect(page.locator("main")).to_contain_text("Everything you finished has arrived.")


def wish(page: Page, words: str) -> None:
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview(words)
    worker.finish()


def wait_until_confirmed(page: Page, *, responses: int, photos: int) -> None:
    """Wait until the server's log, or a backup, has told the phone of all that it keeps."""

    def confirmed(store: str) -> int:
        return sum(kept["state"] in {"held", "safe"} for kept in stored(page, store))

    wait_until(
        lambda: confirmed("revisions") == responses and confirmed("arrivals") == photos, "confirmed on the phone"
    )
