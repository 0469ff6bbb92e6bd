"""Enrolling a phone from the console."""

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.config import Config
from server.people import accounts
from server.places.drawing import draw_qr
from server.services import Services
from sync.limits import NAME_CHARACTERS
from tests.server.console_pages import forgery_token, sign_in, text_of
from tests.server.people_at_work import person_with, signed_in
from tests.server.records import DEVICE, SteppedClock

PHONES = "/console/phones/add"


def enrol(browser: FlaskClient, **form: str) -> str:
    """Fill in the form and give the page that comes back."""
    return browser.post(PHONES, data={"csrf_token": forgery_token(browser, PHONES), **form}).text


def test_a_link_from_the_console_enrols_one_phone(coordinator: FlaskClient, client: FlaskClient) -> None:
    page = enrol(coordinator, name="Amina", neighbourhood="old-ford")
    found = re.search(r"http://localhost/enrol#([0-9a-f]{32})", page)
    assert found
    welcome = client.post("/devices/v1/enrol", json={"secret": found[1], "device": DEVICE})
    assert (welcome.status_code, welcome.get_json()["name"]) == (201, "Amina")
    assert welcome.get_json()["neighbourhood"]["id"] == "old-ford"


def test_the_link_has_the_address_that_people_use(running: Services, coordinator: FlaskClient) -> None:
    secure = create_app(Config(data_folder=running.database.folder, public_url="https://field.example"), running)
    browser = secure.test_client()
    account = accounts.add_or_reset(
        running.database,
        sign_in_name="dora",
        name="Dora",
        role="administrator",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    at = {"base_url": "https://field.example", "headers": {"Referer": "https://field.example/console/sign-in"}}
    token = re.search(r'csrf_token" value="([^"]+)', browser.get("/console/sign-in", **at).text)
    assert token
    form = {"csrf_token": token[1], "sign_in_name": account.sign_in_name, "password": account.password}
    assert browser.post("/console/sign-in", data=form, **at).status_code == 302
    token = re.search(r'csrf_token" value="([^"]+)', browser.get(PHONES, **at).text)
    assert token
    page = browser.post(PHONES, data={"csrf_token": token[1], "name": "A", "neighbourhood": "old-ford"}, **at).text
    assert "https://field.example/enrol#" in page
    assert "not HTTPS" not in page


def test_a_phone_without_name_or_place_is_not_enrolled(coordinator: FlaskClient) -> None:
    assert "Give the worker’s name" in enrol(coordinator, name="  ", neighbourhood="old-ford")
    assert "Choose a neighbourhood." in enrol(coordinator, name="Amina", neighbourhood="nowhere")
    longest = "x" * NAME_CHARACTERS
    assert "Link for one phone" in enrol(coordinator, name=longest, neighbourhood="old-ford")
    assert "Give the worker’s name" in enrol(coordinator, name=longest + "x", neighbourhood="old-ford")


def shown_on(page: str) -> str:
    """Give what the page of a link sends along with a choice of language."""
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found
    return found[1]


def test_the_page_of_a_link_can_be_read_in_another_language_and_makes_no_second_link(
    coordinator: FlaskClient, running: Services
) -> None:
    page = enrol(coordinator, name="Amina", neighbourhood="old-ford")
    assert 'action="/console/language"' not in page, "that would lead away from a link that is shown once"
    sent = {"csrf_token": forgery_token(coordinator, PHONES), "shown": shown_on(page), "language": "ar"}
    arabic = coordinator.post("/console/phones/codes", data=sent).text
    assert '<html lang="ar" dir="rtl">' in arabic
    assert re.findall("/enrol#([0-9a-f]{32})", arabic) == re.findall("/enrol#([0-9a-f]{32})", page)
    with running.database.read() as connection:
        assert connection.execute("SELECT count(*) FROM enrolments").fetchone()[0] == 1


def test_what_was_shown_is_for_its_reader_and_for_an_hour(
    app: Flask, coordinator: FlaskClient, running: Services, clock: SteppedClock
) -> None:
    shown = shown_on(enrol(coordinator, name="Amina", neighbourhood="old-ford"))
    person_with(running, "dora", "coordinator")
    other = signed_in(app, "dora")

    def status(browser: FlaskClient, text: str) -> int:
        sent = {"csrf_token": forgery_token(browser, PHONES), "shown": text, "language": "ar"}
        return browser.post("/console/phones/codes", data=sent).status_code

    assert (status(coordinator, shown), status(other, shown), status(coordinator, shown[:-2])) == (200, 404, 404)
    clock.step(timedelta(hours=1))
    sent = {"csrf_token": forgery_token(coordinator, PHONES), "shown": shown, "language": "ar"}
    later = shown_on(coordinator.post("/console/phones/codes", data=sent).text)
    clock.step(timedelta(seconds=1))
    assert (status(coordinator, shown), status(coordinator, later)) == (404, 404)


def test_a_neighbourhood_is_chosen_by_a_person_when_there_is_more_than_one(coordinator: FlaskClient) -> None:
    page = coordinator.get(PHONES).text
    assert '<select class="field" id="neighbourhood" name="neighbourhood" required>' in page
    assert '<option value="">Choose a neighbourhood</option>' in page
    again = enrol(coordinator, name="Amina", neighbourhood="")
    assert "Choose a neighbourhood." in again
    assert 'value="Amina"' in again


def test_a_hostile_name_is_shown_not_run(coordinator: FlaskClient) -> None:
    page = enrol(coordinator, name="<script>alert(1)</script>", neighbourhood="old-ford")
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>" in page


def test_a_link_on_a_screen_is_good_for_a_day(
    coordinator: FlaskClient, client: FlaskClient, clock: SteppedClock
) -> None:
    secrets = [
        re.findall("/enrol#([0-9a-f]{32})", enrol(coordinator, name=name, neighbourhood="old-ford"))[0]
        for name in ("Amina", "Rahima")
    ]
    clock.step(timedelta(hours=24, milliseconds=-1))
    assert client.post("/devices/v1/enrol", json={"secret": secrets[0], "device": DEVICE}).status_code == 201
    clock.step(timedelta(milliseconds=1))
    late = client.post("/devices/v1/enrol", json={"secret": secrets[1], "device": DEVICE})
    assert (late.status_code, late.get_json()["code"]) == (410, "enrolment-expired")


def test_who_may_only_read_enrols_nobody(app: Flask, running: Services) -> None:
    account = accounts.add_or_reset(
        running.database,
        sign_in_name="vera",
        name="Vera",
        role="viewer",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    browser = app.test_client()
    sign_in(browser, account.sign_in_name, account.password)
    refused = browser.get(PHONES)
    assert refused.status_code == 403
    assert "You may not open this page" in text_of(refused)
    token = forgery_token(browser, "/console/responses")
    form = {"csrf_token": token, "name": "Amina", "neighbourhood": "old-ford"}
    assert browser.post(PHONES, data=form).status_code == 403


def test_nobody_enrols_a_phone_without_signing_in(client: FlaskClient) -> None:
    assert client.get(PHONES).location == "/console/sign-in?next=/console/phones/add"


def test_a_qr_code_has_its_quiet_border() -> None:
    drawing = draw_qr("https://field.example/enrol#" + "0" * 32)
    corners = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)", drawing.path)]
    assert min(x for x, _y in corners) == min(y for _x, y in corners) == 4
    assert max(max(corner) for corner in corners) == drawing.size - 5


def test_the_console_is_found_without_its_last_slash(coordinator: FlaskClient) -> None:
    assert coordinator.get("/console").location == "/console/start"
    assert coordinator.get("/console/").location == "/console/start"
