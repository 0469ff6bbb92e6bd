"""A phone of a resident becomes a device by the code on a poster, and may do no more than answer there."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.config import VISITS_PER_ADDRESS, VISITS_PER_DEVICE
from server.devices import queries as devices
from server.devices import tokens
from server.forms.publish import publish
from server.services import Services
from server.venues.queries import count_responses
from sync.hashes import sha256_hex
from sync.references import reference_hash
from tests.server.posters import CODE, DEVICE, POSTER, add_poster, publish_instrument, set_up_programme
from tests.server.pushing import push
from tests.server.records import DEVICE as WORKERS_DEVICE
from tests.server.records import Phone, SteppedClock, compiled_walk

PHONE = "0192f000-0000-4000-8000-0000000000b1"
OTHER = "0192f000-0000-4000-8000-0000000000b2"
SECOND = "0192f000-0000-7000-8000-0000000000c1"


@pytest.fixture(autouse=True)
def poster(running: Services) -> None:
    """A poster for the form ``walk`` in Old Ford."""
    set_up_programme(running)
    add_poster(running, form_id="walk")


def visit(client: FlaskClient, *, code: str = CODE, device: str = PHONE, token: str = "") -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post("/devices/v1/visit", json={"code": code, "device": device}, headers=headers)


def answer_of(reply: TestResponse) -> tuple[int, str]:
    return reply.status_code, reply.get_json()["code"]


def resident(client: FlaskClient, device: str = PHONE) -> Phone:
    """Give a phone that has visited."""
    compiled = compiled_walk()
    return Phone(
        token=visit(client, device=device).get_json()["token"],
        logic=sha256_hex(compiled.logic_text),
        texts={lang: sha256_hex(pack) for lang, pack in compiled.packs.items()},
        device=device,
    )


def item(phone: Phone, **header: object) -> Mapping[str, object]:
    """Make a response as a resident's phone does."""
    given = {"author": "", "poster": POSTER, "reference": reference_hash("0" * 12), **header}
    return phone.item(header={name: value for name, value in given.items() if value is not None})


def why(client: FlaskClient, phone: Phone, made: Mapping[str, object]) -> str | None:
    receipt = push(client, phone, dict(made))[0]
    return str(receipt["why"]) if receipt["status"] == "quarantined" else None


def test_a_visit_gives_a_token_and_the_form_of_the_poster_alone(client: FlaskClient, running: Services) -> None:
    publish_instrument(running, "tell_us_about_this_place")
    reply = visit(client, code="k7 px-3m")
    told = reply.get_json()
    assert (reply.status_code, told["role"], told["name"], told["poster"]) == (201, "resident", "", POSTER)
    assert told["neighbourhood"] == {"id": "old-ford", "name": "Old-Ford"}
    assert [form["id"] for form in told["forms"]["forms"]] == ["walk"]
    manifest = client.get("/forms/v1/manifest", headers={"Authorization": f"Bearer {told['token']}"}).get_json()
    assert [form["id"] for form in manifest["forms"]] == ["walk"]
    credentials = tokens.read(told["token"], running.programme_keys.trusted)
    assert credentials is not None
    assert (credentials.role, credentials.scopes, credentials.name) == ("resident", ("old-ford",), "")


def test_a_second_poster_adds_its_form_and_keeps_the_first(client: FlaskClient, running: Services) -> None:
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running, poster_id=SECOND, code="ABCDEF", device_id=OTHER)
    token = visit(client).get_json()["token"]
    again = visit(client, code="ABCDEF", token=token)
    headers = {"Authorization": f"Bearer {again.get_json()['token']}"}
    forms = client.get("/forms/v1/manifest", headers=headers).get_json()["forms"]
    assert [form["id"] for form in forms] == ["tell_us_about_this_place", "walk"]


def test_a_workers_phone_sees_all_forms_as_before(client: FlaskClient, running: Services, device: Phone) -> None:
    publish_instrument(running, "tell_us_about_this_place")
    forms = client.get("/forms/v1/manifest", headers=device.headers).get_json()["forms"]
    assert [form["id"] for form in forms] == ["tell_us_about_this_place", "walk"]


def test_a_device_that_is_known_has_to_show_a_token_of_its_own(client: FlaskClient, clock: SteppedClock) -> None:
    token = visit(client).get_json()["token"]
    other = visit(client, device=OTHER).get_json()["token"]
    assert answer_of(visit(client)) == (409, "device-known")
    assert answer_of(visit(client, token=other)) == (409, "device-known")
    assert answer_of(visit(client, token="fw1.forged.token")) == (409, "device-known")
    clock.step(tokens.LIFETIME + timedelta(days=1))
    assert visit(client, token=token).status_code == 201


def test_a_signed_off_device_gets_no_token_again(client: FlaskClient, running: Services) -> None:
    token = visit(client).get_json()["token"]
    running.database.write(
        lambda connection: devices.revoke(connection, device_id=PHONE, now="2026-11-20T12:00:00.000Z")
    )
    assert answer_of(visit(client, token=token)) == (409, "device-known")


