"""Enrolling a device: a coordinator makes a one-time secret, a phone exchanges it for a token.

The secret is 128 random bits; only its hash is kept.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from server.audit.noting import COMMAND, NOBODY, note
from server.clock import Clock, as_text
from server.devices import queries, rules
from server.devices.rules import Asking, Device, Enrolment
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

    For commands: in the console it is known who wants it (``inviting``). Raises sqlite3.IntegrityError for a
    neighbourhood that is not there.
    """
    secret = random_bytes(SECRET_BYTES).hex()
    now = clock.now()

    def keep(connection: sqlite3.Connection) -> None:
        queries.insert_enrolment(
            connection,
            secret_hash=sha256_hex(secret),
            neighbourhood_id=neighbourhood_id,
            role=WORKER,
            name=name,
            now=as_text(now),
            expires_at=as_text(now + lifetime),
        )
        note(
            connection,
            at=as_text(now),
            actor=NOBODY,
            action="phone-invited",
            subject=sha256_hex(secret),
            neighbourhood_id=neighbourhood_id,
            details={"by": COMMAND, "codes": 1, "hours": lifetime // timedelta(hours=1)},
        )

    database.write(keep)
    return secret


def exchange(
    database: Database, *, secret: str, device_id: str, shown: str | None, now: datetime
) -> Enrolled | ErrorCode:
    """Bind the enrolment to ``device_id`` and give its credentials, or the code of why not.

    ``shown`` is the device that a genuine token came from with the call, out of date or not. A repeat by the same
    device gives the same again, with a fresh expiry.
    """
    asking = Asking(device_id=device_id, shown=shown)
    return database.write(
        lambda connection: _exchange(connection, secret_hash=sha256_hex(secret), asking=asking, now=now)
    )


def _exchange(
    connection: sqlite3.Connection, *, secret_hash: str, asking: Asking, now: datetime
) -> Enrolled | ErrorCode:
    enrolment = queries.enrolment(connection, secret_hash=secret_hash)
    device = queries.device(connection, device_id=asking.device_id)
    refusal = rules.enrolment_refusal(enrolment, device, asking=asking, now=now)
    if enrolment is None or refusal is not None:
        return refusal or ErrorCode.ENROLMENT_UNKNOWN
    if enrolment.used_at is None:
        if queries.is_device_of_this_server(connection, device_id=asking.device_id):
            return ErrorCode.DEVICE_KNOWN
        _bind(connection, enrolment, device, device_id=asking.device_id, now=as_text(now))
        queries.use_enrolment(connection, secret_hash=secret_hash, device_id=asking.device_id, now=as_text(now))
    return Enrolled(credentials=_credentials(enrolment, asking.device_id, now), enrolment=enrolment)


def _bind(
    connection: sqlite3.Connection, enrolment: Enrolment, before: Device | None, *, device_id: str, now: str
) -> None:
    """Keep the device under its enrolment, and note that; it may have been another worker's or a resident's before."""
    queries.put_device(
        connection,
        device_id=device_id,
        neighbourhood_id=enrolment.neighbourhood_id,
        role=enrolment.role,
        name=enrolment.name,
        now=now,
    )
    there_before = {"name_before": before.name, "neighbourhood_before": before.neighbourhood_id} if before else {}
    note(
        connection,
        at=now,
        actor=NOBODY,
        action="phone-enrolled",
        subject=device_id,
        neighbourhood_id=enrolment.neighbourhood_id,
        details={"name": enrolment.name} | there_before,
    )


def _credentials(enrolment: Enrolment, device_id: str, now: datetime) -> Credentials:
    return Credentials(
        device=device_id,
        role=enrolment.role,
        scopes=(enrolment.neighbourhood_id,),
        name=enrolment.name,
        expires=now + LIFETIME,
        issued=now,
    )
