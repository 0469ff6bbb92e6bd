"""The sizes at which a person may have a page in front of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from playwright.sync_api import Page

from tests.screens.browsing import HIGH, NARROW
from tests.screens.looking import larger_letters

__all__ = ["ALL_VIEWS", "View", "seen_through"]

WIDTHS: Final = (320, 360, 768, 1280)
PERCENTS: Final = (100, 200, 400)


class View(NamedTuple):
    """So many CSS pixels wide, and with letters so large; ``title`` says how a person comes to it."""

    title: str
    width: int
    letters: int = 100


def _views() -> Iterator[View]:
    """A page that is enlarged has less room; below 320 CSS pixels nobody is promised anything but larger letters."""
    for width in WIDTHS:
        for percent in PERCENTS:
            room = width * 100 // percent
            if room >= NARROW and percent > 100:
                yield View(f"{width} px at {percent} %", room)
        yield View(f"{width} px", width)
        yield View(f"{width} px, letters at 200 %", width, 200)


def _different() -> Iterator[View]:
    """Leave out what is the same in another way: 1,280 px at 400 % is 320 px."""
    met = set()
    for view in sorted(_views(), key=lambda view: len(view.title)):
        if (view.width, view.letters) not in met:
            met.add((view.width, view.letters))
            yield view


ALL_VIEWS: Final = tuple(_different())


@contextmanager
def seen_through(page: Page, view: View) -> Iterator[None]:
    """Give the page this size for a while."""
    page.set_viewport_size({"width": view.width, "height": HIGH})
    try:
        with larger_letters(page, view.letters):
            yield
    finally:
        page.set_viewport_size({"width": NARROW, "height": HIGH})
