"""What was set aside joins the responses once somebody lets it in, and its phone hears so; nothing of it is lost."""

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.forms.publish import publish
from server.reviews.projector import rebuild
from server.services import Services
from sync.hashes import sha256_hex
from tests.server.console_pages import text_of
from tests.server.desk import fields_of_page, heads_of
from tests.server.people_at_work import act, lines_of_log
from tests.server.pushing import answer_to, erase, push, statuses
from tests.server.records import Item, Phone, compiled_walk
from tests.server.test_set_aside import ASIDE, change_reason

STRANGE = {"id": "x", "version": "1", "logic": "0" * 64, "texts": {}}


def id_of(item: Item) -> str:
    return str(json.loads(str(item["header"]))["id"])


def set_aside(client: FlaskClient, running: Services, phone: Phone, item: Item, *, why: str = "") -> str:
    assert statuses(push(client, phone, item)) == ["quarantined"]
    if why:
        change_reason(running, why)
    return id_of(item)


def decide(browser: FlaskClient, response_id: str, what: str, item: Item, **other: str) -> TestResponse:
    return act(browser, f"{ASIDE}/{response_id}/{what}", rev=str(item["rev"]), **other)


@pytest.fixture
def strange(device: Phone) -> Item:
    return device.item({"who": "Asha"}, header={"neighbourhood": "kings-heath"})


@pytest.mark.parametrize("why", ["expired-token", "revoked-device", "over-quota", "closed-form", "unknown-device"])
def test_it_joins_the_responses_and_stays_there(
    client: FlaskClient, running: Services, device: Phone, strange: Item, coordinator: FlaskClient, why: str
) -> None:
    response_id = set_aside(client, running, device, strange, why=why)
    reply = decide(coordinator, response_id, "release", strange)
    assert reply.location.endswith(f"/console/responses/{response_id}")
    assert heads_of(running, response_id) == (strange["rev"], 1)
    assert coordinator.get(f"{ASIDE}/{response_id}").status_code == 404
    assert ("Carol", "set-aside-released") in lines_of_log(running)
    rebuild(running.database)
    assert heads_of(running, response_id) == (strange["rev"], 1)


def test_its_phone_hears_that_it_is_held(
    client: FlaskClient, running: Services, device: Phone, strange: Item, coordinator: FlaskClient
) -> None:
    response_id = set_aside(client, running, device, strange, why="over-quota")
    before = answer_to(client, device, since="")["page"]
    assert [one["state"] for one in before["changes"] if one["kind"] == "response"] == ["set-aside"]
    decide(coordinator, response_id, "release", strange)
    after = answer_to(client, device, since=before["cursor"])["page"]
    told = [(one["kind"], one["rev"], one["state"]) for one in after["changes"]]
    assert told == [("response", strange["rev"], "held")]
    assert statuses(push(client, device, strange)) == ["duplicate"]
    correction = device.item(
        {"who": "Aisha"},
        response_id=response_id,
        parents=[str(strange["rev"])],
        header={"neighbourhood": "kings-heath"},
    )
    assert statuses(push(client, device, correction)) == ["quarantined"]


def test_twice_is_once(
    client: FlaskClient, running: Services, device: Phone, strange: Item, coordinator: FlaskClient
) -> None:
    response_id = set_aside(client, running, device, strange, why="over-quota")
    decide(coordinator, response_id, "release", strange)
    assert decide(coordinator, response_id, "release", strange).status_code == 404
    assert [one for one in lines_of_log(running) if one[1] == "set-aside-released"] == [("Carol", "set-aside-released")]


