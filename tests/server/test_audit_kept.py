"""What people did is written down as it happens, also by commands, and stays as it was written."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils
from flask import Flask
from flask.testing import FlaskClient

from server.audit.noting import NOBODY, note
from server.audit.reading_queries import was_noted_since
from server.cli import main
from server.intake.erasure import Request
from server.reviews import projector
from server.services import Services
from server.store import migrations
from server.store.database import FILE_NAME, Database
from server.upkeep import erasing
from tests.server.console_pages import sign_in
from tests.server.pushing import push
from tests.server.records import Phone

Line = tuple[str, str, str | None, dict[str, object]]


def lines(connection: sqlite3.Connection) -> list[Line]:
    """Give what each line is about: the action, the subject, where, and the facts."""
    rows = connection.execute("SELECT action, subject, neighbourhood_id, details FROM audit ORDER BY seq")
    return [(row[0], row[1], row[2], json.loads(row[3])) for row in rows]


def lines_in(folder: Path) -> list[Line]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return lines(connection)


def keep(running: Services, action: str) -> None:
    running.database.write(
        lambda connection: note(connection, at="2026-11-20T12:00:00.000Z", actor=NOBODY, action=action, subject="s")
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor_name = 'somebody else'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT seq, at, actor_id, 'else', action, subject, NULL, details FROM audit",
    ],
)
def test_the_database_refuses_to_change_what_was_written(running: Services, statement: str) -> None:
    keep(running, "venue-added")
    with pytest.raises(sqlite3.IntegrityError, match="Lines of the audit log are never"):
        running.database.write(lambda connection: connection.execute(statement).rowcount)
    with running.database.read() as connection:
        assert [(action, subject) for action, subject, _where, _facts in lines(connection)] == [("venue-added", "s")]


def test_it_stays_when_what_is_computed_is_made_again(running: Services) -> None:
    keep(running, "venue-added")
    with running.database.read() as connection:
        before = lines(connection)
    projector.rebuild(running.database)
    with running.database.read() as connection:
        assert lines(connection) == before


def test_a_log_from_before_loses_addresses_and_is_kept_from_then_on(tmp_path: Path) -> None:
    """A failed sign-in was noted with the network address once."""
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as old:
        migrations.migrations.apply(sqlite_utils.Database(old), stop_before="m008_audit")
        insert = "INSERT INTO audit (at, actor_name, action, subject, details) VALUES ('2026', 'Ada', ?, 'ada', ?)"
        old.execute(insert, ("sign-in-failed", '{"address": "203.0.113.7"}'))
        old.execute(insert, ("signed-in", '{"browser": "Firefox"}'))
        old.commit()
    store = Database(tmp_path)
    with store.read() as connection:
        assert [(action, facts) for action, _subject, _where, facts in lines(connection)] == [
            ("sign-in-failed", {}),
            ("signed-in", {"browser": "Firefox"}),
        ]
    with pytest.raises(sqlite3.IntegrityError):
        store.write(lambda connection: connection.execute("DELETE FROM audit").rowcount)
    store.close()


def test_a_failed_sign_in_is_noted_without_the_address_it_came_from(app: Flask, running: Services) -> None:
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    assert sign_in(browser, "ghost", "wrong").status_code == 422
    with running.database.read() as connection:
        assert lines(connection) == [("sign-in-failed", "", None, {})]


def test_a_failed_sign_in_does_not_read_the_whole_log(running: Services) -> None:
    with running.database.read() as connection:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        was_noted_since(connection, action="sign-in-failed", subject="", since="2026")
        connection.set_trace_callback(None)
        plan = " ".join(row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}"))
    assert "USING COVERING INDEX audit_by_subject" in plan
    assert "SCAN audit" not in plan


def test_commands_are_noted_with_what_they_did_and_not_what_they_found_done(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    for _twice in range(2):
        assert main(["neighbourhood", "add", *data, "old-ford", "Old Ford", "--system", "Test"]) == 0
        assert main(["form", "publish", *data, "tell_us_about_this_place"]) == 0
    assert main(["enrol", *data, "--neighbourhood", "old-ford", "--name", "Amina"]) == 0
    assert main(["person", "add", *data, "carol", "--name", "Carol"]) == 0
    added, published, invited, person = lines_in(tmp_path)
    assert added == (
        "neighbourhood-added",
        "old-ford",
        "old-ford",
        {"by": "command-line", "name": "Old Ford", "system": "Test"},
    )
    assert published[:2] == ("form-published", "tell_us_about_this_place")
    assert published[3].keys() == {"by", "version"}
    assert invited[0::2] == ("phone-invited", "old-ford")
    assert invited[3] == {"by": "command-line", "codes": 1, "hours": 168}
    assert (person[0], person[3]) == ("person-added", {"name": "Carol", "role": "coordinator"})


def test_an_erasure_is_noted_once_with_how_much_and_nothing_of_what(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    item = device.item({"who": "Shabnam"})
    push(client, device, item)
    response_id = json.loads(str(item["header"]))["id"]
    wanted = Request(response_id=response_id, parts=None, reason="asked by Shabnam")
    for _twice in range(2):
        erasing.erase(running.database, wanted, identity=running.identity, clock=running.clock)
    erasing.finish(running.database, clock=running.clock)
    with running.database.read() as connection:
        found = [line for line in lines(connection) if line[0] == "response-erased"]
    assert found == [("response-erased", response_id, "old-ford", {"texts": 1, "files": 0})]
