"""An interview as a screen reader gives it: the tree of each step, what is said by itself, and where the focus goes."""

import pytest
from playwright.sync_api import expect

from tests.screens.app_screens import begin, enrol_phone, speak
from tests.screens.browsing import Browsing
from tests.screens.trees import FORM, LANGS, kept, steps, written
from tests.screens.walking import answer, answer_and_go_on, go_on
from tests.screens.world import World

FOCUSED = "() => document.activeElement.tagName"
POLITE = "[role=status], [aria-live=polite]"


@pytest.mark.parametrize("lang", LANGS)
def test_each_step_gives_the_roles_names_and_states_that_were_written_down(
    filled: World, browser: Browsing, lang: str
) -> None:
    enrol_phone(browser.page, filled)
    assert written(steps(browser.page, filled, lang)) == kept(lang), "python -m tests.screens.trees writes it anew."


def test_focus_goes_to_the_heading_of_each_page_and_to_what_is_wrong(filled: World, browser: Browsing) -> None:
    page = browser.page
    enrol_phone(page, filled)
    begin(page, filled, FORM)
    assert not go_on(page)
    assert page.evaluate("() => document.activeElement.matches('.notice-bad')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.matches('main .choice-mark')")
    for _ in range(4):
        answer_and_go_on(page)
        assert page.evaluate(FOCUSED) == "H1", page.url


@pytest.mark.parametrize(("lang", "saved"), [("en", "Saved on this phone"), ("ar", "")])
def test_saving_is_said_politely(filled: World, browser: Browsing, lang: str, saved: str) -> None:
    page = browser.page
    enrol_phone(page, filled)
    begin(page, filled, FORM)
    speak(page, filled, page.url.removeprefix(filled.url), lang)
    answer(page)
    expect(page.locator("html[data-saved=yes]")).to_be_attached()
    said = page.locator(".save-status").inner_text()
    assert saved in said
    expect(page.locator(POLITE).filter(has_text=said).first).to_be_attached()
