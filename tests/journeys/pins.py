"""A worker who locks their phone: setting a PIN, opening the lock, and what the phone's own files give away."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

__all__ = [
    "add_person",
    "enter_pin",
    "files_with",
    "go_home",
    "lock",
    "open_settings",
    "set_pin",
    "wait_until_saved",
    "who",
]


def go_home(page: Page) -> None:
    """Go to the first page without loading the app again, which would lock it."""
    page.locator("a.wordmark").click()


def open_settings(page: Page) -> None:
    """Go to the settings, where the people of this phone are."""
    page.locator("footer a[href='/settings']").click()
    expect(page.get_by_role("heading", name="People on this phone")).to_be_visible()


def set_pin(page: Page, pin: str) -> str:
    """In the settings, set a PIN for whoever is signed in; give the recovery code."""
    page.locator("summary", has_text="Set a PIN").click()
    page.get_by_label("New PIN", exact=True).fill(pin)
    page.get_by_label("The new PIN again").fill(pin)
    page.get_by_role("button", name="Continue").click()
    code = page.locator("p.lead bdi").inner_text()
    assert re.fullmatch(r"([0-9A-Z]{4}-){4}[0-9A-Z]{4}", code)
    page.get_by_role("button", name="I have written it down").click()
    expect(page.locator("summary", has_text="Turn the PIN off")).to_be_visible()
    return code


def add_person(page: Page, name: str) -> None:
    """In the settings or on the lock screen, add one more worker."""
    page.locator("summary", has_text="Add a person").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Add a person").click()
    expect(page.locator("[role=status]", has_text=f"{name} was added.")).to_be_visible()


def lock(page: Page) -> None:
    """Press the button at the foot of the page."""
    page.locator("footer").get_by_role("button", name="Lock this phone").click()
    expect(page.get_by_role("heading", name="This phone is locked")).to_be_visible()


def who(page: Page, name: str) -> None:
    """On the lock screen, be somebody else."""
    other = page.get_by_role("button", name="I am somebody else")
    expect(other.or_(page.get_by_role("heading", name="Who are you?"))).to_be_visible()
    if other.is_visible():
        other.click()
    page.get_by_role("button", name=name, exact=True).click()


def enter_pin(page: Page, pin: str) -> None:
    """Type it and press Open."""
    page.locator("#pin").fill(pin)
    page.get_by_role("button", name="Open", exact=True).click()


def wait_until_saved(page: Page) -> None:
    """Wait until the page says that what was typed is on the disk."""
    expect(page.locator("html[data-saved=yes]")).to_have_count(1)


def files_with(folder: Path, word: str) -> list[str]:
    """Name every file below a folder that holds a word, in the ways in which a browser writes text."""
    spelt = [word.encode("utf-8"), word.encode("utf-16-le")]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return [str(path.relative_to(folder)) for path in files if any(way in path.read_bytes() for way in spelt)]
