"""Part *desk*: what pages of the console take at three sizes, beside reading 25 rows by their key."""

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import quantiles

from flask.testing import FlaskClient

from server.app import create_app
from server.audit.noting import Actor
from server.config import RESPONSES_PER_PAGE, Config
from server.reading_api import keys
from tests.bench.desk_addresses import ADDRESSES, DOWNLOADS, PROGRAMS
from tests.bench.desk_filling import Made, make_desk
from tests.bench.processes import forget_peak, memory
from tests.bench.report import Aim, Row
from tests.project import ROOT
from tests.server.console_pages import forgery_token, sign_in

__all__ = ["SIZES", "desk_rows"]

SIZES = (1_000, 100_000, 1_000_000)
"""BENCH_DESK names others, such as BENCH_DESK=1000,100000."""
INSTRUMENTS = ROOT / "server" / "forms" / "instruments"
QUICKEST = 100
"""Milliseconds: the aim for p95 of every page, at any size."""
ROWS_A_SECOND = 20_000
"""The aim for a download."""
LEAST_BYTES = 10
"""Of a response in a packed table; fewer in all: something was left out, and the figure would be worth nothing."""
ASKED = 20
WARMING = 2
PERCENT_95 = 94
FLOOR = "25 rows by key"
MILLISECONDS = 1_000


def desk_rows(runs: int) -> list[Row]:
    """Fill a data folder of each size, and ask each address `runs` × ASKED times in one process."""
    sizes = [int(size) for size in os.environ["BENCH_DESK"].split(",")] if "BENCH_DESK" in os.environ else SIZES
    return [row for size in sizes for row in _rows_at(size, runs=runs)]


def _rows_at(size: int, *, runs: int) -> list[Row]:
    with _desk(size) as made:
        app = create_app(Config(data_folder=made.running.database.folder), made.running)
        browser = app.test_client()
        assert sign_in(browser, made.sign_in.sign_in_name, made.sign_in.password).status_code == 302
        path, program = made.running.database.path, {"Authorization": f"Bearer {_key(made)}"}
        forget_peak(os.getpid())
        before = memory(os.getpid()).now
        floor = _timed(lambda: _rows_by_key(path), times=runs * ASKED)
        pages = [*ADDRESSES, ("one response", _a_response(path))]
        asked = [(name, _asking(browser, address)) for name, address in pages]
        asked += [(name, _asking(app.test_client(), address, program)) for name, address in PROGRAMS]
        rows = [
            row for name, ask in asked for row in _measures(f"{name}, {size:,}", _timed(ask, times=runs * ASKED), floor)
        ]
        rows.append(_grown(f"pages: memory above an idle server, {size:,}", before))
        for name, address, each in DOWNLOADS:
            forget_peak(os.getpid())
            before = memory(os.getpid()).now
            rows += _stream(browser, f"{name}, {size:,}", address, responses=_interviews(path), each=each)
            rows += [_grown(f"{name}: memory above an idle server, {size:,}", before)]
        held = path.stat().st_size / 1_000_000
    return [*rows, Row(f"database, {size:,}", "MB", "lower", [held], "-", [])]


def _grown(name: str, before: float) -> Row:
    return Row(name, "MB", "lower", [memory(os.getpid()).peak - before], "-", [])


def _key(made: Made) -> str:
    """Make a key of a program that reads everything."""
    running = made.running
    wish = keys.Wish(name="Bench", everywhere=True, neighbourhoods=(), sees_apart=False, days=30)
    with running.database.read() as connection:
        (person,) = connection.execute("SELECT person_id FROM people").fetchone()
    actor = Actor(person_id=person, name="Bench")
    return keys.make(running.database, wish, actor=actor, now=running.clock.now(), random_bytes=os.urandom)[0]


@contextmanager
def _desk(size: int) -> Iterator[Made]:
    """Give a filled folder that is gone afterwards; BENCH_DESK_FOLDER says on which disk."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DESK_FOLDER"), ignore_cleanup_errors=True) as name:
        print(f"Filling a desk with {size:,} responses …", file=sys.stderr, flush=True)
        made = make_desk(Path(name), rows=size, instruments=INSTRUMENTS)
        try:
            yield made
        finally:
            made.running.close()


def _asking(browser: FlaskClient, address: str, headers: Mapping[str, str] | None = None) -> Callable[[], None]:
    def ask() -> None:
        reply = browser.get(address, headers=headers)
        assert reply.status_code == 200, f"{address}: {reply.status}"

    return ask


def _timed(ask: Callable[[], None], *, times: int) -> list[float]:
    """Do it some times unmeasured, then give the milliseconds of each time."""
    for _ in range(WARMING):
        ask()
    samples = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        samples.append((time.perf_counter() - began) * MILLISECONDS)
    return samples


def _measures(name: str, samples: Sequence[float], floor: Sequence[float]) -> list[Row]:
    slow, slow_floor = (quantiles(each, n=100)[PERCENT_95] for each in (samples, floor))
    middle, middle_floor = (quantiles(each, n=2)[0] for each in (samples, floor))
    return [
        Row(f"{name}, p50", "ms", "lower", [middle], FLOOR, [middle_floor]),
        Row(f"{name}, p95", "ms", "lower", [slow], FLOOR, [slow_floor], Aim("figure", QUICKEST)),
    ]


def _rows_by_key(path: Path) -> None:
    """Read as many rows as a page shows, by their primary key and all columns of them."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        ids = connection.execute(
            "SELECT response_id FROM responses ORDER BY seq DESC LIMIT ?", (RESPONSES_PER_PAGE,)
        ).fetchall()
        for one in ids:
            connection.execute("SELECT * FROM responses WHERE response_id = ?", one).fetchone()


def _a_response(path: Path) -> str:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        (response_id,) = connection.execute(
            "SELECT response_id FROM responses WHERE form_id = 'assets_and_barriers' ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    return f"/console/responses/{response_id}"


def _interviews(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute("SELECT COUNT(*) FROM responses WHERE form_id = 'assets_and_barriers'").fetchone()
    return int(found)


def _stream(browser: FlaskClient, name: str, address: str, *, responses: int, each: int) -> list[Row]:
    """Take a file to its end; give how many rows, and how many responses, passed in a second."""
    form = {"csrf_token": forgery_token(browser, address)}
    began = time.perf_counter()
    with browser.post(address, data=form) as reply:
        assert reply.status_code == 200, f"{address}: {reply.status}"
        held = sum(len(piece) for piece in reply.iter_encoded())
    passed = responses / (time.perf_counter() - began)
    assert held > responses * LEAST_BYTES, f"{address}: {held} bytes of {responses} responses"
    return [
        Row(name, "rows/s", "higher", [passed * each], "-", [], Aim("figure", ROWS_A_SECOND)),
        Row(name, "responses/s", "higher", [passed], "-", []),
    ]
