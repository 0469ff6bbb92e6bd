"""What is on the screen of the phone, as `screen.js` reads it."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Page

__all__ = ["CONTROLS", "Control", "Question", "Screen", "read_screen", "wait_for_screen"]

READ: Final = Path(__file__).with_name("screen.js").read_text(encoding="utf-8")
CONTROLS: Final = "input:not([type=hidden]), select, textarea, button, [role=option]"
PATIENCE_SECONDS: Final = 20.0
BETWEEN_LOOKS_SECONDS: Final = 0.03

Kind = Literal["questions", "list", "check", "finished", "other"]


@dataclass(frozen=True)
class Control:
    """A field, a menu, a button or a line of a list box; ``type`` is its role, where it says one."""

    id: str
    tag: str
    type: str
    value: str
    checked: bool
    shown: bool
    disabled: bool
    options: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question: its place on the page, its node's number, its folds that are closed, what it can be answered with."""

    place: int
    number: int | None
    wrong: bool
    folded: int
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Screen:
    """One screen; ``things``: the lines of a list, by the address where each begins; ``problems``: those of a check."""

    kind: Kind
    path: str
    opening: bool
    alert: str
    questions: tuple[Question, ...]
    things: tuple[str, ...]
    buttons: int
    problems: int


def read_screen(page: Page) -> Screen:
    """Read the screen as it is now."""
    seen: dict[str, Any] = page.evaluate(READ, CONTROLS)
    questions = tuple(_question(one) for one in seen.pop("questions"))
    return Screen(questions=questions, things=tuple(seen.pop("things")), **seen)


def wait_for_screen(page: Page, *, other_than: str = "") -> Screen:
    """Wait until the screen stays as it is, at another path than the one before; else give what is there in the end."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    before = read_screen(page)
    while time.monotonic() < deadline:
        time.sleep(BETWEEN_LOOKS_SECONDS)
        now = read_screen(page)
        arrived = now.kind != "other" and now.path != other_than and not now.opening
        if now == before and (arrived or (now.alert and not now.opening)):
            return now
        before = now
    return before


def _question(seen: dict[str, Any]) -> Question:
    controls = tuple(Control(**{**one, "options": tuple(one["options"])}) for one in seen.pop("controls"))
    return Question(controls=controls, **seen)
