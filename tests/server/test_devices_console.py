"""The console's pages about phones: their list, renaming, signing off, codes that wait; each in the reader's reach."""

import json
import re
from datetime import timedelta
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.devices.report import HEADER
from server.services import Services
from tests.server.console_pages import text_of
from tests.server.phone_pages import PHONES, browser_of, device_id, enrol, link_from_screen, sheet_of, submit
from tests.server.pushing import push, statuses
from tests.server.reading_codes import codes_on
from tests.server.records import DEVICE, Phone, SteppedClock

ABOUT_PHONES: Final = frozenset(
    "phone-invited sheet-made invitation-withdrawn sheet-withdrawn phone-renamed phone-signed-off".split()
)


def audited(running: Services) -> list[tuple[str, str, str]]:
    """Give what people noted about phones: the action, who did it, where."""
    with running.database.read() as connection:
        rows = connection.execute("SELECT action, actor_name, neighbourhood_id FROM audit ORDER BY seq").fetchall()
    return [tuple(row) for row in rows if row["action"] in ABOUT_PHONES and row["actor_name"]]


def rows_of(browser: FlaskClient) -> list[str]:
    """Give what each line of the list says."""
    table = browser.get(PHONES).text.partition("<tbody")[2].partition("</tbody>")[0]
    lines = re.findall(r"<tr role=\"row\">(.*?)</tr>", table, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)).strip() for line in lines]


def test_the_list_says_whose_phone_where_when_how_much_waits_and_which_app(
    coordinator: FlaskClient, client: FlaskClient, device: Phone
) -> None:
    assert "Has sent nothing yet" in rows_of(coordinator)[0]
    said = {**device.headers, HEADER: "app=0.4.1; unsent=7"}
    client.post("/sync/v1/push", json={"device": device.device, "items": []}, headers=said)
    (line,) = rows_of(coordinator)
    for words in ("Rahima", "Old-Ford", "In use", "20 Nov 2026 12:00", "7 interviews", "0.4.1"):
        assert words in line


def test_a_phone_that_was_silent_for_30_days_is_said_to_be_and_one_that_spoke_is_not(
    app: Flask, running: Services, client: FlaskClient, device: Phone, clock: SteppedClock
) -> None:
    client.post("/sync/v1/push", json={"device": device.device, "items": []}, headers=device.headers)
    clock.step(timedelta(days=30, milliseconds=-1))
    later = browser_of(app, running, name="olga")
    assert "In use" in rows_of(later)[0]
    clock.step(timedelta(milliseconds=1))
    assert "Not seen for 30 days" in rows_of(later)[0]


def test_nobody_lists_residents_phones_one_by_one(app: Flask, running: Services, coordinator: FlaskClient) -> None:
    for number in range(3):
        add_resident(running, device_id(number), "kings-heath")
    page = text_of(coordinator.get(PHONES))
    assert "Kings-Heath : 3 phones" in page
    assert rows_of(coordinator) == []
    for address in (f"{PHONES}/{device_id(0)}/name", f"{PHONES}/{device_id(0)}/sign-off"):
        assert coordinator.get(address).status_code == 404
    only_here = browser_of(app, running, name="olga", only=("old-ford",))
    assert "Phones of residents" not in text_of(only_here.get(PHONES))


def test_signing_off_says_what_happens_is_noted_once_and_cannot_be_repeated(
    coordinator: FlaskClient, client: FlaskClient, device: Phone, running: Services
) -> None:
    page = f"{PHONES}/{DEVICE}/sign-off"
    asked = text_of(coordinator.get(page))
    assert "Sign off the phone of Rahima ?" in asked
    assert "set aside: the team can read it, but it does not join the responses" in asked
    assert submit(coordinator, page).status_code == 303
    assert audited(running)[-1] == ("phone-signed-off", "Carol", "old-ford")
    refused = client.get("/sync/v1/changes", headers=device.headers)
    assert (refused.status_code, refused.get_json()["revoked"]) == (403, True)
    assert "This phone is signed off" in text_of(coordinator.get(page))
    assert "Signed off" in rows_of(coordinator)[0]
    before = len(audited(running))
    token = re.search(r'csrf_token" value="([^"]+)', coordinator.get(PHONES).text)
    assert token
    coordinator.post(page, data={"csrf_token": token[1]})
    assert len(audited(running)) == before


