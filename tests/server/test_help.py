"""Help and the accessibility statement: for everybody, in every language, from wherever they come."""

import pytest
from flask.testing import FlaskClient

from server.services import Services
from tests.server.posters import CODE, Browser, add_poster, publish_instrument, set_up_programme

PAGES = ("/help", "/accessibility")


@pytest.fixture
def at_programme(client: FlaskClient, running: Services) -> FlaskClient:
    set_up_programme(running)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_nobody_has_to_sign_in(client: FlaskClient, page: str) -> None:
    reply = client.get(page)
    assert reply.status_code == 200
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("page", PAGES)
def test_the_page_speaks_the_language_of_its_address(at_programme: FlaskClient, page: str) -> None:
    html = at_programme.get(f"{page}?lang=ar", headers={"Accept-Language": "en"}).text
    assert '<html lang="ar" dir="rtl">' in html


@pytest.mark.parametrize("page", PAGES)
def test_a_more_exact_language_of_the_browser_is_understood(at_programme: FlaskClient, page: str) -> None:
    assert '<html lang="bn" dir="ltr">' in at_programme.get(page, headers={"Accept-Language": "bn-BD"}).text


@pytest.mark.parametrize("page", PAGES)
def test_every_language_is_one_press_away(at_programme: FlaskClient, page: str) -> None:
    html = at_programme.get(page).text
    for name in ('lang="en" dir="ltr"', 'lang="bn" dir="ltr"', 'lang="ar" dir="rtl"'):
        assert f'<button class="tongue" name="lang" value="{name[6:8]}" {name}' in html


def test_help_says_whom_to_ask_and_what_to_do_in_danger(at_programme: FlaskClient) -> None:
    html = at_programme.get("/help").text
    assert '<bdi lang="">' in html
    assert "999" in html
    assert 'href="/accessibility?lang=en"' in html


def test_the_statement_says_what_was_not_tried(at_programme: FlaskClient) -> None:
    html = at_programme.get("/accessibility").text
    for claim in ("in part", "TalkBack, VoiceOver, NVDA or JAWS", "have no captions", "20 November 2026"):
        assert claim in html


@pytest.fixture
def at_poster(at_programme: FlaskClient, running: Services) -> FlaskClient:
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running)
    return at_programme


def test_help_stands_at_the_foot_of_every_page_of_a_resident(at_poster: FlaskClient) -> None:
    for address in ("/v", "/v/ZZZZZZ", "/answers", "/help", f"/v/{CODE}"):
        html = at_poster.get(f"{address}?lang=en").text
        foot = html[html.index("<footer") :]
        assert 'href="/help?lang=en">Help</a>' in foot


def test_what_was_not_answered_is_said_in_the_title_of_the_page(at_poster: FlaskClient) -> None:
    browser = Browser(at_poster).open()
    browser.press("continue")
    assert "<title>Problem: " in browser.text
