"""All families of screens, each with a browser of its own, for what looks at all of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, Playwright

from tests.screens.app_screens import app_screens
from tests.screens.browsing import browsing
from tests.screens.console_screens import console_screens, refused_screens, sign_in, to_show
from tests.screens.day_screens import day_screens
from tests.screens.resident_screens import PLAIN, resident_screens
from tests.screens.showing import Shown, Wanted
from tests.screens.world import World

__all__ = ["FAMILIES", "family"]

Show = Callable[[Page, World, Wanted, Path], Iterator[Shown]]


def _console(page: Page, world: World, wanted: Wanted, folder: Path) -> Iterator[Shown]:
    screens = to_show(world, folder)
    sign_in(page, world)
    yield from console_screens(page, world, screens, wanted)
    yield from refused_screens(page, world, screens, wanted)


def _app(page: Page, world: World, wanted: Wanted, _folder: Path) -> Iterator[Shown]:
    yield from app_screens(page, world, wanted)


def _day(page: Page, world: World, wanted: Wanted, _folder: Path) -> Iterator[Shown]:
    yield from day_screens(page, world, wanted)


def _plain(page: Page, world: World, wanted: Wanted, _folder: Path) -> Iterator[Shown]:
    yield from resident_screens(page, world, wanted, how=PLAIN)


def _resident(page: Page, world: World, wanted: Wanted, _folder: Path) -> Iterator[Shown]:
    yield from resident_screens(page, world, wanted, how="app")


FAMILIES: Final[dict[str, Show]] = {
    "console": _console,
    "app": _app,
    "day": _day,
    "resident plain": _plain,
    "resident app": _resident,
}


@contextmanager
def family(playwright: Playwright, world: World, name: str, wanted: Wanted, folder: Path) -> Iterator[Iterator[Shown]]:
    """Open a browser for one family, and show its screens in it."""
    folder.mkdir(parents=True, exist_ok=True)
    with browsing(playwright, folder / "profile") as started:
        yield FAMILIES[name](started.page, world, wanted, folder)
