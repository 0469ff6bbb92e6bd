"""Enrolment and tokens: one secret for one device, and a signature that cannot be made up."""

import base64
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import services
from server.clock import as_text
from server.devices import enrolment, queries, rules, tokens
from server.devices.tokens import Credentials
from server.services import Services
from sync.hashes import sha256_hex
from tests.server.pushing import push
from tests.server.records import DEVICE, NOON, Phone, SteppedClock, chance

OTHER = "0192f000-0000-7000-8000-0000000000d2"


def new_secret(running: Services) -> str:
    return enrolment.create(
        running.database,
        neighbourhood_id="old-ford",
        name="Rahima",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )


def enrol(client: FlaskClient, secret: object, device: object = DEVICE) -> TestResponse:
    return client.post("/devices/v1/enrol", json={"secret": secret, "device": device})


def test_a_secret_is_exchanged_for_a_token_and_what_the_phone_needs_to_begin(
    client: FlaskClient, running: Services
) -> None:
    reply = enrol(client, new_secret(running))
    welcome = reply.get_json()
    token, forms = welcome.pop("token"), welcome.pop("forms")
    assert reply.status_code == 201
    assert welcome == {
        "device": DEVICE,
        "name": "Rahima",
        "neighbourhood": {"id": "old-ford", "name": "Old-Ford"},
        "server_id": running.identity.server_id,
    }
    assert forms == client.get("/forms/v1/manifest", headers={"Authorization": f"Bearer {token}"}).get_json()
    assert tokens.read(token, running.programme_keys.trusted) == Credentials(
        device=DEVICE,
        role="worker",
        scopes=("old-ford",),
        name="Rahima",
        expires=NOON + timedelta(days=90),
        issued=NOON,
    )


def test_only_the_hash_of_a_secret_is_kept(running: Services) -> None:
    secret = new_secret(running)
    assert len(bytes.fromhex(secret)) == 16
    with running.database.read() as connection:
        row = connection.execute("SELECT * FROM enrolments").fetchone()
    assert row["secret_hash"] == sha256_hex(secret)
    assert secret not in tuple(row)


def test_a_lost_answer_strands_no_phone_and_another_phone_gets_nothing(client: FlaskClient, running: Services) -> None:
    secret = new_secret(running)
    assert [enrol(client, secret).status_code for _ in range(2)] == [201, 201]
    reply = enrol(client, secret, OTHER)
    assert (reply.status_code, reply.get_json()["code"]) == (410, "enrolment-used")
    with running.database.read() as connection:
        assert [device.device_id for device in queries.devices(connection)] == [DEVICE]


def test_an_enrolment_is_good_until_its_last_moment(
    client: FlaskClient, running: Services, clock: SteppedClock
) -> None:
    secrets = [new_secret(running) for _ in range(2)]
    clock.step(enrolment.ENROLMENT_LIFETIME - timedelta(milliseconds=1))
    assert enrol(client, secrets[0]).status_code == 201
    clock.step(timedelta(milliseconds=1))
    reply = enrol(client, secrets[1])
    assert (reply.status_code, reply.get_json()["code"]) == (410, "enrolment-expired")


@pytest.mark.parametrize(
    ("secret", "device", "status", "code"),
    [
        ("0" * 32, DEVICE, 404, "enrolment-unknown"),
        ("é" * 200, DEVICE, 404, "enrolment-unknown"),
        ("x" * 201, DEVICE, 400, "malformed"),
        ("", DEVICE, 400, "malformed"),
        ("\ud800", DEVICE, 400, "malformed"),
        (7, DEVICE, 400, "malformed"),
        ("0" * 32, "a phone", 400, "malformed"),
        ("0" * 32, DEVICE.upper(), 400, "malformed"),
        ("0" * 5000, DEVICE, 413, "body-too-large"),
    ],
)
def test_what_is_no_enrolment_is_answered_with_why(
    client: FlaskClient, secret: object, device: object, status: int, code: str
) -> None:
    reply = enrol(client, secret, device)
    assert (reply.status_code, reply.get_json()["code"]) == (status, code)


def test_an_enrolment_for_nowhere_is_our_own_mistake(running: Services) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        enrolment.create(
            running.database, neighbourhood_id="nowhere", name="A", clock=running.clock, random_bytes=chance(3)
        )


def _altered_tokens(token: str) -> dict[str, str]:
    prefix, payload, signature = token.split(".")
    content = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    wider = base64.urlsafe_b64encode(content.replace(b"old-ford", b"kings-h.")).decode().rstrip("=")
    return {
        "nothing": "",
        "no dots": "fw1",
        "another scope": f"{prefix}.{wider}.{signature}",
        "another version": f"fw2.{payload}.{signature}",
        "no signature": f"{prefix}.{payload}.",
        "not base64": f"{prefix}.{payload}.%%%",
        "cut": token[:-4],
        "not ASCII": f"{token}é",
        "too long": token + "A" * tokens.TOKEN_CHARACTERS,
    }


def test_a_token_that_was_not_signed_as_it_stands_is_nobody(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    for name, token in _altered_tokens(device.token).items():
        assert tokens.read(token, running.programme_keys.trusted) is None, name
    stranger = Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
    credentials = tokens.read(device.token, running.programme_keys.trusted)
    assert credentials is not None
    for header in ({}, {"Authorization": "Basic x"}, {"Authorization": f"Bearer {tokens.sign(credentials, stranger)}"}):
        reply = client.post("/sync/v1/push", json={"device": DEVICE, "items": []}, headers=header)
        assert (reply.status_code, reply.get_json()["code"]) == (401, "token-invalid")


def test_a_token_is_renewed_by_use_below_60_days_and_not_before(
    client: FlaskClient, device: Phone, running: Services, clock: SteppedClock
) -> None:
    body = {"device": DEVICE, "items": []}
    clock.step(timedelta(days=30))
    assert "token" not in client.post("/sync/v1/push", json=body, headers=device.headers).get_json()
    clock.step(timedelta(milliseconds=1))
    token = client.post("/sync/v1/push", json=body, headers=device.headers).get_json()["token"]
    renewed = tokens.read(token, running.programme_keys.trusted)
    assert renewed is not None
    assert renewed.expires == clock.now() + timedelta(days=90)
    clock.step(timedelta(days=61))
    fresh = replace(device, token=token)
    assert push(client, fresh, fresh.item())[0]["status"] == "stored"
    assert "token" not in client.post("/sync/v1/push", json=body, headers=device.headers).get_json()


def test_a_restarted_server_knows_its_tokens_and_itself(running: Services, device: Phone, clock: SteppedClock) -> None:
    identity = running.identity
    running.close()
    again = services.start(running.database.folder, clock=clock, random_bytes=chance(99))
    assert again.identity == identity
    assert tokens.read(device.token, again.programme_keys.trusted) is not None
    again.close()


def test_new_enrolment_ends_the_tokens_of_the_one_before() -> None:
    before = Credentials(
        device=DEVICE, role="worker", scopes=("old-ford",), name="R", expires=NOON + timedelta(days=90), issued=NOON
    )
    device = rules.Device(
        device_id=DEVICE,
        neighbourhood_id="old-ford",
        role="worker",
        name="R",
        enrolled_at=as_text(NOON + timedelta(minutes=1)),
        last_seen_at=None,
        revoked_at=None,
    )
    now = NOON + timedelta(minutes=2)
    assert rules.standing(before, device, now=now) is rules.Standing.REPLACED
    after = replace(before, issued=NOON + timedelta(minutes=1))
    assert rules.standing(after, device, now=now) is rules.Standing.GOOD
