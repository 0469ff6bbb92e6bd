"""The screen of a Chromium that Playwright drives."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, Playwright, expect

from tests.journeys.watch import Watch
from tests.journeys.watched import open_chromium

__all__ = ["ChromiumScreen", "WatchedScreen", "chromium_at_a_desk"]

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


class WatchedScreen(ChromiumScreen):
    """An `OtherScreen` in Chromium, for journeys that are the same in every engine."""

    def __init__(self, page: Page, watch: Watch) -> None:
        super().__init__(page)
        self._watch = watch

    def open(self, address: str) -> None:
        """Load a page."""
        self._page.goto(address)

    def keys(self, *names: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        for name in names:
            self._page.keyboard.press(name)

    def ask(self, script: str, *given: object) -> object:
        """Give what a promise resolves to: ``script`` is an expression of it, in which ``given`` is what was given."""
        answer: object = self._page.evaluate(f"async (given) => ({script})", list(given))
        return answer

    def complaints(self) -> list[str]:
        """Give what all pages have complained of since the browser began, and who else they have asked."""
        return [*self._watch.complaints, *self._watch.strangers()]

    def forget(self) -> None:
        """Forget all complaints: for a journey that has provoked them, and has looked at them."""
        self._watch.forget()


@contextmanager
def chromium_at_a_desk(playwright: Playwright, profile: Path, settings: Mapping[str, Any]) -> Iterator[WatchedScreen]:
    """Start Chromium and close it; then nobody else was asked, and no page complained."""
    watch = Watch()
    context = open_chromium(playwright, profile, watch, settings=settings)
    try:
        yield WatchedScreen(context.pages[0], watch)
    finally:
        context.close()
    watch.assert_quiet()
