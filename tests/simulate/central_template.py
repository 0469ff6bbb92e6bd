"""Central's database as it is before anything happens: made once, copied for every seed."""

import sqlite3
from datetime import timedelta
from functools import cache
from typing import Final

from server.clock import as_text
from server.devices import queries as device_queries
from server.store import migrations
from sync.hashes import sha256_hex
from tests.simulate.records import BEGINNING, CLOSING, GOOD, NEIGHBOURHOOD, UNKNOWN
from tests.simulate.sqlite_disk import opened

__all__ = ["DEVICES", "LOGICS", "OLD_QUARANTINE", "with_full_quarantine", "without_responses"]

DEVICES: Final = tuple(f"0192f000-0000-7000-8000-0000000000{number:02x}" for number in range(1, 9))
LOGICS: Final = {version: sha256_hex(f"logic {version}") for version in (GOOD, CLOSING, UNKNOWN)}
OLD_QUARANTINE: Final = 1998
"""So many revisions of the first phone lie in quarantine already: two more, and it is full."""


@cache
def without_responses() -> bytes:
    """Give the database of a new server with its phones and forms."""
    connection = opened(b"")
    migrations.apply(connection)
    now = as_text(BEGINNING - timedelta(days=1))
    connection.execute("BEGIN")
    _set_up(connection, now)
    connection.execute("COMMIT")
    database = connection.serialize()
    connection.close()
    return database


@cache
def with_full_quarantine() -> bytes:
    """Give the same, with a first phone whose quarantine is all but full, and a log of more than one page."""
    connection = opened(without_responses())
    now = as_text(BEGINNING - timedelta(hours=1))
    connection.execute("BEGIN")
    for number in range(OLD_QUARANTINE):
        _set_aside(connection, sha256_hex(f"old {number}"), now)
    connection.execute("COMMIT")
    database = connection.serialize()
    connection.close()
    return database


def _set_up(connection: sqlite3.Connection, now: str) -> None:
    connection.execute(
        "INSERT INTO neighbourhoods (neighbourhood_id, name, system) VALUES (?, 'Old Ford', 'asset')", (NEIGHBOURHOOD,)
    )
    for number, device in enumerate(DEVICES):
        device_queries.put_device(
            connection, device_id=device, neighbourhood_id=NEIGHBOURHOOD, role="worker", name=f"W{number}", now=now
        )
    for version in (GOOD, CLOSING):
        connection.execute("INSERT INTO logics VALUES (?, '{}')", (LOGICS[version],))
        connection.execute(
            "INSERT INTO form_versions (form_id, version, logic_sha, default_lang, xform, source_name, published_at)"
            " VALUES ('walk', ?, ?, 'bn', '', '', ?)",
            (version, LOGICS[version], now),
        )
    connection.execute("INSERT INTO log (kind, subject, logged_at) VALUES ('forms', 'walk 1', ?)", (now,))


def _set_aside(connection: sqlite3.Connection, rev: str, now: str) -> None:
    seq = connection.execute(
        "INSERT INTO log (kind, subject, logged_at) VALUES ('revision', ?, ?)", (rev, now)
    ).lastrowid
    connection.execute(
        "INSERT INTO revisions (rev, seq, response_id, kind, origin, header, device_id, neighbourhood_id, received_at,"
        " quarantined_why) VALUES (?, ?, ?, 'create', 'device', '{}', ?, ?, ?, 'unknown-form')",
        (rev, seq, f"old-{seq}", DEVICES[0], NEIGHBOURHOOD, now),
    )
