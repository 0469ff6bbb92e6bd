"""Two hundred hostile texts typed at a poster, on pages without script: they change no page, and arrive as typed."""

from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from server.reviews import projector
from server.services import Services
from tests.hostile_texts import HOSTILE_TEXTS, shown
from tests.server.exporting import as_typed, download, form_named, main_rows
from tests.server.hostile_responses import LONG, Page
from tests.server.posters import CODE, Browser, add_poster, set_up_programme

FORM: Final = """
| survey |
| | type | name | label::English (en) | appearance |
| | text | who | Who are you? | |
| | text | wish | What is your wish? | multiline |

| settings |
| | form_title | form_id | version | default_language |
| | Wishes | wishes | 1 | English (en) |
"""
WHO, WISH = "1", "2"
"""The pages of the two questions; their fields are named for them."""
TYPED: Final = tuple(dict.fromkeys(shown(text).replace("\r\n", "\n").replace("\r", "\n") for text in HOSTILE_TEXTS))
"""A field of a browser holds no half pair, and one kind of line break."""
HARMLESS: Final = ("plain", "x" * (LONG + 1), "two\nlines")


@pytest.fixture
def at_poster(client: FlaskClient, running: Services, tmp_path: Path) -> FlaskClient:
    set_up_programme(running)
    form_named(running, tmp_path, FORM)
    add_poster(running, form_id="wishes")
    return client


def typed_at_poster(client: FlaskClient, text: str) -> list[Page]:
    """Type a text into both kinds of field and send the answers; give the pages that came."""
    browser = Browser(client).open()
    if len(text) <= LONG:
        browser.press("continue", {f"q{WHO}": text})
        browser.press("back", {f"q{WISH}": text})
    pages = [Page(browser.text)]
    pages.append(Page(browser.press("check", {f"q{WISH}": text}, page=WISH).text))
    pages.append(Page(browser.press(f"change:{WISH}").text))
    browser.press("check", {f"q{WISH}": text})
    pages.append(Page(browser.press("finish").text))
    assert 'class="code-shown"' in browser.text, repr(text[:60])
    return pages


def test_what_is_typed_at_a_poster_makes_no_element_and_arrives_exactly(
    at_poster: FlaskClient, running: Services, coordinator: FlaskClient
) -> None:
    harmless = [page for text in HARMLESS for page in typed_at_poster(at_poster, text)]
    usual = {element for page in harmless for element in page.elements}
    for text in TYPED:
        pages = typed_at_poster(at_poster, text)
        assert {element for page in pages for element in page.elements} <= usual, repr(text[:60])
        assert text in pages[1].texts, repr(text[:60])
    projector.catch_up(running.database)
    arrived = [as_typed(row["wish"]) for row in main_rows(download(coordinator, "wishes"))]
    assert sorted(arrived) == sorted([*HARMLESS, *TYPED])


@pytest.mark.parametrize("address", ["/v", "/v/{text}", "/answers", "/console/sign-in"])
def test_what_stands_in_an_address_makes_no_element(at_poster: FlaskClient, address: str) -> None:
    usual = elements_of(at_poster, address, "plain") | elements_of(at_poster, address, CODE)
    usual |= elements_of(at_poster, "/v/{text}", "nothing/here")
    for text in TYPED:
        if len(text) <= LONG:
            assert elements_of(at_poster, address, text) <= usual, repr(text[:60])


def elements_of(client: FlaskClient, address: str, text: str) -> set[tuple[str, tuple[str, ...]]]:
    asked = {"code": text, "next": text, "lang": text}
    path = address.replace("{text}", quote(text))
    return Page(client.get(path, query_string=asked, follow_redirects=True).text).elements
