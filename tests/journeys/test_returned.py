"""What a coordinator returns reaches the phone that sent it, with the reason; a restored server has the last word."""

import re
from html import unescape
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.console import Console
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import stored, wait_for_arrival
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone

WHY: Final = "Which bench? “By the lock” – or <b>elsewhere</b>?"


def test_a_reason_reaches_the_phone_and_is_forgotten_when_the_server_never_gave_it(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    console = Console(central)
    central.start()
    console.sign_in()
    page = enrolled_phone.launch(central.url)
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview("More benches")
    worker.finish()
    wait_for_arrival(page, central, responses=1)
    central.command("backup", "--to", str(tmp_path / "backups"))
    (row,) = central.rows("SELECT response_id, head_rev FROM responses")
    send_back(console, row["response_id"])
    wait_until_heard(page, [(row["response_id"], row["head_rev"], "returned", WHY)])

    central.stop()
    central.command("restore", "--from", str(tmp_path / "backups"), "--replace")
    central.start()
    wait_until_heard(page, [])


def send_back(console: Console, response_id: str) -> None:
    """Return a response as its page has it."""
    address = f"/console/responses/{response_id}"
    seen = re.search(r'name="seen" value="([^"]+)"', console.read(address))
    assert seen
    told = console.press(
        address,
        "/console/responses/decide",
        seen=unescape(seen[1]),
        action="return",
        reason=WHY,
        then="response",
        answered="yes",
    )
    assert "1 response is returned." in told


def wait_until_heard(page: Page, reviews: list[tuple[str, str, str, str]]) -> None:
    """Wake the phone, and wait until it knows of these decisions and no other."""

    def known() -> bool:
        page.evaluate("window.dispatchEvent(new Event('online'))")
        kept = stored(page, "reviews")
        return [(one["responseId"], one["rev"], one["state"], one["reason"]) for one in kept] == reviews

    wait_until(known, "the phone has heard")
