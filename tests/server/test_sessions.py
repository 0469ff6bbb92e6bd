"""Sessions live on the server: they can be seen, and ended at once."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.config import SESSION_LIFETIME, SESSION_LONGEST
from server.people import session_queries
from server.people.browsers import browser_words
from server.people.session_queries import Since
from server.services import Services
from server.upkeep.backup import back_up
from sync.hashes import sha256_hex
from tests.server.console_pages import forgery_token, sign_in, text_of
from tests.server.people_at_work import PASSWORD, act, code_in, lines_of_log, person_with, signed_in
from tests.server.records import SteppedClock
from tests.server.restoring import bring_back, serving

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
NEW = "river button candle"
EVER = Since(begun="", used="")
END = re.compile(r"/console/account/sessions/([0-9a-f]{32})/end")


@pytest.fixture
def phone(app: Flask, running: Services) -> FlaskClient:
    person_with(running, "vera", "viewer")
    return signed_in(app, "vera", user_agent=PHONE)


@pytest.fixture
def laptop(app: Flask, phone: FlaskClient) -> FlaskClient:
    return signed_in(app, "vera", user_agent=LAPTOP)


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/console/responses").status_code == 200


def last_seen(running: Services) -> list[str]:
    running.database.write(lambda connection: None)  # whatever was submitted before is written now
    with running.database.read() as connection:
        found = session_queries.open_sessions(connection, "person-vera", since=EVER)
    return [session.last_seen_at for session in found]


def test_a_person_sees_where_they_are_signed_in(phone: FlaskClient, laptop: FlaskClient) -> None:
    page = text_of(laptop.get("/console/account"))
    assert "Firefox, Android" in page
    assert "Edge, Windows" in page
    assert page.count("Here, now") == 1


def test_a_session_that_was_ended_stops_working_at_once(
    phone: FlaskClient, laptop: FlaskClient, running: Services
) -> None:
    others = END.findall(laptop.get("/console/account").text)
    assert len(others) == 1
    assert act(laptop, f"/console/account/sessions/{others[0]}/end").status_code == 303
    assert (is_in(phone), is_in(laptop)) == (False, True)
    assert lines_of_log(running)[-1] == ("Vera", "session-ended")


def test_all_other_sessions_are_ended_in_one_go(app: Flask, phone: FlaskClient, laptop: FlaskClient) -> None:
    third = signed_in(app, "vera")
    act(third, "/console/account/sessions/end-others")
    assert [is_in(browser) for browser in (phone, laptop, third)] == [False, False, True]


def test_the_sessions_of_others_cannot_be_ended(app: Flask, running: Services, phone: FlaskClient) -> None:
    person_with(running, "dora", "coordinator")
    dora = signed_in(app, "dora")
    with running.database.read() as connection:
        vera = session_queries.open_sessions(connection, "person-vera", since=EVER)[0].session_id
    assert act(dora, f"/console/account/sessions/{vera}/end").status_code == 404
    assert is_in(phone)


def test_an_administrator_ends_sessions_of_others(app: Flask, phone: FlaskClient, laptop: FlaskClient) -> None:
    person_with(app.extensions["fieldwell"], "ada", "administrator")
    ada = signed_in(app, "ada")
    shown = ada.get("/console/people/person-vera").text
    first = re.findall(r"/console/people/person-vera/sessions/[0-9a-f]{32}/end", shown)
    assert len(first) == 2
    act(ada, first[0])
    assert sorted([is_in(phone), is_in(laptop)]) == [False, True]
    act(ada, "/console/people/person-vera/sessions/end-all")
    assert [is_in(phone), is_in(laptop)] == [False, False]
    assert is_in(ada)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: Flask, phone: FlaskClient) -> None:
    cookie = phone.get_cookie("fieldwell")
    assert cookie
    act(phone, "/console/sign-out")
    thief = app.test_client()
    thief.set_cookie("fieldwell", cookie.value)
    assert not is_in(thief)


def test_only_the_hash_of_a_session_is_kept(phone: FlaskClient, running: Services) -> None:
    with phone.session_transaction() as held:
        secret = held["_user_id"]
    with running.database.read() as connection:
        found = session_queries.open_sessions(connection, "person-vera", since=EVER)
    assert [session.session_hash for session in found] == [sha256_hex(secret)]
    running.database.empty_log()
    assert secret.encode() not in running.database.path.read_bytes()


def test_a_session_ends_twelve_hours_after_it_was_used_last(phone: FlaskClient, clock: SteppedClock) -> None:
    clock.step(SESSION_LIFETIME)
    assert is_in(phone)
    clock.step(SESSION_LIFETIME + timedelta(seconds=1))
    assert not is_in(phone)


def test_a_session_ends_thirty_days_after_it_was_begun_however_much_it_is_used(
    phone: FlaskClient, clock: SteppedClock, running: Services
) -> None:
    for _ in range(SESSION_LONGEST // SESSION_LIFETIME):
        assert is_in(phone)
        assert len(last_seen(running)) == 1
        clock.step(SESSION_LIFETIME)
    assert is_in(phone)
    clock.step(timedelta(seconds=1))
    assert not is_in(phone)


def test_use_is_written_down_once_a_minute_at_most(phone: FlaskClient, clock: SteppedClock, running: Services) -> None:
    begun = last_seen(running)
    clock.step(timedelta(seconds=59))
    is_in(phone)
    assert last_seen(running) == begun
    clock.step(timedelta(seconds=1))
    is_in(phone)
    assert last_seen(running) == ["2026-11-20T12:01:00.000Z"]


def test_a_new_password_ends_all_other_sessions(
    app: Flask, phone: FlaskClient, laptop: FlaskClient, running: Services
) -> None:
    changed = act(laptop, "/console/account/password", present=PASSWORD, password=NEW, again=NEW)
    assert (changed.status_code, changed.location) == (303, "/console/account?done=password")
    assert (is_in(phone), is_in(laptop)) == (False, True)
    assert sign_in(app.test_client(), "vera", PASSWORD).status_code == 422
    assert sign_in(app.test_client(), "vera", NEW).status_code == 302
    assert ("Vera", "password-changed") in lines_of_log(running)


def test_a_copied_cookie_is_worth_nothing_after_a_new_password(app: Flask, phone: FlaskClient) -> None:
    cookie = phone.get_cookie("fieldwell")
    assert cookie
    thief = app.test_client()
    thief.set_cookie("fieldwell", cookie.value)
    assert is_in(thief)
    act(phone, "/console/account/password", present=PASSWORD, password=NEW, again=NEW)
    assert (is_in(phone), is_in(thief)) == (True, False)


def test_a_form_sent_after_the_session_ended_is_said_not_to_be_saved(
    app: Flask, running: Services, phone: FlaskClient
) -> None:
    person_with(running, "ada", "administrator")
    ada = signed_in(app, "ada")
    token = forgery_token(ada, "/console/people/invite")
    running.database.write(lambda connection: session_queries.forget_sessions(connection))
    sent = ada.post(
        "/console/people/invite",
        data={"csrf_token": token, "name": "Dora"},
        headers={"Referer": "http://localhost/console/people/invite"},
    )
    assert "What you sent was not saved" in text_of(ada.get(sent.location))
    assert sent.location == "/console/sign-in?next=/console/people/invite&unsaved=yes"
    assert "was not saved" not in text_of(phone.get(phone.get("/console/responses").location))


def test_a_new_password_asks_for_the_present_one(app: Flask, laptop: FlaskClient) -> None:
    refused = act(laptop, "/console/account/password", present="not it at all", password=NEW, again=NEW)
    assert refused.status_code == 422
    assert text_of(refused).count("That is not your current password.") == 2
    assert sign_in(app.test_client(), "vera", PASSWORD).status_code == 302


def test_guesses_of_the_present_password_are_limited_and_slips_are_not(laptop: FlaskClient) -> None:
    slips = [act(laptop, "/console/account/password", present=PASSWORD, password="short", again="") for _ in range(7)]
    assert {slip.status_code for slip in slips} == {422}
    guesses = [act(laptop, "/console/account/password", present="guess", password=NEW, again=NEW) for _ in range(6)]
    assert [guess.status_code for guess in guesses] == [422] * 5 + [429]


def test_signing_in_again_does_not_leave_the_older_session_behind(phone: FlaskClient, running: Services) -> None:
    sign_in_token = act(phone, "/console/sign-in", sign_in_name="vera", password=PASSWORD)
    assert sign_in_token.status_code == 302
    assert len(last_seen(running)) == 1


def test_nobody_is_signed_in_after_a_restore_and_no_link_works(
    app: Flask, running: Services, folder: Path, backups: Path, clock: SteppedClock
) -> None:
    person_with(running, "ada", "administrator")
    ada = signed_in(app, "ada")
    code = code_in(act(ada, "/console/people/invite", name="Dora", role="viewer", reach="everywhere"))
    cookie = ada.get_cookie("fieldwell")
    assert cookie
    place = back_up(folder, backups, clock=clock, version="test").place
    running.close()
    bring_back(place, folder, clock, replace=True)
    with serving(folder, clock) as (_restored, browser):
        browser.set_cookie("fieldwell", cookie.value)
        assert not is_in(browser)
        token = forgery_token(browser, "/console/welcome")
        assert browser.post("/console/welcome", data={"csrf_token": token, "code": code}).status_code == 410
        assert sign_in(browser, "ada", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "Firefox, Android"),
        (LAPTOP, "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_two_words_of_ours(said: str, words: str) -> None:
    assert browser_words(said) == words
