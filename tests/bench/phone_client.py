"""A client of Fieldwell in a process of its own: `python -m tests.bench.phone_client <file with a job>`.

Two ways. *session*: the client that a hub uses, with an outbox on the disk, the feed and gzip; every pass of it ends
with everything held. *gzip* and *plain*: pushes alone, to see what the server takes without such a client.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

from sync.client.driver import Driver
from sync.client.loop import Loop
from sync.client.outbox import Finished, Outbox, open_outbox
from sync.client.transport import Transport
from sync.session import new_session, step
from sync.session_types import Event, Gather, Session, Step
from tests.bench.client_jobs import Job
from tests.bench.pushes import Pusher, PushFailed

Record = dict[str, str]


def main(file: str) -> None:
    """Do the job and print a timing for each step."""
    job = Job(**json.loads(Path(file).read_text(encoding="utf-8")))
    records = (json.loads(line) for line in Path(job.records).read_text(encoding="utf-8").splitlines())
    timings = _by_session(job, records) if job.way == "session" else _by_pushes(job, records)
    print(json.dumps([{"began": began, "ended": ended, "seconds": seconds} for began, ended, seconds in timings]))


def _by_session(job: Job, records: Iterator[Record]) -> list[tuple[float, float, float]]:
    chance = Random(job.batch)
    with closing(open_outbox(Path(job.outbox))) as outbox:
        outbox.enrol(device=job.device, token=job.token)
        driver = Driver(outbox, step=_stepping(job.batch), session=new_session())
        with closing(Transport(job.address, monotonic=time.monotonic)) as transport:
            loop = Loop(driver, transport, now=lambda: int(time.time() * 1_000), fraction=chance.random)
            timings = [_session_step(job, outbox, loop, list(islice(records, count))) for count in job.steps]
        _require_held(outbox)
    return timings


def _session_step(
    job: Job, outbox: Outbox, loop: Loop[Session], records: Sequence[Record]
) -> tuple[float, float, float]:
    finished = [
        Finished(rev=record["rev"], header=record["header"], parts=(record["part"],), attachments={})
        for record in records
    ]
    if not job.keeping:
        _keep(outbox, finished)
    return _timed(lambda: _keep_and_send(outbox, loop, finished if job.keeping else []))


def _keep_and_send(outbox: Outbox, loop: Loop[Session], finished: Sequence[Finished]) -> None:
    _keep(outbox, finished)
    outcome = loop.run("button")
    if not outcome.finished:
        raise PushFailed(f"The session did not come to its end: {outcome}")


def _keep(outbox: Outbox, finished: Sequence[Finished]) -> None:
    for one in finished:
        outbox.add_response(one)


def _stepping(batch: int) -> Callable[[Session, Event], Step]:
    """Give the session's own step, with batches that do not grow past `batch`."""

    def smaller(session: Session, event: Event) -> Step:
        stepped = step(session, event)
        effects = (
            replace(effect, items=min(effect.items, batch)) if isinstance(effect, Gather) else effect
            for effect in stepped.effects
        )
        return replace(stepped, effects=tuple(effects))

    return smaller


def _require_held(outbox: Outbox) -> None:
    if set(outbox.counts()) - {"held"}:
        raise PushFailed(f"Not everything is held: {outbox.counts()}")


def _by_pushes(job: Job, records: Iterator[Record]) -> list[tuple[float, float, float]]:
    items: list[dict[str, object]] = [
        {"rev": one["rev"], "header": one["header"], "parts": [one["part"]]} for one in records
    ]
    timings = []
    for count in job.steps:
        step_items, items = items[:count], items[count:]
        pusher = Pusher(job.address, device=job.device, token=job.token, packed=job.way == "gzip")
        timings.append(_timed(partial(pusher.push_all, step_items, batch=job.batch)))
    return timings


def _timed(act: Callable[[], None]) -> tuple[float, float, float]:
    began, start = time.time(), time.perf_counter()
    act()
    seconds = time.perf_counter() - start
    return began, time.time(), seconds


if __name__ == "__main__":
    main(sys.argv[1])
