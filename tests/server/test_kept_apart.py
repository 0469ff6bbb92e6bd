"""Equality answers are read one by one by administrators only."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.reviews.projector import catch_up
from server.services import Services
from sync.hashes import sha256_hex
from tests.server.console_pages import text_of
from tests.server.people_at_work import person_with, signed_in
from tests.server.records import Phone

SECRET = "a-secret-of-hers"
EQUALITY = {"equality": {"age": SECRET, "more": {"sex": "female", "blank": " "}}}


def pushed(client: FlaskClient, running: Services, device: Phone, *parts: tuple[str, str]) -> str:
    """Push a response in parts, given as name and text; give the address of its page."""
    named = [{"name": name, "sha256": sha256_hex(text)} for name, text in parts]
    item = device.item(header={"parts": named})
    item["parts"] = [text for _name, text in parts]
    reply = client.post("/sync/v1/push", json={"device": device.device, "items": [item]}, headers=device.headers)
    assert [receipt["status"] for receipt in reply.get_json()["receipts"]] == ["stored"], reply.text
    catch_up(running.database)
    return f"/console/responses/{json.loads(str(item['header']))['id']}"


def in_two_parts(device: Phone) -> tuple[tuple[str, str], ...]:
    return (("main", device.part({"who": "Asha"})), ("equality", device.part(EQUALITY)))


@pytest.mark.parametrize("role", ["coordinator", "viewer"])
def test_others_learn_that_there_are_answers_and_how_many(
    app: Flask, client: FlaskClient, running: Services, device: Phone, role: str
) -> None:
    address = pushed(client, running, device, *in_two_parts(device))
    person_with(running, "other", "viewer" if role == "viewer" else "coordinator")
    page = signed_in(app, "other").get(address)
    assert "Kept apart. 2 answers were given. Only administrators can read them one by one." in text_of(page)
    assert "Kept apart. Only administrators can read this part." in text_of(page)
    assert "Asha" in page.text, "the other answers are there"
    assert SECRET not in page.text
    assert "female" not in page.text
    assert "/data/equality" not in page.text, "not even the problems of its questions"


def test_administrators_read_them(app: Flask, client: FlaskClient, running: Services, device: Phone) -> None:
    address = pushed(client, running, device, *in_two_parts(device))
    person_with(running, "ada", "administrator")
    page = signed_in(app, "ada").get(address)
    assert SECRET in page.text
    assert "Kept apart" not in page.text


def test_answers_that_a_phone_put_into_the_wrong_part_are_kept_apart_too(
    app: Flask, client: FlaskClient, running: Services, device: Phone
) -> None:
    address = pushed(client, running, device, ("main", device.part({"who": "Asha", **EQUALITY})))
    person_with(running, "other", "coordinator")
    page = signed_in(app, "other").get(address)
    assert "2 answers were given." in text_of(page)
    assert "Asha" in page.text
    assert SECRET not in page.text


def test_a_response_without_them_says_nothing_of_them(
    app: Flask, client: FlaskClient, running: Services, device: Phone
) -> None:
    address = pushed(client, running, device, ("main", device.part({"who": "Asha"})))
    person_with(running, "other", "coordinator")
    assert "Kept apart" not in signed_in(app, "other").get(address).text
