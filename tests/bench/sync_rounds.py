"""One round of sync: the same steps by our client and by PouchDB, each with a new server, and what was seen of them."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tests.bench.client_jobs import Job, Timing, run_job
from tests.bench.fieldwell import Server
from tests.bench.phones import enrolled_phone
from tests.bench.pouchdb_replication import PouchServer, pouchdb_client
from tests.bench.processes import processor_seconds
from tests.bench.pushes import PushFailed
from tests.bench.records import Phone, Record, make_records
from tests.project import ROOT

__all__ = [
    "BARE",
    "FEW",
    "FIVE_HUNDRED",
    "HUNDRED",
    "PHASES",
    "SINGLE",
    "Checking",
    "Phase",
    "Tried",
    "ours",
    "ours_unchecked",
    "theirs",
]

CLIENT_SECONDS = 300.0
POLL_SECONDS = 0.02
PROJECTION_SECONDS = 300.0
WARM_UP = 1_000
TIMES = 10  # each small thing in the phase of few
NOBODY = Phone(  # stands in documents where a phone of ours stands in records
    device="0190a0de-0000-4000-8000-000000000000",
    token="",
    neighbourhood="old-ford",
    worker="Worker 1",
    form_id="assets_and_barriers",
    form_version="1",
    logic="0" * 64,
    texts={"en": "0" * 64},
)


@dataclass(frozen=True)
class Phase:
    """What one client does with a server: the steps after the first are measured."""

    name: str
    way: Literal["session", "gzip", "plain"]
    batch: int
    steps: Sequence[int]
    keeping: bool = False


HUNDRED = Phase("batches of 100", "session", 100, (WARM_UP, 10_000))
FIVE_HUNDRED = Phase("batches of 500", "session", 500, (WARM_UP, 10_000))
SINGLE = Phase("one record", "session", 500, (WARM_UP, *[1] * 500), keeping=True)
FEW = Phase("few", "session", 500, (WARM_UP, *[10, 0] * TIMES))
PHASES = (HUNDRED, FIVE_HUNDRED, SINGLE, FEW)
BARE = (
    Phase("pushes alone, gzip", "gzip", 500, (WARM_UP, 10_000)),
    Phase("pushes alone, plain", "plain", 500, (WARM_UP, 10_000)),
)
WARMING = Phase("warming up", "session", 100, (0, WARM_UP))


@dataclass(frozen=True)
class Checking:
    """How validation, which runs behind intake, caught up after a push: seconds, records, seconds of a core."""

    lag: float
    records: int
    processor: float


@dataclass(frozen=True)
class Tried:
    """The timings of one phase; `checking` with ours."""

    timings: Sequence[Timing]
    checking: Checking | None = None


def ours(server: Server, phases: Sequence[Phase]) -> Mapping[str, Tried]:
    """Do the phases one after the other, and wait for validation behind each.

    None of them warms up itself, as WARMING does: validation of what that brings would go on while the clock runs.
    """
    tried = {}
    for phase in phases:
        timings = ours_unchecked(server, replace(phase, steps=(0, *phase.steps[1:])))
        tried[phase.name] = Tried(timings, _checked(server, timings[-1].ended))
    return tried


def ours_unchecked(server: Server, phase: Phase, *, address: str = "") -> list[Timing]:
    """Do a phase with a phone of its own."""
    phone = enrolled_phone(server)
    lines = [_as_line(record) for record in _records(phase, phone)]
    before = server.count("revisions")
    job = Job(phase.way, address or server.url, phase.batch, phase.steps, phase.keeping, phone.device, phone.token)
    timings = run_job(job, lines, _our_client)
    if (found := server.count("revisions") - before) != len(lines):
        raise PushFailed(f"{len(lines)} records were acknowledged; {found} are in the database.")
    return timings


def theirs(server: PouchServer, phases: Sequence[Phase], *, address: str = "") -> Mapping[str, Tried]:
    """Do the same phases with PouchDB, each with a database of its own."""
    tried = {}
    for number, phase in enumerate(phases):
        url = f"{address or f'http://127.0.0.1:{server.port}'}/records{number}"
        lines = [record.document for record in _records(phase, NOBODY)]
        tried[phase.name] = Tried(run_job(Job("", url, phase.batch, phase.steps, phase.keeping), lines, pouchdb_client))
    return tried


def _records(phase: Phase, phone: Phone) -> list[Record]:
    seed = [each.name for each in (*PHASES, *BARE, WARMING)].index(phase.name)
    return make_records(sum(phase.steps), phone, seed=seed)


def _as_line(record: Record) -> str:
    return json.dumps({"rev": record.rev, "header": record.header, "part": record.part})


def _our_client(job: str) -> str:
    command = [sys.executable, "-m", "tests.bench.phone_client", job]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=CLIENT_SECONDS, check=False)
    if done.returncode != 0:
        raise PushFailed(f"The client failed:\n{done.stderr[-2_000:]}")
    return done.stdout


def _checked(server: Server, ended: float) -> Checking:
    """Wait until everything can be seen in the console; by then the process has had nothing else to do."""
    waiting, before, deadline = server.unprojected(), processor_seconds(server.process_id), ended + PROJECTION_SECONDS
    while server.unprojected():
        if time.time() > deadline:
            raise PushFailed(f"Validation has not caught up after {PROJECTION_SECONDS:.0f} s.")
        time.sleep(POLL_SECONDS)
    return Checking(time.time() - ended, waiting, processor_seconds(server.process_id) - before)
