"""What a server tells of its log: a cursor misses nothing, and no row leaves its scope."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.devices import enrolment
from server.forms.publish import publish
from server.services import Services
from sync.limits import FEED_PAGE_CHANGES, HAVE_REVS
from tests.server.pushing import push
from tests.server.records import Phone, SteppedClock, chance, compiled_walk

OTHER = "0192f000-0000-7000-8000-0000000000d2"
Page = dict[str, object]
Change = dict[str, object]


def changes(client: FlaskClient, phone: Phone, **query: object) -> Page:
    reply = client.get(f"/sync/v1/changes?{urlencode(query)}", headers=phone.headers)
    assert reply.status_code == 200, reply.text
    page: Page = reply.get_json()
    return page


def revs(page: Page) -> list[object]:
    listed = page["changes"]
    assert isinstance(listed, list)
    return [change["rev"] for change in listed if change["kind"] == "response"]


def test_hello_says_who_it_is_and_what_it_takes(client: FlaskClient, running: Services) -> None:
    greeting = client.get("/sync/v1/hello").get_json()
    forms = greeting.pop("forms")
    assert greeting == {
        "protocol": {"min": 1, "max": 1},
        "server_id": running.identity.server_id,
        "epoch": running.identity.epoch,
        "time": "2026-11-20T12:00:00.000Z",
        "limits": {"items": 500, "bytes": 1048576},
        "safe_seq": 0,
    }
    publish(running.database, compiled_walk(title="A stroll"), source_name="walk.xml", clock=running.clock)
    assert client.get("/sync/v1/hello").get_json()["forms"] != forms


def test_a_phone_learns_of_forms_and_of_what_is_held_in_order(client: FlaskClient, device: Phone) -> None:
    items = [device.item() for _ in range(3)]
    push(client, device, *items)
    first = changes(client, device)
    assert (first["reset"], first["more"]) == (False, False)
    assert first["changes"][0] == {"seq": 1, "kind": "forms"}  # type: ignore[index]
    header = json.loads(str(items[0]["header"]))
    assert first["changes"][1] == {  # type: ignore[index]
        "seq": 2,
        "kind": "response",
        "id": header["id"],
        "rev": items[0]["rev"],
        "state": "held",
    }
    again = changes(client, device, since=first["cursor"])
    assert (again["changes"], again["cursor"]) == ([], first["cursor"])


def test_pages_follow_one_another_without_gap_or_repeat(client: FlaskClient, device: Phone) -> None:
    items = [device.item() for _ in range(7)]
    push(client, device, *items)
    cursor, seen, more = "", [], True
    while more:
        page = changes(client, device, since=cursor, limit=3)
        seen.extend(revs(page))
        cursor, more = str(page["cursor"]), bool(page["more"])
    assert seen == [item["rev"] for item in items]


def test_a_cursor_misses_nothing_under_pushes_from_many_sides_at_once(app: Flask, device: Phone) -> None:
    """I5: whatever the interleaving, following the cursor sees every revision exactly once."""
    batches = [[device.item() for _ in range(5)] for _ in range(24)]
    cursor, seen = "", []
    with ThreadPoolExecutor(6) as pool:
        waiting = [pool.submit(push, app.test_client(), device, *batch) for batch in batches]
        finished, more = False, True
        while more or not finished:
            finished = all(future.done() for future in waiting)
            page = changes(app.test_client(), device, since=cursor, limit=7)
            seen.extend(revs(page))
            cursor, more = str(page["cursor"]), bool(page["changes"])
        assert all(future.result()[0]["status"] == "stored" for future in waiting)
    assert sorted(map(str, seen)) == sorted(str(item["rev"]) for batch in batches for item in batch)


def test_another_phone_sees_nothing_of_it(client: FlaskClient, device: Phone, running: Services) -> None:
    """I7: own device only, within one neighbourhood too."""
    other = _second_phone(client, device, running)
    item = device.item()
    push(client, device, item)
    push(client, other, other.item(header={"device": device.device}))
    assert revs(changes(client, device)) == [item["rev"]]
    assert len(revs(changes(client, other))) == 1


def _second_phone(client: FlaskClient, device: Phone, running: Services) -> Phone:
    secret = enrolment.create(
        running.database, neighbourhood_id="old-ford", name="B", clock=running.clock, random_bytes=chance(5)
    )
    token = client.post("/devices/v1/enrol", json={"secret": secret, "device": OTHER}).get_json()["token"]
    return replace(device, token=token, device=OTHER)


def _altered(cursor: str, **members: object) -> str:
    content = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return base64.urlsafe_b64encode(json.dumps({**content, **members}).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "members",
    [
        {"server_id": "another"},
        {"epoch": "another"},
        {"seq": 99},
        {"seq": 2**80},
        {"seq": -1},
        {"seq": "2"},
        {"rev": "f" * 64},
        {"seq": 0},
    ],
)
def test_a_cursor_of_another_log_begins_again(client: FlaskClient, device: Phone, members: dict[str, object]) -> None:
    item = device.item()
    push(client, device, item)
    page = changes(client, device, since=_altered(str(changes(client, device)["cursor"]), **members))
    assert (page["reset"], revs(page)) == (True, [item["rev"]])


@pytest.mark.parametrize("cursor", ["x", "é", "%00", "W10", "eyJhIjox", "A" * 5000])
def test_a_cursor_that_cannot_be_read_begins_again(client: FlaskClient, device: Phone, cursor: str) -> None:
    assert changes(client, device, since=cursor)["reset"] is True


def test_a_page_holds_500_changes_and_not_501(client: FlaskClient, device: Phone) -> None:
    assert changes(client, device, limit=FEED_PAGE_CHANGES)["more"] is False
    for limit in ("0", str(FEED_PAGE_CHANGES + 1), "-1", "x", "", "١", "1" * 5000):
        reply = client.get(f"/sync/v1/changes?{urlencode({'limit': limit})}", headers=device.headers)
        assert (reply.status_code, reply.get_json()["code"]) == (400, "malformed"), limit


def test_have_names_what_is_missing_up_to_2000_at_a_time(client: FlaskClient, device: Phone) -> None:
    here, elsewhere = device.item(), [f"{number:064x}" for number in range(HAVE_REVS)]
    push(client, device, here)
    asked = [*elsewhere[1:], here["rev"]]
    reply = client.post("/sync/v1/have", json={"revs": asked}, headers=device.headers)
    assert reply.get_json() == {"missing": elsewhere[1:]}
    reply = client.post("/sync/v1/have", json={"revs": [*elsewhere, here["rev"]]}, headers=device.headers)
    assert (reply.status_code, reply.get_json()["code"]) == (413, "too-many-items")
    reply = client.post("/sync/v1/have", json={"revs": ["x"]}, headers=device.headers)
    assert (reply.status_code, reply.get_json()["code"]) == (400, "malformed")


@pytest.mark.parametrize(("method", "address"), [("GET", "/sync/v1/changes"), ("POST", "/sync/v1/have")])
def test_without_a_good_token_nothing_is_told(
    client: FlaskClient, device: Phone, clock: SteppedClock, method: str, address: str
) -> None:
    assert client.open(address, method=method).status_code == 401
    clock.step(timedelta(days=90))
    reply = client.open(address, method=method, headers=device.headers, json={"revs": []})
    assert (reply.status_code, reply.get_json()["code"]) == (403, "device-not-allowed")
