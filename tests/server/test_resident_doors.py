"""The open door: posters that are closed say so, a hall gets in, nothing foreign does, and nobody is tracked."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server import config
from server.app import create_app
from server.residents import views
from server.residents.opening import GOING_ON
from server.services import Services
from server.store.errors import QueueFull
from tests.server.posters import CODE, POSTER, Browser, add_poster, publish_instrument, set_up_programme
from tests.server.records import SteppedClock
from tests.server.test_resident_pages import q, to_check

PERSON: Final = {"User-Agent": "Mozilla/5.0 (Linux; Android 11) Chrome/120", "Accept-Language": "en"}
HALL: Final = 300
PAGES: Final = 30


@pytest.fixture(autouse=True)
def poster(running: Services) -> None:
    """A poster for the built-in form in Old Ford."""
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running)


def change(running: Services, column: str, value: object) -> None:
    """Change the poster."""
    assert column.isidentifier()
    statement = f"UPDATE posters SET {column} = :value"  # noqa: S608 - an identifier of this file
    running.database.write(lambda connection: connection.execute(statement, {"value": value}).rowcount)


def visits(running: Services) -> int:
    """Count them, once the writer has done all that came before: visits are counted behind their pages."""
    running.database.write(lambda _connection: None)
    with running.database.read() as connection:
        return int(connection.execute("SELECT COALESCE(SUM(visits), 0) FROM poster_visits").fetchone()[0])


@pytest.mark.parametrize("typed", ["K7PX3M", "k7px3m", "k7p-x3m", "K7 PX 3M", "K7PX३M"])
def test_a_code_is_read_as_people_type_it(client: FlaskClient, typed: str) -> None:
    assert 'name="q5"' in Browser(client, code=typed).open().text
    reply = client.get("/v", query_string={"code": typed})
    assert (reply.status_code, reply.headers["Location"]) == (303, f"/v/{CODE}")


@pytest.mark.parametrize("address", ["/v/ZZZZZZ", "/v/nonsense", "/v/%00", "/v/" + "x" * 3000])
def test_an_unknown_code_gives_a_page_to_type_it_again(client: FlaskClient, address: str) -> None:
    reply = client.get(address, headers=PERSON)
    assert reply.status_code == 404
    assert 'name="code"' in reply.get_data(as_text=True)


def test_the_code_page_says_when_there_is_no_such_poster(client: FlaskClient) -> None:
    assert "cannot find" not in client.get("/v", headers=PERSON).get_data(as_text=True)
    assert "cannot find" in client.get("/v?code=12", headers=PERSON).get_data(as_text=True)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("closed_at", "2026-11-02T00:00:00.000Z", "The team has closed this poster."),
        ("expires_at", "2026-11-02T00:00:00.000Z", "The time for this poster is over."),
        ("replaced_by", POSTER, "There is a newer poster in this place."),
        ("form_id", "not-published", "The team has closed this poster."),
    ],
)
def test_a_poster_that_takes_nobody_in_says_why_and_whom_to_ask(
    client: FlaskClient, running: Services, column: str, value: str, words: str
) -> None:
    change(running, column, value)
    reply = client.get(f"/v/{CODE}", headers=PERSON)
    assert reply.status_code == 410
    assert words in reply.get_data(as_text=True)
    assert "020 7946 0000" in reply.get_data(as_text=True)
    assert visits(running) == 0


def test_a_full_poster_says_so(client: FlaskClient, running: Services) -> None:
    browser = to_check(to_check(Browser(client).open()))
    browser.press("finish")
    change(running, "quota", 1)
    assert "takes no more answers" in Browser(client).open().text


def test_a_visit_that_has_begun_is_not_lost_when_its_poster_closes(
    client: FlaskClient, running: Services, clock: SteppedClock
) -> None:
    browser = to_check(Browser(client).open())
    clock.step(timedelta(minutes=5))
    change(running, "closed_at", "2026-11-20T12:03:00.000Z")
    assert 'class="code-shown"' in to_check(browser).press("finish").text


def test_a_visit_cannot_go_on_for_ever_after_its_poster_closed(
    client: FlaskClient, running: Services, clock: SteppedClock
) -> None:
    browser = to_check(Browser(client).open())
    change(running, "closed_at", "2026-11-20T12:03:00.000Z")
    clock.step(GOING_ON + timedelta(minutes=4))
    assert "The team has closed this poster." in browser.press("continue").text


def test_visits_are_counted_once_for_each_who_scans(client: FlaskClient, running: Services) -> None:
    client.get(f"/v/{CODE}", headers=PERSON)
    client.head(f"/v/{CODE}", headers=PERSON)
    client.get(f"/v/{CODE}", headers={**PERSON, "Sec-Purpose": "prefetch"})
    client.get(f"/v/{CODE}", headers={**PERSON, "Cache-Control": "max-age=0"})
    Browser(client, headers=PERSON).open().press("continue", {q("agree"): "yes"})
    assert visits(running) == 2


def allowed(limit: str) -> int:
    """Give how much a limit allows; all of those that a hall meets are counted over ten minutes."""
    number, per, minutes, unit = limit.split()
    assert (per, minutes, unit) == ("per", "10", "minutes")
    return int(number)


def test_a_hall_of_300_behind_one_address_gets_through() -> None:
    assert allowed(config.RESIDENT_PAGES_PER_ADDRESS) >= HALL * PAGES
    assert allowed(config.RESIDENT_FINISHES_PER_ADDRESS) >= HALL
    assert allowed(config.VISITS_PER_ADDRESS) >= HALL


def test_one_address_has_half_of_a_posters_share_at_most() -> None:
    assert 2 * allowed(config.RESIDENT_PAGES_PER_ADDRESS) <= allowed(config.RESIDENT_PAGES_PER_POSTER)
    assert 2 * allowed(config.RESIDENT_FINISHES_PER_ADDRESS) <= allowed(config.RESIDENT_FINISHES_PER_POSTER)
    assert 2 * allowed(config.VISITS_PER_ADDRESS) <= allowed(config.VISITS_PER_POSTER)


def from_address(app: Flask, address: str) -> FlaskClient:
    """Give a browser behind another address."""
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = address
    return browser


def test_one_address_that_asks_without_end_shuts_a_poster_for_nobody_else(
    running: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "RESIDENT_PAGES_PER_ADDRESS", "3 per 10 minutes")
    monkeypatch.setattr(views, "RESIDENT_PAGES_PER_POSTER", "6 per 10 minutes")
    app = create_app(config.Config(data_folder=folder), running)
    replies = [from_address(app, "198.51.100.7").get(f"/v/{CODE}").status_code for _ in range(12)]
    assert replies == [200] * 3 + [429] * 9
    assert from_address(app, "203.0.113.9").get(f"/v/{CODE}").status_code == 200


def test_one_address_cannot_use_up_what_a_poster_may_bring(
    running: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "RESIDENT_FINISHES_PER_ADDRESS", "2 per 10 minutes")
    monkeypatch.setattr(views, "RESIDENT_FINISHES_PER_POSTER", "4 per 10 minutes")
    app = create_app(config.Config(data_folder=folder), running)

    def finish(address: str) -> str:
        return to_check(to_check(Browser(from_address(app, address)).open())).press("finish").text

    ends = [finish("198.51.100.7") for _ in range(5)]
    assert ['class="code-shown"' in end for end in ends] == [True, True, False, False, False]
    assert "What you typed is still here." in ends[-1]
    assert 'class="code-shown"' in finish("203.0.113.9")


def test_past_the_limit_the_page_waits_with_everything_typed(
    running: Services, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_connection: object) -> None:
        raise QueueFull(limit=1)

    browser = to_check(to_check(Browser(app.test_client()).open(), {q("one_change"): "কথা"}))
    monkeypatch.setattr(type(running.desk), "push", lambda *_given: full(None))
    reply = browser.press("finish").reply
    assert reply is not None
    assert reply.status_code == 503
    assert "What you typed is still here." in browser.text
    assert "কথা" in browser.text
    monkeypatch.undo()
    assert 'class="code-shown"' in browser.press("finish", page="check-equality").text


def test_too_much_at_once_is_refused_in_plain_words(client: FlaskClient) -> None:
    body = {"state": "x" * (config.RESIDENT_BODY_BYTES + 1), "go": "continue"}
    reply = client.post(f"/v/{CODE}", data=body, headers=PERSON)
    assert reply.status_code == 413
    assert "write a little less" in reply.get_data(as_text=True)


def test_the_policy_lets_nothing_in_and_no_cookie_is_set(client: FlaskClient) -> None:
    browser = Browser(client, headers=PERSON).open()
    for reply in (
        browser.reply,
        browser.press("continue").reply,
        client.get("/v", headers=PERSON),
        client.get("/answers", headers=PERSON),
        client.post("/answers", data={"code": "x"}, headers=PERSON),
    ):
        assert reply is not None
        policy = dict(part.strip().split(" ", 1) for part in reply.headers["Content-Security-Policy"].split(";"))
        assert (policy["default-src"], policy["script-src"], policy["form-action"]) == ("'none'", "'self'", "'self'")
        assert re.fullmatch("'self' 'nonce-[A-Za-z0-9_-]{22}'", policy["style-src"])
        assert "Set-Cookie" not in reply.headers
        text = reply.get_data(as_text=True)
        assert re.findall(r"<script(?![^>]*(?:type=\"application/json\"|src=\"/assets/))", text) == []
        assert re.findall(r'\son\w+="', text) == []
        assert re.findall(r'\sstyle="', text) == []
        assert re.findall(r'(?:src|href|action)="(?!/|#)', text) == []


def test_pages_may_be_shown_again_by_back_and_the_end_may_not(client: FlaskClient) -> None:
    browser = Browser(client).open()
    assert browser.reply is not None
    assert browser.reply.headers["Cache-Control"].startswith("private")
    browser.press("continue")
    assert browser.reply.headers["Cache-Control"].startswith("private")
    end = to_check(to_check(browser)).press("finish").reply
    assert end is not None
    assert (end.headers["Cache-Control"], end.headers["Clear-Site-Data"]) == ("no-store", '"cache"')


def test_without_a_built_app_the_pages_work_plain(running: Services, folder: Path, tmp_path: Path) -> None:
    app = create_app(config.Config(data_folder=folder), running, shell_folder=tmp_path / "nothing-built")
    browser = Browser(app.test_client()).open()
    assert '<script type="module"' not in browser.text
    assert 'class="code-shown"' in to_check(to_check(browser)).press("finish").text
