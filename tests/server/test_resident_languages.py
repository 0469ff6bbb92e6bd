"""How a visit ends with a no, or without the equality questions; and that every page is to be had in every language."""

import html
import re

import pytest
from flask.testing import FlaskClient

from server.residents.paging import is_declined, is_skipped
from server.services import Services
from tests.server.instrument_walks import Walker
from tests.server.posters import Browser, add_poster, publish_instrument, set_up_programme
from tests.server.test_resident_pages import INSTRUMENT, SHOWN_CODE, q, stored, to_check

TONGUES = re.compile(r'<button class="tongue"[^>]* lang="(\w+)"')
CURRENT = re.compile(r'<button class="tongue"[^>]* lang="(\w+)"[^>]* aria-current="true"')


@pytest.fixture(autouse=True)
def poster(running: Services) -> None:
    """A poster for the built-in form in Old Ford; its languages are Bengali, English, Arabic."""
    set_up_programme(running)
    publish_instrument(running, INSTRUMENT)
    add_poster(running)


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client).open()


def test_no_ends_with_thanks_and_nothing_is_sent(browser: Browser, running: Services) -> None:
    browser.press("continue", {q("agree"): "no"})
    assert browser.reply is not None
    assert "Thank you for your time." in browser.text
    assert "Nothing was sent. What you typed has been deleted." in browser.text
    assert 'id="question-form"' not in browser.text
    assert browser.reply.headers["Cache-Control"] == "no-store"
    assert browser.reply.headers["Clear-Site-Data"] == '"cache"'
    assert stored(running) == []


def test_no_after_all_leaves_nothing_either(browser: Browser, running: Services) -> None:
    to_check(browser, {q("how_often"): "weekly"})
    browser.press("change:1").press("check", {q("agree"): "no"})
    assert "Nothing was sent." in browser.text
    assert stored(running) == []


def test_no_cannot_be_sent_by_hand(browser: Browser, running: Services) -> None:
    to_check(browser)
    state = html.unescape(re.findall(r'name="state" value="([^"]*)"', browser.text)[0])
    browser.press("finish", state=state.replace('"agree":"yes"', '"agree":"no"'))
    assert "Nothing was sent." in browser.text
    assert stored(running) == []


def test_thanks_can_be_read_in_another_language(browser: Browser) -> None:
    browser.press("continue", {q("agree"): "no"}).press("language:bn")
    assert "সময় দেওয়ার জন্য ধন্যবাদ।" in browser.text
    assert CURRENT.findall(browser.text) == ["bn"]


def test_equality_questions_left_out_are_not_laid_out_to_be_checked(browser: Browser) -> None:
    to_check(browser)
    browser.press("continue")
    browser.press("continue", {q("equality_willing"): "no"})
    assert browser.page == "check-equality"
    assert "<dl>" not in browser.text
    assert "The team sees nothing until you press" in browser.text
    assert SHOWN_CODE.findall(browser.press("finish").text)


def test_equality_questions_answered_are_laid_out(browser: Browser) -> None:
    to_check(browser)
    to_check(browser, {q("equality_willing"): "yes", q("age_band"): "not_say"})
    assert browser.page == "check-equality"
    assert "<dl>" in browser.text


def test_question_about_oneself_has_the_original_beneath_while_nobody_has_checked_it(client: FlaskClient) -> None:
    browser = to_check(Browser(client, headers={"Accept-Language": "ar"}).open())
    assert 'class="original"' not in browser.text
    browser.press("continue")
    assert '-original" lang="en" dir="ltr">Do you want to answer the equality questions?' in browser.text
    assert 'class="original"' not in browser.press("continue", {q("equality_willing"): "yes"}).text


def test_every_page_can_be_had_in_every_language_in_one_order(browser: Browser, client: FlaskClient) -> None:
    pages = [
        *(client.get(address).get_data(as_text=True) for address in ("/v/K7PX3M", "/v/WWWWWW")),
        Browser(client).open().press("continue", {q("agree"): "no"}).text,
        Browser(client).open().press("continue", {q("agree"): "yes"}).press("stop").press("stop-now").text,
    ]
    to_check(browser)
    to_check(browser)
    pages.append(browser.press("finish").text)
    shown = [TONGUES.findall(page) for page in pages]
    assert [sorted(tags) for tags in shown] == [["ar", "bn", "en"]] * len(pages)
    assert [tags for place, tags in enumerate(shown) if place != 1] == [["bn", "en", "ar"]] * (len(pages) - 1)


@pytest.mark.parametrize("address", ["/v", "/answers", "/v/WWWWWW"])
def test_page_without_a_visit_speaks_the_language_that_its_address_names(client: FlaskClient, address: str) -> None:
    text = client.get(f"{address}?lang=bn", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert '<html lang="bn" dir="ltr">' in text
    assert CURRENT.findall(text) == ["bn"]


def test_code_stays_when_the_last_page_is_read_in_another_language(browser: Browser, client: FlaskClient) -> None:
    to_check(browser)
    to_check(browser)
    [code] = SHOWN_CODE.findall(browser.press("finish").text)
    carried = dict(re.findall(r'<input type="hidden" name="(ended|reference)" value="([^"]*)">', browser.text))
    text = client.post("/v/K7PX3M", data={**carried, "lang": "ar"}).get_data(as_text=True)
    assert SHOWN_CODE.findall(text) == [code]
    assert '<html lang="ar" dir="rtl">' in text
    assert "/answers?lang=ar" in text


def test_answers_are_read_in_the_language_they_were_given_in_until_another_is_chosen(client: FlaskClient) -> None:
    browser = Browser(client, headers={"Accept-Language": "ar"}).open()
    to_check(browser)
    to_check(browser)
    [code] = SHOWN_CODE.findall(browser.press("finish").text)
    english = {"Accept-Language": "en"}
    text = client.post("/answers", data={"code": code}, headers=english).get_data(as_text=True)
    assert CURRENT.findall(text) == ["ar"]
    assert TONGUES.findall(text) == ["bn", "en", "ar"]
    asked = client.get("/answers?lang=bn", headers=english).get_data(as_text=True)
    assert '<input type="hidden" name="lang" value="bn">' in asked
    text = client.post("/answers", data={"code": code, "lang": "bn"}, headers=english).get_data(as_text=True)
    assert CURRENT.findall(text) == ["bn"]


def test_wrong_code_is_told_to_whoever_cannot_see_the_page(client: FlaskClient) -> None:
    text = client.post("/answers", data={"code": "MDKV-YRQE-D9SX"}).get_data(as_text=True)
    assert '<div class="notice notice-bad" role="alert" tabindex="-1" autofocus>' in text


def test_form_is_declined_only_where_it_asks_others_more() -> None:
    """The twin of this rule is tested in pwa/src/app/declining.test.ts."""
    walked = Walker(INSTRUMENT)
    assert is_declined(walked.walk({"agree": "no"}))
    assert not is_declined(walked.walk({"agree": "yes"}))
    assert is_skipped(walked.walk({"agree": "yes", "equality_willing": "no"}))
    assert not is_skipped(walked.walk({"agree": "yes", "equality_willing": "yes"}))
