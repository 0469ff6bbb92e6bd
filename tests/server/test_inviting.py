"""Coming in by a link that works once, and choosing a new password by one."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.people import queries
from server.people.codes import hash_of_typed
from server.services import Services
from tests.server.console_pages import forgery_token, sign_in, text_of
from tests.server.people_at_work import PASSWORD, act, code_in, lines_of_log, person_with, signed_in
from tests.server.records import SteppedClock

CHOSEN = "river button candle"
ASKED = {"name": "Dora", "role": "coordinator", "reach": "chosen", "neighbourhood": "old-ford"}


@pytest.fixture
def administrator(app: Flask, running: Services) -> FlaskClient:
    person_with(running, "ada", "administrator")
    return signed_in(app, "ada")


def code_for(administrator: FlaskClient, **changed: str) -> str:
    return code_in(act(administrator, "/console/people/invite", **{**ASKED, **changed}))


def come_in(
    app: Flask, code: str, *, name: str = "dora", password: str = CHOSEN, again: str | None = None
) -> TestResponse:
    browser = app.test_client()
    form = {
        "csrf_token": forgery_token(browser, "/console/welcome"),
        "code": code,
        "sign_in_name": name,
        "password": password,
        "again": password if again is None else again,
    }
    return browser.post("/console/welcome/password", data=form)


def test_an_invited_person_chooses_a_password_and_is_signed_in(
    app: Flask, running: Services, administrator: FlaskClient
) -> None:
    code = code_for(administrator)
    browser = app.test_client()
    token = forgery_token(browser, "/console/welcome")
    opened = browser.post("/console/welcome", data={"csrf_token": token, "code": code})
    assert "Dora , you are invited as: Coordinator." in text_of(opened)
    kept = browser.post(
        "/console/welcome/password",
        data={"csrf_token": token, "code": code, "sign_in_name": " Dora ", "password": CHOSEN, "again": CHOSEN},
    )
    assert (kept.status_code, kept.location) == (303, "/console/")
    assert browser.get("/console/responses").status_code == 200
    with running.database.read() as connection:
        person = queries.person_by_sign_in_name(connection, "dora")
        assert person
        reach = queries.neighbourhoods_of(connection, person.person_id)
    assert (person.role, person.everywhere, reach) == ("coordinator", False, ("old-ford",))
    assert lines_of_log(running)[-3:] == [("Ada", "person-invited"), ("Dora", "person-joined"), ("Dora", "signed-in")]


def test_a_link_lets_one_person_in(app: Flask, administrator: FlaskClient) -> None:
    code = code_for(administrator)
    assert come_in(app, code).status_code == 303
    second = come_in(app, code, name="eve")
    assert second.status_code == 410
    assert "This link does not work." in text_of(second)
    assert sign_in(app.test_client(), "eve", CHOSEN).status_code == 422


@pytest.mark.parametrize(("days", "status"), [(6, 303), (7, 410)])
def test_an_invitation_works_for_seven_days(
    app: Flask, administrator: FlaskClient, clock: SteppedClock, days: int, status: int
) -> None:
    code = code_for(administrator)
    clock.step(timedelta(days=days))
    assert come_in(app, code).status_code == status


def test_a_withdrawn_invitation_lets_nobody_in(app: Flask, running: Services, administrator: FlaskClient) -> None:
    code = code_for(administrator)
    address = f"/console/people/invitations/{hash_of_typed(code)}/withdraw"
    assert f'href="{address}"' in administrator.get("/console/people").text
    assert "Take back the invitation?" in text_of(administrator.get(address))
    assert act(administrator, address).status_code == 303
    assert come_in(app, code).status_code == 410
    assert "Invited, not here yet" not in text_of(administrator.get("/console/people"))
    assert act(administrator, address).status_code == 404, "there is nothing to withdraw any more"
    assert lines_of_log(running)[-1] == ("Ada", "person-uninvited")


def test_only_the_hash_of_a_code_is_kept(running: Services, administrator: FlaskClient) -> None:
    code = code_for(administrator)
    running.database.empty_log()
    assert code.encode() not in running.database.path.read_bytes()
    assert code.replace("-", "").encode() not in running.database.path.read_bytes()
    assert code not in administrator.get("/console/people").text


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "http://localhost/console/welcome#{code}", "{spaced}"])
def test_a_code_may_be_typed_by_hand_or_pasted_with_its_link(
    app: Flask, administrator: FlaskClient, typed: str
) -> None:
    code = code_for(administrator)
    written = typed.format(code=code, lower=code.lower().replace("0", "o"), spaced=code.replace("-", " "))
    assert come_in(app, written).status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short words", None, "The password is too short."),
        ("password12345", None, "easy to guess"),
        ("aaaaaaaaaaaaaa", None, "easy to guess"),
        ("dora dora dora", None, "easy to guess"),
        ("dora2026dora1!", None, "holds your name"),
        (CHOSEN, "river button candlf", "are not the same"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_what_to_do(
    app: Flask, administrator: FlaskClient, password: str, again: str | None, words: str
) -> None:
    code = code_for(administrator)
    refused = come_in(app, code, password=password, again=again)
    assert refused.status_code == 422
    assert text_of(refused).count(words) == 2, "at the top and at the field"
    assert 'value="dora"' in refused.text, "what was typed stays"
    assert come_in(app, code).status_code == 303, "the link still works"


def test_a_sign_in_name_that_somebody_has_is_not_given_twice(app: Flask, administrator: FlaskClient) -> None:
    code = code_for(administrator)
    taken = come_in(app, code, name="ADA")
    assert (taken.status_code, "Somebody has this sign-in name already." in text_of(taken)) == (422, True)
    assert come_in(app, code).status_code == 303


def test_codes_that_open_nothing_are_limited(app: Flask) -> None:
    statuses = [come_in(app, "0" * 20).status_code for _ in range(21)]
    assert statuses == [410] * 20 + [429]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": " "}, "Give the person’s name"),
        ({"name": "x" * 101}, "Give the person’s name"),
        ({"role": "king"}, "Choose what the person may do."),
        ({"neighbourhood": "nowhere"}, "Choose everywhere, or one neighbourhood or more."),
    ],
)
def test_an_invitation_needs_a_name_a_role_and_a_reach(
    administrator: FlaskClient, changed: dict[str, str], words: str
) -> None:
    refused = act(administrator, "/console/people/invite", **{**ASKED, **changed})
    assert (refused.status_code, words in text_of(refused)) == (422, True)


def test_a_new_password_by_a_link_ends_every_session(app: Flask, running: Services, administrator: FlaskClient) -> None:
    person_with(running, "vera", "viewer")
    elsewhere = signed_in(app, "vera")
    code = code_in(act(administrator, "/console/people/person-vera/reset"))
    assert elsewhere.get("/console/responses").status_code == 200, "until the link is used nothing changes"
    assert come_in(app, code, name="ada").status_code == 303
    assert elsewhere.get("/console/responses").status_code == 302
    assert sign_in(app.test_client(), "vera", PASSWORD).status_code == 422
    assert sign_in(app.test_client(), "vera", CHOSEN).status_code == 302
    assert sign_in(app.test_client(), "ada", PASSWORD).status_code == 302, "a reset is for its own person alone"


def test_a_newer_link_for_a_password_ends_the_older(app: Flask, running: Services, administrator: FlaskClient) -> None:
    person_with(running, "vera", "viewer")
    older, newer = (code_in(act(administrator, "/console/people/person-vera/reset")) for _ in range(2))
    assert come_in(app, older).status_code == 410
    assert come_in(app, newer).status_code == 303


@pytest.mark.parametrize(("hours", "status"), [(23, 303), (24, 410)])
def test_a_link_for_a_password_works_for_a_day(
    app: Flask, running: Services, administrator: FlaskClient, clock: SteppedClock, hours: int, status: int
) -> None:
    person_with(running, "vera", "viewer")
    code = code_in(act(administrator, "/console/people/person-vera/reset"))
    clock.step(timedelta(hours=hours))
    assert come_in(app, code).status_code == status


def test_links_end_with_the_access_of_whoever_made_them(
    app: Flask, running: Services, administrator: FlaskClient
) -> None:
    person_with(running, "boss", "administrator")
    boss = signed_in(app, "boss")
    for_friend = code_in(act(boss, "/console/people/invite", **{**ASKED, "role": "administrator"}))
    act(administrator, "/console/people/person-boss", role="viewer", reach="everywhere")
    assert come_in(app, for_friend).status_code == 410


@pytest.mark.parametrize("address", ["/console/welcome", "/console/welcome/password"])
def test_a_choice_of_language_on_the_pages_of_a_link_keeps_its_code(
    app: Flask, administrator: FlaskClient, address: str
) -> None:
    code = code_for(administrator)
    browser = app.test_client()
    sent = {"csrf_token": forgery_token(browser, "/console/welcome"), "code": code, "language": "ar"}
    page = browser.post(address, data=sent)
    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl">' in page.text
    assert f'name="code" value="{code}"' in page.text
    assert come_in(app, code).status_code == 303, "the link still works"


def test_the_page_of_an_invitation_can_be_read_in_another_language(administrator: FlaskClient) -> None:
    page = act(administrator, "/console/people/invite", **ASKED)
    shown = page.text.partition('name="shown" value="')[2].partition('"')[0]
    arabic = act(administrator, "/console/people/link", shown=shown, language="ar")
    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert code_in(arabic) == code_in(page)
    assert act(administrator, "/console/phones/codes", shown=shown, language="ar").status_code == 404
