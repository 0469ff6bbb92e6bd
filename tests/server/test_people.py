"""Who gets into the console, and who does not."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.config import PASSWORD_CHARACTERS, Config
from server.people import accounts, queries, rules
from server.people.accounts import SignIn
from server.services import Services
from tests.server.console_pages import forgery_token, sign_in, text_of

WRONG = "The sign-in name or the password is not right."
FAILURES_ALLOWED = 5


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
    assert sign_in(client, "carol", account.password, onward=elsewhere).location == "/console/responses"


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


def test_failures_are_limited_by_name_and_address(app: Flask, account: SignIn) -> None:
    browser = app.test_client()
    statuses = [sign_in(browser, "carol", "wrong").status_code for _ in range(FAILURES_ALLOWED + 1)]
    assert statuses == [422] * FAILURES_ALLOWED + [429]
    assert sign_in(browser, "CAROL ", account.password).status_code == 429, "the right password does not help now"
    assert sign_in(browser, "dora", "wrong").status_code == 422, "others at the same address are not held up"
    token = forgery_token(browser, "/console/sign-in")
    elsewhere = browser.post(
        "/console/sign-in",
        data={"csrf_token": token, "sign_in_name": "carol", "password": account.password},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert elsewhere.status_code == 302, "nobody is locked out by what is done elsewhere"


def test_too_many_tries_are_explained(app: Flask, account: SignIn) -> None:
    browser = app.test_client()
    for _ in range(FAILURES_ALLOWED):
        sign_in(browser, "carol", "wrong")
    assert "Too many tries Wait 15 minutes, then try again." in text_of(sign_in(browser, "carol", "wrong"))


def test_signing_in_does_not_count_as_a_failure(app: Flask, account: SignIn) -> None:
    browser = app.test_client()
    for _ in range(FAILURES_ALLOWED + 1):
        assert sign_in(browser, "carol", account.password).status_code in {302}
        browser.post("/console/sign-out", data={"csrf_token": forgery_token(browser, "/console/responses")})


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
    cookie = sign_in(client, "carol", account.password).headers["Set-Cookie"]
    assert cookie.startswith("fieldwell=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


def test_session_cookie_travels_only_over_https_where_there_is_https(running: Services, account: SignIn) -> None:
    config = Config(data_folder=running.database.folder, public_url="https://fieldwell.example")
    browser = create_app(config, running).test_client()
    cookie = browser.get("/console/sign-in", base_url="https://fieldwell.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-fieldwell=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
