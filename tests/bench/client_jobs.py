"""What a client process is asked to do and what it answers: the same job for ours and for a peer's.

A job is a list of steps, each so many new records to bring to the server; 0 is a look whether anything is new. The
first step warms up: programs are slow until they have run for a while. Both clients print one timing for each step.
"""

import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.link import Link, Passed, Traffic

__all__ = ["Job", "Timing", "between", "run_job"]


@dataclass(frozen=True)
class Job:
    """`records`: one text a line; `keeping`: putting a record into the client's own store is timed too."""

    way: str
    address: str
    batch: int
    steps: Sequence[int]
    keeping: bool = False
    device: str = ""
    token: str = ""
    records: str = ""
    outbox: str = ""


@dataclass(frozen=True)
class Timing:
    """When a step began and ended, in seconds since 1970, and how long it took by a clock that does not jump."""

    began: float
    ended: float
    seconds: float


def run_job(job: Job, lines: Sequence[str], client: Callable[[str], str]) -> list[Timing]:
    """Have a client, which takes a job's file and gives what it prints, do the job; give its timings but the first."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        records, told = folder / "records.ndjson", folder / "job.json"
        records.write_text("\n".join(lines), encoding="utf-8")
        whole = {**asdict(job), "records": str(records), "outbox": str(folder / "outbox.sqlite3")}
        told.write_text(json.dumps(whole), encoding="utf-8")
        printed = json.loads(client(str(told)))
    assert len(printed) == len(job.steps), "a client says how long each step took"
    return [Timing(**timing) for timing in printed][1:]


def between(link: Link, began: float, ended: float) -> Traffic:
    """Give what passed over a link within a time."""
    before, after = link.traffic(began), link.traffic(ended)
    return Traffic(up=_passed(before.up, after.up), down=_passed(before.down, after.down))


def _passed(before: Passed, after: Passed) -> Passed:
    return Passed(
        moment=after.moment,
        messages=after.messages - before.messages,
        bytes=after.bytes - before.bytes,
        header_bytes=after.header_bytes - before.header_bytes,
    )
