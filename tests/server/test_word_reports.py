"""Words that people found wrong: told by phones, residents and the team; read, done and undone within reach."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.app import create_app
from server.config import Config
from server.residents import word_views
from server.residents.word_views import ASK_BYTES
from server.services import Services
from server.wrong_words import keeping, rules
from server.wrong_words.keeping import forget_handled
from server.wrong_words.rules import KEPT_WHEN_HANDLED, MOST_AT_ONCE, WORDS_CHARACTERS
from tests.server.console_pages import text_of
from tests.server.people_at_work import act, person_with, signed_in
from tests.server.posters import set_up_programme
from tests.server.records import DEVICE, Phone, SteppedClock

CALL = "/devices/v1/words"
LIST = "/console/words"
FORM = "/console/words/report"
PAGE = "/v/word"


def report_id(number: int) -> str:
    return f"0192f000-0000-4000-8000-{number:012x}"


def said(number: int = 1, **changes: object) -> dict[str, Any]:
    words = {"shown": f"ভুল শব্দ {number}", "better": "ঠিক শব্দ", "note": "", "screen": "home"}
    return {"id": report_id(number), "lang": "bn", **words, **changes}


def tell(client: FlaskClient, *reports: Mapping[str, object], token: str = "") -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post(CALL, json={"reports": reports}, headers=headers)


def rows(running: Services) -> list[dict[str, Any]]:
    with running.database.read() as connection:
        found = connection.execute("SELECT * FROM word_reports ORDER BY report_id").fetchall()
    return [dict(row) for row in found]


def browser_of(app: Flask, running: Services, name: str, *places: str) -> FlaskClient:
    person_with(running, name, "coordinator", *places)
    return signed_in(app, name)


def test_a_report_of_a_phone_is_kept_once_with_the_place_of_the_phone(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    for _ in range(2):
        reply = tell(client, said(1), said(2), token=device.token)
        assert (reply.status_code, reply.get_json()) == (201, {"kept": [report_id(1), report_id(2)]})
    kept = [(row["device_id"], row["neighbourhood_id"], row["shown"]) for row in rows(running)]
    assert kept == [(DEVICE, "old-ford", "ভুল শব্দ 1"), (DEVICE, "old-ford", "ভুল শব্দ 2")]


def test_nobody_needs_a_token_and_one_that_is_not_ours_says_nothing(client: FlaskClient, running: Services) -> None:
    assert tell(client, said(1)).status_code == 201
    assert tell(client, said(2), token="made-up").status_code == 201
    assert [(row["device_id"], row["neighbourhood_id"]) for row in rows(running)] == [(None, None)] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        said(1, id="no id"),
        said(1, lang="not a tag"),
        said(1, lang="a" * 36),
        said(1, shown=""),
        said(1, shown="x" * (WORDS_CHARACTERS + 1)),
        said(1, better="x" * (WORDS_CHARACTERS + 1)),
        said(1, screen="x" * 201),
        said(1, note="\ud800"),
        said(1, shown="\x00\n"),
        said(1, screen=rules.CONSOLE),
        {},
    ],
)
def test_a_report_that_cannot_be_read_is_refused_with_its_reason(
    client: FlaskClient, running: Services, wrong: dict[str, object]
) -> None:
    reply = tell(client, wrong)
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert reply.get_json()["code"] == "malformed"
    assert rows(running) == []


def test_as_much_as_may_be_said_is_taken_and_more_is_not(client: FlaskClient) -> None:
    long = "ভ" * WORDS_CHARACTERS
    assert tell(client, said(1, shown=long, better=long, note=long)).status_code == 201
    many = [said(number) for number in range(1, MOST_AT_ONCE + 1)]
    assert tell(client, *many).status_code == 201
    assert tell(client, *many, said(MOST_AT_ONCE + 1)).status_code == 400
    assert tell(client).status_code == 400


def test_when_too_many_wait_no_more_are_taken(
    client: FlaskClient, running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_OPEN", 2)
    assert tell(client, said(1), said(2)).status_code == 201
    set_up_programme(running)
    told = client.post(PAGE, data={"shown": "never read"})
    assert (told.status_code, "Too many reports wait to be read now" in told.text) == (503, True)
    assert 'value="never read"' in told.text
    reply = tell(client, said(3))
    assert (reply.status_code, reply.get_json()["code"]) == (429, "too-many")
    assert tell(client, said(2), said(1)).status_code == 201, "they are here"
    assert len(rows(running)) == 2
    assert rules.MOST_OPEN == 5_000


def test_callers_whom_nobody_knows_crowd_out_only_each_other(
    app: Flask,
    client: FlaskClient,
    running: Services,
    device: Phone,
    clock: SteppedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "MOST_FROM_NOBODY", 2)
    tell(client, said(1), token=device.token)
    act(browser_of(app, running, "eve"), FORM, lang="bn", shown="of the team")
    for number in (2, 3, 4, 4):
        clock.step(timedelta(seconds=1))
        assert tell(client, said(number)).status_code == 201
    assert sorted(row["shown"] for row in rows(running)) == ["of the team", *(f"ভুল শব্দ {one}" for one in (1, 3, 4))]


def test_signs_that_cannot_be_seen_are_left_out(client: FlaskClient, running: Services) -> None:
    assert tell(client, said(1, shown="\x00a\nb\x85", note="\x00")).status_code == 201
    set_up_programme(running)
    assert client.post(PAGE, data={"lang": "ar", "shown": "\x00ab"}).status_code == 200
    assert sorted(row["shown"] for row in rows(running)) == ["a b", "ab"]


def test_the_console_lists_by_language_marks_as_done_and_undoes_it(
    app: Flask, client: FlaskClient, running: Services
) -> None:
    tell(client, said(1), said(2, lang="ar", shown="كلمة"))
    browser = browser_of(app, running, "olga")
    assert "ভুল শব্দ 1" in (page := browser.get(LIST).text)
    assert 'lang="ar" dir="rtl">كلمة' in page
    assert "ভুল শব্দ 1" not in browser.get(f"{LIST}?lang=ar").text
    reply = act(browser, f"{LIST}/{report_id(1)}/done", lang="bn")
    assert (reply.status_code, reply.location) == (303, f"{LIST}?lang=bn&done={report_id(1)}")
    assert "Marked as done" in text_of(browser.get(reply.location))
    assert "ভুল শব্দ 1" not in browser.get(LIST).text
    assert "ভুল শব্দ 1" in browser.get(f"{LIST}?show=done").text
    act(browser, f"{LIST}/{report_id(1)}/not-done")
    assert "ভুল শব্দ 1" in browser.get(LIST).text
    with running.database.read() as connection:
        noted = connection.execute("SELECT action, subject FROM audit WHERE action LIKE 'words-%' ORDER BY seq")
        assert [tuple(row) for row in noted] == [("words-done", report_id(1)), ("words-not-done", report_id(1))]


def test_a_report_is_seen_only_where_it_came_from_and_one_from_nowhere_by_who_sees_everything(
    app: Flask, client: FlaskClient, running: Services, device: Phone
) -> None:
    tell(client, said(1, shown="of Old Ford"), token=device.token)
    tell(client, said(2, shown="of nobody knows where"))
    own, other = browser_of(app, running, "olga", "old-ford"), browser_of(app, running, "kai", "kings-heath")
    everywhere = browser_of(app, running, "eve")
    seen = [[words in browser.get(LIST).text for words in ("of Old Ford", "of nobody")] for browser in (own, other)]
    assert seen == [[True, False], [False, False]]
    assert "of nobody" in everywhere.get(LIST).text
    assert act(other, f"{LIST}/{report_id(1)}/done").status_code == 404
    assert rows(running)[0]["handled_at"] is None


def test_whoever_is_signed_in_reports_and_finds_their_own_report(app: Flask, running: Services) -> None:
    browser = browser_of(app, running, "olga", "old-ford")
    empty = act(browser, FORM, lang="bn", shown=" ")
    assert (empty.status_code, "Copy or type the words that are wrong" in text_of(empty)) == (422, True)
    assert act(browser, FORM, lang="bn", shown="  অদ্ভুত \n শব্দ ", better="").location == LIST
    assert "অদ্ভুত শব্দ" in browser.get(LIST).text
    person_with(running, "vera", "viewer", "old-ford")
    viewer = signed_in(app, "vera")
    assert act(viewer, FORM, lang="ar", shown="كلمة").location == FORM
    assert viewer.get(LIST).status_code == 403


def test_a_resident_reports_without_script_in_their_language(client: FlaskClient, running: Services) -> None:
    set_up_programme(running)
    page = client.get(f"{PAGE}?lang=ar")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert '<html lang="ar" dir="rtl">' in page.text
    assert client.post(PAGE, data={"lang": "ar", "shown": ""}).status_code == 422
    typed = client.post(PAGE, data={"lang": "ar", "shown": "", "better": '"><b>x'})
    assert "&#34;&gt;&lt;b&gt;x" in typed.text
    assert client.post(PAGE, data={"lang": "ar", "shown": "كلمة", "better": "أخرى"}).status_code == 200
    (kept,) = rows(running)
    assert (kept["lang"], kept["shown"], kept["better"], kept["screen"]) == ("ar", "كلمة", "أخرى", "poster")
    assert client.post(PAGE, data={"shown": "x" * (ASK_BYTES + 1)}).status_code == 413


def test_too_much_at_once_too_often_is_refused_and_no_failure(
    running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_views, "WORD_REPORTS_PER_ADDRESS", "1 per hour")
    client = create_app(Config(data_folder=running.database.folder), running).test_client()
    large = {"shown": "x" * (ASK_BYTES + 1)}
    assert [client.post(PAGE, data=sent).status_code for sent in ({}, {}, large)] == [422, 429, 413]


def test_what_was_dealt_with_goes_after_ninety_days_and_nothing_else(
    app: Flask, client: FlaskClient, running: Services, clock: SteppedClock
) -> None:
    tell(client, said(1), said(2))
    act(browser_of(app, running, "olga"), f"{LIST}/{report_id(1)}/done")
    clock.step(KEPT_WHEN_HANDLED)
    forget_handled(running.database, now=clock.now())
    assert len(rows(running)) == 2
    clock.step(timedelta(milliseconds=1))
    forget_handled(running.database, now=clock.now())
    assert [row["report_id"] for row in rows(running)] == [report_id(2)]
