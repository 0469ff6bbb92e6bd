"""I2: what is somebody's answer but odd is kept and set aside, with the reason; it is never refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from flask.testing import FlaskClient

from server.clock import as_text
from server.devices import queries, tokens
from server.devices.tokens import Credentials
from server.forms import publish
from server.intake import accept, desk, rules
from server.intake.accept import QUARANTINE_LIMIT_REVISIONS
from server.services import Services
from sync.limits import BATCH_ITEMS
from tests.server.pushing import count, push, statuses
from tests.server.records import NOON, Phone, SteppedClock, chance

OTHER = "0192f000-0000-7000-8000-0000000000d2"


def _with_token(phone: Phone, running: Services, *, device: str = "", neighbourhood: str = "old-ford") -> Phone:
    """Give the phone another token that is signed well."""
    credentials = Credentials(
        device=device or phone.device,
        role="worker",
        scopes=(neighbourhood,),
        name="Rahima",
        expires=NOON + timedelta(days=90),
        issued=NOON,
    )
    return replace(phone, token=tokens.sign(credentials, running.programme_keys.signing), device=credentials.device)


def _revoke(running: Services, phone: Phone) -> None:
    running.database.write(
        lambda connection: queries.revoke(connection, device_id=phone.device, now=as_text(running.clock.now()))
    )


Arrange = Callable[[Services, Phone], Phone]


def _unknown_device(running: Services, phone: Phone) -> Phone:
    return _with_token(phone, running, device=OTHER)


def _revoked_device(running: Services, phone: Phone) -> Phone:
    _revoke(running, phone)
    return phone


def _expired_token(running: Services, phone: Phone) -> Phone:
    assert isinstance(running.clock, SteppedClock)
    running.clock.step(timedelta(days=90))
    return phone


def _device_mismatch(running: Services, phone: Phone) -> Phone:
    return phone


def _out_of_scope(running: Services, phone: Phone) -> Phone:
    return replace(phone, neighbourhood="kings-heath")


def _unknown_form(running: Services, phone: Phone) -> Phone:
    return replace(phone, logic="0" * 64)


def _closed_form(running: Services, phone: Phone) -> Phone:
    assert publish.close(running.database, form_id="walk", version="1", clock=running.clock)
    return phone


@pytest.mark.parametrize(
    ("arrange", "why"),
    [
        (_unknown_device, "unknown-device"),
        (_revoked_device, "revoked-device"),
        (_expired_token, "expired-token"),
        (_device_mismatch, "device-mismatch"),
        (_out_of_scope, "out-of-scope"),
        (_unknown_form, "unknown-form"),
        (_closed_form, "closed-form"),
    ],
)
def test_it_is_stored_with_the_reason_and_told_again_when_the_first_answer_was_lost(
    client: FlaskClient, device: Phone, running: Services, arrange: Arrange, why: str
) -> None:
    phone = arrange(running, device)
    item = phone.item(header={"device": OTHER} if why == "device-mismatch" else {})
    receipts = [push(client, phone, item)[0] for _ in range(2)]
    assert [(receipt["status"], receipt["why"]) for receipt in receipts] == [("quarantined", why)] * 2
    with running.database.read() as connection:
        row = connection.execute("SELECT header, quarantined_why FROM revisions").fetchone()
    assert tuple(row) == (item["header"], why)


def test_it_is_no_head_and_causes_no_conflict(client: FlaskClient, device: Phone) -> None:
    first = device.item(response_id=OTHER)
    aside = device.item(response_id=OTHER, header={"neighbourhood": "kings-heath"})
    receipts = push(
        client, device, first, aside, device.item({"who": "B"}, response_id=OTHER, parents=[str(first["rev"])])
    )
    assert [receipt["status"] for receipt in receipts] == ["stored", "quarantined", "stored"]


def test_one_device_may_fill_its_share_and_not_the_disk(client: FlaskClient, device: Phone, running: Services) -> None:
    stolen = replace(device, neighbourhood="kings-heath", random_bytes=chance(9))
    items = [stolen.item() for _ in range(QUARANTINE_LIMIT_REVISIONS + 1)]
    fitting, beyond = items[:-1], items[-1]
    for start in range(0, len(fitting), BATCH_ITEMS):
        receipts = push(client, stolen, *fitting[start : start + BATCH_ITEMS])
        assert set(statuses(receipts)) == {"quarantined"}
    [receipt] = push(client, stolen, beyond)
    assert (receipt["status"], receipt["after_ms"]) == ("retry", 3_600_000)
    assert count(running.database, "revisions") == QUARANTINE_LIMIT_REVISIONS
    assert push(client, stolen, items[0])[0]["status"] == "quarantined"
    assert statuses(push(client, device, beyond, device.item(), beyond)) == ["retry", "stored", "retry"]
    assert count(running.database, "log") == 1 + QUARANTINE_LIMIT_REVISIONS + 1


def test_one_device_may_fill_its_share_of_text_and_not_the_disk(
    client: FlaskClient, device: Phone, running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the byte, in one batch and over many; a repeat takes nothing more."""
    stolen = replace(device, neighbourhood="kings-heath", random_bytes=chance(9))
    items = [stolen.item() for _ in range(4)]
    size = sum(len(str(text).encode()) for text in (items[0]["header"], *cast("list[str]", items[0]["parts"])))
    monkeypatch.setattr(accept, "QUARANTINE_LIMIT_TEXT_BYTES", 3 * size)
    assert statuses(push(client, stolen, items[0])) == ["quarantined"]
    receipts = push(client, stolen, items[0], *items[1:])
    assert statuses(receipts) == ["quarantined"] * 3 + ["retry"]
    assert receipts[-1]["after_ms"] == accept.QUARANTINE_RETRY_MS
    assert statuses(push(client, stolen, items[3], items[2])) == ["retry", "quarantined"]
    assert statuses(push(client, device, device.item())) == ["stored"], "what is not set aside goes on"
    assert count(running.database, "revisions") == 4


def test_what_could_not_be_kept_anyway_is_not_even_read(
    client: FlaskClient, device: Phone, running: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But what is here already is, so that a lost receipt is told again."""
    monkeypatch.setattr(accept, "QUARANTINE_LIMIT_REVISIONS", 1)
    unknown = _unknown_device(running, device)
    kept, beyond, unreadable = unknown.item(), unknown.item(), {"rev": "x", "parts": [0]}
    assert statuses(push(client, unknown, kept)) == ["quarantined"]
    read: list[object] = []
    monkeypatch.setattr(desk, "examine", lambda item: (read.append(item), rules.examine(item))[1])
    receipts = push(client, unknown, beyond, kept, unreadable)
    assert [(one["rev"], one["status"]) for one in receipts] == [
        (beyond["rev"], "retry"),
        (kept["rev"], "quarantined"),
        ("x", "retry"),
    ]
    assert read == [kept]
