"""One's own answers by their reference code: read, and taken back for good while the server serves."""

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import config
from server.intake.erasure import Erasure
from server.reviews import projector
from server.services import Services
from server.store.database import Database
from server.upkeep import erasing, ledger
from server.upkeep.errors import ErasureUnfinished
from server.upkeep.withdrawing import WITHDRAWN, withdraw
from sync.references import make_reference, reference_hash, shown_reference
from tests.server.erasures import Restart
from tests.server.posters import Browser, add_poster, publish_instrument, set_up_programme
from tests.server.pushing import push
from tests.server.records import Phone, SteppedClock
from tests.server.test_resident_pages import q, to_check, to_the_end
from tests.server.uploading import item_with, noise

WAIT_SECONDS = 30
SECRET_WORDS = "একটা গোপন কথা 7c1d"
OTHER_CODE = shown_reference(make_reference(bytes(11)))


@pytest.fixture
def code(running: Services, client: FlaskClient) -> str:
    """The code of answers that were sent from a poster, equality answers among them."""
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running)
    sent = {q("one_change"): SECRET_WORDS, q("equality_willing"): "yes", q("sex"): "female", q("barrier_code"): "cost"}
    code = to_the_end(Browser(client).open(), sent)
    projector.catch_up(running.database)
    return code