def test_an_unknown_form_is_let_in_once_it_is_published(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    later = compiled_walk(version="2")
    form = {"id": "walk", "version": "2", "logic": sha256_hex(later.logic_text), "texts": {}}
    item = device.item({"who": "Asha"}, header={"form": form})
    response_id = set_aside(client, running, device, item)
    page = coordinator.get(f"{ASIDE}/{response_id}")
    assert "Its form is not published here, so it cannot be let in yet." in text_of(page)
    assert "Let it in" not in text_of(page)
    refused = decide(coordinator, response_id, "release", item)
    assert "Its form is not published here" in text_of(coordinator.get(refused.location))
    publish(running.database, later, source_name="walk.xml", clock=running.clock)
    assert "Let it in" in text_of(coordinator.get(f"{ASIDE}/{response_id}"))
    decide(coordinator, response_id, "release", item)
    assert heads_of(running, response_id) == (item["rev"], 1)


@pytest.mark.parametrize(
    "header", [{"kind": "merge"}, {"origin": "console"}, {"kind": "erase", "erases": {"parts": [], "attachments": []}}]
)
def test_a_phone_that_speaks_as_the_team_is_never_let_in(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient, header: dict[str, object]
) -> None:
    item = device.item({"who": "Asha"}, header=header)
    response_id = set_aside(client, running, device, item)
    reply = decide(coordinator, response_id, "release", item)
    assert "It does something that only the team may do" in text_of(coordinator.get(reply.location))
    change_reason(running, "over-quota")
    reply = decide(coordinator, response_id, "release", item)
    assert "It does something that only the team may do" in text_of(coordinator.get(reply.location))
    assert ("Carol", "set-aside-released") not in lines_of_log(running)


def test_what_joins_the_response_of_another_neighbourhood_stays_out(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    first = device.item({"who": "Asha"})
    assert statuses(push(client, device, first)) == ["stored"]
    item = device.item({"who": "Eve"}, response_id=id_of(first), header={"neighbourhood": "kings-heath"})
    response_id = set_aside(client, running, device, item)
    reply = decide(coordinator, response_id, "release", item)
    assert "The rest of this response is in another neighbourhood" in text_of(coordinator.get(reply.location))


def test_why_it_was_rejected_goes_with_what_it_said(
    client: FlaskClient, running: Services, device: Phone, strange: Item, coordinator: FlaskClient
) -> None:
    response_id = set_aside(client, running, device, strange)
    decide(coordinator, response_id, "reject", strange, reason="Asha was not there")
    erase(running, response_id)
    with running.database.read() as connection:
        assert [row["reason"] for row in connection.execute("SELECT reason FROM set_aside_rejections")] == [""]


def test_what_is_rejected_is_kept_marked_and_can_be_put_back(
    client: FlaskClient, running: Services, device: Phone, strange: Item, coordinator: FlaskClient
) -> None:
    response_id = set_aside(client, running, device, strange)
    decide(coordinator, response_id, "reject", strange, reason="")
    assert "Nothing is set aside" not in text_of(coordinator.get(ASIDE))
    decide(coordinator, response_id, "reject", strange, reason="A test <b>of</b> the phone")
    assert "Nothing is set aside" in text_of(coordinator.get(ASIDE))
    assert "1 record is set aside for good" in text_of(coordinator.get(ASIDE))
    assert "A walk" in text_of(coordinator.get(f"{ASIDE}?show=rejected"))
    page = coordinator.get(f"{ASIDE}/{response_id}")
    assert "Set aside for good by Carol on 20 Nov 2026 12:00." in text_of(page)
    assert "<b>of</b>" not in page.text
    assert "Asha" in text_of(page)
    assert "set aside" not in text_of(coordinator.get("/console/responses"))
    decide(coordinator, response_id, "put-back", strange)
    assert "A walk" in text_of(coordinator.get(ASIDE))
    told = [action for _name, action in lines_of_log(running) if action.startswith("set-aside")]
    assert told == ["set-aside-rejected", "set-aside-put-back"]


def test_nothing_is_shown_to_be_let_in_twice_on_one_page(
    client: FlaskClient, running: Services, device: Phone, strange: Item, coordinator: FlaskClient
) -> None:
    response_id = set_aside(client, running, device, strange)
    page = coordinator.get(f"{ASIDE}/{response_id}")
    assert page.text.count("/release") == 1
    assert fields_of_page(page)["rev"] == strange["rev"]
