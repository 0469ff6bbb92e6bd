"""Somebody who answers whatever is asked, by what the page holds: no form has to be known for it."""

import re
from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Error, Page, expect

from tests.journeys.patience import wait_until

__all__ = ["WORDS", "answer", "answer_and_go_on", "go_on", "settled", "walk"]

GO_ON: Final = "main .button-wide"
DIGITS: Final = "7"
WORDS: Final = "Roman Road Choir"
YEAR: Final = "2020"
PICKED: Final = {"date": "2026-11-20", "time": "14:30", "month": "2026-07"}
MOST_PAGES: Final = 80


def settled(page: Page) -> None:
    """Wait until the page has its heading, and nothing on it is under way."""
    page.wait_for_load_state()
    page.locator("main h1").first.wait_for()
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)


def answer(page: Page) -> None:
    """Give an answer to everything that is asked on the page and has none."""
    for group in page.locator("main .choices").all():
        cards = group.locator(".choice-mark + .choice-card:visible")
        if cards.count() and not group.locator(".choice-mark:checked").count():
            cards.first.click()
    for field in page.locator("main .question input.field:visible, main .question textarea.field:visible").all():
        kind = field.get_attribute("type") or "text"
        if field.is_editable() and not field.input_value() and kind not in {"file", "search"}:
            is_words = kind == "text" and field.get_attribute("inputmode") is None
            field.fill(WORDS if is_words else PICKED.get(kind, DIGITS))
    for menu in page.locator("main .question select.field:visible").all():
        if not menu.input_value():
            menu.select_option(index=1)


def _answer_what_is_wrong(page: Page) -> None:
    """Give what a small number does not answer: a year, in the last field if there are several, or the position."""
    wrong = page.locator("main .field[aria-invalid=true]:visible")
    if wrong.count():
        wrong.last.fill(YEAR)
        return
    page.locator("main .question button.button-second").first.click()
    page.locator("main .question bdi, main .question output").first.wait_for()


def go_on(page: Page) -> bool:
    """Press the button that goes on; False: the page stays, and says what is missing."""
    address, heading, was_wrong = page.url, _heading(page), _complains(page)
    page.evaluate("() => { document.documentElement.dataset.before = 'yes' }")
    page.locator(GO_ON).last.click()

    def moved() -> bool:
        try:
            is_new = page.locator("html[data-before]").count() == 0
            return is_new or page.url != address or _heading(page) != heading or (_complains(page) and not was_wrong)
        except Error:
            return False  # Just between two pages.

    wait_until(moved, f"another page after {address}")
    settled(page)
    page.evaluate("() => { delete document.documentElement.dataset.before }")
    return not _complains(page)


def _complains(page: Page) -> bool:
    return page.locator("main form .notice-bad, main .notice-bad[role=alert]").count() > 0


def _heading(page: Page) -> str:
    heading = page.locator("main h1").first
    return heading.inner_text() if heading.count() else ""


def answer_and_go_on(page: Page) -> None:
    """Answer the page, and leave it; some answers go on by themselves."""
    address = page.url
    answer(page)
    if page.url == address and not go_on(page):
        _answer_what_is_wrong(page)
        go_on(page)


def walk(page: Page, *, until: str) -> Iterator[str]:
    """Go through an interview page by page, answering; give each address, up to one like ``until``."""
    ended = re.compile(until)
    for _ in range(MOST_PAGES):
        settled(page)
        yield page.url
        if ended.search(page.url):
            return
        address = page.url
        answer_and_go_on(page)
        assert page.url != address, f"does not go on from {address}"
    raise AssertionError(f"{MOST_PAGES} pages, and no end like {until}")