def test_what_a_signed_off_phone_brings_is_kept_and_set_aside(
    coordinator: FlaskClient, client: FlaskClient, device: Phone
) -> None:
    submit(coordinator, f"{PHONES}/{DEVICE}/sign-off")
    (receipt,) = push(client, device, device.item())
    assert (receipt["status"], receipt["why"]) == ("quarantined", "revoked-device")


@pytest.mark.parametrize("why", ["unknown", "replaced", "expired"])
def test_only_a_phone_that_a_person_signed_off_hears_that_word(
    why: str, client: FlaskClient, device: Phone, running: Services, coordinator: FlaskClient, clock: SteppedClock
) -> None:
    if why == "replaced":
        clock.step(timedelta(minutes=1))
        assert (
            enrol(client, link_from_screen(coordinator, name="Rahima"), DEVICE, token=device.token).status_code == 201
        )
    elif why == "expired":
        clock.step(timedelta(days=90))
    else:
        forget_devices(running)
    for reply in (
        client.get("/sync/v1/changes", headers=device.headers),
        client.post("/sync/v1/have", json={"revs": []}, headers=device.headers),
        client.get("/forms/v1/manifest", headers=device.headers),
    ):
        said = reply.get_json()
        assert (reply.status_code, said["code"], said["standing"]) == (403, "device-not-allowed", why)
        assert "revoked" not in said
    assert statuses(push(client, device, device.item())) == ["quarantined"]


def test_a_new_name_stands_in_the_list_and_only_there(
    coordinator: FlaskClient, client: FlaskClient, device: Phone, running: Services
) -> None:
    page = f"{PHONES}/{DEVICE}/name"
    refused = submit(coordinator, page, name=" ")
    assert refused.status_code == 422
    assert "The name is not changed yet" in text_of(refused)
    assert submit(coordinator, page, name="  Amina  ").status_code == 303
    assert rows_of(coordinator)[0].startswith("Amina")
    assert audited(running)[-1] == ("phone-renamed", "Carol", "old-ford")
    assert statuses(push(client, device, device.item())) == ["stored"]


def test_codes_that_nobody_used_are_listed_and_a_used_or_late_one_is_not(
    app: Flask, running: Services, coordinator: FlaskClient, client: FlaskClient, clock: SteppedClock
) -> None:
    first, second = link_from_screen(coordinator, name="Amina"), link_from_screen(coordinator, name="Farid")
    assert first != second
    sheet_of(coordinator, number=3)
    waiting = text_of(coordinator.get(PHONES)).partition("Codes that nobody has used yet")[2]
    assert "For Amina in Old-Ford" in waiting
    assert "3 of 3 codes are not used" in waiting
    assert enrol(client, first, device_id(1)).status_code == 201
    assert "For Amina in" not in text_of(coordinator.get(PHONES))
    clock.step(timedelta(hours=12))
    page = text_of(browser_of(app, running, name="olga").get(PHONES))
    assert "codes are not used" not in page
    assert "For Farid in" in page


def test_a_link_that_was_taken_back_enrols_nobody(
    coordinator: FlaskClient, client: FlaskClient, running: Services
) -> None:
    secret = link_from_screen(coordinator, name="Amina")
    (page,) = re.findall(rf'"({PHONES}/invitations/[0-9a-f]{{64}}/withdraw)"', coordinator.get(PHONES).text)
    assert "Take back this link?" in text_of(coordinator.get(page))
    assert submit(coordinator, page).status_code == 303
    assert audited(running)[-1] == ("invitation-withdrawn", "Carol", "old-ford")
    reply = enrol(client, secret, DEVICE)
    assert (reply.status_code, reply.get_json()["code"]) == (410, "enrolment-expired")
    assert coordinator.get(page).status_code == 404


