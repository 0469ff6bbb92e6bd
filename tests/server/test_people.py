"""Who gets into the console, and who does not."""

from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.config import PASSWORD_CHARACTERS, Config
from server.people import accounts, queries, rules
from server.people.accounts import SignIn
from server.people.rules import Person
from server.people.sessions import begin_session
from server.people.views import with_fresh_hash
from server.services import Services
from tests.server.console_pages import forgery_token, sign_in, text_of

WRONG = "The sign-in name or the password is not right."


def test_nobody_can_sign_in_before_a_person_was_added(client: FlaskClient) -> None:
    for name, password in (("admin", "admin"), ("administrator", "password"), ("coordinator", "coordinator"), ("", "")):
        assert sign_in(client, name, password).status_code == 422


def test_passwords_are_generated_and_never_twice_the_same(running: Services) -> None:
    given = [
        accounts.add_or_reset(
            running.database,
            sign_in_name="dora",
            name="Dora",
            role="viewer",
            clock=running.clock,
            random_bytes=running.random_bytes,
        ).password
        for _ in range(3)
    ]
    assert len(set(given)) == 3
    assert all(len(password.replace("-", "")) == 16 for password in given)


def test_only_a_hash_of_the_password_is_kept(running: Services, account: SignIn) -> None:
    with running.database.read() as connection:
        person = queries.person_by_sign_in_name(connection, "carol")
    assert person is not None
    assert person.password_hash.startswith("$argon2id$")
    assert account.password not in running.database.path.read_bytes().decode("latin-1")


def test_a_page_asks_to_sign_in_first_and_then_opens(client: FlaskClient, account: SignIn) -> None:
    sent_away = client.get("/console/responses?neighbourhood=old-ford")
    assert sent_away.status_code == 302
    assert sent_away.location == "/console/sign-in?next=/console/responses?neighbourhood%3Dold-ford"
    onward = sign_in(client, "carol", account.password, onward="/console/responses?neighbourhood=old-ford")
    assert onward.location == "/console/responses?neighbourhood=old-ford"
    assert client.get(onward.location).status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/console/", "/\\evil.example", "javascript:alert(1)", "/sync/v1/hello"],
)
def test_signing_in_leads_only_to_the_console(client: FlaskClient, account: SignIn, elsewhere: str) -> None:
    assert sign_in(client, "carol", account.password, onward=elsewhere).location == "/console/"


def test_the_sign_in_name_may_be_typed_in_capitals_and_with_spaces(client: FlaskClient, account: SignIn) -> None:
    assert sign_in(client, " Carol ", account.password).status_code == 302


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(client: FlaskClient, account: SignIn) -> None:
    wrong_password = sign_in(client, "carol", "not it")
    unknown_name = sign_in(client, "nobody", account.password)
    assert (wrong_password.status_code, unknown_name.status_code) == (422, 422)
    assert WRONG in text_of(wrong_password)
    assert text_of(wrong_password) == text_of(unknown_name)


def test_a_password_beyond_the_limit_is_refused_without_hashing_it(account: SignIn, running: Services) -> None:
    with running.database.read() as connection:
        person = queries.person_by_sign_in_name(connection, "carol")
    assert person is not None
    longest = "x" * PASSWORD_CHARACTERS
    assert rules.proves(longest, replace(person, password_hash=rules.hash_password(longest)))
    too_long = longest + "x"
    assert not rules.proves(too_long, replace(person, password_hash=rules.hash_password(too_long)))


def stored(running: Services, sign_in_name: str) -> Person:
    with running.database.read() as connection:
        person = queries.person_by_sign_in_name(connection, sign_in_name)
    assert person is not None
    return person


def test_a_password_that_was_replaced_while_it_was_proved_begins_no_session(
    app: Flask, running: Services, account: SignIn
) -> None:
    proved = stored(running, "carol")
    accounts.reset(running.database, sign_in_name="carol", clock=running.clock)
    with app.test_request_context("/console/sign-in"):
        assert not begin_session(proved)
        assert begin_session(stored(running, "carol"))


def test_access_that_ended_while_the_password_was_proved_begins_no_session(
    app: Flask, running: Services, account: SignIn
) -> None:
    proved = stored(running, "carol")
    running.database.write(lambda connection: queries.end_access(connection, person_id=proved.person_id, at="2026"))
    with app.test_request_context("/console/sign-in"):
        assert not begin_session(proved)


def test_a_fresh_hash_of_an_old_password_does_not_replace_a_newer_one(
    app: Flask, running: Services, account: SignIn
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=64).hash(account.password)
    person = stored(running, "carol")
    running.database.write(
        lambda connection: queries.set_password_hash(connection, person_id=person.person_id, password_hash=weak)
    )
    proved = stored(running, "carol")
    accounts.reset(running.database, sign_in_name="carol", clock=running.clock)
    newer = stored(running, "carol").password_hash
    with app.test_request_context("/console/sign-in"):
        assert with_fresh_hash(proved, account.password) == proved
    assert stored(running, "carol").password_hash == newer


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\u202e", "\u2060", "\u00ad", "\ufe0f", "\u3164", "\x00"])
def test_a_sign_in_name_with_an_unseen_mark_is_the_same_name(mark: str) -> None:
    assert rules.normalise_sign_in_name(f" Ra{mark}hima{mark}") == "rahima"


@pytest.mark.parametrize("address", ["/console/sign-in", "/console/sign-out", "/console/language"])
def test_a_form_from_elsewhere_is_refused(coordinator: FlaskClient, address: str) -> None:
    refused = coordinator.post(address, data={"language": "bn"})
    assert refused.status_code == 400
    assert "This page was open for too long" in text_of(refused)
    assert coordinator.get("/console/responses").status_code == 200, "nothing has changed"


def test_signing_out_ends_the_session(coordinator: FlaskClient) -> None:
    token = forgery_token(coordinator, "/console/responses")
    assert coordinator.post("/console/sign-out", data={"csrf_token": token}).location == "/console/sign-in"
    assert coordinator.get("/console/responses").status_code == 302


def test_a_fresh_password_ends_older_sessions(coordinator: FlaskClient, running: Services) -> None:
    accounts.add_or_reset(
        running.database,
        sign_in_name="carol",
        name="Carol",
        role="coordinator",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    assert coordinator.get("/console/responses").status_code == 302


def test_a_second_person_cannot_have_the_same_sign_in_name(running: Services, account: SignIn) -> None:
    second = accounts.add(
        running.database,
        sign_in_name="CAROL",
        name="Another",
        role="viewer",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    assert second is None


def test_session_cookie_is_for_this_server_alone(client: FlaskClient, account: SignIn) -> None:
    cookies = sign_in(client, "carol", account.password).headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["fieldwell-known", "fieldwell"]
    for cookie, same_site in zip(cookies, ("SameSite=Strict", "SameSite=Lax"), strict=True):
        assert "HttpOnly" in cookie
        assert same_site in cookie
        assert "Domain" not in cookie


def test_session_cookie_travels_only_over_https_where_there_is_https(running: Services, account: SignIn) -> None:
    config = Config(data_folder=running.database.folder, public_url="https://fieldwell.example")
    browser = create_app(config, running).test_client()
    cookie = browser.get("/console/sign-in", base_url="https://fieldwell.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-fieldwell=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
