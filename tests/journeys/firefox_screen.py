"""The screen of a Firefox that a Node process drives over WebDriver BiDi."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

from tests.journeys.patience import wait_until

__all__ = ["FirefoxScreen"]


class NotYet(Exception):
    """It cannot be done now: it is not on the page, or does not let itself be touched."""


class FirefoxScreen:
    """A `Screen` in Firefox; ``driver`` runs firefox_driver.mjs and is ready."""

    def __init__(self, driver: subprocess.Popen[str]) -> None:
        self._driver = driver

    def open(self, address: str) -> None:
        """Load a page."""
        self._do("open", address=address)

    def complaints(self) -> list[str]:
        """Give what all pages have complained of since the browser began, and who else they have asked."""
        saw = self._do("saw")
        return [*saw["complaints"], *saw["strangers"]]

    def forget(self) -> None:
        """Forget all complaints: for a journey that has provoked them, and has looked at them."""
        self._do("forget")

    def ask(self, script: str, *given: object) -> object:
        """Give what a promise resolves to: ``script`` is an expression of it, in which ``given`` is what was given."""
        answer: object = self._do("ask", script=script, given=given)
        return answer

    def address(self) -> str:
        """Give the address of the page."""
        return str(self._do("address"))

    def wait_for_address(self, holds: Callable[[str], bool]) -> None:
        """Wait until the address is as wished."""
        wait_until(lambda: holds(self.address()), f"another address than {self.address()}")

    def press(self, css: str, *, last: bool = False) -> None:
        """Press the first thing that matches, or the last."""
        self._when_possible("press", css=css, last=last)

    def choose(self, label: str) -> None:
        """Choose the first choice with exactly this label; the card around the mark takes the tap."""
        self._when_possible("choose", label=label)

    def type_in(self, css: str, keys: str) -> None:
        """Type at the end of the first field that matches, key by key, as thumbs do."""
        self._when_possible("type", css=css, keys=keys)

    def keys(self, *names: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        self._do("keys", names=names)

    def select(self, css: str, choice: str) -> None:
        """Select the choice with this value from a menu."""
        self._when_possible("select", css=css, choice=choice)

    def see(self, css: str, text: str = "") -> None:
        """See something that matches and holds the text. What was there instead is told on failure."""
        try:
            wait_until(lambda: self._shows(css, text), f"“{text}” in {css}")
        except AssertionError as error:
            error.add_note(f"{self.address()}: {self._do('texts', css='body')}")
            error.add_note(f"complaints: {self.complaints()}")
            raise

    def _shows(self, css: str, text: str) -> bool:
        try:
            return any(text in found for found in self._do("texts", css=css))
        except NotYet:
            return False  # The page was going away.

    def _when_possible(self, act: str, **members: object) -> None:
        troubles: list[str] = []

        def try_now() -> bool:
            try:
                self._do(act, **members)
            except NotYet as trouble:
                troubles.append(str(trouble))
                return False
            return True

        try:
            wait_until(try_now, f"{act} {members}")
        except AssertionError as error:
            error.add_note(troubles[-1])
            raise

    def _do(self, act: str, **members: object) -> Any:  # noqa: ANN401  # whatever JSON can say
        assert self._driver.stdin
        assert self._driver.stdout
        self._driver.stdin.write(json.dumps({"act": act, **members}) + "\n")
        self._driver.stdin.flush()
        told = json.loads(self._driver.stdout.readline() or '{"error": "the driver ended"}')
        if "error" in told:
            raise NotYet(told["error"])
        return told["answer"]
