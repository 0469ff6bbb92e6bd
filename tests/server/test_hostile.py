"""What an attacker with a genuine token, or none, tries; each of these once did harm."""

import gzip
import json
import tracemalloc

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.bodies import parsed_bytes
from server.config import BODIES_HELD_BYTES
from server.formlogic.check import check_answers
from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from server.reviews import projector
from server.reviews.parts import OBJECT_LIMIT, join_parts
from server.services import Services
from sync.limits import BATCH_BYTES, HAVE_NAMES
from tests.server.pushing import push, statuses
from tests.server.records import Phone, compiled_walk


def problem_codes(running: Services) -> list[str]:
    projector.catch_up(running.database)
    with running.database.read() as connection:
        return [row["code"] for row in connection.execute("SELECT code FROM problems ORDER BY path, code")]


def listed(running: Services) -> int:
    with running.database.read() as connection:
        return int(connection.execute("SELECT COUNT(*) FROM responses").fetchone()[0])


def test_names_that_no_column_can_hold_stop_nobody_else(client: FlaskClient, running: Services, device: Phone) -> None:
    part = '{"salt":"00000000000000000000000000000000","answers":{"\\ud800":"a","\\ud801":"b"}}'
    assert statuses(push(client, device, device.item(part=part), device.item())) == ["stored", "stored"]
    problem_codes(running)
    assert listed(running) == 2


def test_phone_can_not_speak_as_the_console(client: FlaskClient, device: Phone) -> None:
    for header in ({"origin": "console"}, {"kind": "erase"}, {"kind": "merge"}, {"kind": "review"}):
        receipt = push(client, device, device.item(header=header))[0]
        assert (receipt["status"], receipt["why"]) == ("quarantined", "not-a-devices")


def test_phone_that_says_it_erases_erases_nothing(client: FlaskClient, running: Services, device: Phone) -> None:
    item = device.item()
    push(client, device, item)
    header = json.loads(str(item["header"]))
    erases = {"parts": [header["parts"][0]["sha256"]], "attachments": []}
    erasing = device.item(response_id=header["id"], header={"kind": "erase", "origin": "console", "erases": erases})
    assert push(client, device, erasing)[0]["why"] == "not-a-devices"
    with running.database.read() as connection:
        assert connection.execute("SELECT COUNT(*) FROM parts WHERE body IS NULL").fetchone()[0] == 0
    told = client.get("/sync/v1/changes", headers=device.headers).get_json()["changes"]
    assert [change.get("state", change["kind"]) for change in told] == ["forms", "held", "set-aside"]


def test_answers_of_more_groups_than_any_form_makes_are_listed_unread(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    answers = {"walk": [{} for _ in range(OBJECT_LIMIT)]}
    assert statuses(push(client, device, device.item(answers))) == ["stored"]
    assert problem_codes(running) == ["projection-failed"]
    assert listed(running) == 1


def test_as_many_groups_as_the_limit_are_read_and_one_more_is_not() -> None:
    body = {"salt": "", "answers": {"walk": [{} for _ in range(OBJECT_LIMIT - 2)]}}
    assert join_parts([("main", json.dumps(body))]).answers
    body["answers"] = {"walk": [{} for _ in range(OBJECT_LIMIT - 1)]}
    with pytest.raises(ValueError, match=f"more than {OBJECT_LIMIT}"):
        join_parts([("main", json.dumps(body))])


def test_list_in_place_of_a_group_is_no_more_than_a_problem() -> None:
    definition: Definition = load(json.loads(compiled_walk().logic_text))
    assert isinstance(check_answers(definition, {"meta": [{}], "who": ["x"]}), list)  # type: ignore[dict-item]


@pytest.mark.parametrize("address", ["/" + "a" * 300, "/assets/" + "a" * 5000, "/icons/%00", "/..%2f..%2fetc%2fpasswd"])
def test_address_that_no_file_can_have_is_not_found(app: Flask, address: str) -> None:
    assert app.test_client().get(address).status_code == 404


@pytest.mark.parametrize("wanted", ["http://[", "//[", "/console/x\r\nX-A: b", "//example.org/console/"])
def test_page_to_go_on_to_is_only_ever_one_of_ours(app: Flask, wanted: str) -> None:
    reply = app.test_client().get("/console/sign-in", query_string={"next": wanted})
    assert reply.status_code == 200


@pytest.mark.parametrize("made_at", ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])
def test_response_of_a_phone_whose_clock_is_out_by_ages_opens(
    coordinator: FlaskClient, running: Services, device: Phone, made_at: str
) -> None:
    item = device.item(header={"made_at": made_at})
    assert statuses(push(coordinator, device, item)) == ["stored"]
    problem_codes(running)
    response_id = json.loads(str(item["header"]))["id"]
    assert coordinator.get(f"/console/responses/{response_id}").status_code == 200


SHORT_ANSWER_BYTES = 1_000


@pytest.mark.parametrize("given", [HAVE_NAMES, HAVE_NAMES + 1, 250_000])
def test_a_thousand_wrong_names_cost_no_more_to_answer_than_one(client: FlaskClient, device: Phone, given: int) -> None:
    headers = {**device.headers, "Content-Encoding": "gzip"}
    body = gzip.compress(json.dumps({"revs": ["x"] * given}, separators=(",", ":")).encode())
    reply = client.post("/sync/v1/have", data=body, headers=headers)
    assert (reply.status_code, len(reply.data) < SHORT_ANSWER_BYTES) == (400 if given <= HAVE_NAMES else 413, True)


def test_parsed_bodies_are_counted_by_what_they_take_in_memory() -> None:
    for body in ('{"":0},', "[],", "{},", "[[]],", '{"a":[]},', "0,", "1.5,", '"\\u0100",', '"\U0001f333",'):
        text = f"[{body * (200_000 // len(body.encode()))}0]".encode()
        tracemalloc.start()
        json.loads(text)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak <= parsed_bytes(text), body
    assert parsed_bytes(b"{}," * (BATCH_BYTES // 3)) < BODIES_HELD_BYTES, "one alone always fits"
