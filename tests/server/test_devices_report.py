"""What a phone says of itself in a header: read leniently, written down seldom, never in the way."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from server.clock import as_text
from server.devices.report import HEADER, Noted, Report, is_due, read_report
from server.services import Services
from tests.server.pushing import hold_writer
from tests.server.records import DEVICE, NOON, Phone, SteppedClock


@pytest.mark.parametrize(
    ("header", "version", "unsent"),
    [
        ("app=0.1.0; unsent=3", "0.1.0", 3),
        ("app=0.1.0;unsent=0", "0.1.0", 0),
        (" UNSENT = 12 ; App = 2.0.0-rc.1+build.7 ", "2.0.0-rc.1+build.7", 12),
        ("app=0.1.0", "0.1.0", None),
        ("unsent=999999", None, 999_999),
        ("battery=low; app=0.1.0; unsent=1; ;;=", "0.1.0", 1),
        ("app=0.1.0; app=9; unsent=1; unsent=2", "0.1.0", 1),
        ("app=<script>; unsent=4", None, 4),
        ("app=" + "9" * 41 + "; unsent=4", None, 4),
        ("app=0.1.0; unsent=-3", "0.1.0", None),
        ("app=0.1.0; unsent=1000000", "0.1.0", None),
        ("app=0.1.0; unsent=٣", "0.1.0", None),
        ("app=1; " + "x" * 200 + "; unsent=3", "1", None),
    ],
)
def test_a_report_is_read_as_far_as_it_can_be(header: str, version: str | None, unsent: int | None) -> None:
    assert read_report(header) == Report(app_version=version, unsent=unsent)


@pytest.mark.parametrize("header", ["", "app", "app=; unsent=", "app=é; unsent=x", ";" * 10_000])
def test_a_header_that_says_nothing_is_no_report(header: str) -> None:
    assert read_report(header) is None


def test_the_same_report_is_written_down_once_a_minute_and_another_one_at_once() -> None:
    report = Report(app_version="0.1.0", unsent=3)
    noted = Noted(report=report, told_at=as_text(NOON))
    assert not is_due(report, noted, now=NOON + timedelta(seconds=59, milliseconds=999))
    assert is_due(report, noted, now=NOON + timedelta(minutes=1))
    assert is_due(report, noted, now=NOON - timedelta(milliseconds=1)), "a clock that was put back"
    assert is_due(Report(app_version="0.1.0", unsent=2), noted, now=NOON)
    assert is_due(report, Noted(report=report, told_at=None), now=NOON)


@pytest.mark.parametrize("call", ["push", "changes", "have"])
def test_each_call_of_a_sync_notes_the_report(call: str, client: FlaskClient, device: Phone, running: Services) -> None:
    ask(client, device, call, said="app=0.4.1; unsent=7")
    assert noted(running) == ("0.4.1", 7, as_text(NOON))


def test_a_phone_that_was_signed_off_is_still_heard(client: FlaskClient, device: Phone, running: Services) -> None:
    running.database.write(
        lambda connection: connection.execute("UPDATE devices SET revoked_at = '2026-11-20T11:00:00.000Z'")
    )
    assert ask(client, device, "changes", said="app=0.4.1; unsent=0") == 403
    assert noted(running) == ("0.4.1", 0, as_text(NOON))


def test_a_writer_that_is_busy_holds_up_no_question(client: FlaskClient, device: Phone, running: Services) -> None:
    release = hold_writer(running.database)
    assert ask(client, device, "changes", said="app=0.4.1; unsent=7") == 200
    release.set()
    assert noted(running) == ("0.4.1", 7, as_text(NOON))


def test_a_phone_that_says_nothing_of_itself_keeps_what_it_said(
    client: FlaskClient, device: Phone, running: Services, clock: SteppedClock
) -> None:
    ask(client, device, "push", said="app=0.4.1; unsent=7")
    clock.step(timedelta(hours=1))
    for call in ("push", "changes", "have"):
        ask(client, device, call, said="")
    assert noted(running) == ("0.4.1", 7, as_text(NOON))


def ask(client: FlaskClient, phone: Phone, call: str, *, said: str) -> int:
    """Make one call of a sync and give the status of its answer."""
    headers = {**phone.headers, HEADER: said}
    if call == "changes":
        return client.get("/sync/v1/changes", headers=headers).status_code
    body: dict[str, object] = {"device": phone.device, "items": []} if call == "push" else {"revs": []}
    return client.post(f"/sync/v1/{call}", json=body, headers=headers).status_code


def noted(running: Services) -> tuple[object, ...]:
    """Give what is written down, once the writer has done all that waited for it."""
    running.database.write(lambda connection: None)
    with running.database.read() as connection:
        row = connection.execute(
            "SELECT app_version, unsent, told_at FROM devices WHERE device_id = :device_id", {"device_id": DEVICE}
        ).fetchone()
    return tuple(row)
