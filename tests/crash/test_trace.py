"""I1, seen from below: no receipt leaves the process before what it promises has been synced to the disk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from tests.crash.strace import attached
from tests.journeys.chance import printed_chance
from tests.netfault.client import Client
from tests.netfault.hall import Hall
from tests.netfault.records import photo

OPTIONS: Final = (
    "-y", "-s", "64", "-e", "trace=pwrite64,write,fdatasync,fsync,rename,sendto,sendmsg",
)  # fmt: skip
BEGUN: Final = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\((?P<rest>.*)$")
RESUMED: Final = re.compile(r"^(?P<thread>\d+) +<\.\.\. (?P<call>\w+) resumed>")
TARGET: Final = re.compile(r', "(?P<folder>[^"]+)/[0-9a-f]{64}"')
"""Where a rename puts a file."""


@dataclass(frozen=True)
class Call:
    """One system call, at the place in the trace where it returned."""

    name: str
    text: str


def calls(trace: str) -> Iterator[Call]:
    """Give the calls in the order in which they returned; an answer on its way counts from when it began."""
    begun: dict[str, Call] = {}
    for line in trace.splitlines():
        if found := BEGUN.match(line):
            call = Call(found["call"], found["rest"])
            if line.endswith("<unfinished ...>") and found["call"] not in {"sendto", "sendmsg"}:
                begun[found["thread"]] = call
            else:
                yield call
        elif (found := RESUMED.match(line)) and found["thread"] in begun:
            yield begun.pop(found["thread"])


@pytest.fixture(scope="module")
def seen() -> Iterator[list[Call]]:
    """What a server does while one client pushes a response and its photo."""
    with TemporaryDirectory() as folder:
        yield watch(Path(folder))


def watch(folder: Path) -> list[Call]:
    """Let a client push a response with a photo to a server that is traced."""
    hall = Hall(folder / "central")
    try:
        chance = printed_chance()
        client = Client(hall, folder / "outbox.sqlite3", chance)
        client.finish([photo(chance, 150_000)])
        with attached(hall.central.pid, OPTIONS, folder / "trace"):
            client.heal(hall.central.url)
        client.close()
    finally:
        hall.close()
    return list(calls((folder / "trace").read_text(errors="replace")))


def answers(seen: list[Call], beginning: str) -> list[int]:
    """Give the places at which an answer began to leave."""
    return [place for place, call in enumerate(seen) if call.name in {"sendto", "sendmsg"} and beginning in call.text]


def last(seen: list[Call], before: int, *, name: str, within: str) -> int:
    """Give the place of the last such call before a place, -1 when there is none."""
    places = [at for at, call in enumerate(seen[:before]) if call.name == name and within in call.text]
    return places[-1] if places else -1


def test_a_receipt_leaves_after_the_log_was_synced(seen: list[Call]) -> None:
    receipt = answers(seen, "HTTP/1.1 200 OK")[0]
    written = last(seen, receipt, name="pwrite64", within="fieldwell.sqlite3-wal")
    synced = last(seen, receipt, name="fdatasync", within="fieldwell.sqlite3-wal")
    assert 0 <= written < synced < receipt


def test_a_file_counts_after_it_its_name_and_its_row_were_synced(seen: list[Call]) -> None:
    done = answers(seen, "HTTP/1.1 204")[-1]
    renamed = last(seen, done, name="rename", within="/attachments/incoming/")
    bytes_synced = last(seen, renamed, name="fsync", within="/attachments/incoming/")
    bytes_written = last(seen, renamed, name="write", within="/attachments/incoming/")
    place = TARGET.search(seen[renamed].text)
    assert place is not None, seen[renamed]
    folder_synced = last(seen, done, name="fsync", within=f"{place['folder']}>")
    row_written = last(seen, done, name="pwrite64", within="fieldwell.sqlite3-wal")
    row_synced = last(seen, done, name="fdatasync", within="fieldwell.sqlite3-wal")
    assert 0 <= bytes_written < bytes_synced < renamed < folder_synced < row_written < row_synced < done
