"""Without a mouse: a whole interview in the app, and a response in the console; the focus always shows where it is."""

from typing import Final

from playwright.sync_api import ViewportSize, expect

from tests.journeys.outbox import stored
from tests.screens.app_screens import begin, enrol_phone
from tests.screens.browsing import Browsing
from tests.screens.console_screens import sign_in
from tests.screens.keys import Keys
from tests.screens.walking import settled
from tests.screens.world import World

MOST_PAGES: Final = 60
AT_200_PERCENT: Final[ViewportSize] = {"width": 640, "height": 400}
"""What a laptop of 1280 × 800 has left."""
COVERED: Final = """() => {
    const bar = document.querySelector('.decision-bar')
    const here = document.activeElement.getBoundingClientRect()
    const {top, bottom} = bar.getBoundingClientRect()
    const touch = here.bottom > top + 1 && here.top < bottom - 1
    return !bar.contains(document.activeElement) && here.height < top && touch
}"""
"""Whether what has the focus is under the bar, in part at least, though there would be room above it."""


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


def test_day_of_a_worker_is_begun_by_keys_alone(filled: World, browser: Browsing) -> None:
    page = browser.page
    enrol_phone(page, filled)
    page.goto(f"{filled.url}/")
    expect(page.get_by_text("Where are you today?").first).to_be_visible()
    settled(page)
    main, keys = page.locator("main"), Keys(page)
    keys.to("Where are you today?")
    keys.press("Enter")
    keys.until("isChoice")
    keys.press("ArrowDown")
    expect(main).to_contain_text("(change)")
    keys.to("Nobody answered")
    keys.press("Enter")
    expect(main).to_contain_text("Today: 0 with an interview, 1 without")
    keys.to("Undo")
    keys.press("Enter")
    expect(main).not_to_contain_text("Today:")
    keys.to("Another language")
    keys.press("Enter")
    keys.to("Bengali")
    keys.press("Space")
    expect(main).to_contain_text("Today: 0 with an interview, 1 without")
    keys.to("Undo")
    keys.press("Enter")
    expect(main).not_to_contain_text("Today:")
    keys.to("Start an interview")
    keys.press("Enter")
    page.wait_for_url("**/interview/**")
    [draft] = stored(page, "drafts")
    assert draft["venue"]
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
        if here is not None and page.evaluate("() => document.activeElement.matches('main tbody a')"):
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


def test_the_bar_that_decides_is_one_line_of_a_low_window_and_covers_nothing_that_has_the_focus(
    filled: World, browser: Browsing
) -> None:
    page = browser.page
    sign_in(page, filled)
    page.set_viewport_size(AT_200_PERCENT)
    page.goto(f"{filled.url}/console/responses?state=received")
    page.locator("main tbody th a").first.click()
    settled(page)
    page.evaluate("() => scrollTo(0, 0)")
    bar = page.locator(".decision-bar").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] <= AT_200_PERCENT["height"] + 1
    assert bar["height"] < AT_200_PERCENT["height"] / 4
    keys, covered = Keys(page), []
    for _ in range(200):
        here = keys.tab()
        if here is None:
            break
        covered += [here["called"]] if page.evaluate(COVERED) else []
    assert (covered, keys.faults) == ([], [])


def test_on_a_phone_the_list_has_its_orders_in_one_place(filled: World, browser: Browsing) -> None:
    page = browser.page
    sign_in(page, filled)
    page.goto(f"{filled.url}/console/responses")
    assert page.locator("thead a:visible").count() == 0
    assert page.locator("#sort option").count() > 5
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator("thead a:visible").count() == 5


def test_on_a_phone_several_are_decided_about_behind_a_fold(filled: World, browser: Browsing) -> None:
    page = browser.page
    sign_in(page, filled)
    page.goto(f"{filled.url}/console/responses")
    choice, bar = page.locator("input[name=seen]").first, page.locator(".bulk-bar")
    assert (choice.is_visible(), bar.is_visible()) == (False, False)
    page.locator(".fold-bulk summary").press("Enter")
    assert (choice.is_visible(), bar.is_visible()) == (True, True)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.reload()
    assert (choice.is_visible(), bar.is_visible()) == (True, True)
