"""Made-up languages on the main screens: one longer by two fifths and in brackets, one that runs from right to left."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.screens.app_screens import outer_screens
from tests.screens.browsing import NARROW, Browsing
from tests.screens.console_screens import console_screens, sign_in, to_show
from tests.screens.judging import ON_PAPER, told
from tests.screens.looking import layout_faults, pseudo_faults
from tests.screens.showing import Shown, everything
from tests.screens.world import World, world
from translations import pseudo

MADE_UP: Final = {"en-XA": "ltr", "ar-XB": "rtl"}
LOCALES: Final = {"en_XA": pseudo.longer, "ar_XB": pseudo.mirrored}
AUTONYMS: Final = tuple(str(header.autonym) for header in pseudo.LANGUAGES.values())


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give a server to which a team has added both."""
    folder = tmp_path_factory.mktemp("words")
    for locale, say in LOCALES.items():
        (folder / f"{locale}.po").write_text(pseudo.pseudo(locale, say), encoding="utf-8")
    with world(words=[folder / f"{locale}.po" for locale in LOCALES]) as made:
        yield made


def assert_nothing_left_out_or_cut_off(shown: Iterable[Shown], made: World) -> None:
    found: dict[str, list[str]] = {}
    seen = 0
    for one in shown:
        seen += 1
        for fault in faults_of(one, made.names):
            found.setdefault(fault, []).append(f"{one.name} ({one.lang})")
    sys.stdout.write(f"{seen} screens\n")
    assert seen, "nothing was looked at"
    assert not found, told(found)


def faults_of(shown: Shown, names: list[str]) -> list[str]:
    page, lang = shown.page, shown.lang
    if ON_PAPER in shown.name:
        return []
    says = page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]")
    wrong = [] if says == [lang, MADE_UP[lang]] else [f"the page says {says} where {lang} was chosen"]
    # Only one of them marks each word: of a sentence with a name in it, the other has marks at both ends alone.
    missing = pseudo_faults(page, lang, [*names, *AUTONYMS]) if lang == "en-XA" else []
    return [*wrong, *layout_faults(page, width=NARROW), *missing]


def test_console_has_all_its_words_from_the_catalogue_and_room_for_them(
    made_up: World, browser: Browsing, tmp_path: Path
) -> None:
    sign_in(browser.page, made_up)
    screens = to_show(made_up, tmp_path)
    shown = console_screens(browser.page, made_up, screens, everything(*MADE_UP))
    assert_nothing_left_out_or_cut_off(shown, made_up)


def test_app_has_all_its_words_from_the_catalogue_and_room_for_them(made_up: World, browser: Browsing) -> None:
    page = browser.page
    shown = outer_screens(page, made_up, everything(*MADE_UP))
    assert_nothing_left_out_or_cut_off(shown, made_up)
