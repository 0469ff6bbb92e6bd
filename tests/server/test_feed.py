"""I5, I7: what a server tells of its log. A cursor misses nothing, and no row leaves its scope."""

import base64
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server import services
from server.app import create_app
from server.clock import as_text
from server.config import Config
from server.devices import enrolment
from server.intake.feed import LAG_ENTRIES
from server.services import Services
from server.store.database import FILE_NAME
from sync.hashes import sha256_hex_of_bytes
from sync.limits import FEED_PAGE_CHANGES, HAVE_NAMES
from tests.server.pushing import answer_to, erase, push, statuses
from tests.server.records import Phone, SteppedClock, chance
from tests.server.uploading import item_with, noise, send, sent_whole

OTHER = "0192f000-0000-7000-8000-0000000000d2"
Page = dict[str, Any]
Change = dict[str, Any]


def changes(client: FlaskClient, phone: Phone, **query: object) -> Page:
    reply = client.get(f"/sync/v1/changes?{urlencode(query)}", headers=phone.headers)
    assert reply.status_code == 200, reply.text
    page: Page = reply.get_json()
    return page


def revs(page: Page) -> list[object]:
    listed = page["changes"]
    assert isinstance(listed, list)
    return [change["rev"] for change in listed if change["kind"] == "response"]


