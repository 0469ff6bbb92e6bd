"""Words are taken out of a text so that they are nowhere; parts and whole responses are erased while it serves."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.editing.redacting import BLOCK, masked, stands_in
from server.services import Services
from server.upkeep import erasing
from tests.server.console_pages import received, text_of
from tests.server.desk import answers_of, edit_address, fields_of_page, heads_of, pushed, save
from tests.server.keeping import in_parts, traces
from tests.server.people_at_work import act, lines_of_log, person_with, signed_in
from tests.server.pushing import answer_to
from tests.server.records import Phone
from tests.server.uploading import photo, send, sent_whole

NAME = "Shabnam Æblegård"
TEXT = f"Ask {NAME}, she has the key. shabnam  æblegård opens at ten."


@pytest.fixture
def sent(client: FlaskClient, running: Services, device: Phone) -> str:
    asset = {
        "about": {"asset_name": f"Garden of {NAME}", "meta": {"entity": {"@id": "a1", "label": f"Garden of {NAME}"}}}
    }
    item = in_parts(
        device,
        {"main": {"who": TEXT, "age": "40", "assets": [asset]}, "contact": {"contact": {"telephone": "020 7946"}}},
    )
    return received(client, running, device, item)


def redact(
    browser: FlaskClient, response_id: str, words: str = NAME, *, reason: str = "It names somebody", go: str = "save"
) -> TestResponse:
    """Look at the text without the words, and take them out."""
    address = f"/console/responses/{response_id}/redact"
    given = {"text": "/data/who", "words": words, "everywhere": "yes", "reason": reason}
    page = browser.get(address)
    looked = browser.post(address, data={**fields_of_page(page), **given, "go": "look"})
    if go == "look" or looked.status_code != 200:
        return looked
    return browser.post(address, data={**fields_of_page(looked), **given, "go": go})


def test_redacted_words_are_nowhere_in_the_data_folder(
    running: Services, sent: str, coordinator: FlaskClient, folder: Path
) -> None:
    save(coordinator, edit_address(sent), "/data/age", "41")
    assert traces(folder, NAME) != []
    assert redact(coordinator, sent).status_code == 303
    erasing.settle(running.database)
    assert traces(folder, NAME, NAME.lower(), "Shabnam") == []
    head, heads = heads_of(running, sent)
    parts = answers_of(running, head)
    assert heads == 1
    assert parts["main"] is not None
    answers = json.loads(parts["main"])["answers"]
    assert answers["who"] == "Ask ███, she has the key. ███ opens at ten."
    assert answers["assets"][0]["about"]["asset_name"] == "Garden of ███"
    assert answers["age"] == "41"
    assert parts["contact"] is not None


def test_a_redacted_response_reads_on_and_says_who_did_it(
    running: Services, sent: str, coordinator: FlaskClient
) -> None:
    redact(coordinator, sent)
    page = text_of(coordinator.get(f"/console/responses/{sent}"))
    assert "███, she has the key" in page
    assert "Rahima" in page
    history = text_of(coordinator.get(f"/console/responses/{sent}/history"))
    assert "It names somebody" in history
    assert [one for one in lines_of_log(running) if one[0] == "Carol" and one[1].startswith("response")] == [
        ("Carol", "response-redacted"),
        ("Carol", "response-erased"),
    ]


def test_what_happened_says_why_until_the_answers_are_gone(
    app: Flask, running: Services, sent: str, coordinator: FlaskClient
) -> None:
    redact(coordinator, sent, reason="It names somebody")
    address = f"/console/responses/{sent}"
    said = text_of(coordinator.get(address)).partition("What happened")[2]
    assert "Carol changed an answer: It names somebody" in said
    assert "Answers were erased: Words were taken out" in said
    person_with(running, "ada", "administrator")
    ada = signed_in(app, "ada")
    erase(ada, sent, "*", reason="They asked us to")
    said = text_of(ada.get(address)).partition("What happened")[2]
    assert "Answers were erased: They asked us to" in said
    assert "It names somebody" not in said


def test_only_what_a_person_wrote_is_in_no_known_language(sent: str, coordinator: FlaskClient) -> None:
    redact(coordinator, sent, reason="It names somebody")
    for address in (f"/console/responses/{sent}", f"/console/responses/{sent}/history"):
        page = coordinator.get(address).text
        assert re.search(r'<bdi lang="" [^>]*>It names somebody</bdi>', page)
        assert not re.search(r'<bdi lang="" [^>]*>Words were taken out</bdi>', page)
    assert (
        '<bdi dir="auto" class="said-words">Words were taken out</bdi>'
        in coordinator.get(f"/console/responses/{sent}").text
    )


def test_the_phone_deletes_its_copy(client: FlaskClient, device: Phone, sent: str, coordinator: FlaskClient) -> None:
    cursor = answer_to(client, device, since="")["page"]["cursor"]
    redact(coordinator, sent)
    changes = answer_to(client, device, since=cursor)["page"]["changes"]
    erased = [one for one in changes if one["kind"] == "erased"]
    assert [one["id"] for one in erased] == [sent]
    assert len(erased[0]["parts"]) == 1


def test_what_the_texts_will_say_is_shown_before_and_the_reason_gives_nothing_away(
    running: Services, sent: str, coordinator: FlaskClient
) -> None:
    before = heads_of(running, sent)
    page = text_of(redact(coordinator, sent, go="look"))
    assert "Ask ███, she has the key. ███ opens at ten." in page
    assert "Garden of ███" in page
    page = redact(coordinator, sent, reason=f"It names {NAME}")
    assert page.status_code == 422
    assert "The reason holds words that are to go." in text_of(page)
    page = redact(coordinator, sent, "nowhere to be found")
    assert "These words stand in no text of this response." in text_of(page)
    assert heads_of(running, sent) == before


def test_it_is_told_where_the_team_wrote_the_words_too(
    app: Flask, running: Services, sent: str, coordinator: FlaskClient
) -> None:
    assert "These words stand in" not in text_of(redact(coordinator, sent, go="look"))
    person_with(running, "ada", "administrator")
    ada = signed_in(app, "ada")
    address = f"/console/responses/{sent}"
    act(ada, f"{address}/comments", page=address, comment=f"Ring {NAME.lower()} first")
    seen = f"{sent} {heads_of(running, sent)[0]} received"
    act(ada, "/console/responses/decide", page=address, seen=seen, action="reject", reason=NAME, answered="yes")
    act(ada, "/console/saved-views", page=address, name="The key", query=f"text={NAME}", team="yes")
    save(ada, edit_address(sent), "/data/age", "41", reason=f"{NAME} said so")
    told = text_of(redact(coordinator, sent, go="look"))
    assert "These words stand in a comment." in told
    assert "These words stand in the reason of a decision." in told
    assert "These words stand in a saved view." in told
    assert "into the reason of an earlier change" in told
    assert "with an asset" not in told


def test_words_that_stand_in_earlier_versions_alone_go_too(
    running: Services, sent: str, coordinator: FlaskClient, folder: Path
) -> None:
    save(coordinator, edit_address(sent), "/data/who", "Ask at the door.")
    save(coordinator, edit_address(sent), "/data/assets[1]/about/asset_name", "Garden")
    head, _ = heads_of(running, sent)
    shown = redact(coordinator, sent, go="look")
    assert "Earlier versions do, and are erased." in text_of(shown)
    assert redact(coordinator, sent).status_code == 303
    erasing.settle(running.database)
    assert traces(folder, NAME) == []
    assert answers_of(running, heads_of(running, sent)[0]) == answers_of(running, head)


def test_a_part_that_only_an_older_version_had_is_looked_through_too(
    client: FlaskClient, running: Services, device: Phone, sent: str, coordinator: FlaskClient, folder: Path
) -> None:
    newer = in_parts(device, {"main": {"who": TEXT}}, response_id=sent, parents=[heads_of(running, sent)[0]])
    assert pushed(client, running, device, newer) == ["stored"]
    assert traces(folder, "020 7946") != []
    assert redact(coordinator, sent, "020 7946").status_code == 303
    erasing.settle(running.database)
    assert traces(folder, "020 7946") == []


def test_a_response_with_several_versions_is_put_together_first(
    client: FlaskClient, running: Services, device: Phone, sent: str, coordinator: FlaskClient
) -> None:
    other = device.item({"who": TEXT}, response_id=sent)
    assert pushed(client, running, device, other) == ["conflict"]
    page = redact(coordinator, sent)
    assert page.status_code == 422
    assert "Put them together first." in text_of(page)


def number_on(page: TestResponse) -> str:
    found = re.search(r'<strong dir="ltr">(\d{4})</strong>', page.text)
    assert found
    return found[1]


def erase(browser: FlaskClient, response_id: str, what: str, **other: str) -> TestResponse:
    address = f"/console/responses/{response_id}/erase"
    page = browser.get(address)
    given = {**fields_of_page(page), "what": what, "reason": "asked to", "number": number_on(page), **other}
    return browser.post(address, data=given)


def test_a_coordinator_erases_a_part_and_the_rest_stays(
    client: FlaskClient, running: Services, sent: str, coordinator: FlaskClient, folder: Path
) -> None:
    assert erase(coordinator, sent, "contact").status_code == 303
    erasing.settle(running.database)
    assert traces(folder, "020 7946") == []
    assert traces(folder, NAME) != []
    page = text_of(coordinator.get(f"/console/responses/{sent}/erase"))
    assert "1 phone has not heard of an erasure yet" in page
    assert "Contact details" not in page


def test_without_the_number_and_a_reason_nothing_is_erased(
    running: Services, sent: str, coordinator: FlaskClient
) -> None:
    before = heads_of(running, sent)
    assert erase(coordinator, sent, "contact", number="1").status_code == 422
    assert erase(coordinator, sent, "contact", reason="").status_code == 422
    assert erase(coordinator, sent, "nothing-like-it").status_code == 422
    assert heads_of(running, sent) == before


def test_only_administrators_erase_a_whole_response_and_its_files_go_too(
    app: Flask, client: FlaskClient, running: Services, device: Phone, folder: Path
) -> None:
    picture = photo(3, width=60, height=40)
    item = in_parts(device, {"main": {"who": NAME}}, files=[picture])
    response_id = received(client, running, device, item)
    assert send(client, device, picture).status_code == 204
    person_with(running, "cora", "coordinator")
    person_with(running, "ada", "administrator")
    cora, ada = signed_in(app, "cora"), signed_in(app, "ada")
    assert "The whole response" not in text_of(cora.get(f"/console/responses/{response_id}/erase"))
    assert erase(cora, response_id, "*").status_code == 403
    assert traces(folder, picture) != []
    assert erase(ada, response_id, "*").status_code == 303
    erasing.settle(running.database)
    assert traces(folder, NAME, picture) == []
    assert "These answers were erased on" in text_of(ada.get(f"/console/responses/{response_id}"))
    assert ("Ada", "response-erased") in lines_of_log(running)


def test_a_photo_that_another_response_names_stays_and_is_said_to(
    app: Flask, client: FlaskClient, running: Services, device: Phone, folder: Path
) -> None:
    picture = photo(3, width=60, height=40)
    response_id = received(client, running, device, in_parts(device, {"main": {"who": NAME}}, files=[picture]))
    sent_whole(client, device, picture)
    person_with(running, "ada", "administrator")
    ada = signed_in(app, "ada")
    page = ada.get(erase(ada, response_id, "*").location)
    assert "another response has the same" in text_of(page)
    assert traces(folder, picture) != []


def test_a_viewer_neither_redacts_nor_erases(app: Flask, running: Services, sent: str) -> None:
    person_with(running, "vic", "viewer")
    vic = signed_in(app, "vic")
    for page in ("edit", "redact", "erase", "versions"):
        address = f"/console/responses/{sent}/{page}"
        assert (vic.get(address).status_code, act(vic, address).status_code) == (403, 403)
    assert "Change an answer" not in vic.get(f"/console/responses/{sent}").text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ah\u00admed came", "ahmed"),
        ("Ah\u200dmed came", "Ahmed"),
        ("\u0645\u064f\u062d\u064e\u0645\u0651\u062f", "\u0645\u062d\u0645\u062f"),
        ("\u0645\u062d\u0645\u062f", "\u0645\u064f\u062d\u0645\u062f"),
        ("Ahmed\u00a0 Ali", "ahmed ali"),
        ("\uff21\uff48\uff4d\uff45\uff44 came", "Ahmed"),
        ("Frau Groß", "GROSS"),
        ("FRAU GROSS", "groß"),
        ("flat ১২", "flat 12"),
        ("flat 12", "flat ١٢"),
        ("At the o\ufb03ce", "office"),
        ("Ye\u0301ro", "Y\u00e9ro"),
        ("IŞIK", "işik"),
        ("O\u2019Brien", "O'Brien"),
        ("Al\u2011Amin", "Al-Amin"),
        ("Jo\u2066hn", "John"),
        ("\u05d3\u05b8\u05bc\u05d5\u05b4\u05d3", "\u05d3\u05d5\u05d3"),
        ("José", "Jose"),
        ("Jose", "José"),
    ],
)
def test_a_word_is_found_however_it_is_written(text: str, word: str) -> None:
    assert stands_in(text, [word])
    assert BLOCK in masked(text, [word])


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Annab", ["Anna", "nab"], "███"),
        ("banana!", ["ana"], "b███!"),
        ("Anna, Bo", ["Bo", "Anna"], "███, ███"),
    ],
)
def test_words_that_run_into_each_other_leave_nothing_of_either(text: str, words: list[str], left: str) -> None:
    assert masked(text, words) == left


@pytest.mark.parametrize(
    ("text", "word"), [("\u0995\u09b2", "\u0995\u09c1\u09b2"), ("\uae40", "\uae30"), ("\u304c", "\u304b")]
)
def test_a_vowel_of_a_script_that_writes_it_as_a_sign_counts(text: str, word: str) -> None:
    assert not stands_in(text, [word])
