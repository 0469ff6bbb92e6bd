"""The screen of a WebKitGTK that Selenium drives."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

from tests.journeys.patience import wait_until

__all__ = ["WebKitScreen"]

Result = TypeVar("Result")

# Told by the page itself: WebDriver does not pass on what a page complains of. What a policy stopped before somebody
# listened is told too; an error before that is not.
LISTEN: Final = """
if (window.complaints === undefined) {
  window.complaints = [];
  for (const kind of ['error', 'unhandledrejection', 'securitypolicyviolation'])
    addEventListener(kind, (event) => complaints.push(
      `${kind}: ${event.message ?? event.reason ?? event.violatedDirective ?? event.target}`));
  const { error } = console;
  console.error = (...words) => { complaints.push(`console: ${words.join(' ')}`); error.apply(console, words); };
  const earlier = new ReportingObserver(() => undefined, { types: ['csp-violation'], buffered: true });
  earlier.observe();
  for (const { body } of earlier.takeRecords()) complaints.push(`policy: ${body?.effectiveDirective}`);
  earlier.disconnect();
}
return window.complaints.splice(0);
"""
KEYS: Final = {"ArrowDown": Keys.ARROW_DOWN, "Enter": Keys.ENTER, "Space": Keys.SPACE, "Tab": Keys.TAB}


class WebKitScreen:
    """A `Screen` in WebKitGTK."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver
        self._complaints: list[str] = []

    def open(self, address: str) -> None:
        """Load a page, and listen to its complaints from then on."""
        self._hear()
        self._driver.get(address)
        self._hear()

    def complaints(self) -> list[str]:
        """Give what all pages have complained of since the browser began, each from the first act or look on it."""
        self._hear()
        return list(self._complaints)

    def forget(self) -> None:
        """Forget all complaints: for a journey that has provoked them, and has looked at them."""
        self._hear()
        self._complaints.clear()

    def ask(self, script: str, *given: object) -> object:
        """Give what a promise resolves to: ``script`` is an expression of it, in which ``given`` is what was given."""
        done = "arguments[arguments.length - 1]"
        return self._driver.execute_async_script(f"const given = arguments; ({script}).then({done})", *given)

    def address(self) -> str:
        """Give the address of the page."""
        return self._driver.current_url

    def wait_for_address(self, holds: Callable[[str], bool]) -> None:
        """Wait until the address is as wished."""
        wait_until(lambda: holds(self.address()), f"another address than {self.address()}")

    def press(self, css: str, *, last: bool = False) -> None:
        """Press the first thing that matches, or the last."""
        act_when_possible(lambda: self._touch(self._found(css)[-1 if last else 0]), f"press {css}")

    def choose(self, label: str) -> None:
        """Choose the first choice with exactly this label; the card around the mark takes the tap."""
        act_when_possible(lambda: self._touch(self._labelled(label)), f"choose {label}")

    def type_in(self, css: str, keys: str) -> None:
        """Type at the end of the first field that matches, key by key, as thumbs do."""
        field = act_when_possible(lambda: self._typing_at_end(css), f"type in {css}")
        field.send_keys(keys)

    def keys(self, *names: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        self._hear()
        for name in names:
            ActionChains(self._driver, duration=0).send_keys(KEYS.get(name, name)).perform()

    def select(self, css: str, choice: str) -> None:
        """Select the choice with this value from a menu."""
        act_when_possible(lambda: Select(self._found(css)[0]).select_by_value(choice), f"select {choice}")

    def see(self, css: str, text: str = "") -> None:
        """See something that matches and holds the text. What was there instead is told on failure."""
        try:
            wait_until(lambda: self._shows(css, text), f"“{text}” in {css}")
        except AssertionError as error:
            error.add_note(f"{self.address()}: {self._found('body')[0].text!r}")
            error.add_note(f"complaints: {self.complaints()}")
            raise

    def _hear(self) -> None:
        """Take along what the page has complained of, before it is left."""
        with suppress(WebDriverException):  # One page is going and the next is not there yet.
            self._complaints += self._driver.execute_script(LISTEN)

    def _found(self, css: str) -> list[WebElement]:
        return self._driver.find_elements(By.CSS_SELECTOR, css)

    def _touch(self, found: WebElement) -> None:
        """Scroll to it first: this driver does not when the page is longer than the window."""
        self._hear()
        self._driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", found)
        found.click()

    def _labelled(self, label: str) -> WebElement:
        """Find a choice by its first line: the original of a draft may stand beneath it."""
        cards = self._found("main label.choice-card")
        return next(found for found in cards if self._first_line(found) == label)

    def _first_line(self, found: WebElement) -> str:
        return str(self._driver.execute_script("return arguments[0].innerText.trim().split('\\n')[0].trim()", found))

    def _typing_at_end(self, css: str) -> WebElement:
        field = self._found(css)[0]
        field.send_keys(Keys.END)
        return field

    def _shows(self, css: str, text: str) -> bool:
        self._hear()
        try:
            return any(text in found.text for found in self._found(css))
        except WebDriverException:
            return False  # It was drawn again between being found and being read.


def act_when_possible(act: Callable[[], Result], what: str) -> Result:
    """Do it as soon as what it needs is on the page and lets itself be touched."""
    done: list[Result] = []
    troubles: list[str] = []

    def try_now() -> bool:
        try:
            done.append(act())
        except (IndexError, StopIteration, WebDriverException) as trouble:
            troubles.append(repr(trouble))
            return False
        return True

    try:
        wait_until(try_now, what)
    except AssertionError as error:
        error.add_note(troubles[-1])
        raise
    return done[0]
