"""Posters on paper, in a real Chromium: the square leads to the address, one page holds everything, in every mix."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, Playwright, Route

from server.address import PUBLIC_URL
from server.programme.queries import Programme, put_programme
from server.services import Services
from tests.browsers import chromium
from tests.server.console_pages import text_of
from tests.server.venue_pages import Pages, kept_poster, publish_form_for_posters, speak

ORIGIN: Final = "http://localhost"
ADDRESS: Final = "https://fieldwell.example"
POINTS_PER_MILLIMETRE: Final = 72 / 25.4
PAPERS: Final = {"a4": (210, 297, 1), "a5": (148, 210, 1), "labels": (210, 297, 8)}
"""Width and height in millimetres, and how many squares stand on it."""
MIXES: Final = ("en", "ar", "bn en", "bn ar en", "so", "so en bn ar pl")
LONG_NAME: Final = "The Community Hall and Garden of Saint Barnabas with the Old Ford Mothers’ Group"
OVERFLOW: Final = """() => Math.max(...[...document.querySelectorAll('.paper, .label')].map(
    (box) => Math.max(box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth)))"""


@dataclass
class Prints:
    """Makes posters in the console and opens them in a browser, which is answered by the application itself."""

    running: Services
    pages: Pages
    browser: Browser

    def poster(self, languages: str, *, name: str = "Idea Store Bow") -> str:
        """Make a poster; give its id."""
        return self.pages.make_poster(self.pages.add_venue(name=name), languages=languages.split())

    @contextmanager
    def opened(self, poster_id: str, paper: str, *, script: bool = True) -> Iterator[Page]:
        """Open the page of a poster. Nothing may break the page's own policy or ask another origin."""
        complaints: list[str] = []
        with closing(self.browser.new_context(java_script_enabled=script)) as context:
            context.route("**/*", self._answer)
            page = context.new_page()
            page.on("console", lambda message: complaints.append(message.text))
            page.goto(f"{ORIGIN}/console/posters/{poster_id}/print/{paper}")
            yield page
        assert complaints == []

    def printed(self, poster_id: str, paper: str) -> tuple[list[tuple[float, float]], Image.Image]:
        """Print a poster without backgrounds; give the sizes of its pages in millimetres, and the first page."""
        with self.opened(poster_id, paper) as page:
            content = page.pdf(prefer_css_page_size=True, print_background=False)
        with closing(pypdfium2.PdfDocument(content)) as document:
            sizes = [tuple(side / POINTS_PER_MILLIMETRE for side in page.get_size()) for page in document]
            picture = document[0].render(scale=2).to_pil().convert("L")
        return [(width, height) for width, height in sizes], picture

    def _answer(self, route: Route) -> None:
        assert route.request.url.startswith(ORIGIN), f"A poster asked {route.request.url}."
        with closing(self.pages.browser.get(route.request.url.removeprefix(ORIGIN))) as reply:
            route.fulfill(status=reply.status_code, headers=dict(reply.headers), body=reply.data)


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with closing(playwright.chromium.launch(executable_path=str(chromium()))) as browser:
        yield browser


@pytest.fixture
def prints(coordinator: FlaskClient, running: Services, app: Flask, browser: Browser) -> Prints:
    app.config[PUBLIC_URL] = ADDRESS
    publish_form_for_posters(running)
    speak(running, "en", "bn", "ar", "so", "pl")
    add_languages(running)
    ask_as(running, name="Well Old Ford", contact="020 7946 0000")
    return Prints(running, Pages(coordinator), browser)


