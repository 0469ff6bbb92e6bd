"""What a worker's phone hears of decisions about its own responses, and nobody else's."""

from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from server.intake.feed_queries import own_reviews
from server.people.rules import Person
from server.reviews.projector import catch_up
from server.services import Services
from sync.codes import ReviewState
from sync.replies import ChangesPage, ReviewChange, read_page
from sync.shape import fields_of
from tests.server.console_pages import received
from tests.server.people_at_work import person_with
from tests.server.posters import Browser, add_poster, publish_instrument, set_up_programme
from tests.server.pushing import erase, push, statuses
from tests.server.records import Phone
from tests.server.reviewing import corrected, decide, undo
from tests.server.test_feed import OTHER, changes
from tests.server.test_resident_pages import q, to_the_end
from tests.server.two_places import KINGS_HEATH, OLD_FORD, enrolled

WHY = "Please say where the choir meets."


def reviews(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [change for change in page["changes"] if change["kind"] == "review"]


def coordinator(running: Services) -> Person:
    return person_with(running, "amina", "coordinator")


def test_a_worker_hears_of_each_decision_with_its_reason_in_order(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    item = device.item()
    response_id, amina = received(client, running, device, item), coordinator(running)
    before = changes(client, device)["cursor"]
    decide(running, amina, [response_id], "return", reason=WHY)
    told = changes(client, device, since=before)
    assert reviews(told) == [
        {"seq": 3, "kind": "review", "id": response_id, "rev": item["rev"], "state": "returned", "reason": WHY}
    ]
    approved = decide(running, amina, [response_id], "approve")
    assert approved.batch_id
    undo(running, amina, approved.batch_id)
    later = reviews(changes(client, device, since=told["cursor"]))
    assert [(one["state"], one["reason"]) for one in later] == [("approved", ""), ("returned", WHY)]


def test_a_phone_reads_what_the_server_wrote(client: FlaskClient, running: Services, device: Phone) -> None:
    item = device.item()
    response_id = received(client, running, device, item)
    decide(running, coordinator(running), [response_id], "return", reason=WHY)
    page = read_page(fields_of(changes(client, device)))
    assert isinstance(page, ChangesPage)
    assert page.changes[-1] == ReviewChange(
        seq=3, id=response_id, rev=str(item["rev"]), state=ReviewState.RETURNED, reason=WHY
    )


def test_another_phone_hears_nothing_of_it(client: FlaskClient, running: Services, device: Phone) -> None:
    response_id = received(client, running, device, device.item())
    other = enrolled(running, client, device, replace(OLD_FORD, arguments={**OLD_FORD.arguments, "device_id": OTHER}))
    decide(running, coordinator(running), [response_id], "reject", reason=WHY)
    assert reviews(changes(client, other)) == []
    assert len(reviews(changes(client, device))) == 1


def test_what_is_set_aside_makes_no_response_the_phones_own(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    """Else anybody who knows the id of a response would hear what the team decides about it, and why."""
    item = device.item()
    response_id = received(client, running, device, item)
    stranger = enrolled(running, client, device, KINGS_HEATH)
    pushed = push(client, stranger, stranger.item(response_id=response_id, parents=[str(item["rev"])]))
    assert statuses(pushed) == ["quarantined"]
    decide(running, coordinator(running), [response_id], "return", reason=WHY)
    assert reviews(changes(client, stranger)) == []


def test_a_resident_is_not_judged(app: Flask, client: FlaskClient, running: Services) -> None:
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running)
    to_the_end(Browser(client).open(), {q("one_change"): "More benches"})
    catch_up(running.database)
    with running.database.read() as connection:
        row = connection.execute("SELECT response_id, device_id FROM responses").fetchone()
        decided_about = decide(running, coordinator(running), [row["response_id"]], "approve")
    assert decided_about.done == (row["response_id"],)
    with running.database.read() as connection:
        assert own_reviews(connection, device_id=row["device_id"], after_seq=0, limit=9) == []


def test_pages_cut_between_decisions_miss_none(client: FlaskClient, running: Services, device: Phone) -> None:
    amina = coordinator(running)
    ids = [received(client, running, device, device.item()) for _ in range(4)]
    decide(running, amina, ids, "approve")
    cursor, heard, more = "", [], True
    while more:
        page = changes(client, device, since=cursor, limit=2)
        heard += [one["id"] for one in reviews(page)]
        cursor, more = page["cursor"], page["more"]
    assert heard == ids


def test_a_decision_about_what_was_corrected_since_is_told_with_the_revision_it_was_about(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    item, amina = device.item(), coordinator(running)
    response_id = received(client, running, device, item)
    decide(running, amina, [response_id], "return", reason=WHY)
    newer = corrected(client, running, device, item, response_id)
    decide(running, amina, [response_id], "approve")
    assert [(one["rev"], one["state"]) for one in reviews(changes(client, device))] == [
        (item["rev"], "returned"),
        (newer, "approved"),
    ]


def test_once_answers_are_erased_no_reason_tells_of_them(client: FlaskClient, running: Services, device: Phone) -> None:
    response_id = received(client, running, device, device.item())
    decide(running, coordinator(running), [response_id], "return", reason="Asha Begum is a name")
    erase(running, response_id)
    assert [one["reason"] for one in reviews(changes(client, device))] == [""]
