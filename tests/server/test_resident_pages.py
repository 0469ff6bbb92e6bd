"""A poster's form page by page, without script: the same answers as in the app, stored once, under a code."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

import pytest
from flask.testing import FlaskClient

from server.formlogic.functions_choice import chosen
from server.formlogic.response import Response
from server.forms.publish import publish
from server.reviews import projector
from server.services import Services
from server.venues.queries import count_responses
from sync.hashes import sha256_hex
from sync.references import read_reference, reference_hash
from tests.server.instrument_walks import Walker, compiled, definition
from tests.server.posters import CODE, DEVICE, POSTER, Browser, add_poster, publish_instrument, set_up_programme
from tests.server.records import SteppedClock

INSTRUMENT: Final = "tell_us_about_this_place"
NUMBERS: Final = {node.name: node.number for node in definition(INSTRUMENT).nodes}
SHOWN_CODE: Final = re.compile(r'class="code-shown"[^>]*><bdi[^>]*>([^<]+)<')


@pytest.fixture(autouse=True)
def poster(running: Services) -> None:
    """A poster for the built-in form in Old Ford."""
    set_up_programme(running)
    publish_instrument(running, INSTRUMENT)
    add_poster(running)


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client).open()


def q(name: str) -> str:
    return f"q{NUMBERS[name]}"


def to_check(browser: Browser, answers: Mapping[str, str | Sequence[str]] | None = None) -> Browser:
    """Go on with Continue to the next check; ``answers`` by field are given where they are asked for."""
    given = {q("agree"): "yes", **(answers or {})}
    browser.press("continue", given)
    while not browser.page.startswith("check"):
        browser.press("continue", given)
    return browser


def to_the_end(browser: Browser, answers: Mapping[str, str | Sequence[str]] | None = None) -> str:
    """Answer, check, answer about oneself, check, send; give the reference code as it is shown."""
    to_check(browser, answers)
    if 'value="finish"' not in browser.text:
        to_check(browser, answers)
    return SHOWN_CODE.findall(browser.press("finish").text)[0]


def stored(running: Services) -> list[dict[str, object]]:
    """Give the headers and answers of what is stored, in order."""
    with running.database.read() as connection:
        rows = connection.execute("SELECT rev, header, quarantined_why FROM revisions ORDER BY seq").fetchall()
        parts: dict[str, dict[str, object]] = {row["rev"]: {} for row in rows}
        for row in connection.execute(
            "SELECT rev, name, body FROM revision_parts JOIN parts USING (sha256) ORDER BY rev, position"
        ):
            parts[row["rev"]][row["name"]] = json.loads(row["body"])["answers"]
    return [
        {
            "header": json.loads(row["header"]),
            "parts": parts[row["rev"]],
            "why": row["quarantined_why"],
            "rev": row["rev"],
        }
        for row in rows
    ]


def test_the_first_page_asks_at_once_and_says_who_asks(browser: Browser) -> None:
    text = browser.text
    assert 'name="q5"' in text
    assert "Well Old Ford" in text
    assert "Café on the Corner" in text
    assert "privacy@old-ford.example" in text
    assert re.findall(r'value="language:(\w+)"', text) == ["bn", "en", "ar"]
    assert "Set-Cookie" not in (browser.reply.headers if browser.reply else {})


def test_nothing_is_stored_before_the_end(browser: Browser, running: Services) -> None:
    to_check(browser, {q("how_often"): "weekly"})
    assert stored(running) == []


def test_what_was_answered_is_stored_as_the_posters_device_with_the_code_that_is_shown(
    browser: Browser, running: Services
) -> None:
    answers = {
        q("how_often"): "weekly",
        q("benefits"): ["safety", "connect"],
        q("one_change"): "বেশি\r\nবেঞ্চ",
        q("equality_willing"): "yes",
        q("age_band"): "not_say",
    }
    code = to_the_end(browser, answers)
    [one] = stored(running)
    header = one["header"]
    assert isinstance(header, dict)
    assert (header["poster"], header["device"], header["author"]) == (POSTER, DEVICE, "")
    assert (header["neighbourhood"], header["kind"], header["parents"]) == ("old-ford", "create", [])
    assert header["reference"] == reference_hash(read_reference(code) or "")
    assert [part["name"] for part in header["parts"]] == ["main", "equality"]
    parts = one["parts"]
    assert isinstance(parts, dict)
    assert parts["equality"] == {
        "equality": {"equality_why": {"equality_willing": "yes"}, "about_person": {"age_band": "not_say"}}
    }
    visit = parts["main"]["visit"]
    assert (visit["how_often"], visit["benefits"], visit["one_change"]) == ("weekly", "connect safety", "বেশি\nবেঞ্চ")
    assert one["why"] is None
    with running.database.read() as connection:
        device = connection.execute("SELECT role, name FROM devices WHERE device_id = ?", (DEVICE,)).fetchone()
        assert (device["role"], device["name"]) == ("resident", "")
        assert count_responses(connection, POSTER) == 1


def test_the_projected_response_has_no_problem(browser: Browser, running: Services) -> None:
    to_the_end(browser, {q("barrier_code"): "cost", q("barrier_words"): "Too dear", q("asset_name"): "The canal"})
    projector.catch_up(running.database)
    with running.database.read() as connection:
        row = connection.execute(
            "SELECT problem_count, asset_count, barrier_count FROM responses ORDER BY response_id"
        ).fetchone()
    assert tuple(row) == (0, 1, 1)


@pytest.mark.parametrize("lang", ["en", "bn", "ar"])
def test_pages_give_what_the_plain_engine_gives(client: FlaskClient, running: Services, lang: str) -> None:
    walker = Walker(INSTRUMENT)
    for _ in range(6):
        walked = walker.walk({"agree": "yes"})
        browser = Browser(client, headers={"Accept-Language": lang}).open()
        follow(browser, walked)
        parts = stored(running)[-1]["parts"]
        assert isinstance(parts, dict)
        joined = {name: group for part in parts.values() for name, group in part.items()}
        assert without_ids(joined) == without_ids(walked.answers())


def follow(browser: Browser, walked: Response) -> None:
    """Give on the pages what was answered in the plain engine, and send it."""
    answers = {
        f"q{element.definition.number}": chosen(element.text)
        if element.definition.control == "select"
        else element.text
        for element in walked.root.walk()
        if element.definition is not None and element.definition.control and element.text
    }
    pages = 0
    while browser.reply is not None and 'class="code-shown"' not in browser.text:
        pages += 1
        assert pages < 60, browser.text
        browser.press("finish" if 'value="finish"' in browser.text else "continue", answers)


def without_ids(answers: object) -> object:
    """Leave out what is made anew each time: names of the response and of its observations."""
    if not isinstance(answers, dict):
        return answers
    kept = {name: without_ids(inner) for name, inner in answers.items() if name not in {"@id", "instanceID"}}
    return {name: inner for name, inner in kept.items() if inner != {}}


def test_a_repeated_send_shows_the_same_code_and_stores_once(browser: Browser, running: Services) -> None:
    to_check(to_check(browser))
    before = {"state": json.dumps(browser.state), "page": browser.page}
    first = SHOWN_CODE.findall(browser.press("finish").text)
    browser.open()
    again = SHOWN_CODE.findall(browser.press("finish", **before).text)
    assert first == again
    assert len(stored(running)) == 1


def test_a_send_that_was_stored_but_never_answered_is_answered_the_same(
    browser: Browser, running: Services, client: FlaskClient
) -> None:
    """What a server that was killed between storing and answering looks like afterwards."""
    to_check(to_check(browser))
    state, page = json.dumps(browser.state), browser.page
    browser.press("finish")
    [one] = stored(running)
    other = Browser(client).open()
    assert SHOWN_CODE.findall(other.press("finish", state=state, page=page).text)
    assert stored(running) == [one]


def test_other_answers_of_the_same_visit_follow_the_ones_before(
    browser: Browser, running: Services, clock: SteppedClock
) -> None:
    """Two checks of one visit are open in two tabs; both are sent."""
    to_check(to_check(browser, {q("how_often"): "weekly"}))
    state, page = json.dumps(browser.state), browser.page
    clock.step(timedelta(minutes=1))
    browser.press(f"change:{NUMBERS['how_often']}")
    browser.press("check", {q("how_often"): "monthly"})
    to_check(browser)
    sent = json.dumps(browser.state)
    code = SHOWN_CODE.findall(browser.open().press("finish", state=state, page=page).text)
    browser.open()
    for _ in "twice":
        assert SHOWN_CODE.findall(browser.press("finish", state=sent, page="check-equality").text) == code
        browser.open()
    first, second = stored(running)
    assert isinstance(second["header"], dict)
    assert (second["header"]["kind"], second["header"]["parents"]) == ("edit", [first["rev"]])
    projector.catch_up(running.database)
    with running.database.read() as connection:
        assert connection.execute("SELECT heads FROM responses").fetchone()["heads"] == 1
        assert count_responses(connection, POSTER) == 1


def test_another_language_half_way_keeps_the_answers_and_remembers_both_wordings(
    browser: Browser, running: Services
) -> None:
    browser.press("continue", {q("agree"): "yes"})
    browser.press("language:bn", {q("how_often"): "weekly"})
    assert browser.page == str(NUMBERS["how_often"])
    assert re.search(r'value="weekly" checked', browser.text)
    assert '<html lang="bn"' in browser.text
    to_the_end(browser, {q("how_often"): "weekly"})
    [one] = stored(running)
    header = one["header"]
    assert isinstance(header, dict)
    packs = compiled(INSTRUMENT).packs
    assert header["lang"] == "bn"
    assert header["form"]["texts"] == {lang: sha256_hex(packs[lang]) for lang in ("en", "bn")}


def test_a_required_question_is_asked_again_in_the_forms_own_words(browser: Browser) -> None:
    browser.press("continue")
    assert browser.page == "1"
    assert browser.text.count("Choose Yes or No. We need a clear answer before we start.") == 2
    assert 'href="#question-5"' in browser.text
    assert browser.reply is not None
    assert browser.reply.status_code == 200, "a browser keeps no page of another status for its Back"


def test_a_broken_rule_is_said_in_the_language_shown(client: FlaskClient) -> None:
    browser = Browser(client, headers={"Accept-Language": "bn-BD,bn;q=0.9,en;q=0.5"}).open()
    browser.press("continue", {q("agree"): "yes"})
    browser.press("continue")
    browser.press("continue", {q("benefits"): ["dont_know", "safety"]})
    words = json.loads(compiled(INSTRUMENT).packs["bn"])["texts"]
    [rule] = [text for name, text in words.items() if "benefits" in name and "constraint" in name.lower()]
    assert html.unescape(browser.text).count(rule) == 2
    assert re.search(r'value="safety" checked', browser.text)


def test_back_keeps_what_was_typed_and_asks_nothing(browser: Browser) -> None:
    browser.press("continue", {q("agree"): "yes"})
    browser.press("continue", {q("how_often"): "weekly"})
    browser.press("back", {q("benefits"): ["dont_know", "safety"]})
    assert re.search(r'value="weekly" checked', browser.text)
    browser.press("continue", {q("how_often"): "weekly"})
    assert re.search(r'value="safety" checked', browser.text)


def test_change_leads_back_to_the_check_and_back_does_too(browser: Browser) -> None:
    to_check(browser)
    browser.press(f"change:{NUMBERS['welcome']}")
    assert browser.page == str(NUMBERS["welcome"])
    assert browser.state["changing"] is True
    browser.press("language:ar")
    assert browser.press("check", {q("welcome"): "very"}).page == "check"
    browser.press(f"change:{NUMBERS['welcome']}")
    assert browser.press("back", {q("welcome"): "very"}).page == "check"
    assert "changing" not in browser.state


def test_an_answer_can_be_cleared(browser: Browser) -> None:
    browser.press("continue", {q("agree"): "yes"})
    browser.press("continue", {q("how_often"): "weekly"})
    browser.press("back")
    browser.press(f"clear:{NUMBERS['how_often']}", {q("how_often"): "weekly"})
    assert browser.page == str(NUMBERS["how_often"])
    assert "checked" not in browser.text


def test_stop_sends_nothing_and_has_the_browser_forget(browser: Browser, running: Services) -> None:
    browser.press("continue", {q("agree"): "yes"})
    browser.press("stop", {q("how_often"): "weekly"})
    assert browser.press("stay").page == str(NUMBERS["how_often"])
    assert re.search(r'value="weekly" checked', browser.text)
    browser.press("stop").press("stop-now")
    assert browser.reply is not None
    assert browser.reply.headers["Cache-Control"] == "no-store"
    assert browser.reply.headers["Clear-Site-Data"] == '"cache"'
    assert "weekly" not in browser.text
    assert stored(running) == []


def test_nothing_is_sent_that_was_never_looked_over(browser: Browser, running: Services) -> None:
    browser.press("continue", {q("agree"): "yes"})
    browser.press("finish", {q("how_often"): "weekly"})
    assert browser.page == "check"
    state = {**browser.state}
    del state["made_at"]
    browser.press("finish", state=json.dumps(state))
    assert browser.page == "check"
    assert stored(running) == []


def test_nothing_is_sent_with_a_required_question_open(browser: Browser, running: Services) -> None:
    to_check(browser)
    state = {**browser.state, "answers": {}}
    browser.press("finish", state=json.dumps(state))
    assert browser.page == "check"
    assert "Choose Yes or No. We need a clear answer before we start." in browser.text
    assert stored(running) == []


def test_a_promise_that_nobody_has_checked_shows_the_original_beneath(client: FlaskClient) -> None:
    browser = Browser(client, headers={"Accept-Language": "ar"}).open()
    assert '-original" lang="en" dir="ltr">Are you happy to answer some questions?</span>' in browser.text
    assert "Are you happy to answer some questions?" in str(browser.visit["originals"])
    assert 'class="original"' not in browser.press("continue", {q("agree"): "yes"}).text


def test_a_checked_translation_stands_alone(client: FlaskClient, running: Services) -> None:
    publish(
        running.database, compiled(INSTRUMENT), source_name=INSTRUMENT, clock=running.clock, reviewed=("en", "bn", "ar")
    )
    browser = Browser(client, headers={"Accept-Language": "ar"}).open()
    assert 'class="original"' not in browser.text
    assert browser.visit["originals"] == {}


def test_the_app_finds_what_it_takes_over(browser: Browser, running: Services) -> None:
    browser.press("continue", {q("agree"): "yes"})
    visit = browser.visit
    assert set(visit) == {
        *("code", "poster", "venue", "programme", "neighbourhood"),
        *("server_id", "form", "page", "state", "originals"),
    }
    assert (visit["code"], visit["poster"], visit["page"]) == (CODE, POSTER, browser.page)
    assert visit["state"] == browser.state
    assert visit["neighbourhood"] == {"id": "old-ford", "name": "Old-Ford"}
    assert visit["server_id"] == running.identity.server_id
    assert '<div id="app">' in browser.text
    assert '<form id="question-form" method="post"' in browser.text


def test_what_was_typed_cannot_leave_the_block_of_data(browser: Browser) -> None:
    hostile = "</script><script>alert(1)</script>\u2028&"
    to_check(browser, {q("one_change"): hostile})
    assert "<script>alert" not in browser.text
    state = browser.visit["state"]
    assert isinstance(state, dict)
    assert state["answers"]["visit"]["one_change"] == hostile


def test_each_fragment_says_its_language_and_direction(client: FlaskClient) -> None:
    text = Browser(client, headers={"Accept-Language": "ar"}).open().text
    assert '<html lang="ar" dir="rtl">' in text
    assert '<span lang="ar" dir="rtl" class="as-typed">' in text
    assert 'lang="bn" dir="ltr">বাংলা</button>' in text
