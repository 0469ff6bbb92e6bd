"""An enrolment link is for a phone that is new here, or for one that shows who it is: it takes over nobody's device."""

import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from server.clock import as_text
from server.devices import console_queries, enrolment, queries, tokens
from server.devices.rules import Device
from server.services import Services
from tests.server.people_at_work import person_with
from tests.server.phone_pages import enrol
from tests.server.posters import CODE, POSTER, add_poster, set_up_programme
from tests.server.posters import DEVICE as POSTERS_DEVICE
from tests.server.pushing import push, statuses
from tests.server.records import DEVICE, NOON, Phone, SteppedClock

RESIDENTS = "0192f000-0000-4000-8000-0000000000b1"


def secret_for(running: Services, neighbourhood_id: str = "kings-heath", name: str = "Mallory") -> str:
    return enrolment.create(
        running.database,
        neighbourhood_id=neighbourhood_id,
        name=name,
        clock=running.clock,
        random_bytes=running.random_bytes,
    )


def device_of(running: Services, device_id: str = DEVICE) -> Device:
    with running.database.read() as connection:
        found = queries.device(connection, device_id=device_id)
    assert found is not None
    return found


def lines(running: Services) -> list[tuple[str, str, str, dict[str, str]]]:
    with running.database.read() as connection:
        rows = connection.execute(
            "SELECT subject, neighbourhood_id, actor_name, details FROM audit WHERE action = 'phone-enrolled'"
        ).fetchall()
    return [(*tuple(row)[:3], json.loads(row["details"])) for row in rows]


def visited(client: FlaskClient, running: Services) -> str:
    """A resident's phone comes by a poster; give its token."""
    set_up_programme(running)
    add_poster(running, form_id="walk")
    return str(client.post("/devices/v1/visit", json={"code": CODE, "device": RESIDENTS}).get_json()["token"])


@pytest.mark.parametrize("revoked", [False, True])
def test_a_link_does_not_take_over_another_workers_phone(
    client: FlaskClient, running: Services, device: Phone, revoked: bool
) -> None:
    """A lost phone that was signed off too: it would no longer hear that it is to empty itself."""
    if revoked:
        running.database.write(lambda connection: queries.revoke(connection, device_id=DEVICE, now=as_text(NOON)))
    before, secret = device_of(running), secret_for(running)
    for token in ("", "fw1.forged.token", visited(client, running)):
        reply = enrol(client, secret, DEVICE, token=token)
        assert (reply.status_code, reply.get_json()["code"]) == (409, "device-known")
    assert device_of(running) == before
    assert enrol(client, secret, "0192f000-0000-7000-8000-0000000000d9").status_code == 201, "The link is not used up."


@pytest.mark.parametrize("days", [1, 91])
def test_a_phone_that_shows_its_own_token_is_enrolled_anew_even_when_that_is_out_of_date(
    client: FlaskClient, running: Services, device: Phone, clock: SteppedClock, days: int
) -> None:
    running.database.write(lambda connection: queries.revoke(connection, device_id=DEVICE, now=as_text(NOON)))
    clock.step(timedelta(days=days))
    assert enrol(client, secret_for(running, name="Amina"), DEVICE, token=device.token).status_code == 201
    found = device_of(running)
    assert (found.neighbourhood_id, found.name, found.revoked_at) == ("kings-heath", "Amina", None)


def test_a_lost_answer_is_repeated_without_a_token_but_not_past_a_later_enrolment(
    client: FlaskClient, running: Services, device: Phone, clock: SteppedClock
) -> None:
    first, second = secret_for(running, "old-ford"), secret_for(running)
    clock.step(timedelta(minutes=1))
    assert enrol(client, first, DEVICE, token=device.token).status_code == 201
    assert enrol(client, first, DEVICE).status_code == 201
    clock.step(timedelta(minutes=1))
    again = enrol(client, first, DEVICE).get_json()["token"]
    assert enrol(client, second, DEVICE, token=again).status_code == 201
    late = enrol(client, first, DEVICE)
    assert (late.status_code, late.get_json()["code"]) == (410, "enrolment-used"), "It is of Kings Heath now."


