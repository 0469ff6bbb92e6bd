"""Every screen in every language of ours on the narrowest phone: translated, mirrored, whole, in the reach of all."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from tests.project import ROOT, read
from tests.screens.app_screens import BY_ROUTE, FORMS, app_screens, interview_screens
from tests.screens.browsing import Browsing
from tests.screens.console_screens import console_screens, refused_screens, sign_in, to_show
from tests.screens.day_screens import day_screens
from tests.screens.judging import faults_of, told
from tests.screens.resident_screens import BY_TEMPLATE, resident_screens
from tests.screens.showing import Shown, everything
from tests.screens.world import LANGUAGES, World

each_language: Final = pytest.mark.parametrize("lang", LANGUAGES)
each_half: Final = pytest.mark.parametrize("half", [0, 1])
"""The console has so many pages that a slow machine would take longer over them than a test may."""
PIECES: Final = frozenset({"frame.html", "form.html", "pieces.html", "controls.html"})
"""What pages of residents are made of, and no page by itself."""
NOT_SEEN_HERE: Final = {
    "again.html": "too many people at once: tests/server/test_resident_doors.py",
    "closed.html": "a poster that is over: tests/server/test_resident_endings.py",
    "too_many.html": "too many pages at once: tests/server/test_resident_doors.py",
}


def assert_faultless(shown: Iterable[Shown], world: World) -> None:
    seen, found = faults_of(shown, world.names)
    sys.stdout.write(f"{seen} screens\n")
    assert seen, "nothing was looked at"
    assert not found, told(found)


@each_language
@each_half
def test_every_page_of_the_console(filled: World, browser: Browsing, tmp_path: Path, half: int, lang: str) -> None:
    screens = to_show(filled, tmp_path)[half::2]
    sign_in(browser.page, filled)
    assert_faultless(console_screens(browser.page, filled, screens, everything(lang)), filled)


@each_language
@each_half
def test_every_form_of_the_console_that_lacks_something(
    filled: World, browser: Browsing, tmp_path: Path, half: int, lang: str
) -> None:
    screens = to_show(filled, tmp_path)[half::2]
    sign_in(browser.page, filled)
    assert_faultless(refused_screens(browser.page, filled, screens, everything(lang)), filled)


@each_language
def test_every_screen_of_the_app(filled: World, browser: Browsing, lang: str) -> None:
    assert_faultless(app_screens(browser.page, filled, everything(lang), forms=()), filled)


@each_language
@pytest.mark.parametrize("form", FORMS)
def test_every_page_of_an_interview(filled: World, browser: Browsing, form: str, lang: str) -> None:
    assert_faultless(interview_screens(browser.page, filled, everything(lang), form), filled)


@each_language
def test_every_screen_of_a_workers_day(filled: World, browser: Browsing, lang: str) -> None:
    assert_faultless(day_screens(browser.page, filled, everything(lang)), filled)


@each_language
@pytest.mark.parametrize("how", ["plain", "app"])
def test_every_page_of_a_resident(filled: World, browser: Browsing, how: str, lang: str) -> None:
    assert_faultless(resident_screens(browser.page, filled, everything(lang), how=how), filled)


def test_every_kind_of_address_of_the_app_is_looked_at() -> None:
    kinds = set(re.findall(r"readonly screen: '(\w+)'", read("pwa/src/ui/routes.ts")))
    assert kinds == set(BY_ROUTE), "Show a screen for it in tests/screens/app_screens.py."


def test_every_page_of_residents_is_looked_at() -> None:
    pages = {path.name for path in (ROOT / "server/templates/resident").glob("*.html")} - PIECES
    assert pages == set(BY_TEMPLATE) | set(NOT_SEEN_HERE), "Show it in tests/screens/resident_screens.py."
