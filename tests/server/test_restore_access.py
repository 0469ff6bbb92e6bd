"""Who was let out since a backup does not get in by its restore, and what cannot be known is said."""

import sqlite3
from pathlib import Path
from typing import Final

import pytest
from flask.testing import FlaskClient

from server.clock import as_text
from server.devices import enrolment
from server.devices import queries as devices
from server.services import Services
from server.setup.first_run import fresh_code
from server.store.database import FILE_NAME
from server.upkeep.backup import back_up
from server.upkeep.closings import read_closings
from server.upkeep.folder import read_manifest
from tests.server.keeping import typed
from tests.server.people_at_work import lines_of_log, person_with
from tests.server.phone_pages import enrol
from tests.server.posters import CODE, POSTER, add_poster
from tests.server.records import DEVICE, NOON, Phone, SteppedClock
from tests.server.restoring import bring_back, serving

LATER: Final = "2026-11-20T13:00:00.000Z"
SUCCESSOR: Final = "0192f000-0000-7000-8000-0000000000a9"
CLOSED: Final = "0192f000-0000-7000-8000-0000000000a8"
NEW_PHONE: Final = "0192f000-0000-7000-8000-0000000000d9"


def do(running: Services, *statements: str) -> None:
    """Change rows as people would; `:later` is after the backup."""
    named = {"later": LATER, "poster": POSTER, "closed": CLOSED, "successor": SUCCESSOR}

    def run(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement, named)

    running.database.write(run)


def row(running: Services, sql: str) -> tuple[object, ...]:
    with running.database.read() as connection:
        return tuple(connection.execute(sql).fetchone())


def secret_for(running: Services, name: str) -> str:
    return enrolment.create(
        running.database,
        neighbourhood_id="old-ford",
        name=name,
        clock=running.clock,
        random_bytes=running.random_bytes,
    )


@pytest.fixture
def secret(running: Services, device: Phone, backups: Path, folder: Path, clock: SteppedClock) -> str:
    """A backup of a team at work, with a link for a phone in it that nobody has used."""
    for name in ("ada", "dora", "vera"):
        person_with(running, name, "administrator" if name == "ada" else "coordinator")
    add_poster(running, form_id="walk")
    add_poster(
        running, form_id="walk", poster_id=CLOSED, code="ABCDEF", device_id="0192f000-0000-4000-8000-0000000000aa"
    )
    made = secret_for(running, "Amina")
    back_up(folder, backups, clock=clock, version="test")
    return made


@pytest.fixture
def ended_since(secret: str, running: Services, client: FlaskClient, folder: Path) -> Path:
    """What happened after that; the server has stopped."""
    enrol(client, secret, NEW_PHONE)
    add_poster(
        running, form_id="walk", poster_id=SUCCESSOR, code="ZZZZZZ", device_id="0192f000-0000-4000-8000-0000000000ab"
    )
    person_with(running, "bob", "viewer")
    do(
        running,
        "UPDATE people SET ended_at = :later WHERE sign_in_name = 'dora'",
        "UPDATE people SET password_hash = 'new' WHERE sign_in_name = 'vera'",
        "UPDATE posters SET closed_at = :later WHERE poster_id = :closed",
        "UPDATE posters SET replaced_by = :successor WHERE poster_id = :poster",
        "UPDATE venues SET closed_at = :later",
    )
    running.database.write(lambda connection: devices.revoke(connection, device_id=DEVICE, now=LATER))
    running.close()
    return folder


def test_what_was_ended_since_the_backup_stays_ended(
    ended_since: Path, backups: Path, clock: SteppedClock, device: Phone
) -> None:
    carried = bring_back(backups, ended_since, clock, replace=True).carried
    assert carried is not None
    assert (carried.people, carried.phones, carried.posters, carried.venues) == (1, 1, 2, 1)
    with serving(ended_since, clock) as (started, client):
        assert row(started, "SELECT ended_at FROM people WHERE sign_in_name = 'dora'") == (LATER,)
        assert row(started, "SELECT COUNT(*) FROM reach WHERE person_id = 'person-dora'") == (0,)
        assert row(started, "SELECT COUNT(*) FROM posters WHERE closed_at IS NULL") == (0,)
        refused = client.get("/sync/v1/changes", headers=device.headers)
        assert (refused.status_code, refused.get_json()["standing"]) == (403, "revoked")
        assert client.get(f"/v/{CODE}").status_code == 410


