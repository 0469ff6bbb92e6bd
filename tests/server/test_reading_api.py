"""Programs read answers: with a key, within its reach, as the OpenAPI document says, and nothing else."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from server.people.queries import person_by_sign_in_name
from server.people.sessions import actor_of
from server.reading_api import keys, reading_queries
from server.reading_api.asked import read_asked
from server.reading_api.openapi import document
from server.reading_api.reading_queries import asset_observations, assets, barrier_observations, responses
from server.reading_api.routes import ROOT, ROUTES, Parameter
from server.reviews import projector
from server.services import Services
from tests.server.console_pages import forgery_token, text_of
from tests.server.people_at_work import person_with, signed_in
from tests.server.pushing import erase, push, statuses
from tests.server.records import Phone, SteppedClock
from tests.server.two_places import KINGS_HEATH, OLD_FORD, fill

Lister = Callable[..., object]
RESPONSE: Final = OLD_FORD.arguments["response_id"]
UNREADABLE: Final = "limit=0 limit=x limit=201 state=odd updated_since=soon after=x after=[1] form=a%0Ab".split()
HALF_A_CHARACTER: Final = "after=%5B%22%5Cud800%22%5D"
ANY_STATE: Final = "state=received&state=approved&state=returned&state=rejected"
LISTS: Final = ("responses", "asset-observations", "barrier-observations", "assets")


@pytest.fixture
def world(running: Services, client: FlaskClient, device: Phone) -> Services:
    fill(running, client, device)
    person_with(running, "root", "administrator")
    return running


def key_for(world: Services, *neighbourhoods: str, sees_apart: bool = False, days: int = 30) -> str:
    """Make a key for some neighbourhoods, or for everywhere."""
    wish = keys.Wish(
        name="Partner",
        everywhere=not neighbourhoods,
        neighbourhoods=neighbourhoods,
        sees_apart=sees_apart,
        days=days,
    )
    with world.database.read() as connection:
        root = person_by_sign_in_name(connection, "root")
    assert root is not None
    secret, _ = keys.make(
        world.database, wish, actor=actor_of(root), now=world.clock.now(), random_bytes=world.random_bytes
    )
    return secret


def ask(client: FlaskClient, key: str, address: str) -> TestResponse:
    return client.get(f"{ROOT}/{address}", headers={"Authorization": f"Bearer {key}"})


def read(client: FlaskClient, key: str, address: str) -> dict[str, Any]:
    reply = ask(client, key, address)
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.get_json()
    return answer


def test_the_document_is_openapi_3_1_and_names_every_route(client: FlaskClient, app: Flask) -> None:
    found = client.get(f"{ROOT}/openapi.json").get_json()
    validate(found)
    rules = {rule.rule.removeprefix(ROOT) for rule in app.url_map.iter_rules() if rule.rule.startswith(ROOT)}
    assert {path.replace("{", "<").replace("}", ">") for path in found["paths"]} == rules - {"/openapi.json"}
    assert found == json.loads(json.dumps(document(server=found["servers"][0]["url"].removesuffix(ROOT))))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
def test_every_example_is_answered_as_the_document_says(client: FlaskClient, world: Services, route: Any) -> None:  # noqa: ANN401  # a route
    key = key_for(world)
    path = route.path.replace("{response_id}", RESPONSE).removeprefix("/")
    asked = {one.name: value for one in route.parameters if (value := example_here(one)) is not None}
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    states = ANY_STATE if any(one.name == "state" for one in route.parameters) else ""
    found = read(client, key, f"{path}?{query}&{states}")
    described = client.get(f"{ROOT}/openapi.json").get_json()
    shape = described["paths"][route.path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    checked = {**shape, "components": described["components"]}
    assert [error.message for error in Draft202012Validator(checked).iter_errors(found)] == []
    assert any(found.values()) or route.operation == "barrier_observations", "the small world has no barrier"


def example_here(one: Parameter) -> object:
    """Give an example that this small world can answer: it has another form."""
    return "walk" if one.name == "form" else one.example if one.place == "query" else None


def test_a_key_reaches_its_neighbourhoods_and_no_other(client: FlaskClient, world: Services) -> None:
    key = key_for(world, OLD_FORD.id)
    for name in LISTS:
        reply = ask(client, key, f"{name}?{ANY_STATE}&neighbourhood=")
        assert (OLD_FORD.marker in reply.text or name == "barrier-observations") is True, name
        assert KINGS_HEATH.marker not in reply.text, name
        elsewhere = ask(client, key, f"{name}?{ANY_STATE}&neighbourhood={KINGS_HEATH.id}")
        assert KINGS_HEATH.marker not in elsewhere.text, name
    assert ask(client, key, f"responses/{RESPONSE}").status_code == 200
    assert ask(client, key, f"responses/{KINGS_HEATH.arguments['response_id']}").status_code == 404


def test_without_a_key_that_works_nothing_is_told(client: FlaskClient, world: Services, clock: SteppedClock) -> None:
    key = key_for(world)
    person = signed_in(client.application, "root")
    for browser, header in ((client, ""), (client, f"Bearer {key[:-1]}x"), (client, f"Basic {key}"), (person, "")):
        reply = browser.get(f"{ROOT}/responses?{ANY_STATE}", headers={"Authorization": header})
        assert (reply.status_code, reply.mimetype) == (401, "application/problem+json")
        assert reply.get_json()["code"] == "key-invalid"
    clock.step(timedelta(days=30))
    assert ask(client, key, "responses").get_json()["code"] == "key-expired"


def test_a_key_that_was_ended_reads_nothing_from_then_on(app: Flask, client: FlaskClient, world: Services) -> None:
    browser = signed_in(app, "root")
    made = browser.post(
        "/console/keys/new",
        data={
            "csrf_token": forgery_token(browser, "/console/keys/new"),
            "name": "Council dashboard",
            "reach": "chosen",
            "neighbourhood": OLD_FORD.id,
            "days": "90",
        },
    )
    key = made.text.partition('id="key" value="')[2].partition('"')[0]
    assert key.startswith(keys.PREFIX)
    assert OLD_FORD.marker in ask(client, key, f"responses?{ANY_STATE}").text
    listed = browser.get("/console/keys")
    assert ("Council dashboard" in text_of(listed), key in listed.text) == (True, False)
    with world.database.read() as connection:
        rows = [tuple(row) for row in connection.execute("SELECT * FROM api_keys ORDER BY key_id")]
        key_id = connection.execute("SELECT key_id FROM api_keys WHERE name = 'Council dashboard'").fetchone()[0]
    assert not any(key in str(row) for row in rows), "only the hash is kept"
    address = f"/console/keys/{key_id}/revoke"
    browser.post(address, data={"csrf_token": forgery_token(browser, address)})
    assert ask(client, key, "responses").status_code == 401
    with world.database.read() as connection:
        lines = connection.execute("SELECT action FROM audit WHERE subject = :key_id ORDER BY seq", {"key_id": key_id})
        assert [row["action"] for row in lines] == ["key-made", "key-revoked"]


def test_answers_that_are_kept_apart_need_a_grant(client: FlaskClient, world: Services, device: Phone) -> None:
    item = device.item({"who": "Asha", "equality": {"disabled": "yes"}})
    assert statuses(push(client, device, item)) == ["stored"]
    projector.catch_up(world.database)
    response_id = json.loads(str(item["header"]))["id"]
    plain, granted = key_for(world, OLD_FORD.id), key_for(world, OLD_FORD.id, sees_apart=True)
    assert read(client, plain, f"responses/{response_id}")["answers"] == {"who": "Asha"}
    assert "disabled" not in ask(client, plain, f"responses?{ANY_STATE}").text
    assert read(client, granted, f"responses/{response_id}")["answers"]["equality"] == {"disabled": "yes"}


def test_pages_follow_each_other_without_loss_or_repeat(client: FlaskClient, world: Services, device: Phone) -> None:
    items = [device.item({"who": str(number), "assets": [{}, {}]}) for number in range(7)]
    push(client, device, *items)
    projector.catch_up(world.database)
    key = key_for(world)
    for name, member in (("responses", "responses"), ("asset-observations", "asset_observations")):
        whole = read(client, key, f"{name}?{ANY_STATE}&limit=200")
        seen: list[object] = []
        after = ""
        while True:
            page = read(client, key, f"{name}?{ANY_STATE}&limit=2{after}")
            seen += page[member]
            if page["next"] is None:
                break
            after = f"&after={page['next']}"
        assert seen == whole[member]
        assert len(seen) == len({json.dumps(one) for one in seen}) > 0


def test_only_approved_responses_are_told_unless_others_are_asked_for(client: FlaskClient, world: Services) -> None:
    key = key_for(world)
    assert read(client, key, "responses")["responses"] == []
    assert len(read(client, key, "responses?state=received")["responses"]) > 0


def test_what_was_not_updated_since_is_left_out(client: FlaskClient, world: Services, clock: SteppedClock) -> None:
    key = key_for(world)
    since = f"{ANY_STATE}&updated_since="
    assert len(read(client, key, f"responses?{since}2026-11-20T12:00:00Z")["responses"]) > 0
    assert read(client, key, f"responses?{since}2026-11-20T12:00:01Z")["responses"] == []


def test_what_was_erased_is_gone(client: FlaskClient, world: Services) -> None:
    key = key_for(world)
    erase(world, RESPONSE)
    projector.catch_up(world.database)
    assert ask(client, key, f"responses/{RESPONSE}").status_code == 404
    assert OLD_FORD.marker not in ask(client, key, f"responses?{ANY_STATE}").text


@pytest.mark.parametrize("query", [*UNREADABLE, HALF_A_CHARACTER])
def test_what_cannot_be_read_is_refused_as_a_problem(client: FlaskClient, world: Services, query: str) -> None:
    reply = ask(client, key_for(world), f"responses?{query}")
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")


def test_nothing_can_be_changed_by_this_way(client: FlaskClient, world: Services) -> None:
    key = key_for(world)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for route in ROUTES:
            path = route.path.replace("{response_id}", RESPONSE)
            reply = client.open(f"{ROOT}{path}", method=method, headers={"Authorization": f"Bearer {key}"})
            assert reply.status_code == 405


def test_a_key_asks_only_so_often(client: FlaskClient, world: Services) -> None:
    key = key_for(world)
    replies = [ask(client, key, "forms").status_code for _ in range(601)]
    assert (replies[599], replies[600]) == (200, 429)
    assert ask(client, key_for(world), "forms").status_code == 200, "another key is counted by itself"


def test_use_of_a_key_is_written_down(client: FlaskClient, world: Services) -> None:
    key = key_for(world)
    read(client, key, "forms")
    world.database.write(lambda connection: None)
    with world.database.read() as connection:
        row = connection.execute("SELECT last_used_at FROM api_keys").fetchall()
    assert "2026-11-20T12:00:00.000Z" in [one[0] for one in row]


@pytest.mark.parametrize("left", ["ended_at = '2026-11-20T12:00:00.000Z'", "role = 'viewer', everywhere = 1"])
def test_a_key_stops_when_who_made_it_administers_no_more(
    app: Flask, client: FlaskClient, world: Services, left: str
) -> None:
    key = key_for(world)
    assert ask(client, key, "responses").status_code == 200
    person_with(world, "rita", "administrator")
    world.database.write(lambda connection: connection.execute(f"UPDATE people SET {left} WHERE sign_in_name = 'root'"))  # noqa: S608  # of this test
    reply = ask(client, key, "responses")
    assert (reply.status_code, reply.get_json()["code"]) == (401, "key-invalid")
    assert "Stopped, as its maker has left" in text_of(signed_in(app, "rita").get("/console/keys"))


@pytest.mark.parametrize("listed", [responses, asset_observations, barrier_observations, assets])
@pytest.mark.parametrize("since", ["", "2026-11-20T12:00:00Z"])
def test_no_page_of_a_list_sorts_all_there_is(world: Services, listed: Lister, since: str) -> None:
    asked = read_asked(MultiDict({"updated_since": since} if since else {}))
    ran: list[str] = []
    with world.database.read() as connection:
        connection.set_trace_callback(ran.append)
        listed(connection, asked, reader="key-x")
        connection.set_trace_callback(None)
        plans = [[row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {one}")] for one in ran]
    assert not [step for plan in plans for step in plan if step.startswith("SCAN responses") or "FOR ORDER BY" in step]
    assert re.match(
        r"SEARCH (responses|assets) USING INDEX sqlite_autoindex_\w+_1 \((response|asset)_id[>=]", plans[-1][0]
    )


def test_many_that_were_updated_are_paged_as_few_are(
    client: FlaskClient, world: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, since = key_for(world), f"{ANY_STATE}&updated_since=2026-11-20T12:00:00Z"
    few = {name: read(client, key, f"{name}?{since}") for name in LISTS}
    monkeypatch.setattr(reading_queries, "FEW", 0)
    assert {name: read(client, key, f"{name}?{since}") for name in LISTS} == few
    assert few["responses"]["responses"] != []
