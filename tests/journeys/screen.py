"""What an interviewer does on a screen, whichever browser draws it."""

from collections.abc import Callable
from typing import Protocol

__all__ = ["OtherScreen", "Screen"]


class Screen(Protocol):
    """One page. Every act waits until it can be done, up to the browser's own patience; ``css`` is a CSS selector."""

    def address(self) -> str:
        """Give the address of the page."""

    def wait_for_address(self, holds: Callable[[str], bool]) -> None:
        """Wait until the address is as wished."""

    def press(self, css: str, *, last: bool = False) -> None:
        """Press the first thing that matches, or the last."""

    def choose(self, label: str) -> None:
        """Choose the first choice with exactly this label."""

    def type_in(self, css: str, keys: str) -> None:
        """Type at the end of the first field that matches, key by key, as thumbs do."""

    def select(self, css: str, choice: str) -> None:
        """Select the choice with this value from a menu."""

    def see(self, css: str, text: str = "") -> None:
        """See something that matches and holds the text."""


class OtherScreen(Screen, Protocol):
    """A screen of a browser that Playwright does not drive."""

    def open(self, address: str) -> None:
        """Load a page."""

    def keys(self, *names: str) -> None:
        """Press keys one after the other, wherever the focus is: a letter, or Enter, Space, Tab, ArrowDown."""

    def complaints(self) -> list[str]:
        """Give what all pages have complained of since the browser began."""

    def forget(self) -> None:
        """Forget all complaints: for a journey that has provoked them, and has looked at them."""

    def ask(self, script: str, *given: object) -> object:
        """Give what a promise resolves to: ``script`` is an expression of it, in which ``given`` is what was given."""
