"""A phone corrects what the console changes at the same time: both are kept, and a person puts them together."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.editing.fields import fields_of, tree_of
from server.editing.merging import compare, merged
from server.services import Services
from tests.server.console_pages import phone_with_form, received, text_of
from tests.server.desk import answers_of, edit_address, fields_of_page, heads_of, pushed, save
from tests.server.people_at_work import lines_of_log, person_with, signed_in
from tests.server.records import Phone
from tests.server.test_editing import WITH_EQUALITY, header_of


@pytest.fixture
def torn(client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient) -> str:
    """A response that the console changed, and its phone too, which had not heard of that."""
    first = device.item({"who": "Asha", "age": "40"})
    response_id = received(client, running, device, first)
    save(coordinator, edit_address(response_id), "/data/who", "Aisha")
    corrected = device.item({"who": "Asha", "age": "41"}, response_id=response_id, parents=[str(first["rev"])])
    assert pushed(client, running, device, corrected) == ["conflict"]
    return response_id


def versions(response_id: str) -> str:
    return f"/console/responses/{response_id}/versions"


def put_together(browser: FlaskClient, response_id: str, **chosen: str) -> TestResponse:
    page = browser.get(versions(response_id))
    given = {**fields_of_page(page), **chosen, "reason": "Both heard right"}
    looked = browser.post(versions(response_id), data={**given, "go": "look"})
    assert looked.status_code == 200
    return browser.post(versions(response_id), data={**given, **fields_of_page(looked), "go": "save"})


def said(running: Services, response_id: str) -> dict[str, object]:
    body = answers_of(running, heads_of(running, response_id)[0])["main"]
    assert body is not None
    answers: dict[str, object] = json.loads(body)["answers"]
    return answers


def test_both_versions_are_kept_and_the_page_leads_to_the_choice(
    running: Services, torn: str, coordinator: FlaskClient
) -> None:
    assert heads_of(running, torn)[1] == 2
    assert said(running, torn) == {"who": "Aisha", "age": "40"}
    page = coordinator.get(f"/console/responses/{torn}")
    assert versions(torn) in page.text
    shown = text_of(coordinator.get(versions(torn)))
    for words in ("Version 1", "Version 2", "Aisha", "Asha", "40", "41", "shown now"):
        assert words in shown


def test_a_choice_by_field_becomes_one_version_that_follows_both(
    running: Services, torn: str, coordinator: FlaskClient
) -> None:
    reply = put_together(coordinator, torn, f0="0", f1="1")
    assert reply.status_code == 303
    head, count = heads_of(running, torn)
    header = header_of(running, head)
    parents = header["parents"]
    assert isinstance(parents, list)
    assert (header["kind"], header["origin"], len(parents), count) == ("merge", "console", 2, 1)
    assert said(running, torn) == {"who": "Aisha", "age": "41"}
    assert ("Carol", "response-merged") in lines_of_log(running)
    history = text_of(coordinator.get(f"/console/responses/{torn}/history"))
    assert "Two versions put together" in history


def test_three_versions_are_put_together_too(
    client: FlaskClient, running: Services, device: Phone, torn: str, coordinator: FlaskClient
) -> None:
    third = device.item({"who": "Ayesha", "age": "40"}, response_id=torn)
    assert pushed(client, running, device, third) == ["conflict"]
    assert heads_of(running, torn)[1] == 3
    page = text_of(coordinator.get(versions(torn)))
    assert "Version 3" in page
    assert put_together(coordinator, torn).status_code == 303
    assert heads_of(running, torn)[1] == 1
    assert said(running, torn) == {"who": "Aisha", "age": "40"}


def test_a_version_that_comes_meanwhile_is_not_lost(
    client: FlaskClient, running: Services, device: Phone, torn: str, coordinator: FlaskClient
) -> None:
    page = coordinator.get(versions(torn))
    given = {**fields_of_page(page), "reason": "Both heard right"}
    looked = coordinator.post(versions(torn), data={**given, "go": "look"})
    third = device.item({"who": "Ayesha", "age": "40"}, response_id=torn)
    assert pushed(client, running, device, third) == ["conflict"]
    reply = coordinator.post(versions(torn), data={**given, **fields_of_page(looked), "go": "save"})
    assert reply.status_code == 409
    assert "Somebody changed this response meanwhile" in text_of(reply)
    assert heads_of(running, torn)[1] == 3


def test_what_the_phone_sends_after_the_merge_follows_it_no_more(
    client: FlaskClient, running: Services, device: Phone, torn: str, coordinator: FlaskClient
) -> None:
    """The phone has not heard of the merge: its next correction follows its own version, and is a second one again."""
    put_together(coordinator, torn, f0="0", f1="1")
    with running.database.read() as connection:
        own = connection.execute(
            "SELECT rev FROM revisions WHERE response_id = :id AND device_id = :device ORDER BY seq DESC",
            {"id": torn, "device": device.device},
        ).fetchone()["rev"]
    again = device.item({"who": "Asha", "age": "42"}, response_id=torn, parents=[own])
    assert pushed(client, running, device, again) == ["conflict"]
    assert said(running, torn) == {"who": "Aisha", "age": "41"}


def test_versions_that_differ_in_what_is_kept_apart_are_for_administrators(
    app: Flask, client: FlaskClient, running: Services, device: Phone
) -> None:
    phone, form = phone_with_form(running, device, WITH_EQUALITY)
    response_id = received(client, running, phone, phone.item({"who": "A", "equality": {"sex": "xx"}}, header=form))
    other = phone.item({"who": "A", "equality": {"sex": "yy"}}, response_id=response_id, header=form)
    assert pushed(client, running, phone, other) == ["conflict"]
    person_with(running, "cora", "coordinator")
    person_with(running, "ada", "administrator")
    cora, ada = signed_in(app, "cora"), signed_in(app, "ada")
    assert "Only an administrator can put them together." in text_of(cora.get(versions(response_id)))
    assert "yy" not in cora.get(versions(response_id)).text
    assert put_together(ada, response_id).status_code == 303
    assert heads_of(running, response_id)[1] == 1


def test_one_version_alone_leads_back_to_the_response(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    response_id = received(client, running, device, device.item())
    assert coordinator.get(versions(response_id)).location.endswith(f"/console/responses/{response_id}")


def test_times_of_a_repeat_are_the_same_field_wherever_they_stand() -> None:
    def asset(name: str, given: str) -> dict[str, object]:
        return {"about": {"asset_name": given, "meta": {"entity": {"@id": name}}}}

    one = {"assets": [asset("a", "Park"), asset("b", "Pond")]}
    other = {"assets": [asset("b", "The pond")]}
    sides = compare([one, other], root="/data")  # type: ignore[list-item]
    contested = {field.key: field.texts for field in sides.contested}
    assert contested[("assets", "[b]", "about", "asset_name")] == ("Pond", "The pond")
    assert contested[("assets", "[a]", "about", "asset_name")] == ("Park", "")
    chosen = {field.name: 1 for field in sides.contested if "[b]" in field.key}
    assert merged(sides, chosen) == {"assets": [asset("a", "Park"), asset("b", "The pond")]}


def test_fields_put_together_again_are_what_they_were() -> None:
    answers = {"a": "1", "b": {"c": "2", "d": [{"e": "3"}, {"e": "4", "f": {"g": "5"}}]}, "@h": "6"}
    fields = fields_of(answers, root="/data")  # type: ignore[arg-type]
    assert tree_of((key, field.text) for key, field in fields.items()) == answers
    assert fields[("b", "d", "[2]", "f", "g")].path == "/data/b/d[2]/f/g"
