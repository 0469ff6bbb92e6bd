"""A question that speaks of an answer is read with that answer where changes are shown, but for what is kept apart."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.services import Services
from tests.server.console_pages import phone_with_form, received, text_of
from tests.server.desk import edit_address, heads_of, look, pushed, save
from tests.server.people_at_work import person_with, signed_in
from tests.server.records import Phone
from tests.server.test_editing import asked, form_of

SPEAKING = form_of(
    "<name/><good/><equality><sex/></equality><other/>",
    '<bind nodeset="/data/name" type="string"/><bind nodeset="/data/good" type="string"/>'
    '<bind nodeset="/data/equality/sex" type="string"/><bind nodeset="/data/other" type="string"/>',
    asked("name", "What is it called?")
    + asked("good", 'What good does <output value="/data/name"/> do?')
    + '<group ref="/data/equality">'
    + asked("equality/sex", "Sex?")
    + "</group>"
    + asked("other", 'Anything else for a <output value="/data/equality/sex"/>?'),
)


@pytest.fixture
def sent(client: FlaskClient, running: Services, device: Phone) -> str:
    phone, form = phone_with_form(running, device, SPEAKING)
    answers = {"name": "the pond", "good": "Rest", "other": "Yes", "equality": {"sex": "wombat"}}
    return received(client, running, phone, phone.item(answers, header=form))


def plain(text: str) -> str:
    """Leave out the marks that set a value apart."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_a_question_names_what_it_is_about(sent: str, coordinator: FlaskClient) -> None:
    save(coordinator, edit_address(sent), "/data/good", "Rest and shade")
    told = plain(text_of(coordinator.get(f"/console/responses/{sent}/history")))
    assert "What good does the pond do?" in told
    assert "…" not in told


def test_what_is_kept_apart_is_not_put_into_a_question(
    app: Flask, running: Services, sent: str, coordinator: FlaskClient
) -> None:
    address = edit_address(sent)
    save(coordinator, address, "/data/other", "A bench")
    shown = [
        coordinator.get(f"/console/responses/{sent}/history"),
        coordinator.get(address, query_string={"at": "/data/other"}),
        look(coordinator, address, "/data/name", "the lake"),
    ]
    assert ["wombat" in page.text for page in shown] == [False, False, False]
    person_with(running, "ada", "administrator")
    assert "for a wombat?" in plain(text_of(signed_in(app, "ada").get(f"/console/responses/{sent}/history")))


REPEATED = form_of(
    "<assets><name/><good/></assets>",
    '<bind nodeset="/data/assets/name" type="string"/><bind nodeset="/data/assets/good" type="string"/>',
    '<group ref="/data/assets"><repeat nodeset="/data/assets">'
    + asked("assets/name", "What is it called?")
    + asked("assets/good", 'What good does <output value="../name"/> do?')
    + "</repeat></group>",
)


def asset(name: str, good: str) -> dict[str, object]:
    return {"name": name, "good": good, "meta": {"entity": {"@id": f"id of {name}"}}}


CHOOSING = form_of(
    "<kind/><equality><sex/></equality>",
    '<bind nodeset="/data/kind" type="string"/><bind nodeset="/data/equality/sex" type="string"/>',
    '<select1 ref="/data/kind"><label>Which?</label>'
    '<item><label>One for a <output value="/data/equality/sex"/></label><value>one</value></item>'
    "<item><label>Another</label><value>two</value></item></select1>"
    '<group ref="/data/equality">' + asked("equality/sex", "Sex?") + "</group>",
)


def test_what_is_kept_apart_is_not_put_into_a_choice(
    app: Flask, client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    phone, form = phone_with_form(running, device, CHOOSING)
    answers = {"kind": "two", "equality": {"sex": "wombat"}}
    address = edit_address(received(client, running, phone, phone.item(answers, header=form)))
    page = coordinator.get(address, query_string={"at": "/data/kind"})
    assert ("One for a" in text_of(page), "Another" in text_of(page), "wombat" in page.text) == (True, True, False)
    person_with(running, "ada", "administrator")
    seen = text_of(signed_in(app, "ada").get(address, query_string={"at": "/data/kind"}))
    assert "One for a wombat" in plain(seen)


def test_a_question_about_what_was_taken_out_names_nothing_that_stands_there_now(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    phone, form = phone_with_form(running, device, REPEATED)
    sent = received(
        client, running, phone, phone.item({"assets": [asset("Choir", "Song"), asset("Park", "")]}, header=form)
    )
    head, _ = heads_of(running, sent)
    later = phone.item({"assets": [asset("Park", "Air")]}, response_id=sent, parents=[head], header=form)
    assert pushed(client, running, phone, later) == ["stored"]
    page = plain(text_of(coordinator.get(f"/console/responses/{sent}/history")))
    questions = {words: page.count(words) for words in ("What good does Park do?", "What good does … do?")}
    assert questions == {"What good does Park do?": 1, "What good does … do?": 1}
