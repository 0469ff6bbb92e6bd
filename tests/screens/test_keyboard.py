"""Without a mouse: a whole interview in the app, and a response in the console; the focus always shows where it is."""

from typing import Final

from tests.screens.app_screens import begin, enrol_phone
from tests.screens.browsing import Browsing
from tests.screens.console_screens import sign_in
from tests.screens.keys import Keys
from tests.screens.walking import settled
from tests.screens.world import World

MOST_PAGES: Final = 60


def test_interview_is_filled_in_and_finished_by_keys_alone(filled: World, browser: Browsing) -> None:
    page = browser.page
    enrol_phone(page, filled)
    begin(page, filled, "assets_and_barriers")
    keys = Keys(page)
    for _ in range(MOST_PAGES):
        if page.url.endswith("/finished"):
            break
        keys.answer_and_go_on()
    assert page.url.endswith("/finished")
    assert keys.faults == []


def test_every_page_begins_with_a_link_that_leads_past_the_top(filled: World, browser: Browsing) -> None:
    page = browser.page
    enrol_phone(page, filled)
    for address in ("/", "/settings", "/responses", "/console/sign-in", "/answers"):
        page.goto(f"{filled.url}{address}")
        settled(page)
        keys = Keys(page)
        page.evaluate("() => document.activeElement?.blur()")
        keys.until("isSkip")
        keys.press("Enter")
        assert page.evaluate("() => document.activeElement?.closest('main') !== null"), address
        assert keys.faults == []


def test_response_is_found_and_read_by_keys_alone(filled: World, browser: Browsing) -> None:
    page = browser.page
    sign_in(page, filled)
    page.goto(f"{filled.url}/console/responses")
    keys = Keys(page)
    for _ in range(200):
        here = keys.tab()
        if here is not None and page.evaluate("() => document.activeElement.matches('main table a')"):
            break
    keys.press("Enter")
    page.wait_for_url("**/console/responses/*")
    settled(page)
    met = []
    for _ in range(200):
        here = keys.tab()
        if here is None:
            break
        met.append(here["called"])
    else:
        raise AssertionError("the focus never leaves the page: a trap")
    assert len(met) > 5
    assert keys.faults == []