def test_what_is_left_of_a_sheet_is_taken_back_and_phones_that_used_it_go_on(
    coordinator: FlaskClient, client: FlaskClient, running: Services
) -> None:
    secrets = [code.partition("#")[2] for code in codes_on(sheet_of(coordinator, number=3).text)]
    welcome = enrol(client, secrets[0], device_id(1)).get_json()
    (page,) = re.findall(rf'"({PHONES}/sheets/[0-9a-f-]{{36}}/withdraw)"', coordinator.get(PHONES).text)
    assert "2 codes that are not used stop working." in text_of(coordinator.get(page))
    assert submit(coordinator, page).status_code == 303
    assert audited(running)[-1] == ("sheet-withdrawn", "Carol", "old-ford")
    assert [enrol(client, secret, device_id(2)).status_code for secret in secrets[1:]] == [410, 410]
    told = client.get("/sync/v1/changes", headers={"Authorization": f"Bearer {welcome['token']}"})
    assert told.status_code == 200
    assert coordinator.get(page).status_code == 404


def test_out_of_reach_a_phone_a_code_and_a_neighbourhood_are_not_there(
    app: Flask, running: Services, client: FlaskClient, coordinator: FlaskClient, device: Phone
) -> None:
    elsewhere = browser_of(app, running, name="kim", only=("kings-heath",))
    link_from_screen(coordinator, name="Amina")
    sheet_of(coordinator, number=2)
    assert rows_of(elsewhere) == []
    assert "Codes that nobody has used yet" not in text_of(elsewhere.get(PHONES))
    theirs = re.findall(rf'"({PHONES}/(?:invitations|sheets)/[^"]+)"', coordinator.get(PHONES).text)
    assert len(theirs) == 2
    token = re.search(r'csrf_token" value="([^"]+)', elsewhere.get(PHONES).text)
    assert token
    for page in (*theirs, f"{PHONES}/{device.device}/name", f"{PHONES}/{device.device}/sign-off"):
        assert elsewhere.get(page).status_code == 404, page
        assert elsewhere.post(page, data={"csrf_token": token[1], "name": "X"}).status_code == 404, page
    refused = submit(elsewhere, f"{PHONES}/add", name="Amina", neighbourhood="old-ford")
    assert refused.status_code == 422
    assert sheet_of(elsewhere, number=2).status_code == 422
    assert "Old-Ford" not in text_of(elsewhere.get(f"{PHONES}/add"))
    assert rows_of(coordinator)[0].startswith("Rahima")


def test_who_may_only_read_sees_the_list_and_changes_nothing(app: Flask, running: Services, device: Phone) -> None:
    viewer = browser_of(app, running, name="vera", role="viewer")
    assert len(rows_of(viewer)) == 1
    assert "/sign-off" not in viewer.get(PHONES).text
    token = re.search(r'csrf_token" value="([^"]+)', viewer.get(PHONES).text)
    assert token
    for page in ("add", "sheet", f"{device.device}/name", f"{device.device}/sign-off"):
        assert viewer.get(f"{PHONES}/{page}").status_code == 403
        assert viewer.post(f"{PHONES}/{page}", data={"csrf_token": token[1]}).status_code == 403


def test_no_secret_is_written_into_the_notes(coordinator: FlaskClient, running: Services) -> None:
    secret = link_from_screen(coordinator, name="Amina")
    sheet_of(coordinator, number=2)
    with running.database.read() as connection:
        rows = [tuple(row) for row in connection.execute("SELECT subject, details FROM audit ORDER BY seq")]
    assert secret not in json.dumps(rows)
    assert [action for action, _name, _place in audited(running)] == ["phone-invited", "sheet-made"]


def add_resident(running: Services, device: str, place: str) -> None:
    """Keep a resident's phone, as its first visit to a poster does."""
    running.database.write(
        lambda connection: connection.execute(
            """
            INSERT INTO devices (device_id, neighbourhood_id, role, name, enrolled_at)
            VALUES (:device, :place, 'resident', '', '2026-11-20T12:00:00.000Z')
            """,
            {"device": device, "place": place},
        )
    )


def forget_devices(running: Services) -> None:
    """Lose the devices, as a server that was put back to an early backup has."""
    running.database.write(
        lambda connection: (
            connection.execute("UPDATE enrolments SET device_id = NULL, used_at = NULL"),
            connection.execute("DELETE FROM devices"),
        )
    )
