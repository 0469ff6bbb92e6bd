"""What is set aside can be looked at: why, from where, and what it says; and what was taken back is said to be so."""

import json
import re
import sqlite3

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.reviews.projector import catch_up
from server.reviews.wording import set_aside_words
from server.services import Services
from sync.codes import QuarantineReason
from tests.server.console_pages import received, text_of
from tests.server.people_at_work import person_with, signed_in
from tests.server.posters import CODE, VENUE, Browser, add_poster, publish_instrument, set_up_programme
from tests.server.pushing import erase, push, statuses
from tests.server.records import Phone
from tests.server.test_resident_pages import q, to_the_end

ASIDE = "/console/set-aside"


def set_aside(client: FlaskClient, phone: Phone, answers: dict[str, object]) -> str:
    """Push what is of another neighbourhood than the phone; give the address of its page."""
    item = phone.item(answers, header={"neighbourhood": "kings-heath"})
    assert statuses(push(client, phone, item)) == ["quarantined"]
    return f"{ASIDE}/{json.loads(str(item['header']))['id']}"


def change_reason(running: Services, why: str) -> None:
    statement = "UPDATE revisions SET quarantined_why = :why WHERE quarantined_why IS NOT NULL"
    running.database.write(lambda connection: connection.execute(statement, {"why": why}))


@pytest.fixture
def code(running: Services, client: FlaskClient) -> str:
    """The code of answers that a resident sent by the poster at the Café on the Corner."""
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running)
    code = to_the_end(Browser(client).open(), {q("one_change"): "More benches"})
    catch_up(running.database)
    return code


@pytest.mark.parametrize("reason", list(QuarantineReason))
def test_every_reason_has_words_of_its_own(app: Flask, reason: QuarantineReason) -> None:
    with app.test_request_context():
        said = {one: set_aside_words(one) for one in QuarantineReason}
    assert reason not in said[reason]
    assert list(said.values()).count(said[reason]) == 1


def test_the_list_of_responses_leads_to_what_is_set_aside_with_the_true_reason(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    set_aside(client, device, {"who": "Asha"})
    change_reason(running, "revoked-device")
    page = coordinator.get("/console/responses")
    assert "1 record is set aside: kept, but not among the responses. See why" in text_of(page)
    assert f'href="{ASIDE}"' in page.text
    assert "not known here" not in text_of(page)
    row = text_of(coordinator.get(ASIDE)).partition("Phone 20 Nov")[2]
    for words in ("Its phone was signed off before this came.", "A walk", "Rahima", "12:00"):
        assert words in row


def test_its_answers_are_read_with_their_questions_and_as_they_arrived(
    client: FlaskClient, device: Phone, coordinator: FlaskClient
) -> None:
    page = coordinator.get(set_aside(client, device, {"who": "Asha <b>"}))
    assert '<bdi lang="" dir="auto">Asha &lt;b&gt;</bdi>' in page.text
    assert "no translation yet" not in text_of(page)
    assert "The record as it arrived" in text_of(page)


def test_of_an_unknown_form_the_record_is_shown(client: FlaskClient, device: Phone, coordinator: FlaskClient) -> None:
    strange = {"id": "x", "version": "1", "logic": "0" * 64, "texts": {}}
    item = device.item({"who": "Asha"}, header={"form": strange})
    assert statuses(push(client, device, item)) == ["quarantined"]
    page = coordinator.get(f"{ASIDE}/{json.loads(str(item['header']))['id']}")
    assert "The answers cannot be shown with their questions." in text_of(page)
    assert "Asha" in text_of(page)


def test_equality_answers_stay_with_administrators_and_viewers_read_the_list_only(
    app: Flask, client: FlaskClient, running: Services, device: Phone
) -> None:
    address = set_aside(client, device, {"who": "Asha", "equality": {"sex": "a-secret-of-hers"}})
    for name, role in (("ada", "administrator"), ("cora", "coordinator"), ("vic", "viewer")):
        person_with(running, name, role)  # type: ignore[arg-type]
    ada, cora, vic = (signed_in(app, name) for name in ("ada", "cora", "vic"))
    assert "a-secret-of-hers" in ada.get(address).text
    assert "a-secret-of-hers" not in cora.get(address).text
    assert "Only administrators can read them one by one." in text_of(cora.get(address))
    assert vic.get(address).status_code == 403
    assert address not in vic.get(ASIDE).text


def test_what_was_erased_is_no_longer_set_aside(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    address = set_aside(client, device, {"who": "Asha"})
    running.database.write(
        lambda connection: connection.execute("UPDATE parts SET body = NULL, erased_at = '2026-11-20T12:00:00.000Z'")
    )
    assert "Nothing is set aside" in text_of(coordinator.get(ASIDE))
    assert coordinator.get(address).status_code == 404
    assert "set aside" not in text_of(coordinator.get("/console/responses"))


def test_answers_from_a_poster_say_at_which_venue(coordinator: FlaskClient, code: str) -> None:
    page = coordinator.get("/console/responses")
    assert "A resident, at Café on the Corner" in text_of(page)
    found = re.search(r'href="(/console/responses/[0-9a-f-]{36})', page.text)
    assert found
    shown = coordinator.get(found[1])
    assert f"A resident, at Café on the Corner Poster {CODE[:3]}-{CODE[3:]}" in text_of(shown)
    assert f'href="/console/venues/{VENUE}"' in shown.text


def test_a_venue_out_of_reach_is_not_named(app: Flask, running: Services, code: str) -> None:
    def move(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE venues SET neighbourhood_id = 'kings-heath'")

    running.database.write(move)
    person_with(running, "cora", "coordinator", "old-ford")
    page = text_of(signed_in(app, "cora").get("/console/responses"))
    assert "A resident" in page
    assert "Café" not in page


def test_what_a_person_took_back_is_said_to_be_withdrawn(
    client: FlaskClient, coordinator: FlaskClient, code: str
) -> None:
    assert client.post("/answers/taken-back", data={"code": code}).status_code == 200
    page = coordinator.get("/console/responses")
    rows = page.text.partition("<tbody")[2].partition("</tbody>")[0]
    assert re.findall(r'class="chip[^"]*">([^<]+)<', rows) == ["Withdrawn"]
    assert "A resident, at Café on the Corner" in re.sub(r"<[^>]+>", "", rows)
    found = re.search(r'href="(/console/responses/[0-9a-f-]{36})', page.text)
    assert found
    shown = text_of(coordinator.get(found[1]))
    assert "The person who answered took their answers back on 20 Nov 2026 12:00." in shown
    assert "No answer" not in shown


def test_what_an_administrator_erased_is_said_to_be_erased(
    client: FlaskClient, running: Services, device: Phone, coordinator: FlaskClient
) -> None:
    response_id = received(client, running, device, device.item({"who": "Asha"}))
    erase(running, response_id)
    catch_up(running.database)
    page = text_of(coordinator.get(f"/console/responses/{response_id}"))
    assert "These answers were erased on" in page
    assert "No answer" not in page
