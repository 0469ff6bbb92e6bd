"""A resident with JavaScript switched off: from the poster to the code, then read and taken back, on a small screen."""

import json
import re
import secrets
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, Playwright

from server import services
from server.clock import SystemClock
from server.places.queries import Neighbourhood, add_neighbourhood
from tests.journeys.central import Central
from tests.journeys.watched import watched_chromium
from tests.server.instrument_walks import definition
from tests.server.posters import CODE, add_poster, publish_instrument, set_up_programme

INSTRUMENT: Final = "tell_us_about_this_place"
NUMBERS: Final = {node.name: node.number for node in definition(INSTRUMENT).nodes}
GO_ON: Final = "button.button-wide"
WORDS: Final = {"bn": "আরও বেঞ্চ দরকার", "ar": "نحتاج إلى مقاعد أكثر"}
SCREEN: Final = {"width": 360, "height": 740}
SHOWN_CODE: Final = re.compile("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def at_the_cafe(tmp_path: Path) -> Iterator[Central]:
    """A server with a poster, running."""
    central = Central(tmp_path)
    running = services.start(central.data, clock=SystemClock(), random_bytes=secrets.token_bytes)
    place = Neighbourhood(neighbourhood_id="old-ford", name="Old Ford", system="North East London")
    running.database.write(partial(add_neighbourhood, neighbourhood=place))
    set_up_programme(running)
    publish_instrument(running, INSTRUMENT)
    add_poster(running)
    running.close()
    central.start()
    yield central
    central.kill()


@pytest.fixture
def page(playwright: Playwright, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone whose browser runs no script and wants the language of the test."""
    settings = {"java_script_enabled": False, "viewport": SCREEN, "locale": request.getfixturevalue("language")}
    with watched_chromium(playwright, tmp_path / "profile", settings=settings) as context:
        yield context.pages[0]


def field(name: str) -> str:
    return f'[name="q{NUMBERS[name]}"]'


def press(page: Page, selector: str) -> None:
    """Press a button or a link, and wait until the page that it leads to is there."""
    with page.expect_navigation():
        page.click(selector)


def choose(page: Page, name: str, value: str) -> None:
    page.check(f'{field(name)}[value="{value}"]')


def fits(page: Page) -> bool:
    """Tell whether nothing hangs over the edge of the screen, and every button can be hit."""
    wide = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    low = page.evaluate(
        "[...document.querySelectorAll('button:not(.for-readers), .choice-card, .field')]"
        ".filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)"
    )
    return bool(wide) and low == []


def go_on_until(page: Page, selector: str) -> None:
    while page.locator(selector).count() == 0:
        press(page, GO_ON)
        assert fits(page)


@pytest.mark.parametrize("language", ["bn", "ar"])
def test_from_the_poster_to_the_code_and_back(at_the_cafe: Central, page: Page, language: str) -> None:
    page.goto(f"{at_the_cafe.url}/v/{CODE}")
    assert page.locator("html").get_attribute("lang") == language
    assert fits(page)
    press(page, GO_ON)
    assert page.locator(".notice-bad a[href='#question-5']").count() == 1
    choose(page, "agree", "yes")
    press(page, GO_ON)
    choose(page, "how_often", "weekly")
    press(page, GO_ON)
    choose(page, "benefits", "safety")
    press(page, ".tongue[lang=en]")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.is_checked(f'{field("benefits")}[value="safety"]')
    press(page, f".tongue[lang={language}]")
    page.wait_for_selector(f"html[lang={language}]")
    page.wait_for_load_state()
    page.go_back()
    page.go_back()
    page.go_back()
    assert page.is_checked(f'{field("how_often")}[value="weekly"]'), "the page before is shown without being sent again"
    press(page, GO_ON)
    choose(page, "benefits", "safety")
    go_on_until(page, field("barrier_code"))
    choose(page, "barrier_code", "cost")
    press(page, GO_ON)
    page.fill(field("barrier_words"), WORDS[language])
    go_on_until(page, "dl")
    assert WORDS[language] in page.inner_text("dl >> nth=2")
    press(page, GO_ON)
    choose(page, "equality_willing", "yes")
    go_on_until(page, field("sex"))
    choose(page, "sex", "female")
    go_on_until(page, "dl")
    code = send_past_a_power_cut(at_the_cafe, page)
    read_and_take_back(at_the_cafe, page, code, WORDS[language])


def send_past_a_power_cut(central: Central, page: Page) -> str:
    """Press the last button while the server is gone, go back, and send again once it is there; give the code.

    The browser puts its own page in the place of the check, so Back leads to the question before it.
    """
    central.kill()
    page.click(GO_ON)
    page.wait_for_url("chrome-error://**")
    central.start()
    page.go_back()
    go_on_until(page, f"{GO_ON}[value=finish]")
    press(page, GO_ON)
    [code] = SHOWN_CODE.findall(page.inner_text("main"))
    assert fits(page)
    [stored] = central.rows("SELECT header FROM revisions ORDER BY seq")
    header = json.loads(stored["header"])
    assert (header["lang"], header["author"]) == (page.locator("html").get_attribute("lang"), "")
    return str(code)


def read_and_take_back(central: Central, page: Page, code: str, words: str) -> None:
    """Type the code in small letters, read what was sent, and take it back."""
    page.goto(f"{central.url}/answers")
    page.fill("#code", code.lower().replace("-", " "))
    press(page, GO_ON)
    assert words in page.inner_text("main")
    assert fits(page)
    press(page, "button.button-second")
    assert fits(page)
    press(page, "button.button:not(.button-second)")
    left = central.rows("SELECT COUNT(*) AS parts FROM parts WHERE body IS NOT NULL")
    assert left == [{"parts": 0}]
    assert central.rows("SELECT action FROM audit") == [{"action": "response-withdrawn"}]
    page.goto(f"{central.url}/answers")
    page.fill("#code", code)
    press(page, GO_ON)
    assert words not in page.inner_text("main")
