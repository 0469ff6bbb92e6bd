"""Whoever opens a response from a list that is narrowed down comes back to that list, whatever they do meanwhile."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.services import Services
from tests.server.console_pages import received, text_of
from tests.server.desk import fields_of_page, typed_field
from tests.server.people_at_work import person_with, signed_in
from tests.server.records import Phone

FILTER = "by=phone&text=Ayesha"
PLACE = parse_qs(FILTER)


@pytest.fixture
def sent(client: FlaskClient, running: Services, device: Phone) -> str:
    return received(client, running, device, device.item({"who": "Ayesha", "age": "40"}))


@pytest.fixture
def ada(app: Flask, running: Services) -> FlaskClient:
    person_with(running, "ada", "administrator")
    return signed_in(app, "ada")


def opened(browser: FlaskClient, response_id: str, more: str = "") -> TestResponse:
    """Open a response as the list leads to it."""
    return browser.get(f"/console/responses/{response_id}?{FILTER}{more}")


def way_to(page: TestResponse, words: str) -> str:
    """Give the address of the first link of a page whose words begin so."""
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>(?:<[^>]+>)*{words}', page.text)
    assert found, words
    return html.unescape(found[1])


def place_of(address: str) -> dict[str, list[str]]:
    """Give what an address says of the list."""
    query = parse_qs(urlsplit(address).query)
    return {name: values for name, values in query.items() if name not in {"edited", "triage"}}


def step(browser: FlaskClient, address: str, **given: object) -> TestResponse:
    """Send the form of a page as it stands, with what a person adds."""
    page = browser.get(address)
    return browser.post(urlsplit(address).path, data={**fields_of_page(page), **given})


def changed(browser: FlaskClient, page: TestResponse) -> TestResponse:
    """Change the first answer of a response, having looked at what comes of it."""
    address = way_to(page, "Change an answer|<bdi[^>]*>Change an answer")
    typed = {typed_field(browser.get(address)): "Ayesha Begum", "reason": "heard it wrong"}
    looked = step(browser, address, **typed, go="look")
    assert looked.status_code == 200
    return browser.post(urlsplit(address).path, data={**fields_of_page(looked), **typed, "go": "save"})


def test_a_changed_answer_and_its_undo_lead_back_to_the_same_list(ada: FlaskClient, sent: str) -> None:
    reply = changed(ada, opened(ada, sent))
    assert reply.status_code == 303
    assert place_of(reply.location) == PLACE
    page = ada.get(reply.location)
    assert place_of(way_to(page, "All responses")) == PLACE
    form = page.text.split("/undo-edit")[1].partition("</form>")[0]
    given = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    undone = ada.post(f"/console/responses/{sent}/undo-edit", data=given)
    assert undone.status_code == 303
    assert place_of(undone.location) == PLACE


def test_the_way_through_what_waits_goes_on_behind_a_change(ada: FlaskClient, sent: str) -> None:
    reply = changed(ada, opened(ada, sent, "&triage=yes"))
    assert parse_qs(urlsplit(reply.location).query)["triage"] == ["yes"]
    assert "1 waits" in text_of(ada.get(reply.location))


def test_words_taken_out_and_answers_erased_lead_back_to_the_same_list(ada: FlaskClient, sent: str) -> None:
    words = {"text": "/data/who", "words": "Ayesha", "everywhere": "yes", "reason": "It names somebody"}
    address = way_to(opened(ada, sent), "Take words out of a text")
    looked = step(ada, address, **words, go="look")
    taken = ada.post(urlsplit(address).path, data={**fields_of_page(looked), **words, "go": "save"})
    assert (taken.status_code, place_of(taken.location)) == (303, PLACE)
    address = way_to(opened(ada, sent), "Erase answers")
    number = re.search(r'<strong dir="ltr">(\d{4})</strong>', ada.get(address).text)
    assert number
    erased = step(ada, address, what="*", reason="asked to", number=number[1])
    assert (erased.status_code, place_of(erased.location)) == (303, PLACE)
    page = ada.get(erased.location)
    assert "It is erased. Phones that sent it delete their copy when they are next online." in text_of(page)
    assert "These answers were erased on" in text_of(page)
    waiting = text_of(ada.get(way_to(page, "See which phones have not heard of it yet")))
    assert "1 phone has not heard of an erasure yet" in waiting
    assert "You need do nothing" in waiting


def test_a_comment_and_the_ways_back_keep_to_the_same_list(ada: FlaskClient, sent: str) -> None:
    page = opened(ada, sent)
    said = ada.post(
        f"/console/responses/{sent}/comments", data={**fields_of_page(page), "comment": "Ask at the library"}
    )
    assert place_of(said.location) == PLACE
    for words in ("Take words out of a text", "Erase answers"):
        assert place_of(way_to(ada.get(way_to(page, words)), ".*Back to the response")) == PLACE


@pytest.mark.parametrize(
    "place", ["response_id=x", "_external=1", "endpoint=x&edited=y", "triage=", "%ff%00=%ff", "=&=&"]
)
def test_a_hostile_place_leads_to_our_own_response(ada: FlaskClient, sent: str, place: str) -> None:
    page = ada.get(f"/console/responses/{sent}/erase", query_string={"place": place, "then": "https://elsewhere"})
    assert page.status_code == 200
    assert way_to(page, ".*Back to the response").startswith(f"/console/responses/{sent}")