def test_a_revoked_device_does_not_come_back_by_a_repeat(client: FlaskClient, running: Services) -> None:
    secret = secret_for(running)
    enrol(client, secret, DEVICE)
    running.database.write(lambda connection: queries.revoke(connection, device_id=DEVICE, now=as_text(NOON)))
    assert enrol(client, secret, DEVICE).get_json()["code"] == "enrolment-used"


def test_the_server_itself_is_nobodys_phone(client: FlaskClient, running: Services, device: Phone) -> None:
    """What the team changes stands under its id; a phone of that id would be told of it, and could speak for it."""
    for token in ("", device.token):
        reply = enrol(client, secret_for(running), running.identity.server_id, token=token)
        assert (reply.status_code, reply.get_json()["code"]) == (409, "device-known")


def test_the_device_of_a_poster_is_nobodys_phone(client: FlaskClient, running: Services, device: Phone) -> None:
    """Neither before anybody has answered there without script nor after, whatever a caller shows."""
    visited(client, running)
    secret = secret_for(running)
    for token in ("", device.token):
        assert enrol(client, secret, POSTERS_DEVICE, token=token).get_json()["code"] == "device-known"
    person_with(running, "ada", "administrator")

    def take_over(connection: queries.sqlite3.Connection) -> tuple[int, bool, object]:
        """Make what an earlier version let happen, and look whether the console offers it."""
        queries.put_device(
            connection, device_id=POSTERS_DEVICE, neighbourhood_id="old-ford", role="worker", name="M", now="2026"
        )
        return (
            console_queries.count_phones(connection, reader="person-ada"),
            console_queries.sign_off(connection, reader="person-ada", device_id=POSTERS_DEVICE, now="2026"),
            console_queries.phone(connection, reader="person-ada", device_id=POSTERS_DEVICE),
        )

    assert running.database.write(take_over) == (1, False, None), "Rahima's phone only"


def test_a_residents_phone_becomes_a_workers_when_it_shows_its_token(
    client: FlaskClient, running: Services, clock: SteppedClock
) -> None:
    token = visited(client, running)
    secret = secret_for(running, "old-ford", "Amina")
    assert enrol(client, secret, RESIDENTS).get_json()["code"] == "device-known"
    clock.step(tokens.LIFETIME + timedelta(days=1))
    late = secret_for(running, "old-ford", "Amina")
    assert enrol(client, late, RESIDENTS, token=token).status_code == 201
    assert device_of(running, RESIDENTS).role == "worker"


def test_what_a_phone_brings_of_the_time_before_its_new_name_is_kept(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    """It has lost its token, so it took a new name; its finished interview still says the old one."""
    fresh = "0192f000-0000-7000-8000-0000000000d9"
    token = enrol(client, secret_for(running, "old-ford"), fresh).get_json()["token"]
    renamed = Phone(token=token, logic=device.logic, texts=device.texts, device=fresh)
    assert statuses(push(client, renamed, device.item())) == ["quarantined"]
    assert statuses(push(client, renamed, renamed.item())) == ["stored"]


def test_who_answered_as_a_resident_is_heard_as_a_worker(client: FlaskClient, running: Services, device: Phone) -> None:
    before = visited(client, running)
    resident = Phone(token=before, logic=device.logic, texts=device.texts, device=RESIDENTS)
    unsent = resident.item(header={"author": "", "poster": POSTER})
    token = enrol(client, secret_for(running, "old-ford"), RESIDENTS, token=before).get_json()["token"]
    worker = Phone(token=token, logic=device.logic, texts=device.texts, device=RESIDENTS)
    assert statuses(push(client, worker, unsent)) == ["stored"]


def test_each_enrolment_is_in_the_log_once_with_what_the_phone_was_before(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    secret = secret_for(running, name="Amina")
    for _time in range(2):
        enrol(client, secret, DEVICE, token=device.token)
    assert lines(running) == [
        (DEVICE, "old-ford", "", {"name": "Rahima"}),
        (DEVICE, "kings-heath", "", {"name": "Amina", "name_before": "Rahima", "neighbourhood_before": "old-ford"}),
    ]
