"""What an interviewer does on a screen, whichever browser draws it."""

from collections.abc import Callable
from typing import Protocol

__all__ = ["Screen"]


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
