"""The components in every state: each fits its window, is as large as a finger or a glove, and gives focus back."""

from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

HEIGHT: Final = 740
WINDOWS: Final = {
    "a phone": (360, ""),
    "a small phone in Bengali": (320, "?lang=bn"),
    "in Arabic": (320, "?lang=ar"),
    "large buttons in the dark": (320, "?colours=dark&size=large"),
    "a small phone at 200 %": (160, ""),
    "a laptop, in strong contrast": (1280, "?colours=contrast"),
}
TOO_WIDE: Final = """() => [...document.querySelectorAll('main *')]
  .filter((one) => one.closest('.for-readers, thead, dialog') === null)
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .map((one) => one.outerHTML.slice(0, 120))"""
TOO_LOW: Final = """(least) =>
  [...document.querySelectorAll('button, .button, select, .field, summary, .choice-card, a')]
  .filter((one) => one.offsetParent !== null && !one.matches('.skip') && getComputedStyle(one).display !== 'inline')
  .filter((one) => one.getBoundingClientRect().height < least - 0.5)
  .map((one) => `${one.getBoundingClientRect().height} ${one.outerHTML.slice(0, 120)}`)"""


def drawn(browser: BrowserContext, address: str, *, width: int) -> Page:
    page = browser.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(address)
    page.locator("html[data-drawn]").wait_for()
    return page


@pytest.mark.parametrize("window", WINDOWS)
def test_every_component_fits_its_window_and_a_finger(browser: BrowserContext, design_page: str, window: str) -> None:
    width, query = WINDOWS[window]
    page = drawn(browser, design_page + query, width=width)
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(TOO_LOW, 56 if "size=large" in query else 44) == []


def test_a_table_is_cards_on_a_phone_and_keeps_its_roles(browser: BrowserContext, design_page: str) -> None:
    page = drawn(browser, design_page, width=360)
    cell = page.get_by_role("row").filter(has_text="Bow Choir").get_by_role("cell").first
    assert cell.evaluate("(cell) => getComputedStyle(cell).display") == "grid"
    expect(cell.locator(".cell-heading")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    expect(cell.locator(".cell-heading")).to_be_hidden()


def test_a_dialogue_takes_focus_keeps_it_and_gives_it_back(browser: BrowserContext, design_page: str) -> None:
    page = drawn(browser, design_page, width=360)
    opener = page.get_by_role("button", name="Clear this phone")
    opener.click()
    expect(page.get_by_role("heading", name="Clear this phone now?")).to_be_focused()
    for name in ("Yes, clear it", "No, go back", "Yes, clear it"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="No, go back")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_browser_without_dialogues_gets_one_that_works_alike(browser: BrowserContext, design_page: str) -> None:
    browser.add_init_script("delete HTMLDialogElement.prototype.showModal")
    page = drawn(browser, design_page, width=360)
    opener = page.get_by_role("button", name="Clear this phone")
    opener.click()
    expect(page.get_by_role("heading", name="Clear this phone now?")).to_be_focused()
    expect(page.get_by_role("button", name="Yes, clear it")).to_be_in_viewport()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="No, go back")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_what_was_done_is_said_and_can_be_undone(browser: BrowserContext, design_page: str) -> None:
    page = drawn(browser, design_page, width=360)
    page.get_by_role("button", name="Remove", exact=True).first.click()
    expect(page.locator(".toast")).to_contain_text("Bow Choir was removed.")
    page.locator(".toast").get_by_role("button").click()
    expect(page.locator(".toast")).to_have_count(0)
