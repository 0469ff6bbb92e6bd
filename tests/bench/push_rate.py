"""How many records a second a server takes in, in batches of 500, and what passes over the wire for it."""

import time
from dataclasses import dataclass

from tests.bench.fieldwell import Server, server_with_form
from tests.bench.floor import write_raw
from tests.bench.link import UNTHROTTLED, Link, Traffic
from tests.bench.phones import enrolled_phone
from tests.bench.pouchdb_replication import replicate, replication_traffic
from tests.bench.pushes import PushFailed, push_all
from tests.bench.records import make_records
from tests.bench.report import Row

__all__ = ["push_rate_rows"]

BATCH = 500
RECORDS = 10_000
WARM_UP = 1_000  # records that each takes in before the clock starts
PROJECTION_SECONDS = 30.0
POLL_SECONDS = 0.1
POUCHDB = "PouchDB replication to LevelDB"
FLOOR = "sqlite3 alone, FULL"


@dataclass(frozen=True)
class Round:
    """Records per second of one round, each into a new store. `checked`: until projected for the console."""

    pushed: float
    checked: float
    replicated: float
    raw: float


def push_rate_rows(runs: int) -> list[Row]:
    """Push, replicate and insert in turn, `runs` times; then push and replicate once through a link that counts."""
    rounds = [_round() for _ in range(runs)]
    pushed, replicated = [each.pushed for each in rounds], [each.replicated for each in rounds]
    checked, raw = [each.checked for each in rounds], [each.raw for each in rounds]
    ours, theirs = _traffic()
    requests = f"requests for {RECORDS:,} records"
    return [
        Row(f"pushed and acknowledged, batches of {BATCH}", "records/s", "higher", pushed, POUCHDB, replicated),
        Row("the same", "records/s", "higher", pushed, FLOOR, raw),
        Row("pushed, checked and projected", "records/s", "higher", checked, POUCHDB, replicated),
        _row_per_record("bytes up", ours.up.bytes, theirs.up.bytes),
        _row_per_record("bytes down", ours.down.bytes, theirs.down.bytes),
        Row(requests, "requests", "lower", [ours.up.messages], POUCHDB, [theirs.up.messages]),
    ]


def _row_per_record(measure: str, ours: int, theirs: int) -> Row:
    return Row(measure, "bytes/record", "lower", [ours / RECORDS], POUCHDB, [theirs / RECORDS])


def _round() -> Round:
    with server_with_form(phones=1) as server:
        phone = enrolled_phone(server)
        records = make_records(WARM_UP + RECORDS, phone)
        push_all(records[:WARM_UP], url=server.url, phone=phone, batch=BATCH)
        _wait_until_projected(server, WARM_UP)
        began = time.perf_counter()
        seconds = push_all(records[WARM_UP:], url=server.url, phone=phone, batch=BATCH)
        _require_stored(server, WARM_UP + RECORDS)
        _wait_until_projected(server, WARM_UP + RECORDS)
        checked = (server.count("responses") - WARM_UP) / (time.perf_counter() - began)
    return Round(
        pushed=RECORDS / seconds,
        checked=checked,
        replicated=RECORDS / replicate(records, batch=BATCH, first=WARM_UP),
        raw=RECORDS / write_raw(records[WARM_UP:], batch=BATCH),
    )


def _traffic() -> tuple[Traffic, Traffic]:
    with server_with_form(phones=1) as server:
        phone = enrolled_phone(server)
        records = make_records(RECORDS, phone)
        with Link(UNTHROTTLED, target_port=server.port) as link:
            push_all(records, url=link.url, phone=phone, batch=BATCH)
            ours = link.traffic()
    return ours, replication_traffic(records, batch=BATCH)


def _require_stored(server: Server, count: int) -> None:
    """Look into the database for what was acknowledged."""
    if (found := server.count("revisions")) != count:
        raise PushFailed(f"{count} records were acknowledged; {found} are in the database.")


def _wait_until_projected(server: Server, count: int) -> None:
    """Wait until so many responses can be seen in the console, or until time is up."""
    deadline = time.perf_counter() + PROJECTION_SECONDS
    while server.count("responses") < count and time.perf_counter() < deadline:
        time.sleep(POLL_SECONDS)
