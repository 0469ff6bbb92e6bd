"""The pages on which coordinators decide: the bar of a response, the way through what waits, reasons, undo, notes."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.people.rules import Person
from server.reviews.decisions import COMMENT_CHARACTERS, COMMENTS_PER_RESPONSE
from server.reviews.projector import catch_up
from server.services import Services
from tests.server.console_pages import received, text_of
from tests.server.people_at_work import act, lines_of_log, person_with, signed_in
from tests.server.pushing import count, erase
from tests.server.records import Phone
from tests.server.reviewing import corrected, decide, listed_states, pressed, rows_about, seen
from tests.server.test_console import HOSTILE

WHY = "Please say where it is."
TRIAGE = "/console/responses/triage"


@pytest.fixture
def amina(running: Services) -> Person:
    return person_with(running, "amina", "coordinator")


@pytest.fixture
def browser(app: Flask, amina: Person) -> FlaskClient:
    return signed_in(app, amina.sign_in_name)


@pytest.fixture
def ids(client: FlaskClient, running: Services, device: Phone) -> list[str]:
    """Three responses that wait, in the order in which they came."""
    return [received(client, running, device, device.item({"who": f"Answer {number}"})) for number in range(3)]


def page_of(response_id: str, **query: str) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/console/responses/{response_id}{'?' if asked else ''}{asked}"


def buttons(page: TestResponse) -> list[str]:
    """Give what the bar offers, in its order."""
    bar = page.text.partition('class="decision-bar"')[2].partition("<details")[0].partition("</div>")[0]
    return [re.sub("<[^>]+>", "", one) for one in re.findall(r"<(?:button|a) [^>]*>([^<]+)<", bar)]


def followed(browser: FlaskClient, reply: TestResponse) -> TestResponse:
    while reply.status_code in {302, 303}:
        reply = browser.get(reply.location)
    return reply


def test_the_bar_offers_what_the_state_leaves_to_decide(
    running: Services, amina: Person, browser: FlaskClient, ids: list[str]
) -> None:
    assert buttons(browser.get(page_of(ids[0])))[:3] == ["Approve", "Return to the worker", "Reject"]
    decide(running, amina, ids[:1], "approve")
    assert buttons(browser.get(page_of(ids[0])))[:4] == [
        "Return to the worker",
        "Reject",
        "Put back to received",
        "Undo",
    ]


def test_a_viewer_reads_what_was_decided_and_is_offered_nothing(
    app: Flask, running: Services, amina: Person, ids: list[str]
) -> None:
    decide(running, amina, ids[:1], "return", reason=WHY)
    person_with(running, "vera", "viewer")
    page = signed_in(app, "vera").get(page_of(ids[0], triage="yes"))
    assert "decision-bar" not in page.text
    assert "Add the comment" not in page.text
    assert f"Returned to the worker for this reason: {WHY}" in text_of(page)
    assert f"Amina returned it to the worker: {WHY}" in text_of(page)


@pytest.mark.parametrize("address", ["decide", "undo", "{}/comments", "{}/comments/withdraw"])
def test_a_viewer_who_presses_anyway_changes_nothing(
    app: Flask, running: Services, ids: list[str], address: str
) -> None:
    person_with(running, "vera", "viewer")
    vera = signed_in(app, "vera")
    assert act(vera, f"/console/responses/{address.format(ids[0])}", action="approve", comment="Hm").status_code == 403
    assert listed_states(running)[ids[0]] == "received"


def test_triage_goes_from_one_that_waits_to_the_next_and_says_how_many_are_left(
    running: Services, browser: FlaskClient, ids: list[str]
) -> None:
    first = followed(browser, browser.get(TRIAGE))
    assert ("Answer 0" in first.text, "3 wait" in text_of(first)) == (True, True)
    second = followed(browser, pressed(browser, [seen(running, ids[0])], "approve", then="triage"))
    assert "1 response is approved. Undo" in text_of(second)
    assert ("Answer 1" in second.text, "2 wait" in text_of(second)) == (True, True)
    third = followed(browser, browser.get(link(second, "Skip")))
    assert "Answer 2" in third.text
    assert "Answer 1" in followed(browser, browser.get(link(third, "Previous"))).text
    over = followed(browser, browser.get(link(third, "Skip")))
    assert "You have been through all of them 2 wait" in text_of(over)


def link(page: TestResponse, words: str) -> str:
    found = re.search(rf'href="([^"]+)">{words}</a>', page.text)
    assert found, words
    return unescape(found[1])


def test_triage_keeps_to_the_filters_of_the_list(browser: FlaskClient, ids: list[str]) -> None:
    assert ids
    assert "Nothing waits" in followed(browser, browser.get(f"{TRIAGE}?neighbourhood=kings-heath")).text
    page = followed(browser, browser.get(f"{TRIAGE}?neighbourhood=old-ford"))
    assert 'name="place" value="neighbourhood=old-ford"' in page.text
    assert "neighbourhood=old-ford" in link(page, "Skip")


def test_triage_leaves_out_what_is_decided_and_what_is_gone(
    running: Services, amina: Person, browser: FlaskClient, ids: list[str]
) -> None:
    decide(running, amina, ids[:1], "approve")
    erase(running, ids[1])
    catch_up(running.database)
    assert "Answer 2" in followed(browser, browser.get(TRIAGE)).text


def test_two_coordinators_in_triage_do_not_decide_over_each_other(
    running: Services, app: Flask, browser: FlaskClient, ids: list[str]
) -> None:
    shown = seen(running, ids[0])
    person_with(running, "bea", "coordinator")
    pressed(signed_in(app, "bea"), [shown], "approve", then="triage")
    page = followed(browser, pressed(browser, [shown], "reject", then="triage", reason="Not ours"))
    assert "somebody else decided, after you opened it" in text_of(page)
    assert ("Answer 0" in page.text, "Approved" in page.text) == (True, True)
    assert listed_states(running)[ids[0]] == "approved"


def test_without_a_reason_nothing_is_returned_and_the_page_asks_for_one(
    running: Services, browser: FlaskClient, ids: list[str]
) -> None:
    shown = [seen(running, one) for one in ids]
    asking = pressed(browser, shown, "return", then="list")
    assert asking.status_code == 200
    assert "Return 3 responses to their workers" in text_of(asking)
    empty = pressed(browser, shown, "return", then="list", answered="yes")
    assert empty.status_code == 422
    assert "Choose a reason, or write one." in text_of(empty)
    assert empty.text.count('name="seen"') == 3
    long = pressed(browser, shown, "return", then="list", answered="yes", reason="x" * 1001)
    assert "at most 1,000 characters" in text_of(long)
    assert "x" * 1001 in long.text
    assert count(running.database, "reviews") == 0
    pressed(browser, shown, "return", then="list", answered="yes", ready="place")
    (row,) = rows_about(running, ids[0])
    assert row["reason"] == "Say more about the place: its name, or where it is."


def test_of_many_it_is_told_how_many_were_done_and_which_were_not(
    client: FlaskClient, running: Services, device: Phone, amina: Person, browser: FlaskClient, ids: list[str]
) -> None:
    shown = [seen(running, one) for one in ids]
    decide(running, amina, ids[1:2], "reject", reason=WHY)
    page = pressed(browser, shown, "approve", then="list")
    told = text_of(page)
    assert "2 responses are approved. Undo" in told
    assert "1 response stayed as it was" in told
    assert f'href="{page_of(ids[1])}"' in page.text
    decision = re.search(r'name="decision" value="([^"]+)"', page.text)
    assert decision
    back = followed(browser, act(browser, "/console/responses/undo", decision=decision[1], then="list"))
    assert "Undone. 2 responses are as they were before." in text_of(back)
    assert listed_states(running) == {ids[0]: "received", ids[1]: "rejected", ids[2]: "received"}


def test_nothing_chosen_is_said(browser: FlaskClient) -> None:
    page = followed(browser, act(browser, "/console/responses/decide", action="approve"))
    assert page.status_code == 200
    assert "Choose at least one response first." in text_of(page)


def test_the_last_decision_can_be_undone_later_on_the_page_of_the_response(
    running: Services, amina: Person, browser: FlaskClient, ids: list[str]
) -> None:
    decide(running, amina, ids, "approve")
    assert "Undo" in buttons(browser.get(page_of(ids[1])))
    (row,) = rows_about(running, ids[1])
    page = followed(
        browser, act(browser, "/console/responses/undo", decision=row["review_id"], alone="yes", then="response")
    )
    assert "Undone. 1 response is as it was before." in text_of(page)
    assert "Answer 1" in page.text
    assert list(listed_states(running).values()).count("approved") == 2


def test_what_came_back_corrected_says_so_with_the_reason_it_was_returned_for(
    client: FlaskClient, running: Services, device: Phone, amina: Person, browser: FlaskClient
) -> None:
    item = device.item()
    response_id = received(client, running, device, item)
    decide(running, amina, [response_id], "return", reason=WHY)
    corrected(client, running, device, item, response_id)
    told = text_of(browser.get(page_of(response_id)))
    assert f"Corrected since it was returned. It was returned for this reason: {WHY}" in told
    assert "It was corrected on the phone ( Rahima )" in told
    decide(running, amina, [response_id], "approve")
    assert "Corrected since" not in text_of(browser.get(page_of(response_id)))


def test_a_hostile_reason_is_text_wherever_it_is_read(
    app: Flask, running: Services, amina: Person, browser: FlaskClient, ids: list[str]
) -> None:
    act(browser, f"{page_of(ids[0])}/comments", comment=HOSTILE)
    decide(running, amina, ids[:1], "return", reason=HOSTILE[:1000])
    person_with(running, "ada", "administrator")
    for page in (browser.get(page_of(ids[0])), signed_in(app, "ada").get("/console/audit")):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    assert browser.get(page_of(ids[0])).text.count("&lt;script&gt;alert") >= 3


def test_a_comment_is_read_by_the_team_and_taken_back_by_who_wrote_it(
    app: Flask, running: Services, browser: FlaskClient, ids: list[str]
) -> None:
    assert "Your comment is kept." in text_of(
        followed(browser, act(browser, f"{page_of(ids[0])}/comments", comment="Is this\nthe choir?"))
    )
    person_with(running, "bea", "coordinator")
    bea = signed_in(app, "bea")
    page = bea.get(page_of(ids[0]))
    assert "Is this\nthe choir?" in page.text
    assert "Delete my comment" not in page.text
    comment_id = comment_ids(running)[0]
    address = f"{page_of(ids[0])}/comments/withdraw"
    assert "not yours" in text_of(followed(bea, act(bea, address, comment_id=comment_id)))
    gone = text_of(followed(browser, act(browser, address, comment_id=comment_id)))
    assert ("This comment is deleted." in gone, "the choir?" in gone) == (True, False)
    assert "comment-withdrawn" in [action for _name, action in lines_of_log(running)]


def comment_ids(running: Services) -> list[str]:
    with running.database.read() as connection:
        return [row["comment_id"] for row in connection.execute("SELECT comment_id FROM comments ORDER BY at")]


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("  \r\n ", "Write a comment first."),
        ("x" * (COMMENT_CHARACTERS + 1), "at most 2,000 characters"),
    ],
)
def test_a_comment_has_words_and_limits(browser: FlaskClient, ids: list[str], comment: str, words: str) -> None:
    assert words in text_of(followed(browser, act(browser, f"{page_of(ids[0])}/comments", comment=comment)))


def test_a_response_takes_so_many_comments_and_no_more(
    running: Services, amina: Person, browser: FlaskClient, ids: list[str]
) -> None:
    rows = [(f"c{number}", ids[0], amina.person_id, "Hm", "2026-11-20T12:00:00.000Z") for number in range(99)]
    statement = "INSERT INTO comments (comment_id, response_id, person_id, text, at) VALUES (?, ?, ?, ?, ?)"
    running.database.write(lambda connection: connection.executemany(statement, rows))
    address = f"{page_of(ids[0])}/comments"
    assert "Your comment is kept." in text_of(followed(browser, act(browser, address, comment="The last")))
    assert "It takes no more." in text_of(followed(browser, act(browser, address, comment="One more")))
    assert count(running.database, "comments") == COMMENTS_PER_RESPONSE


def test_comments_go_with_the_answers_that_they_are_about(
    running: Services, browser: FlaskClient, ids: list[str]
) -> None:
    act(browser, f"{page_of(ids[0])}/comments", comment="Asha Begum said this")
    erase(running, ids[0])
    catch_up(running.database)
    page = browser.get(page_of(ids[0]))
    assert "Asha Begum" not in page.text
    assert "Add the comment" not in page.text


def test_somebody_of_another_place_decides_undoes_and_says_nothing_here(
    app: Flask, running: Services, amina: Person, ids: list[str]
) -> None:
    decide(running, amina, ids[:1], "approve")
    (row,) = rows_about(running, ids[0])
    person_with(running, "stranger", "coordinator", "kings-heath")
    stranger = signed_in(app, "stranger")
    page = pressed(stranger, [seen(running, one) for one in ids], "reject", then="list", reason="Mine now")
    assert "3 responses stayed as they were" in text_of(page)
    assert not any(one in page.text for one in ids)
    act(stranger, "/console/responses/undo", decision=row["review_id"], then="list")
    assert act(stranger, f"{page_of(ids[0])}/comments", comment="Hm").status_code == 404
    assert "Nothing waits" in followed(stranger, stranger.get(TRIAGE)).text
    assert stranger.get("/console/responses/news?since=0").get_json() == {"count": 0, "words": ""}
    assert listed_states(running) == {ids[0]: "approved", ids[1]: "received", ids[2]: "received"}


def test_news_counts_what_came_since_within_the_filters(
    client: FlaskClient, running: Services, device: Phone, browser: FlaskClient, ids: list[str]
) -> None:
    assert ids
    with running.database.read() as connection:
        newest = connection.execute("SELECT MAX(seq) AS seq FROM responses").fetchone()["seq"]
    address = f"/console/responses/news?since={newest}"
    assert browser.get(address).get_json() == {"count": 0, "words": ""}
    for _ in range(2):
        received(client, running, device, device.item())
    assert browser.get(address).get_json() == {"count": 2, "words": "2 new responses: show"}
    assert browser.get(f"{address}&neighbourhood=kings-heath").get_json()["count"] == 0


@pytest.mark.parametrize("query", ["since=%00", "since=-1", "since=9999999999999999999999", "after=%C2%B2", "x=%ff%00"])
def test_odd_addresses_break_nothing(browser: FlaskClient, ids: list[str], query: str) -> None:
    assert ids
    for address in ("/console/responses/news", TRIAGE):
        assert followed(browser, browser.get(f"{address}?{query}")).status_code == 200


@pytest.mark.parametrize(
    "place", ["endpoint=x&_external=1", "a=%ff%00", "=&&&;;=", "x=" + "y" * 9_000, "http://elsewhere/"]
)
def test_a_hostile_place_leads_to_our_own_list(
    running: Services, browser: FlaskClient, ids: list[str], place: str
) -> None:
    reply = pressed(browser, [seen(running, ids[0])], "approve", then="list", place=place)
    assert reply.status_code == 303
    assert reply.location.startswith("/console/responses?")
