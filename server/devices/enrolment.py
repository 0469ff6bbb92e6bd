"""Enrolling a device: a coordinator makes a one-time secret, a phone exchanges it for a token.

The secret is 128 random bits; only its hash is kept.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from server.clock import Clock, as_text
from server.devices import queries, rules
from server.devices.rules import Enrolment
from server.devices.tokens import LIFETIME, Credentials
from server.store.database import Database
from sync.codes import ErrorCode
from sync.hashes import sha256_hex

__all__ = ["ENROLMENT_LIFETIME", "SECRET_BYTES", "WORKER", "Enrolled", "create", "exchange"]

SECRET_BYTES: Final = 16
ENROLMENT_LIFETIME: Final = timedelta(days=7)
WORKER: Final = "worker"


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """What a newly enrolled device is told, before it is signed."""

    credentials: Credentials
    enrolment: Enrolment


def create(
    database: Database,
    *,
    neighbourhood_id: str,
    name: str,
    clock: Clock,
    random_bytes: Callable[[int], bytes],
    lifetime: timedelta = ENROLMENT_LIFETIME,
) -> str:
    """Make an enrolment for the worker called ``name`` and give its secret, which is never told again.

    Raises sqlite3.IntegrityError for a neighbourhood that is not there.
    """
    secret = random_bytes(SECRET_BYTES).hex()
    now = clock.now()
    database.write(
        lambda connection: queries.insert_enrolment(
            connection,
            secret_hash=sha256_hex(secret),
            neighbourhood_id=neighbourhood_id,
            role=WORKER,
            name=name,
            now=as_text(now),
            expires_at=as_text(now + lifetime),
        )
    )
    return secret


def exchange(database: Database, *, secret: str, device_id: str, now: datetime) -> Enrolled | ErrorCode:
    """Bind the enrolment to ``device_id`` and give its credentials, or the code of why not.

    A repeat by the same device gives the same again, with a fresh expiry.
    """
    return database.write(
        lambda connection: _exchange(connection, secret_hash=sha256_hex(secret), device_id=device_id, now=now)
    )


def _exchange(
    connection: sqlite3.Connection, *, secret_hash: str, device_id: str, now: datetime
) -> Enrolled | ErrorCode:
    enrolment = queries.enrolment(connection, secret_hash=secret_hash)
    device = queries.device(connection, device_id=device_id)
    refusal = rules.enrolment_refusal(enrolment, device, device_id=device_id, now=now)
    if enrolment is None or refusal is not None:
        return refusal or ErrorCode.ENROLMENT_UNKNOWN
    if enrolment.used_at is None:
        _bind(connection, enrolment, secret_hash=secret_hash, device_id=device_id, now=as_text(now))
    return Enrolled(credentials=_credentials(enrolment, device_id, now), enrolment=enrolment)


def _bind(connection: sqlite3.Connection, enrolment: Enrolment, *, secret_hash: str, device_id: str, now: str) -> None:
    queries.put_device(
        connection,
        device_id=device_id,
        neighbourhood_id=enrolment.neighbourhood_id,
        role=enrolment.role,
        name=enrolment.name,
        now=now,
    )
    queries.use_enrolment(connection, secret_hash=secret_hash, device_id=device_id, now=now)


def _credentials(enrolment: Enrolment, device_id: str, now: datetime) -> Credentials:
    return Credentials(
        device=device_id,
        role=enrolment.role,
        scopes=(enrolment.neighbourhood_id,),
        name=enrolment.name,
        expires=now + LIFETIME,
        issued=now,
    )
