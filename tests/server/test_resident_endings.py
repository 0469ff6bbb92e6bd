"""How a visit ends: nobody after it sees the answers, nothing typed is lost without a word, and codes go on opening."""

import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from server import config
from server.app import create_app
from server.residents import answers_views
from server.residents.opening import GOING_ON
from server.residents.state import STATE_CHARACTERS
from server.services import Services
from tests.server.posters import CODE, Browser, add_poster, publish_instrument, set_up_programme
from tests.server.records import SteppedClock
from tests.server.test_resident_doors import change, from_address
from tests.server.test_resident_pages import SHOWN_CODE, q, stored, to_check, to_the_end
from tests.server.test_withdrawal import OTHER_CODE, post

WORDS = "আমার গোপন ইচ্ছা 0b7e"


@pytest.fixture(autouse=True)
def poster(running: Services) -> None:
    """A poster for the built-in form in Old Ford."""
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running)


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client).open()


def close_form(running: Services, when: str | None) -> None:
    """Close all versions of forms, or open them again."""
    statement = "UPDATE form_versions SET closed_at = :when"
    running.database.write(lambda connection: connection.execute(statement, {"when": when}).rowcount)


@pytest.mark.parametrize("button", ["continue", "back", "check", "language:bn", "stop", "change:8", "x"])
def test_back_and_reload_after_sending_show_no_answer_and_no_code(browser: Browser, button: str) -> None:
    to_check(to_check(browser, {q("one_change"): WORDS}))
    state, page = json.dumps(browser.state), browser.page
    code = SHOWN_CODE.findall(browser.press("finish").text)[0]
    browser.open().press(button, state=state, page=page)
    assert browser.reply is not None
    assert (WORDS in browser.text, code in browser.text) == (False, False)
    assert browser.reply.headers["Cache-Control"] == "no-store"
    if button != "language:bn":
        assert "They have been sent already." in browser.text


def test_answers_that_are_set_aside_say_so_beside_their_code(browser: Browser, running: Services) -> None:
    to_check(to_check(browser))
    running.database.write(
        lambda connection: (
            connection.execute("UPDATE form_versions SET closed_at = '2026-11-20T11:00:00.000Z'").rowcount
        )
    )
    state, page = json.dumps(browser.state), browser.page
    for _ in "twice":
        browser.press("finish", state=state, page=page)
        assert SHOWN_CODE.findall(browser.text) != []
        assert "set aside. Somebody in the team looks at them first" in browser.text
        running.database.write(
            lambda connection: connection.execute("UPDATE form_versions SET closed_at = NULL").rowcount
        )
        browser.open()
    assert [one["why"] for one in stored(running)] == ["closed-form"]


def test_more_than_a_visit_can_carry_is_refused_on_its_page_with_all_that_was_typed(
    browser: Browser, running: Services
) -> None:
    to_check(browser, {q("one_change"): WORDS})
    number = q("one_change").removeprefix("q")
    browser.press(f"change:{number}")
    before = browser.state
    much = "x" * STATE_CHARACTERS
    browser.press("check", {q("one_change"): much})
    assert browser.page == number
    assert "This is more than can be sent." in browser.text
    assert much in browser.text
    assert browser.state == before
    browser.press("check", {q("one_change"): WORDS + " less"})
    assert WORDS + " less" in browser.text


def test_a_poster_that_takes_no_more_shows_what_was_typed(
    browser: Browser, running: Services, clock: SteppedClock
) -> None:
    to_check(browser, {q("one_change"): WORDS})
    change(running, "closed_at", "2026-11-20T12:03:00.000Z")
    clock.step(GOING_ON + timedelta(minutes=4))
    browser.press("continue")
    assert browser.reply is not None
    assert (browser.reply.status_code, browser.reply.headers["Cache-Control"]) == (410, "no-store")
    assert "What you typed was not sent" in browser.text
    assert WORDS in browser.text


def test_what_was_sent_before_is_not_shown_by_a_poster_that_closed(
    browser: Browser, running: Services, clock: SteppedClock
) -> None:
    to_check(to_check(browser, {q("one_change"): WORDS}))
    state, page = json.dumps(browser.state), browser.page
    browser.press("finish")
    change(running, "closed_at", "2026-11-20T12:03:00.000Z")
    clock.step(GOING_ON + timedelta(minutes=4))
    reply = browser.client.post(f"/v/{CODE}", data={"state": state, "page": page, "go": "continue"})
    assert reply.status_code == 410
    assert WORDS not in reply.get_data(as_text=True)


def test_the_wording_beneath_an_unchecked_translation_is_kept_with_the_answers(
    client: FlaskClient, running: Services
) -> None:
    browser = Browser(client, headers={"Accept-Language": "ar"}).open()
    langs = browser.visit["form"]
    assert isinstance(langs, dict)
    packs = {one["lang"]: one["texts"] for one in langs["langs"]}
    to_the_end(browser)
    header = stored(running)[0]["header"]
    assert isinstance(header, dict)
    assert (header["lang"], header["form"]["texts"]) == ("ar", {"ar": packs["ar"], "en": packs["en"]})


def test_an_original_that_nobody_saw_is_not_said_to_have_been_shown(browser: Browser, running: Services) -> None:
    to_the_end(browser)
    header = stored(running)[0]["header"]
    assert isinstance(header, dict)
    assert list(header["form"]["texts"]) == ["en"]


def test_a_browser_is_told_to_let_go_of_what_it_kept(client: FlaskClient) -> None:
    reply = client.post("/v/forget")
    assert (reply.status_code, reply.get_data()) == (204, b"")
    assert (reply.headers["Clear-Site-Data"], reply.headers["Cache-Control"]) == ('"cache"', "no-store")


def test_wrong_codes_from_everywhere_slow_guessing_and_refuse_nobody_their_own(
    running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers_views, "REFERENCE_FAILURES", "3 per hour")
    monkeypatch.setattr(answers_views, "REFERENCE_FAILURES_PER_ADDRESS_THEN", "2 per 15 minutes")
    guarded = create_app(config.Config(data_folder=running.database.folder), running)
    code = to_the_end(Browser(from_address(guarded, "203.0.113.9")).open())
    for number in range(3):
        assert post(from_address(guarded, f"198.51.100.{number}"), "/answers", code=OTHER_CODE).status_code == 404
    guesser = from_address(guarded, "198.51.100.77")
    assert [post(guesser, "/answers", code=OTHER_CODE).status_code for _ in range(3)] == [404, 404, 429]
    assert post(from_address(guarded, "203.0.113.9"), "/answers", code=code).status_code == 200
    assert post(from_address(guarded, "203.0.113.10"), "/answers/taken-back", code=code).status_code == 200