def add_languages(running: Services) -> None:
    """Offer the form in languages, too, in which posters have no sentences."""
    for lang, autonym in (("so", "Soomaali"), ("pl", "Polski")):
        row = {"lang": lang, "autonym": autonym, "sha256": lang * 32}
        running.database.write(lambda connection, row=row: connection.execute(
            """
            INSERT INTO text_packs (sha256, form_id, version, lang, autonym, title, draft, body)
            SELECT :sha256, form_id, version, :lang, :autonym, '', 1, body FROM text_packs
             WHERE form_id = 'tell_us_about_this_place' AND lang = 'en'
            """, row).rowcount)  # fmt: skip
        running.database.write(lambda connection, row=row: connection.execute(
            """
            INSERT INTO form_texts (form_id, version, lang, sha256, published_at)
            SELECT form_id, version, :lang, :sha256, published_at FROM form_texts
             WHERE form_id = 'tell_us_about_this_place' AND lang = 'en'
            """, row).rowcount)  # fmt: skip


def ask_as(running: Services, *, name: str, contact: str) -> None:
    programme = Programme(name=name, contact=contact, privacy_contact="privacy@old-ford.example", languages=("en",))
    running.database.write(lambda connection: put_programme(connection, programme, now="2026-11-20T10:00:00.000Z"))


