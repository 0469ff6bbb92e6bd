"""What travels with a visit's pages is anybody's to change: it is read strictly, and nothing of it breaks a page."""

import json
import random
from collections.abc import Callable
from typing import Final

import pytest
from flask.testing import FlaskClient

from server.residents.revision import code_of, write
from server.residents.state import STATE_CHARACTERS, State, read_state, write_state
from server.services import Services
from server.venues.queries import poster_by_code
from sync.hashes import sha256_hex
from tests.server.posters import CODE, Browser, add_poster, publish_instrument, set_up_programme

SHA: Final = "ab" * 32
GOOD: Final = State(
    response="0192f000-0000-7000-8000-0000000000e1",
    begun="2026-11-20T12:00:00.000+00:00",
    language="bn",
    shown={"bn": SHA},
    answers={"visit": {"how_often": "weekly"}},
    seed="0123456789abcdef" * 2,
    logic=SHA,
    version="1",
    made_at="2026-11-20T12:05:00.000Z",
)


def with_member(**members: object) -> str:
    return json.dumps({**json.loads(write_state(GOOD)), **members})


def test_a_state_is_read_as_it_was_written() -> None:
    assert read_state(write_state(GOOD)) == GOOD


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "{}", "not json", "1e999", "NaN", "[" * 100_000, '{"v":1}'),
        *(with_member(v=2), with_member(response="me"), with_member(response="0" * 36), with_member(begun="yesterday")),
        *(with_member(begun="2026-11-20T12:00:00"), with_member(begun="9" * 5000), with_member(seed="short")),
        *(with_member(seed="z" * 32), with_member(logic="nothing"), with_member(version=""), with_member(lang="fr")),
        *(with_member(version="9" * 5000), with_member(shown={"bn": 7}), with_member(shown={}), with_member(shown=[])),
        with_member(shown={str(number): SHA for number in range(61)}),
        *(with_member(answers=[]), with_member(answers="x"), with_member(answers={"who": "\ud800"})),
        with_member(answers={"who": "x" * STATE_CHARACTERS}),
        "\ud800",
    ],
)
def test_what_no_page_of_ours_says_is_no_state(text: str) -> None:
    assert read_state(text) is None


@pytest.mark.parametrize("made_at", ["now", 7, "2026-13-40T99:99:99.000Z", None])
def test_a_moment_of_the_check_that_is_none_is_left_out(made_at: object) -> None:
    state = read_state(with_member(made_at=made_at))
    assert state is not None
    assert state.made_at is None


@pytest.fixture
def browser(client: FlaskClient, running: Services) -> Browser:
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running)
    return Browser(client).open()


def hostile_answers(chance: random.Random, depth: int = 0) -> object:
    """Make a tree of the kinds that JSON has, under names of the form and others."""
    names = ["visit", "how_often", "equality", "__proto__", "meta", "agree", "before_we_start", "", "q5", "benefits"]
    kind = chance.randrange(9 if depth < 5 else 6)
    plain = ["<b>", "yes", 7, None, True, "\u202e" * 9, 1e308, "💧" * 50, "'; DROP TABLE posters --", "no\0"]
    if kind < 6:
        return chance.choice(plain)
    if kind < 7:
        return [hostile_answers(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice(names): hostile_answers(chance, depth + 1) for _ in range(chance.randrange(6))}


@pytest.mark.parametrize("seed", range(12))
def test_no_state_and_no_button_breaks_a_page(browser: Browser, running: Services, seed: int) -> None:
    chance = random.Random(seed)
    good = browser.state
    wild: list[Callable[[], object]] = [
        lambda: {**good, "answers": {"visit": hostile_answers(chance), "equality": hostile_answers(chance)}},
        lambda: {**good, chance.choice(list(good)): hostile_answers(chance)},
        lambda: hostile_answers(chance),
    ]
    buttons = [
        "continue",
        "back",
        "check",
        "finish",
        "stop",
        "change:7",
        "change:",
        "language:xx",
        "clear:9",
        "",
        "x:y",
    ]
    pages = ["1", "check", "check-equality", "999999", "-1", "", "٣", "7.2.1", "x" * 900]
    for _ in range(25):
        state = json.dumps(chance.choice(wild)())
        browser.open()
        browser.press(
            chance.choice(buttons),
            {f"q{chance.randrange(40)}": ["x", "<script>"], "q5": "yes"},
            state=state,
            page=chance.choice(pages),
        )
        assert browser.reply is not None
        assert browser.reply.status_code == 200, (seed, state)
        assert "<script>" not in browser.text
    with running.database.read() as connection:
        assert connection.execute("SELECT COUNT(*) FROM revisions").fetchone()[0] == 0


def test_a_state_of_another_form_or_with_words_that_never_were_begins_afresh(browser: Browser) -> None:
    good = browser.state
    for members in ({"logic": SHA}, {"version": "0"}, {"shown": {"en": SHA}, "lang": "en"}, {"seed": "x"}):
        browser.open()
        browser.press("continue", {"q5": "yes"}, state=json.dumps({**good, **members}), page="1")
        assert browser.page == "1"
        assert browser.state["response"] != good["response"]
        assert "The questions begin again. Nothing was sent." in browser.text
    assert "begin again" not in browser.open().text


def test_a_page_without_any_field_begins_afresh(client: FlaskClient, browser: Browser) -> None:
    assert client.post(f"/v/{CODE}").status_code == 200
    assert client.post(f"/v/{CODE}", data=b"\xff\xfe", content_type="multipart/form-data; boundary=x").status_code < 500
    assert client.post(f"/v/{CODE}", json={"state": 1}).status_code == 200


def test_a_revision_is_a_pure_function_of_the_state(browser: Browser, running: Services) -> None:
    with running.database.read() as connection:
        poster = poster_by_code(connection, CODE)
    assert poster is not None
    answers = {"visit": {"how_often": "weekly"}, "equality": {"x": "y"}}
    first, again = (write(GOOD, answers, poster=poster, made_at="2026-11-20T12:05:00.000Z", parent=None) for _ in "12")
    assert first == again
    assert first.rev == sha256_hex(first.header)
    other = write(GOOD, {**answers, "equality": {"x": "z"}}, poster=poster, made_at="…", parent=first.rev)
    assert json.loads(other.header)["parts"][0] != json.loads(other.header)["parts"][1]
    salts = {json.loads(part)["salt"] for made in (first, other) for part in made.parts}
    assert len(salts) == 3, "a salt for each part of its own; the main part is the same in both"
    assert code_of(GOOD) == code_of(GOOD)
