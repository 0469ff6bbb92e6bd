"""Eight clients push to one real server that is killed again and again; what was acknowledged is always there."""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Lock, Thread
from time import monotonic
from typing import Final

from server.store.database import FILE_NAME
from server.store.disk import hash_of
from sync.client.outbox import Finished
from sync.client.programme import Enrolled, enrol
from sync.client.transport import Patience, Transport
from tests.netfault.client import Client
from tests.netfault.hall import Hall
from tests.netfault.records import new_device, photo

__all__ = ["CLIENTS", "Tally", "Worker", "assert_all_there_once", "describe", "look_after_kill", "run_kills"]

CLIENTS: Final = 8
SHORT: Final = Patience(connect=5.0, silence=10.0)
LONGEST_LIFE_SECONDS: Final = 0.6
PHOTO_BYTES: Final = 120_000
PHOTO_SHARE: Final = 0.3


@dataclass
class Tally:
    """What was seen in all."""

    kills: int = 0
    responses: int = 0
    photos: int = 0
    acknowledged_at_kills: list[int] = field(default_factory=list)


class Worker:
    """One client on a thread of its own, which finishes responses and sends them until it is told to stop.

    ``pause`` is how many seconds it rests between two of them, at most.
    """

    def __init__(self, hall: Hall, address: str, path: Path, chance: Random, *, pause: float = 0.0) -> None:
        self._hall, self._address, self._path, self._chance = hall, address, path, chance
        self._device = new_device(chance)
        self._token = _token(hall, address, self._device)
        self._pause = pause
        self._lock = Lock()
        self._acknowledged: dict[str, str] = {}
        self.finished: list[Finished] = []
        self._stop = Event()
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._run)
        self._thread.start()

    def acknowledged(self) -> dict[str, str]:
        """Give every revision and file that this client has a word for, and which."""
        with self._lock:
            return dict(self._acknowledged)

    def stop(self) -> None:
        """Send everything that is left, and end; raise what went wrong on the thread."""
        self._stop.set()
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        client = Client(self._hall, self._path, self._chance)
        client.outbox.enrol(device=self._device, token=self._token)
        self.finished = client.finished
        try:
            while not self._stop.is_set():
                self._finish_one(client)
                client.try_once(self._address, SHORT)
                self._note(client)
                self._stop.wait(self._chance.uniform(0, self._pause))
            client.heal(self._address)
            self._note(client)
        except BaseException as error:
            self._failure = error
        finally:
            client.close()

    def _finish_one(self, client: Client) -> None:
        with_photo = self._chance.random() < PHOTO_SHARE
        client.finish([photo(self._chance, PHOTO_BYTES)] if with_photo else [], device=self._device)

    def _note(self, client: Client) -> None:
        states = {**client.outbox.states(), **client.outbox.attachment_states()}
        with self._lock:
            self._acknowledged = {name: state for name, state in states.items() if state not in {"finalised", "here"}}


def _token(hall: Hall, address: str, device: str) -> str:
    transport = Transport(address, monotonic=monotonic)
    enrolled = enrol(transport, secret=hall.secrets.pop(), device=device)
    transport.close()
    assert isinstance(enrolled, Enrolled), enrolled
    return enrolled.token


def run_kills(hall: Hall, folder: Path, *, kills: int, chance: Random) -> Tally:
    """Kill the server so many times, look after each, and let all clients finish at the end."""
    address = hall.central.url
    workers = [Worker(hall, address, folder / f"{place}.sqlite3", Random(chance.random())) for place in range(CLIENTS)]
    tally = Tally()
    try:
        for _ in range(kills):
            Event().wait(chance.uniform(0.05, LONGEST_LIFE_SECONDS))
            hall.central.kill()
            tally.kills += 1
            tally.acknowledged_at_kills.append(look_after_kill(hall, [worker.acknowledged() for worker in workers]))
            hall.central.start()
    finally:
        for worker in workers:
            worker.stop()
    finished = [one for worker in workers for one in worker.finished]
    assert_all_there_once(hall, finished)
    tally.responses = len(finished)
    tally.photos = sum(len(one.attachments) for one in finished)
    return tally


def look_after_kill(hall: Hall, words: list[dict[str, str]]) -> int:
    """Check the database of a dead server, and that it holds everything that was acknowledged; give how much."""
    known = {name for word in words for name in word}
    with closing(sqlite3.connect(hall.central.data / FILE_NAME)) as connection:
        assert [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
        there = {row[0] for row in connection.execute("SELECT rev FROM revisions")}
        files = {row[0] for row in connection.execute("SELECT sha256 FROM attachments WHERE stored_at IS NOT NULL")}
    lost = known - there - files
    assert not lost, f"acknowledged and not there after a kill: {sorted(lost)}"
    for sha256 in known & files:
        assert hash_of(hall.central.data / "attachments" / sha256[:2] / sha256) == sha256
    return len(known)


def assert_all_there_once(hall: Hall, finished: list[Finished]) -> None:
    """Everything that anybody finished is at the server, byte for byte, and the log tells of it once."""
    with closing(sqlite3.connect(hall.central.data / FILE_NAME)) as connection:
        filed = Counter(row[0] for row in connection.execute("SELECT subject FROM log"))
        headers = dict(connection.execute("SELECT rev, header FROM revisions WHERE quarantined_why IS NULL"))
        bodies: dict[str, list[str]] = {}
        for rev, body in connection.execute(
            "SELECT rev, body FROM revision_parts JOIN parts USING (sha256) ORDER BY rev, position"
        ):
            bodies.setdefault(rev, []).append(body)
    for one in finished:
        assert headers[one.rev] == one.header
        assert tuple(bodies[one.rev]) == one.parts
        for sha256, content in one.attachments.items():
            assert (hall.central.data / "attachments" / sha256[:2] / sha256).read_bytes() == content
        assert all(filed[name] == 1 for name in (one.rev, *one.attachments))


def describe(tally: Tally) -> str:
    """Tell what was done."""
    most = max(tally.acknowledged_at_kills, default=0)
    return (
        f"{tally.kills} kills, {CLIENTS} clients, {tally.responses} responses, {tally.photos} photos; "
        f"up to {most} acknowledged names were looked for after a kill; none was missing."
    )