def codes_in(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def link_of(prints: Prints, poster_id: str) -> str:
    return f"{ADDRESS}/v/{kept_poster(prints.running, poster_id).code}"


@pytest.mark.parametrize("paper", PAPERS)
def test_the_squares_on_one_printed_page_lead_to_the_poster(prints: Prints, paper: str) -> None:
    width, height, squares = PAPERS[paper]
    for languages in MIXES:
        poster_id = prints.poster(languages)
        pages, picture = prints.printed(poster_id, paper)
        assert [(round(wide), round(high)) for wide, high in pages] == [(width, height)], languages
        assert codes_in(picture) == [link_of(prints, poster_id)] * squares, languages


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_runs_off_the_paper(prints: Prints, paper: str) -> None:
    for languages in MIXES:
        with prints.opened(prints.poster(languages, name=LONG_NAME), paper) as page:
            assert page.evaluate(OVERFLOW) <= 0, languages
            assert page.locator(".venue").first.inner_text() == LONG_NAME


@pytest.mark.parametrize("paper", PAPERS)
def test_the_longest_names_that_may_be_typed_still_fit(prints: Prints, paper: str) -> None:
    ask_as(prints.running, name=words(200), contact=words(300))
    poster_id = prints.poster("bn ar en so pl", name=words(200))
    with prints.opened(poster_id, paper) as page:
        assert page.evaluate(OVERFLOW) <= 0
    pages, picture = prints.printed(poster_id, paper)
    assert len(pages) == 1
    assert set(codes_in(picture)) == {link_of(prints, poster_id)}


def words(letters: int) -> str:
    return ("Partnership of neighbours and friends by the canal " * 9)[: letters - 1] + "x"


def test_the_square_has_its_quiet_border_and_reads_on_a_screen(prints: Prints) -> None:
    poster_id = prints.poster("bn en")
    with prints.opened(poster_id, "a4") as page:
        square = Image.open(BytesIO(page.locator(".square").screenshot())).convert("L")
    assert codes_in(square) == [link_of(prints, poster_id)]


def test_a_square_that_is_torn_still_reads(prints: Prints) -> None:
    poster_id = prints.poster("en")
    with prints.opened(poster_id, "a4") as page:
        square = Image.open(BytesIO(page.locator(".square").screenshot())).convert("L")
    side = square.width
    pen = ImageDraw.Draw(square)
    pen.rectangle((side * 0.45, side * 0.45, side * 0.7, side * 0.7), fill=255)
    assert codes_in(square) == [link_of(prints, poster_id)], "a tenth of its modules are gone"


def test_a_poster_in_black_and_white_reads_the_same(prints: Prints) -> None:
    poster_id = prints.poster("en")
    _pages, picture = prints.printed(poster_id, "a5")
    assert codes_in(picture.point(lambda grey: 255 if grey > 128 else 0)) == [link_of(prints, poster_id)]


def test_each_language_is_marked_and_runs_its_own_way(prints: Prints) -> None:
    with prints.opened(prints.poster("ar bn en"), "a4") as page:
        blocks = page.locator(".invitation").evaluate_all("all => all.map(one => [one.lang, one.dir])")
        assert blocks == [["ar", "rtl"], ["bn", "ltr"], ["en", "ltr"]]
        assert page.locator("main").get_attribute("dir") == "rtl", "the first language decides"
        assert page.locator(".typed").get_attribute("dir") == "ltr"
        assert page.locator("html").get_attribute("lang") == "en", "the bar speaks the reader's language"


def test_a_draft_says_so_on_paper_too(prints: Prints) -> None:
    with prints.opened(prints.poster("bn en"), "a4") as page:
        page.emulate_media(media="print")
        shown = page.locator(".draft:visible").evaluate_all("all => all.map(one => one.closest('[lang]').lang)")
        assert shown == ["bn"]
        assert not page.locator(".bar").is_visible()


def test_languages_without_sentences_are_named_by_what_their_speakers_call_them(prints: Prints) -> None:
    with prints.opened(prints.poster("so en pl"), "a5") as page:
        assert page.locator(".invitation").evaluate_all("all => all.map(one => one.lang)") == ["en"]
        assert page.locator(".named").inner_text() == "Soomaali · Polski"


def test_the_address_and_the_code_stand_there_to_be_typed(prints: Prints) -> None:
    poster_id = prints.poster("en")
    code = kept_poster(prints.running, poster_id).code
    page = text_of(prints.pages.browser.get(f"/console/posters/{poster_id}/print/a4"))
    assert f"fieldwell.example/v {code[:3]}-{code[3:]}" in page
    assert "020 7946 0000" in page
    assert "Your answers help \u2068Well Old Ford\u2069 to see what this area needs." in page


def test_a_poster_without_a_programme_promises_no_name(prints: Prints) -> None:
    poster_id = prints.poster("en")
    prints.running.database.write(lambda connection: connection.execute("DELETE FROM programme").rowcount)
    page = text_of(prints.pages.browser.get(f"/console/posters/{poster_id}/print/a4"))
    assert "Your answers help to see what this area needs." in page
    assert "Questions?" not in page


def test_without_script_the_bar_names_the_browsers_own_way_to_print(prints: Prints) -> None:
    poster_id = prints.poster("en")
    with prints.opened(poster_id, "a4", script=False) as page:
        assert page.locator("#by-hand").is_visible()
        assert not page.locator("#print").is_visible()
    with prints.opened(poster_id, "a4") as page:
        assert page.locator("#print").is_visible()


def test_whoever_prints_is_warned_of_an_address_that_phones_cannot_reach(prints: Prints, app: Flask) -> None:
    poster_id = prints.poster("en")
    address = f"/console/posters/{poster_id}/print/a4"
    assert "works only on this computer" not in prints.pages.browser.get(address).text
    app.config[PUBLIC_URL] = None
    assert "works only on this computer" in prints.pages.browser.get(address).text


def test_whoever_prints_is_warned_of_a_poster_that_is_closed(prints: Prints) -> None:
    poster_id = prints.poster("en")
    prints.pages.send(f"/console/posters/{poster_id}/close")
    page = text_of(prints.pages.browser.get(f"/console/posters/{poster_id}/print/labels"))
    assert "Nobody can answer at this poster: Closed." in page


def test_there_is_no_other_paper(prints: Prints) -> None:
    poster_id = prints.poster("en")
    assert prints.pages.browser.get(f"/console/posters/{poster_id}/print/a3").status_code == 404


def test_a_name_full_of_markup_stays_a_name(prints: Prints) -> None:
    hostile = "</bdi><script>alert(1)</script><img src=x onerror=alert(1)>"
    poster_id = prints.poster("en", name=hostile)
    with prints.opened(poster_id, "a4") as page:
        assert page.locator(".venue").inner_text() == hostile
        assert re.search(r"<script>alert", page.content()) is None
