"""How often somebody may fail to sign in, and how much of the machine that takes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from server.config import HASHES_AT_ONCE
from server.limiting import network_of
from server.people import rules
from server.people.accounts import SignIn
from tests.server.console_pages import forgery_token, sign_in, text_of

FAILURES_ALLOWED = 5


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


def test_a_guest_of_the_hall_does_not_shut_out_whoever_signed_in_there_before(app: Flask, account: SignIn) -> None:
    own, guest = app.test_client(), app.test_client()
    assert sign_in(own, "carol", account.password).status_code == 302
    own.post("/console/sign-out", data={"csrf_token": forgery_token(own, "/console/responses")})
    assert {sign_in(guest, "carol", "wrong").status_code for _ in range(FAILURES_ALLOWED + 1)} == {422, 429}
    assert sign_in(own, "carol", account.password).status_code == 302
    own.post("/console/sign-out", data={"csrf_token": forgery_token(own, "/console/responses")})
    statuses = [sign_in(own, "carol", "wrong").status_code for _ in range(FAILURES_ALLOWED + 1)]
    assert statuses == [422] * FAILURES_ALLOWED + [429], "it has a count, too"


def test_a_known_browser_is_known_for_one_name_and_a_made_up_mark_for_none(app: Flask, account: SignIn) -> None:
    own, guest = app.test_client(), app.test_client()
    assert sign_in(own, "carol", account.password).status_code == 302
    mark = own.get_cookie("fieldwell-known")
    assert mark
    for browser, name, value in ((guest, "dora", mark.value), (guest, "carol", f"x{mark.value}")):
        for _ in range(FAILURES_ALLOWED):
            sign_in(app.test_client(), name, "wrong")
        browser.set_cookie("fieldwell-known", value)
        assert sign_in(browser, name, "wrong").status_code == 429


def test_guesses_at_once_do_not_slip_by_the_limit_together(app: Flask, account: SignIn) -> None:
    many = 3 * FAILURES_ALLOWED
    ready = Barrier(many)

    def guess(_turn: int) -> int:
        browser = app.test_client()
        form = {"csrf_token": forgery_token(browser, "/console/sign-in"), "sign_in_name": "carol", "password": "wrong"}
        ready.wait()
        return browser.post("/console/sign-in", data=form).status_code

    with ThreadPoolExecutor(many) as guessing:
        statuses = sorted(guessing.map(guess, range(many)))
    assert statuses == [422] * FAILURES_ALLOWED + [429] * (many - FAILURES_ALLOWED)


def test_all_addresses_of_one_home_count_as_one(app: Flask, account: SignIn) -> None:
    browser = app.test_client()
    token = forgery_token(browser, "/console/sign-in")

    def guess(address: str) -> int:
        form = {"csrf_token": token, "sign_in_name": "carol", "password": "wrong"}
        return browser.post("/console/sign-in", data=form, environ_base={"REMOTE_ADDR": address}).status_code

    assert [guess(f"2001:db8::{one:x}:1") for one in range(FAILURES_ALLOWED + 1)] == [422] * FAILURES_ALLOWED + [429]
    assert guess("2001:db8:0:1::1") == 422


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("unix:", "unix:"),
        ("", "nowhere"),
    ],
)
def test_an_address_is_counted_by_what_one_connection_has(address: str, counted: str) -> None:
    assert network_of(address) == counted


@pytest.mark.parametrize(
    "hashing", [lambda: rules.hash_password("x"), lambda: rules.proves("x", None)], ids=["hash", "prove"]
)
def test_no_more_than_a_few_passwords_are_hashed_at_one_time(
    monkeypatch: pytest.MonkeyPatch, hashing: Callable[[], object]
) -> None:
    inside, looked = Barrier(HASHES_AT_ONCE + 1, timeout=30), Barrier(HASHES_AT_ONCE + 1, timeout=30)

    class SlowHasher:
        def hash(self, _password: str) -> str:
            inside.wait()
            looked.wait()
            return ""

        def verify(self, _hash: str, password: str) -> bool:
            return bool(self.hash(password))

    monkeypatch.setattr(rules, "HASHER", SlowHasher())
    with ThreadPoolExecutor(HASHES_AT_ONCE) as callers:
        for _ in range(HASHES_AT_ONCE):
            callers.submit(hashing)
        inside.wait()
        one_more = rules.TURNS.acquire(blocking=False)
        looked.wait()
    assert not one_more


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
