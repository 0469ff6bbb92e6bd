"""The screen of a Chromium that Playwright drives."""

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page, expect

__all__ = ["ChromiumScreen"]

CARD_OF_CHOICE: Final = """label => {
  const first = (card) => card.innerText.trim().split('\\n')[0];
  return [...document.querySelectorAll('main label')].find((card) => first(card) === label && card.control);
}"""


class ChromiumScreen:
    """A `Screen` in Chromium."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def address(self) -> str:
        """Give the address of the page."""
        return self._page.url

    def wait_for_address(self, holds: Callable[[str], bool]) -> None:
        """Wait until the address is as wished."""
        self._page.wait_for_url(holds)

    def press(self, css: str, *, last: bool = False) -> None:
        """Press the first thing that matches, or the last."""
        found = self._page.locator(css)
        (found.last if last else found.first).click()

    def choose(self, label: str) -> None:
        """Tap the first card with exactly this label, once it stands still, and see it chosen."""
        card = self._page.wait_for_function(CARD_OF_CHOICE, arg=label).as_element()
        assert card is not None, "The script gives an element, or goes on waiting."
        card.click()
        self._page.wait_for_function("card => card.control.checked", arg=card)

    def type_in(self, css: str, keys: str) -> None:
        """Type at the end of the first field that matches, key by key, as thumbs do."""
        field = self._page.locator(css).first
        field.press("End")
        field.press_sequentially(keys)

    def select(self, css: str, choice: str) -> None:
        """Select the choice with this value from a menu."""
        self._page.locator(css).select_option(choice)

    def see(self, css: str, text: str = "") -> None:
        """See something that matches and holds the text."""
        expect(self._page.locator(css).first).to_contain_text(text)
