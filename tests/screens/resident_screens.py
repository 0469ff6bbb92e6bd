"""Every page of a resident: at a poster and with a reference code, drawn by the server alone or by the app."""

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Page

from tests.screens.showing import Shown, Wanted
from tests.screens.walking import answer, answer_and_go_on, go_on, settled
from tests.screens.world import World

__all__ = ["BY_TEMPLATE", "PLAIN", "resident_screens"]

PLAIN: Final = "plain"
"""Without script: the server alone draws everything."""
BY_ADDRESS: Final = {
    "resident help": "/help",
    "resident accessibility": "/accessibility",
    "resident wrong word": "/v/word",
    "resident poster code": "/v",
    "resident poster that is not there": "/v/ZZZZZZ",
    "resident answers, code": "/answers",
}
"""What is there without a visit."""
MOST_PAGES: Final = 60
BY_TEMPLATE: Final = {
    "questions.html": "resident {how} question 1",
    "check.html": "resident {how} check 1",
    "finished.html": "resident {how} finished",
    "declined.html": "resident {how} declined",
    "stop.html": "resident {how} stop",
    "stopped.html": "resident {how} stopped",
    "ask_code.html": "resident answers, code",
    "answers.html": "resident answers",
    "take_back.html": "resident answers, take back",
    "taken_back.html": "resident answers, taken back",
    "code.html": "resident poster code",
    "refused.html": "resident poster that is not there",
    "help.html": "resident help",
    "accessibility.html": "resident accessibility",
    "word.html": "resident wrong word",
}
"""For each page of server/templates/resident a screen here; `how` is with or without script."""


def resident_screens(page: Page, world: World, wanted: Wanted, *, how: str) -> Iterator[Shown]:
    """Show one visit from the poster to its end in each language, then what its code is good for."""
    asleep = page.context.new_cdp_session(page) if how == PLAIN else None
    if asleep is not None:
        asleep.send("Emulation.setScriptExecutionDisabled", {"value": True})
    for lang in wanted.langs:
        for shown in _visit(page, world, lang, how):
            if wanted.includes(shown.name):
                yield shown._replace(asleep=asleep)


def _visit(page: Page, world: World, lang: str, how: str) -> Iterator[Shown]:
    poster = f"{world.url}/v/{world.codes[0]}?lang={lang}"
    yield from _leaving(page, poster, lang, how)
    open_poster(page, poster, lang)
    go_on(page)
    yield Shown(page, f"resident {how} wrong", lang)
    open_poster(page, poster, lang)
    yield from _questions(page, lang, how)
    code = page.locator("main .reference, main .code-shown").first.inner_text()
    yield Shown(page, f"resident {how} finished", lang)
    yield from _with_code(page, world, lang, code)


def open_poster(page: Page, poster: str, lang: str) -> None:
    """Come to a poster as if for the first time."""
    page.context.clear_cookies()
    page.goto(poster)
    settled(page)
    page.locator(f"html[lang={lang}]").wait_for(state="attached")


def _leaving(page: Page, poster: str, lang: str, how: str) -> Iterator[Shown]:
    """Stop, and say no."""
    open_poster(page, poster, lang)
    answer(page)
    go_on(page)
    page.locator("footer .back, main .back").last.click()
    page.wait_for_load_state()
    settled(page)
    yield Shown(page, f"resident {how} stop", lang)
    page.locator("main .buttons .button, main button.button").first.click()
    page.wait_for_load_state()
    settled(page)
    yield Shown(page, f"resident {how} stopped", lang)
    open_poster(page, poster, lang)
    page.locator("main .choice-mark[value=no] + .choice-card").click()
    go_on(page)
    yield Shown(page, f"resident {how} declined", lang)


def _questions(page: Page, lang: str, how: str) -> Iterator[Shown]:
    """Answer everything, up to the page with the code."""
    counts = {"question": 0, "check": 0}
    for _ in range(MOST_PAGES):
        settled(page)
        if page.locator("main .reference, main .code-shown").count():
            return
        kind = "check" if page.locator("main dl").count() else "question"
        counts[kind] += 1
        yield Shown(page, f"resident {how} {kind} {counts[kind]}", lang)
        answer_and_go_on(page)
    raise AssertionError(f"{MOST_PAGES} pages, and no code")


def _with_code(page: Page, world: World, lang: str, code: str) -> Iterator[Shown]:
    """Read one's own answers, and take them back; before that, what is said to a code that is none."""
    for name, address in BY_ADDRESS.items():
        page.goto(f"{world.url}{address}?lang={lang}")
        yield Shown(page, name, lang)
    page.fill("#code", "0000 0000 0000")
    page.locator("main .button-wide").last.click()
    page.locator("main .notice-bad").wait_for()
    settled(page)
    yield Shown(page, "resident answers, no such code", lang)
    page.fill("#code", code)
    page.locator("main .button-wide").last.click()
    page.locator("main dl").first.wait_for()
    settled(page)
    yield Shown(page, "resident answers", lang)
    page.locator("main button.button-second").last.click()
    page.wait_for_load_state()
    yield Shown(page, "resident answers, take back", lang)
    page.locator("main button.button:not(.button-second)").first.click()
    page.wait_for_load_state()
    yield Shown(page, "resident answers, taken back", lang)
