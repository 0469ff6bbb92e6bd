"""The worst moments of a connection: the answer that never came, and the café's Wi-Fi that answers to everything."""

from typing import Final

from playwright.sync_api import Page, expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import wait_for_arrival, waiting
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.netfault.faults import AnswerDropped, Portal
from tests.netfault.proxy import PUSH, Proxy

WISH: Final = "More light on the towpath"
REVISIONS: Final = "SELECT rev FROM revisions"


def test_answer_lost_after_commit_is_not_filed_twice(central: Central, proxy: Proxy, enrolled_phone: Phone) -> None:
    central.start()
    page = enrolled_phone.launch(proxy.url)
    proxy.break_with(AnswerDropped(), on=PUSH)
    finish_an_interview(page)
    wait_until(proxy.answer_dropped.is_set, "the server has answered, and the phone has not heard it")
    assert len(central.rows(REVISIONS)) == 1
    assert waiting(page) == 1
    central.kill()

    proxy.heal()
    sent_before = proxy.pushes()
    central.start()
    wait_for_arrival(page, central, responses=1)
    assert proxy.pushes() > sent_before, "the phone has sent it again"
    assert len(central.rows(REVISIONS)) == 1
    assert_shown_as_arrived(page, proxy)


def test_wifi_that_answers_to_everything_loses_nothing_and_is_named(
    central: Central, proxy: Proxy, enrolled_phone: Phone
) -> None:
    central.start()
    page = enrolled_phone.launch(proxy.url)
    proxy.break_with(Portal())
    finish_an_interview(page)
    page.goto(proxy.url)
    see_what_is_wrong(page)
    page.get_by_role("button", name="Send now").click()
    see_what_is_wrong(page)
    expect(page.get_by_role("button", name="Start an interview")).to_be_enabled()
    assert waiting(page) == 1
    assert central.rows(REVISIONS) == []

    proxy.heal()
    wait_for_arrival(page, central, responses=1)
    assert len(central.rows(REVISIONS)) == 1
    assert_shown_as_arrived(page, proxy)


def finish_an_interview(page: Page) -> None:
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview(WISH)
    worker.finish()


def see_what_is_wrong(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("1 interview has not arrived yet.")
    expect(page.locator("main")).to_contain_text("This Wi-Fi wants you to sign in first.")


def assert_shown_as_arrived(page: Page, proxy: Proxy) -> None:
    page.goto(f"{proxy.url}/responses")
    expect(page.locator("main")).to_contain_text("Everything you finished has arrived.")
    expect(page.locator("main ul.cards li").first).to_contain_text("With the team")