def post(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    return client.post(path, data=fields, headers={"Accept-Language": "en"})


def count(running: Services, sql: str) -> int:
    with running.database.read() as connection:
        return int(connection.execute(sql).fetchone()[0])


def response_id(running: Services) -> str:
    with running.database.read() as connection:
        row = connection.execute("SELECT response_id FROM revisions WHERE reference_hash IS NOT NULL").fetchone()
    return str(row["response_id"])


def test_the_code_shows_all_answers_to_whoever_gave_them(client: FlaskClient, code: str) -> None:
    reply = post(client, "/answers", code=code.lower().replace("-", " "))
    text = reply.get_data(as_text=True)
    assert reply.status_code == 200
    assert SECRET_WORDS in text
    assert "Female" in text
    assert "The team has your answers since" in text
    assert reply.headers["Cache-Control"] == "no-store"


def test_they_are_read_in_any_language_of_the_form(client: FlaskClient, code: str) -> None:
    text = post(client, "/answers", code=code, go="language:ar").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in text
    assert "نعم" in text
    assert SECRET_WORDS in text


def test_a_code_that_nobody_has_and_one_with_a_slip_are_answered_alike(client: FlaskClient, code: str) -> None:
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    for path in ("/answers", "/answers/take-back", "/answers/taken-back"):
        unknown, wrong, none = (post(client, path, code=typed) for typed in (OTHER_CODE, slip, "nonsense"))
        pages = [
            reply.get_data(as_text=True).replace(typed, "").split("</style>")[1]
            for reply, typed in ((unknown, OTHER_CODE), (wrong, slip), (none, "nonsense"))
        ]
        assert pages[0] == pages[1] == pages[2]
        assert {unknown.status_code, wrong.status_code, none.status_code} == {404}
    assert "may still be on that phone" in unknown.get_data(as_text=True)


def test_taking_back_asks_once_and_leaves_nothing(
    client: FlaskClient, running: Services, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = post(client, "/answers/take-back", code=code)
    assert asked.status_code == 200
    assert count(running, "SELECT COUNT(*) FROM responses") == 1
    settled = hear_of_settling(monkeypatch)
    done = post(client, "/answers/taken-back", code=code)
    assert done.status_code == 200
    assert count(running, "SELECT COUNT(*) FROM barrier_observations") == 0
    assert count(running, "SELECT COUNT(*) FROM responses WHERE barrier_count > 0") == 0
    assert count(running, "SELECT COUNT(*) FROM parts WHERE body IS NOT NULL") == 0
    assert settled.wait(WAIT_SECONDS)
    words = SECRET_WORDS.encode()
    assert [path.name for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()] == []
    assert "deleted" in post(client, "/answers", code=code).get_data(as_text=True)
    assert SECRET_WORDS not in post(client, "/answers", code=code).get_data(as_text=True)


def test_it_is_in_the_audit_log_once_and_says_nobodys_name(client: FlaskClient, running: Services, code: str) -> None:
    for _ in range(2):
        assert post(client, "/answers/taken-back", code=code).status_code == 200
    with running.database.read() as connection:
        rows = connection.execute(
            "SELECT actor_id, actor_name, action, subject, neighbourhood_id, details FROM audit ORDER BY seq"
        ).fetchall()
    assert [tuple(row) for row in rows] == [(None, "", "response-withdrawn", response_id(running), "old-ford", "{}")]


def test_the_ledger_and_the_log_tell_of_it(client: FlaskClient, running: Services, code: str, folder: Path) -> None:
    post(client, "/answers/taken-back", code=code)
    [line] = ledger.Ledger(folder).read().erasures
    assert json.loads(line.header_text)["erases"]["reason"] == WITHDRAWN
    assert json.loads(line.header_text)["reference"] == reference_hash(code.replace("-", ""))
    assert count(running, "SELECT COUNT(*) FROM log WHERE kind = 'erase'") == 1


def test_what_was_taken_back_is_not_sent_again(client: FlaskClient, running: Services) -> None:
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running)
    browser = Browser(client).open()
    to_check(to_check(browser))
    state, page = json.dumps(browser.state), browser.page
    code = browser.press("finish").text.split('class="code-shown"')[1].split('no">')[1].split("<")[0]
    post(client, "/answers/taken-back", code=code)
    again = browser.open().press("finish", state=state, page=page)
    assert "Your answers were taken back" in again.text
    assert code not in again.text
    assert count(running, "SELECT COUNT(*) FROM parts WHERE body IS NOT NULL") == 0


def test_answers_that_are_set_aside_can_be_read_and_taken_back(client: FlaskClient, running: Services) -> None:
    set_up_programme(running)
    publish_instrument(running, "tell_us_about_this_place")
    add_poster(running, quota=1)
    to_the_end(Browser(client).open())
    late = Browser(client)
    running.database.write(lambda connection: connection.execute("UPDATE posters SET quota = 2").rowcount)
    late.open()
    running.database.write(lambda connection: connection.execute("UPDATE posters SET quota = 1").rowcount)
    code = to_the_end(late, {q("one_change"): SECRET_WORDS})
    assert count(running, "SELECT COUNT(*) FROM revisions WHERE quarantined_why = 'over-quota'") == 1
    text = post(client, "/answers", code=code).get_data(as_text=True)
    assert "set aside" in text
    assert SECRET_WORDS in text
    post(client, "/answers/taken-back", code=code)
    assert SECRET_WORDS not in post(client, "/answers", code=code).get_data(as_text=True)
    assert count(running, "SELECT COUNT(*) FROM parts WHERE body LIKE '%7c1d%'") == 0


def hear_of_settling(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Give what is set once the server has ended, behind its answers, what an erasure left to do."""
    settled, settle = threading.Event(), erasing.settle

    def heard(database: Database) -> None:
        settle(database)
        settled.set()

    monkeypatch.setattr(erasing, "settle", heard)
    return settled


def nothing(_connection: sqlite3.Connection, _erasure: Erasure) -> None:
    """Note nothing."""


def test_a_response_with_files_is_left_for_the_command(
    client: FlaskClient, running: Services, device: Phone, clock: SteppedClock
) -> None:
    made = item_with(device, noise(100))
    push(client, device, made)
    found = json.loads(str(made["header"]))["id"]
    outcome = withdraw(running.database, found, identity=running.identity, clock=clock, note=nothing)
    assert outcome == "holds-files"
    assert count(running, "SELECT COUNT(*) FROM parts WHERE body IS NULL") == 0


def test_a_projector_that_read_before_writes_nothing_of_it_after(
    client: FlaskClient, running: Services, code: str, clock: SteppedClock
) -> None:
    """The projector runs all the while, and pushes of others come in between."""
    found = response_id(running)
    stop = threading.Event()

    def project() -> None:
        while not stop.is_set():
            running.database.write(
                lambda connection: connection.execute("UPDATE projection_progress SET seq = 0").rowcount
            )
            projector.catch_up(running.database)

    thread = threading.Thread(target=project)
    thread.start()
    try:
        withdraw(running.database, found, identity=running.identity, clock=clock, note=nothing)
    finally:
        stop.set()
        thread.join()
    projector.catch_up(running.database)
    assert count(running, "SELECT COUNT(*) FROM barrier_observations") == 0


def test_two_who_take_back_at_once_erase_once(
    client: FlaskClient, running: Services, code: str, clock: SteppedClock
) -> None:
    found, outcomes = response_id(running), []
    together = threading.Barrier(4)

    def take_back() -> None:
        together.wait()
        outcomes.append(withdraw(running.database, found, identity=running.identity, clock=clock, note=nothing))

    threads = [threading.Thread(target=take_back) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) <= {"withdrawn", "nothing-left"}
    assert count(running, "SELECT COUNT(*) FROM parts WHERE body IS NOT NULL") == 0
    assert count(running, "SELECT COUNT(*) FROM log WHERE kind = 'erase'") == 1


def test_a_stop_between_ledger_and_rows_is_finished_by_the_next_start(
    client: FlaskClient, running: Services, code: str, clock: SteppedClock, restarted: Restart
) -> None:
    found = response_id(running)

    def power_cut(_connection: sqlite3.Connection, _erasure: Erasure) -> None:
        raise RuntimeError("The power is gone.")

    with pytest.raises(RuntimeError):
        withdraw(running.database, found, identity=running.identity, clock=clock, note=power_cut)
    assert count(running, "SELECT COUNT(*) FROM parts WHERE body IS NOT NULL") == 2
    again = restarted()
    assert count(again, "SELECT COUNT(*) FROM parts WHERE body IS NOT NULL") == 0


def test_a_reader_holds_the_log_up_and_tidying_ends_it(
    client: FlaskClient, running: Services, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = response_id(running)
    withdraw(running.database, found, identity=running.identity, clock=running.clock, note=nothing)
    monkeypatch.setattr(running.database, "empty_log", lambda: False)
    with pytest.raises(ErasureUnfinished):
        erasing.settle(running.database)
    monkeypatch.undo()
    settled = hear_of_settling(monkeypatch)
    running.tidying.wake()
    assert settled.wait(WAIT_SECONDS)
    wal = folder / "fieldwell.sqlite3-wal"
    assert not wal.exists() or SECRET_WORDS.encode() not in wal.read_bytes()


def test_backups_hear_of_it_behind_the_answer(
    client: FlaskClient, code: str, backups: Path, again: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    again()
    settled = hear_of_settling(monkeypatch)
    post(client, "/answers/taken-back", code=code)
    assert settled.wait(WAIT_SECONDS)
    assert len(ledger.Ledger(backups).read().erasures) == 1


def test_wrong_codes_are_counted_and_right_ones_are_not(client: FlaskClient, code: str) -> None:
    most = int(config.REFERENCE_FAILURES_PER_ADDRESS.split()[0])
    assert most >= 150, "a hall in which half of the people mistype"
    for _ in range(most + 1):
        post(client, "/answers", code=code)
    for _ in range(most):
        last = post(client, "/answers", code=OTHER_CODE)
    assert last.status_code == 404
    assert post(client, "/answers", code=OTHER_CODE).status_code == 429
