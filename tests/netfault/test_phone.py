"""The worst of the network through the app in Chromium: the interview waits, and arrives once, byte for byte."""

from collections.abc import Callable
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Page

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import stored, wait_for_arrival, waiting
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.netfault import faults
from tests.netfault.faults import Fault
from tests.netfault.proxy import PUSH, Proxy

WISH: Final = "More light on the towpath, আলো, 🎵"
BYTES_PER_SECOND: Final = 4_000
IN_THE_BODY: Final = 900
PARTS: Final = "SELECT body FROM revision_parts JOIN parts USING (sha256) ORDER BY position"


class Trouble(NamedTuple):
    """What goes wrong, on which requests, and whether the server has the interview all the same."""

    fault: Callable[[], Fault]
    on: str
    arrives: bool


TROUBLES: Final = {
    "answer-dropped-after-commit": Trouble(faults.AnswerDropped, PUSH, arrives=True),
    "captive-portal": Trouble(faults.Portal, "", arrives=False),
    "cut-in-the-middle-of-a-push": Trouble(lambda: faults.CutUp(IN_THE_BODY), PUSH, arrives=False),
    "server-gone-and-nobody-told": Trouble(lambda: faults.HalfOpenServer(IN_THE_BODY), PUSH, arrives=False),
    "phone-gone-and-nobody-told": Trouble(lambda: faults.HalfOpenPhone(IN_THE_BODY), PUSH, arrives=False),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
def test_an_interview_waits_for_a_good_line_and_arrives_once(
    central: Central, proxy: Proxy, enrolled_phone: Phone, trouble: Trouble
) -> None:
    central.start()
    page = enrolled_phone.launch(proxy.url)
    proxy.break_with(trouble.fault(), on=trouble.on)
    finish_an_interview(page)
    wait_until(lambda: any(request.startswith(PUSH) for request in proxy.broken), "a push that goes wrong")
    if trouble.on == PUSH:
        wait_until(lambda: proxy.pushes() > 0, "a push that gets to the server, whole or not")
    wait_until(lambda: trouble.arrives <= len(central.rows("SELECT rev FROM revisions")), "what the server commits")
    proxy.break_with(faults.Portal())  # from here on nothing reaches the server
    proxy.wait_until_quiet()
    assert len(central.rows("SELECT rev FROM revisions")) == trouble.arrives
    assert waiting(page) == 1, "nobody has told the phone that it arrived"

    proxy.heal()
    wait_for_arrival(page, central, responses=1)
    assert_the_same_on_both_sides(page, central)


def test_an_interview_arrives_over_32_kilobits_a_second(central: Central, proxy: Proxy, enrolled_phone: Phone) -> None:
    central.start()
    page = enrolled_phone.launch(proxy.url)
    proxy.break_with(faults.Bandwidth(BYTES_PER_SECOND), on="POST ")
    finish_an_interview(page)
    wait_for_arrival(page, central, responses=1)
    assert_the_same_on_both_sides(page, central)


def finish_an_interview(page: Page) -> None:
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview(WISH)
    worker.finish()


def assert_the_same_on_both_sides(page: Page, central: Central) -> None:
    """Once the feed has confirmed it, what the phone keeps is what the server has."""
    wait_until(lambda: {kept["state"] for kept in stored(page, "revisions")} == {"held"}, "confirmed by the feed")
    (kept,) = stored(page, "revisions")
    assert [row["header"] for row in central.rows("SELECT header FROM revisions")] == [kept["header"]]
    assert [row["body"] for row in central.rows(PARTS)] == kept["parts"]
    assert sum(row["subject"] == kept["rev"] for row in central.rows("SELECT subject FROM log")) == 1