def test_nobody_becomes_a_worker_or_the_server_itself(client: FlaskClient, running: Services, device: Phone) -> None:
    assert answer_of(visit(client, device=WORKERS_DEVICE, token=device.token)) == (409, "device-of-a-worker")
    assert answer_of(visit(client, device=DEVICE)) == (409, "device-known")
    assert answer_of(visit(client, device=running.identity.server_id)) == (409, "device-known")


def test_what_is_no_code_or_no_poster_is_unknown(client: FlaskClient) -> None:
    assert answer_of(visit(client, code="ZZZZZZ")) == (404, "poster-unknown")
    assert answer_of(visit(client, code="no code at all")) == (404, "poster-unknown")


@pytest.mark.parametrize("sent", [{}, {"code": "", "device": PHONE}, {"code": CODE, "device": "me"}, [], "x"])
def test_what_cannot_be_read_is_malformed(client: FlaskClient, sent: object) -> None:
    assert answer_of(client.post("/devices/v1/visit", json=sent)) == (400, "malformed")


@pytest.mark.parametrize(
    ("other", "standing"),
    [
        ({"closed_at": "2026-11-02T00:00:00.000Z"}, "closed"),
        ({"expires_at": "2026-11-02T00:00:00.000Z"}, "expired"),
        ({"replaced_by": POSTER}, "replaced"),
    ],
)
def test_a_poster_that_takes_nobody_in_says_which(
    client: FlaskClient, running: Services, other: dict[str, str], standing: str
) -> None:
    add_poster(running, poster_id=SECOND, code="ABCDEF", device_id=OTHER, **other)
    reply = visit(client, code="ABCDEF")
    assert answer_of(reply) == (410, "poster-closed")
    assert reply.get_json()["standing"] == standing


def test_answers_by_a_poster_that_was_visited_are_taken_in(client: FlaskClient, running: Services) -> None:
    phone = resident(client)
    assert why(client, phone, item(phone)) is None
    with running.database.read() as connection:
        assert count_responses(connection, POSTER) == 1


def test_answers_by_another_poster_or_none_are_set_aside(client: FlaskClient, running: Services) -> None:
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running, poster_id=SECOND, code="ABCDEF", device_id=OTHER)
    phone = resident(client)
    assert why(client, phone, item(phone, poster=SECOND)) == "out-of-scope"
    assert why(client, phone, item(phone, poster=None)) == "out-of-scope"
    assert why(client, phone, item(phone, poster="0192f000-0000-7000-8000-0000000000ff")) == "out-of-scope"


def test_answers_to_another_form_than_the_posters_are_set_aside(client: FlaskClient, running: Services) -> None:
    other = compiled_walk(version="2", constraint=". &lt; 99")
    publish(running.database, other, source_name="walk.xml", clock=running.clock)
    add_poster(running, poster_id=SECOND, code="ABCDEF", device_id=OTHER, form_id="another")
    phone = resident(client)
    visit(client, code="ABCDEF", token=phone.token)
    assert why(client, phone, item(phone, poster=SECOND)) == "out-of-scope"


def test_a_worker_cannot_bring_answers_by_a_poster(client: FlaskClient, device: Phone) -> None:
    assert why(client, device, item(device)) == "out-of-scope"


def test_past_the_quota_answers_are_set_aside_and_an_edit_of_one_within_is_not(
    client: FlaskClient, running: Services
) -> None:
    running.database.write(lambda connection: connection.execute("UPDATE posters SET quota = 2").rowcount)
    phone = resident(client)
    first, second, third = item(phone), item(phone), item(phone)
    assert [why(client, phone, one) for one in (first, second, third)] == [None, None, "over-quota"]
    edit = phone.item(
        {"who": "Asha again"},
        response_id=response_of(first),
        parents=[str(first["rev"])],
        header={"author": "", "poster": POSTER, "reference": reference_hash("0" * 12)},
    )
    assert why(client, phone, edit) is None
    assert why(client, phone, third) == "over-quota"


def response_of(made: Mapping[str, object]) -> str:
    return str(made["header"]).split('"id":"', 1)[1].split('"', 1)[0]


def test_a_hall_may_visit_and_one_phone_may_not_ask_for_ever(app: Flask) -> None:
    browser = app.test_client()
    hall, one = int(VISITS_PER_ADDRESS.split()[0]), int(VISITS_PER_DEVICE.split()[0])
    assert hall >= 300 * 2
    token = visit(browser).get_json()["token"]
    codes = [visit(browser, token=token).status_code for _ in range(one)]
    assert codes == [201] * (one - 1) + [429]
    assert answer_of(visit(browser, token=token)) == (429, "too-many")
    assert visit(browser, device=OTHER).status_code == 201
