"""Somebody who has a keyboard and no mouse, and sees where they are after every key."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from tests.screens.walking import settled

__all__ = ["Keys"]

MOST_TABS: Final = 150
ROW: Final = 60
TYPED: Final = "77"
FOCUS: Final = Path(__file__).with_name("focus.js")


class Keys:
    """Presses keys on ``page``; ``faults`` is what was wrong on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self._last: dict[str, Any] | None = None

    def here(self) -> dict[str, Any] | None:
        """Tell what has the focus."""
        found: dict[str, Any] | None = self.page.evaluate(_focus())
        return found

    def tab(self) -> dict[str, Any] | None:
        """Go on to the next thing; note what is wrong with how it shows, or with the order."""
        self.page.keyboard.press("Tab")
        here = self.here()
        if here is not None:
            self.faults += [f"{fault} at {self.page.url}" for fault in here["faults"]]
            self._note_order(here)
        self._last = here
        return here

    def _note_order(self, here: dict[str, Any]) -> None:
        last, top = self._last, here["lastTop"]
        if last is not None and last["isInMain"] and here["isInMain"] and top is not None and here["top"] < top - ROW:
            self.faults.append(f"goes back up from {last['called']} to {here['called']} at {self.page.url}")

    def until(self, what: str) -> dict[str, Any]:
        """Go on until something holds, such as ``goesOn``; a trap would never come there."""
        for _ in range(MOST_TABS):
            here = self.tab()
            if here is not None and here[what]:
                return here
        raise AssertionError(f"{MOST_TABS} tabs, and never {what}: {self.page.url}")

    def to(self, words: str) -> None:
        """Go on until what has the focus says these words."""
        for _ in range(MOST_TABS):
            here = self.tab()
            if here is not None and words in here["called"]:
                return
        raise AssertionError(f"{MOST_TABS} tabs, and never “{words}”: {self.page.url}")

    def press(self, key: str) -> None:
        """Press a key, and wait for what comes of it."""
        self.page.keyboard.press(key)
        self._last = None

    def answer_and_go_on(self) -> None:
        """Answer everything on the page, and press the button that goes on."""
        address = self.page.url
        self.page.wait_for_function(AT_THE_TOP)
        self._once(again=False)
        if self.page.url == address and self.page.locator("main .notice-bad").count():
            self.page.wait_for_function(AT_THE_TOP)
            self._once(again=True)
        assert self.page.url != address, f"does not go on from {address}"

    def _once(self, *, again: bool) -> None:
        """Tab through the page; ``again``: give also what only a button gives."""
        address = self.page.url
        for _ in range(MOST_TABS):
            here = self.tab()
            if here is None or not here["isInMain"]:
                continue
            if here["goesOn"]:
                self.press("Enter")
                self.page.wait_for_function(LEFT_OR_WRONG, arg=address)
                settled(self.page)
                return
            self._answer(here, again=again)
        raise AssertionError(f"{MOST_TABS} tabs, and no way on: {address}")

    def _answer(self, here: dict[str, Any], *, again: bool) -> None:
        if here["isChoice"] and not here["isChecked"]:
            self.page.keyboard.press("Space")
        elif here["tag"] in {"input", "textarea"} and not here["isChoice"] and not here["value"]:
            self.page.keyboard.type(TYPED)
        elif here["tag"] == "select" and not here["value"]:
            self.page.keyboard.press("ArrowDown")
        elif again and here["gives"]:
            self.press("Enter")
            self.page.locator("main .question bdi, main .question output").first.wait_for()


AT_THE_TOP: Final = "() => document.activeElement?.closest('main h1, main .notice-bad') !== null"
"""Where a page that has just been drawn puts the focus."""
LEFT_OR_WRONG: Final = """(address) => location.href !== address
  || document.activeElement?.closest('.notice-bad') !== null"""


@cache
def _focus() -> str:
    return FOCUS.read_text(encoding="utf-8")
