"""What looks at screens sees the faults that it is there for: each is planted on a small page of its own."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page, Playwright

from tests.journeys.watched import watched_chromium
from tests.screens.looking import axe_faults, language_faults, layout_faults, structure_faults
from tests.screens.small_page import SOUND, page_with

WIDTH: Final = 320
PLANTED: Final = {
    "clipped": (
        '<p style="overflow:hidden;white-space:nowrap">نص طويل جدًا لا يتسع له سطر واحد على شاشة صغيرة كهذه</p>',
        "cut off",
    ),
    "dots": (
        '<p style="overflow:hidden;white-space:pre;width:120px;text-overflow:ellipsis">نص طويل لا يتسع له سطر</p>',
        "cut off with dots",
    ),
    "clipped below": ('<p style="overflow:hidden;height:12px;line-height:30px">نص</p>', "cut off"),
    "overlap": ('<p>نص أول</p><p style="margin-top:-40px">نص ثان</p>', "lie on each other"),
    "over the edge": ('<p style="width:400px;background:#eee">نص</p>', "page is"),
    "past the start": ('<p style="position:relative;inset-inline-start:-60px">نص</p>', "hangs over the edge"),
    "small target": (
        '<p><button style="min-width:0;min-height:0;padding:0;width:20px;height:20px">س</button></p>',
        "is a target of",
    ),
    "target below 44": ('<p><button style="min-height:30px">تابع</button></p>', "is a target of only"),
    "English": ("<p>Answers are kept here</p>", "Latin letters under lang=ar"),
    "English in a label": ('<button aria-label="Close this">س</button>', "Latin letters under lang=ar"),
    "Bengali": ("<p>উত্তর</p>", "Beng letters under lang=ar"),
    "wrong direction": ('<p lang="en" translate="yes">Old Ford is near.</p>', "runs rtl under lang=en"),
    "translated, yet English": ('<p lang="en" dir="ltr">Continue</p>', "in English though it is translated"),
    "a gap": ("<p>عدد %(num)s هنا</p>", "a key or a gap"),
    "nothing said": ("<p>undefined</p>", "a key or a gap"),
    "two headings": ("<h1>ثانٍ</h1>", "headings of the first level"),
    "same id": ('<p id="page">نص</p>', "id page twice"),
    "no ring": ('<button class="bare" style="outline:none;box-shadow:none">تابع</button>', "shows no focus"),
    "pale": ('<p style="color:#bbb">نص باهت</p>', "axe color-contrast"),
    "no name": ("<p><button></button></p>", "axe button-name"),
}
HARMLESS: Final = {
    "a name": "<p>جاء من <bdi>Old Ford</bdi></p>",
    "a name that is known": "<p>جاء من Amina</p>",
    "a fallback": '<p lang="en" dir="ltr">A question that nobody has translated</p>',
    "for readers": '<p style="position:absolute;width:1px;height:1px;overflow:hidden">نص للقارئ</p>',
    "a table that scrolls": '<div style="overflow-x:auto" tabindex="0"><p style="width:600px">نص</p></div>',
    "a link in a sentence": '<p>اقرأ <a href="#page">هذا</a> أولًا من فضلك</p>',
}


@pytest.fixture(scope="module")
def page(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    settings = {"viewport": {"width": WIDTH, "height": 700}}
    with watched_chromium(playwright, tmp_path_factory.mktemp("small"), settings=settings) as context:
        yield context.pages[0]


def faults(page: Page, main: str) -> list[str]:
    page.set_content(page_with(main))
    found = layout_faults(page, width=WIDTH) + structure_faults(page)
    return found + language_faults(page, "ar", "rtl", ["Amina"]) + axe_faults(page, "light")


def test_nothing_is_found_on_a_page_without_faults(page: Page) -> None:
    assert faults(page, SOUND) == []


@pytest.mark.parametrize("kind", PLANTED)
def test_planted_fault_is_found(page: Page, kind: str) -> None:
    planted, words = PLANTED[kind]
    assert [fault for fault in faults(page, SOUND + planted) if words in fault]


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_is_no_fault_is_let_be(page: Page, kind: str) -> None:
    assert faults(page, SOUND + HARMLESS[kind]) == []