def test_a_phone_learns_of_forms_and_of_what_is_held_in_order(client: FlaskClient, device: Phone) -> None:
    items = [device.item() for _ in range(3)]
    push(client, device, *items)
    first = changes(client, device)
    assert (first["reset"], first["more"]) == (False, False)
    assert first["changes"][0] == {"seq": 1, "kind": "forms"}
    header = json.loads(str(items[0]["header"]))
    assert first["changes"][1] == {
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
    other = second_phone(client, device, running)
    item = device.item()
    push(client, device, item)
    push(client, other, other.item(header={"device": device.device}))
    assert revs(changes(client, device)) == [item["rev"]]
    assert len(revs(changes(client, other))) == 1


def second_phone(client: FlaskClient, device: Phone, running: Services) -> Phone:
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
        {"entry": "f" * 32},
        {"entry": ""},
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
    here, elsewhere = device.item(), [f"{number:064x}" for number in range(HAVE_NAMES)]
    push(client, device, here)
    answer = asked(client, device, revs=[*elsewhere[2:], here["rev"]], attachments=elsewhere[:1])
    assert (answer["missing"], answer["missing_attachments"]) == (elsewhere[2:], elsewhere[:1])
    assert (answer["held"], answer["held_attachments"]) == ([{"rev": here["rev"], "seq": 2, "state": "held"}], [])
    body = {"revs": elsewhere, "attachments": elsewhere[:1]}
    reply = client.post("/sync/v1/have", json=body, headers=device.headers)
    assert (reply.status_code, reply.get_json()["code"]) == (413, "too-many-items")
    reply = client.post("/sync/v1/have", json={"revs": ["x"]}, headers=device.headers)
    assert (reply.status_code, reply.get_json()["code"]) == (400, "malformed")


def asked(client: FlaskClient, phone: Phone, **names: object) -> Page:
    answer: Page = client.post("/sync/v1/have", json=names, headers=phone.headers).get_json()
    return answer


def test_a_file_is_told_of_when_it_is_whole_and_an_erased_one_counts_as_held(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    file, later = noise(50), noise(60, seed=4)
    names = [sha256_hex_of_bytes(one) for one in (file, later)]
    item = item_with(device, file, later)
    assert push(client, device, item)[0]["missing"] == names
    send(client, device, file)
    assert entries(client, device)[2:] == [{"seq": 3, "kind": "attachment", "sha256": names[0]}]
    assert push(client, device, item)[0]["missing"] == names[1:]
    erase(running, response_of(item))
    answer = asked(client, device, attachments=names)
    assert [held["sha256"] for held in answer["held_attachments"]] == names
    assert [entry["kind"] for entry in entries(client, device)] == ["forms", "response", "erased"]
    assert push(client, device, item)[0]["missing"] == []


def entries(client: FlaskClient, phone: Phone, **query: object) -> list[Change]:
    listed: list[Change] = changes(client, phone, **query)["changes"]
    return listed


def response_of(item: dict[str, object]) -> str:
    """Give the id of the response that an item is about."""
    return str(json.loads(str(item["header"]))["id"])


def test_an_erasure_is_told_to_the_phones_that_brought_the_response_and_to_no_other(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    """I6, I7: whoever has a copy hears what to delete."""
    other = second_phone(client, device, running)
    item, others = device.item(), other.item(header={"device": other.device, "author": "B"})
    push(client, device, item)
    push(client, other, others)
    erase(running, response_of(item))
    [part] = json.loads(str(item["header"]))["parts"]
    told = {"seq": 4, "kind": "erased", "id": response_of(item), "parts": [part["sha256"]], "attachments": []}
    assert entries(client, device)[-1] == told
    assert [entry["kind"] for entry in entries(client, other)] == ["forms", "response"]


def test_a_cursor_past_an_erasure_is_noted_as_heard_and_nothing_else_is_written(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    item = device.item()
    push(client, device, item)
    before = str(changes(client, device)["cursor"])
    erase(running, response_of(item))
    after = str(changes(client, device, since=before)["cursor"])
    heard = [acknowledged(running)]
    for since in (before, _altered(after, epoch="another"), after):
        changes(client, device, since=since)
        heard.append(acknowledged(running))
    assert heard == [0, 0, 0, 3]
    later = str(fed(client, device, device.item(), since=after)["cursor"])
    changes(client, device, since=later)
    assert acknowledged(running) == 3


def acknowledged(running: Services) -> int:
    with running.database.read() as connection:
        return int(connection.execute("SELECT acknowledged_seq FROM devices").fetchone()[0])


def fed(client: FlaskClient, phone: Phone, *items: object, since: object) -> Page:
    """Push with a cursor and give the page that comes with the receipts."""
    page = answer_to(client, phone, *items, since=since)["page"]
    assert isinstance(page, dict)
    return page


def test_the_cursor_of_a_quiet_phone_goes_along_with_a_busy_log_and_misses_nothing(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    other = second_phone(client, device, running)
    mine = [device.item() for _ in range(2)]
    push(client, device, mine[0])
    before = changes(client, device)["cursor"]
    push(client, other, *(other.item() for _ in range(LAG_ENTRIES - 1)))
    assert changes(client, device, since=before)["cursor"] == before
    push(client, other, other.item())
    quiet = changes(client, device, since=before)
    assert (quiet["changes"], quiet["reset"]) == ([], False)
    assert quiet["cursor"] != before
    push(client, device, mine[1])
    after = changes(client, device, since=quiet["cursor"])
    assert (revs(after), after["reset"]) == ([mine[1]["rev"]], False)


def test_a_file_of_another_phone_is_not_told_of_until_this_one_names_it(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    """I7; the receipt then says that the file need not be sent."""
    other, file = second_phone(client, device, running), noise(40)
    sent_whole(client, other, file)
    assert [entry["kind"] for entry in entries(client, device)] == ["forms"]
    assert push(client, device, item_with(device, file))[0]["missing"] == []


def test_a_push_with_a_cursor_is_answered_with_the_feed_up_to_what_it_brought(
    client: FlaskClient, device: Phone
) -> None:
    items = [device.item() for _ in range(3)]
    first = fed(client, device, *items[:2], since="")
    assert (revs(first), first["reset"], first["more"]) == ([item["rev"] for item in items[:2]], False, False)
    second = fed(client, device, items[2], since=first["cursor"])
    assert revs(second) == [items[2]["rev"]]
    assert "page" not in answer_to(client, device, device.item())


@pytest.mark.parametrize("since", ["x", "é", "\x00", "A" * 5000, "eyJhIjox"])
def test_a_push_with_a_cursor_that_cannot_be_read_is_stored_and_begins_again(
    client: FlaskClient, device: Phone, since: str
) -> None:
    answer = answer_to(client, device, device.item(), since=since)
    assert statuses(answer["receipts"]) == ["stored"]
    assert (answer["page"]["reset"], len(revs(answer["page"]))) == (True, 1)


def test_a_cursor_that_is_no_text_is_malformed(client: FlaskClient, device: Phone) -> None:
    wrong: tuple[object, ...] = (7, None, [])
    for since in wrong:
        body = {"device": device.device, "items": [], "since": since}
        assert client.post("/sync/v1/push", json=body, headers=device.headers).status_code == 400


def test_a_phone_that_is_out_of_date_gets_receipts_and_no_page(
    client: FlaskClient, device: Phone, clock: SteppedClock
) -> None:
    clock.step(timedelta(days=90))
    answer = answer_to(client, device, device.item(), since="")
    assert statuses(answer["receipts"]) == ["quarantined"]
    assert "page" not in answer


def test_what_is_set_aside_is_told_as_such(client: FlaskClient, device: Phone) -> None:
    push(client, device, device.item(header={"neighbourhood": "kings-heath"}), device.item())
    told = entries(client, device)[1:]
    assert [entry["state"] for entry in told] == ["set-aside", "held"]
    held = asked(client, device, revs=[entry["rev"] for entry in told])["held"]
    assert [entry["state"] for entry in held] == ["set-aside", "held"]


def test_a_cursor_ahead_of_a_log_put_back_from_an_older_copy_begins_again(
    client: FlaskClient, device: Phone, folder: Path, running: Services, clock: SteppedClock
) -> None:
    """The copy has the same names and epoch: only what stands at the cursor's seq tells the two logs apart."""
    kept, lost, instead = (device.item() for _ in range(3))
    push(client, device, kept)
    older = folder.with_name("older")
    with running.database.read() as connection, closing(sqlite3.connect(":memory:")) as copy:
        connection.backup(copy)
        older.mkdir()
        copy.execute("VACUUM INTO ?", (str(older / FILE_NAME),))
    cursor = fed(client, device, lost, since="")["cursor"]
    again = services.start(older, clock=clock, random_bytes=chance(2))
    try:
        restored = create_app(Config(data_folder=older), again).test_client()
        ahead = changes(restored, device, since=cursor)
        assert (ahead["reset"], revs(ahead)) == (True, [kept["rev"]])
        push(restored, device, instead)
        page = fed(restored, device, since=cursor)
        assert (page["reset"], revs(page)) == (True, [kept["rev"], instead["rev"]])
    finally:
        again.close()


def test_pages_read_by_pushing_miss_nothing_while_others_push_too(app: Flask, device: Phone) -> None:
    """I5: the cursor that comes with receipts is as good as one that was asked for."""
    others = [[device.item() for _ in range(5)] for _ in range(16)]
    own = [[device.item() for _ in range(3)] for _ in range(16)]
    cursor, seen = "", []
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(push, app.test_client(), device, *batch) for batch in others]
        for batch in own:
            page = fed(app.test_client(), device, *batch, since=cursor)
            cursor = str(page["cursor"])
            seen.extend(revs(page))
            assert {item["rev"] for item in batch} <= set(seen)
        assert all(future.result() for future in waiting)
    seen.extend(revs(changes(app.test_client(), device, since=cursor)))
    assert sorted(map(str, seen)) == sorted(str(item["rev"]) for batch in (*others, *own) for item in batch)


@pytest.mark.parametrize(("method", "address"), [("GET", "/sync/v1/changes"), ("POST", "/sync/v1/have")])
def test_without_a_good_token_nothing_is_told(
    client: FlaskClient, device: Phone, clock: SteppedClock, method: str, address: str
) -> None:
    assert client.open(address, method=method).status_code == 401
    clock.step(timedelta(days=90))
    reply = client.open(address, method=method, headers=device.headers, json={"revs": []})
    assert (reply.status_code, reply.get_json()["code"]) == (403, "device-not-allowed")


def test_cursor_does_not_fit_when_the_same_subject_stands_at_the_same_place_of_another_life(
    running: Services, client: FlaskClient, device: Phone, clock: SteppedClock
) -> None:
    """An older copy of the folder comes back, and what it lost is brought again to the very seq it had."""
    item = device.item()
    answer_to(client, device, item)
    cursor = client.get("/sync/v1/changes", headers=device.headers).get_json()["cursor"]
    assert client.get(f"/sync/v1/changes?since={cursor}", headers=device.headers).get_json()["reset"] is False
    clock.step(timedelta(milliseconds=1))
    later = as_text(clock.now())
    running.database.write(lambda connection: connection.execute("UPDATE log SET logged_at = ?", (later,)))
    assert client.get(f"/sync/v1/changes?since={cursor}", headers=device.headers).get_json()["reset"] is True