def test_what_the_backup_cannot_know_is_told_by_name(ended_since: Path, backups: Path, clock: SteppedClock) -> None:
    carried = bring_back(backups, ended_since, clock, replace=True).carried
    assert carried is not None
    assert carried.as_then == ("vera",)
    assert (carried.gone_people, carried.gone_phones, carried.gone_codes) == (("bob",), ("Amina",), ("ZZZZZZ",))


def test_nothing_but_what_was_ended_is_taken_over(ended_since: Path, backups: Path, clock: SteppedClock) -> None:
    """What somebody did with passwords may be why the backup is put back."""
    bring_back(backups, ended_since, clock, replace=True)
    with serving(ended_since, clock) as (started, _):
        assert row(started, "SELECT password_hash = 'new' FROM people WHERE sign_in_name = 'vera'") == (0,)
        assert row(started, "SELECT COUNT(*) FROM people WHERE sign_in_name = 'bob'") == (0,)


def test_a_link_that_was_used_since_does_not_enrol_a_second_phone(
    secret: str, tmp_path: Path, backups: Path, clock: SteppedClock
) -> None:
    bring_back(backups, tmp_path / "restored", clock)
    with serving(tmp_path / "restored", clock) as (_, client):
        assert enrol(client, secret, NEW_PHONE).get_json()["code"] == "enrolment-expired"


def test_a_set_up_link_of_then_ends(running: Services, folder: Path, backups: Path, clock: SteppedClock) -> None:
    assert fresh_code(running.database, clock=clock, random_bytes=running.random_bytes)
    back_up(folder, backups, clock=clock, version="test")
    bring_back(backups, folder.parent / "restored", clock)
    with serving(folder.parent / "restored", clock) as (started, _):
        assert row(started, "SELECT expires_at FROM set_up_links") == (as_text(NOON),)


def test_without_the_old_data_or_with_damaged_ones_the_command_says_to_look(
    secret: str, running: Services, folder: Path, tmp_path: Path, backups: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running.close()
    assert typed("restore", "--from", backups, "--data", tmp_path / "restored") == 0
    assert "  LOOK     " in capsys.readouterr().out
    (folder / FILE_NAME).write_bytes(b"not a database" * 1000)
    assert typed("restore", "--from", backups, "--data", folder, "--replace") == 0
    assert "  LOOK     " in capsys.readouterr().out


def test_the_command_names_what_somebody_has_to_look_at(
    ended_since: Path, backups: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed("restore", "--from", backups, "--data", ended_since, "--replace") == 0
    said = capsys.readouterr().out
    assert "access of 1 people, 1 phones, 2 posters, 1 venues" in said
    for words in ("reach of then: vera", "in this backup: bob", "enrol them again: Amina", "make new posters: ZZZZZZ"):
        assert words in said
    assert "LOOK" not in said


def test_the_data_of_another_server_end_nothing(ended_since: Path, backups: Path) -> None:
    manifest = read_manifest(next(one for one in backups.iterdir() if (one / FILE_NAME).exists()))
    assert read_closings(ended_since / FILE_NAME, server_id=manifest.server_id) is not None
    assert read_closings(ended_since / FILE_NAME, server_id="0192f000-0000-4000-8000-000000000000") is None


def test_a_restore_is_in_the_log_of_what_it_restored(
    secret: str, tmp_path: Path, backups: Path, clock: SteppedClock
) -> None:
    bring_back(backups, tmp_path / "restored", clock)
    with serving(tmp_path / "restored", clock) as (started, _):
        assert lines_of_log(started)[-1] == ("", "backup-restored")
