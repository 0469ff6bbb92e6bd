"""Responses that may be the same one twice: why it looks so, and what a person decides."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.editing.duplicates import SUSPECTED, Candidate, candidate_answers, pair_of, pairs
from server.services import Services
from tests.server.console_pages import received, text_of
from tests.server.people_at_work import act, lines_of_log, person_with, signed_in
from tests.server.records import Phone
from tests.server.reviewing import pressed, seen

LIST = "/console/duplicates"
ANSWERS = frozenset({(("who",), "asha"), (("age",), "40"), (("place",), "by the pond"), (("why",), "quiet")})
ONE = Candidate(
    response_id="a",
    form_id="walk",
    neighbourhood_id="old-ford",
    device_id="phone",
    author="Rahima",
    made_at="2026-11-20T10:00:00.000Z",
    assets=("The Pond",),
    answers=ANSWERS,
)
GIVEN = {"who": "Asha", "age": "40", "assets": [{"about": {"asset_name": "The Pond", "place": "by the bridge"}}]}


def test_the_same_answers_from_the_same_phone_are_suspected() -> None:
    pair = pair_of(ONE, replace(ONE, response_id="b", made_at="2026-11-20T10:05:00.000Z"))
    assert pair is not None
    assert (pair.score, pair.share) == (100, 1.0)
    assert pair.signs == ("same-answers", "same-phone", "same-author", "minutes-apart", "same-assets")


def test_different_people_at_one_place_are_not() -> None:
    answers = frozenset({(("who",), "bela"), (("age",), "20"), (("place",), "by the pond"), (("why",), "cool")})
    assert pair_of(ONE, replace(ONE, response_id="b", answers=answers)) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, response_id="b", made_at="2026-11-22T10:00:00.000Z"),
        replace(ONE, response_id="b", form_id="other"),
        replace(ONE, response_id="b", neighbourhood_id="kings-heath"),
        replace(ONE, response_id="b", device_id="x", author="", assets=(), made_at="2026-11-20T20:00:00.000Z"),
        replace(ONE, response_id="b", answers=frozenset(list(ANSWERS)[:2])),
    ],
)
def test_days_forms_places_and_little_in_common_speak_against_it(other: Candidate) -> None:
    assert pair_of(ONE, other) is None


def test_the_order_in_which_they_come_changes_nothing() -> None:
    three = [replace(ONE, response_id=name) for name in "cab"]
    found = pairs(three)
    assert found == pairs(three[::-1])
    assert [(one.first_id, one.second_id) for one in found] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert all(one.score >= SUSPECTED for one in found)


def test_ids_times_and_spelling_do_not_count() -> None:
    def parts(name: str, entity: str) -> list[tuple[str, str]]:
        answers = {"who": name, "meta": {"instanceID": entity}, "assets": [{"about": {"x": "1", "@id": entity}}]}
        return [("main", json.dumps({"salt": "0" * 32, "answers": answers})), ("equality", "not looked at")]

    assert candidate_answers(parts("Asha", "1")) == candidate_answers(parts(" ASHA ", "2"))
    assert candidate_answers([("main", "no json")]) == frozenset()


@pytest.fixture
def twice(client: FlaskClient, running: Services, device: Phone) -> tuple[str, str]:
    first = received(client, running, device, device.item(GIVEN))
    second = received(client, running, device, device.item({**GIVEN, "who": "asha"}))
    return first, second


def test_the_list_says_why_and_the_page_of_each_leads_there(twice: tuple[str, str], coordinator: FlaskClient) -> None:
    page = text_of(coordinator.get(LIST))
    assert "1 pair to look at" in page
    assert "100% of the answers are the same. They came from the same phone." in page
    for response_id in twice:
        shown = coordinator.get(f"/console/responses/{response_id}")
        assert "This may be the same as another response." in text_of(shown)


def test_not_a_duplicate_is_kept_and_can_be_taken_back(
    running: Services, twice: tuple[str, str], coordinator: FlaskClient
) -> None:
    first, second = twice
    reply = act(coordinator, f"{LIST}/not-one", first=second, second=first)
    page = coordinator.get(reply.location)
    assert "No two responses look the same" in text_of(page)
    assert "These two are kept as different responses." in text_of(page)
    assert "may be the same" not in text_of(coordinator.get(f"/console/responses/{first}"))
    act(coordinator, f"{LIST}/ask-again", first=first, second=second)
    assert "1 pair to look at" in text_of(coordinator.get(LIST))
    told = [action for _name, action in lines_of_log(running) if action.startswith("duplicate")]
    assert told == ["duplicate-dismissed", "duplicate-asked-again"]


def test_one_is_rejected_as_the_same_as_the_other(
    running: Services, twice: tuple[str, str], coordinator: FlaskClient
) -> None:
    first, second = twice
    with running.database.read() as connection:
        rev = connection.execute("SELECT head_rev FROM responses WHERE response_id = :id", {"id": second}).fetchone()[0]
    act(coordinator, f"{LIST}/reject", first=first, second=second, rev="0" * 64, state="received")
    assert states(running) == {first: "received", second: "received"}
    act(coordinator, f"{LIST}/reject", first=first, second=second, rev=rev, state="received")
    assert states(running) == {first: "received", second: "rejected"}
    assert "No two responses look the same" in text_of(coordinator.get(LIST))
    assert ("Carol", "duplicate-rejected") in lines_of_log(running)


def heads(running: Services) -> dict[str, str]:
    with running.database.read() as connection:
        return {row["response_id"]: row["head_rev"] for row in connection.execute("SELECT * FROM responses")}


def test_of_two_that_colleagues_reject_crosswise_one_is_left(
    running: Services, twice: tuple[str, str], coordinator: FlaskClient
) -> None:
    first, second = twice
    for kept, double in ((first, second), (second, first)):
        act(coordinator, f"{LIST}/reject", first=kept, second=double, rev=heads(running)[double], state="received")
    assert states(running) == {first: "received", second: "rejected"}


def test_what_a_colleague_approved_meanwhile_is_not_rejected(
    running: Services, twice: tuple[str, str], coordinator: FlaskClient
) -> None:
    first, second = twice
    pressed(coordinator, [seen(running, second)], "approve")
    act(coordinator, f"{LIST}/reject", first=first, second=second, rev=heads(running)[second], state="received")
    assert states(running) == {first: "received", second: "approved"}
    assert "Nothing was rejected" in text_of(coordinator.get(LIST))


def states(running: Services) -> dict[str, str]:
    with running.database.read() as connection:
        return {row["response_id"]: row["state"] for row in connection.execute("SELECT * FROM responses")}


def test_nothing_outside_of_reach_is_compared_or_decided(app: Flask, running: Services, twice: tuple[str, str]) -> None:
    person_with(running, "else", "coordinator", "kings-heath")
    elsewhere = signed_in(app, "else")
    assert "No two responses look the same" in text_of(elsewhere.get(LIST))
    for what in ("not-one", "ask-again", "reject"):
        assert act(elsewhere, f"{LIST}/{what}", first=twice[0], second=twice[1]).status_code == 404


def test_the_way_to_the_list_is_there_when_nothing_is_found(
    twice: tuple[str, str], app: Flask, running: Services, coordinator: FlaskClient
) -> None:
    address = "/console/responses?text=nothing-like-it"
    page = coordinator.get(address).text
    assert ("Nothing found" in page, page.count(f'href="{LIST}"')) == (True, 1)
    assert coordinator.get("/console/responses").text.count(f'href="{LIST}"') == 1
    person_with(running, "vic", "viewer")
    assert f'href="{LIST}"' not in signed_in(app, "vic").get(address).text
