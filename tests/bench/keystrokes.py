"""How long a client of the big form is busy with a key: at the head of a chain of 200 calculations, and at a leaf."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

from tests.bench.browser import new_browser
from tests.bench.questionnaires import TOTAL
from tests.bench.visit import Client, heap_bytes

__all__ = ["Keystrokes", "Strokes", "measure_keystrokes"]

PROBE = (Path(__file__).parent / "keystroke.js").read_text(encoding="utf-8")
READY_SECONDS = 180.0
STROKE_SECONDS = 60.0
QUIET_MILLISECONDS = 400
READY_MILLISECONDS = 2_000
BUSY_MILLISECONDS = 15
FOLLOWS_MILLISECONDS = 50
PAUSE_MILLISECONDS = 500
KEYS = ("5", "Backspace")
TOTALS = ("5", "0")

Place = Literal["first", "last"]
ToLeaf = Callable[[Page], None]


@dataclass(frozen=True)
class Strokes:
    """Milliseconds from key to settled, of keys that type and of Tab after each; ``right``: how often the total was."""

    typed: Sequence[float]
    left: Sequence[float]
    right: int

    @property
    def slower(self) -> list[float]:
        """What a person waits until all is right, whether the client works it out on typing or on leaving the field."""
        return [max(pair) for pair in zip(self.typed, self.left, strict=True)]


@dataclass(frozen=True)
class Keystrokes:
    """One client: at the head of the chain, at a leaf, and what its scripts held before the first key."""

    head: Strokes
    leaf: Strokes
    heap_bytes: int


def measure_keystrokes(client: Client, to_leaf: ToLeaf, *, cpu_slowdown: int, cycles: int) -> Keystrokes:
    """Open the form in a new browser, then type and delete a digit `cycles` times in all, in either place."""
    with new_browser() as browser:
        settings = {"field": client.field, "steps": client.steps, "quiet": QUIET_MILLISECONDS}
        settings |= {"busy": BUSY_MILLISECONDS, "follows": FOLLOWS_MILLISECONDS, "ready": READY_MILLISECONDS}
        browser.add_init_script(PROBE.replace("SETTINGS", json.dumps(settings), 1))
        page = browser.new_page()
        browser.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": cpu_slowdown})
        page.goto(f"http://127.0.0.1:{client.port}{client.path}", wait_until="commit")
        _wait(page, "() => window.bench?.isReady()", READY_SECONDS)
        heap = heap_bytes(browser, page)
        head = _strokes(page, "first", cycles)
        to_leaf(page)
        return Keystrokes(head, _strokes(page, "last", cycles), heap)


def _strokes(page: Page, place: Place, cycles: int) -> Strokes:
    _wait(page, "() => window.bench?.isReady()", READY_SECONDS)
    page.evaluate("place => bench.choose(place)", place)
    typed, left, right = [], [], 0
    for cycle in range(cycles):
        page.evaluate("bench.focus()")
        page.wait_for_timeout(PAUSE_MILLISECONDS)
        typed.append(_stroke(page, KEYS[cycle % 2]))
        left.append(_stroke(page, "Tab"))
        right += page.evaluate("text => bench.shows(text)", TOTAL + TOTALS[cycle % 2])
    return Strokes(typed, left, right)


def _stroke(page: Page, key: str) -> float:
    page.evaluate("bench.arm()")
    page.keyboard.press(key)
    return float(_wait(page, "() => bench.settled()", STROKE_SECONDS))


def _wait(page: Page, asked: str, seconds: float) -> Any:  # noqa: ANN401  # whatever the page answers
    """Ask from outside until there is an answer: a strict page forbids what waiting inside would need."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = page.evaluate(asked)
        if answer:
            return answer
        page.wait_for_timeout(100)
    raise TimeoutError(f"The page did not answer {asked} within {seconds:.0f} s.")
