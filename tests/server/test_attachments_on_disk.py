"""Files onto disks that fail and fill up: nothing is acknowledged that is not there, and it goes on by itself."""

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.config import DISK_RESERVE_BYTES
from server.intake.attachments import Attachments
from server.intake.files import DiskFiles, Room, disk_reserve
from server.intake.upload_refusals import NoSpace, StorageFailed
from server.services import Services
from sync.hashes import sha256_hex_of_bytes
from tests.server.pushing import push, statuses
from tests.server.records import Phone
from tests.server.uploading import feed_kinds, measured, name_files, noise, send, whole

SMALL = noise(61)


class FailingFiles(DiskFiles):
    """A disk on which one kind of call fails, before or after it was done; ``fits`` bytes fit before it is full."""

    def __init__(self, folder: Path, *, call: str, error: int, done: bool = False, fits: int = 0) -> None:
        super().__init__(folder)
        self.call, self.error, self.done, self.fits = call, error, done, fits

    def append(self, device: str, sha256: str, piece: bytes) -> None:
        if self.call == "append":
            super().append(device, sha256, piece[: self.fits])
            raise OSError(self.error, os.strerror(self.error))
        super().append(device, sha256, piece)

    def sync_incoming(self, device: str, sha256: str) -> None:
        self._do("sync_incoming", lambda: super(FailingFiles, self).sync_incoming(device, sha256))

    def put_in_place(self, device: str, sha256: str) -> None:
        self._do("put_in_place", lambda: super(FailingFiles, self).put_in_place(device, sha256))

    def sync_whole(self, sha256: str) -> None:
        self._do("sync_whole", lambda: super(FailingFiles, self).sync_whole(sha256))

    def _do(self, call: str, work: Callable[[], None]) -> None:
        if self.call == call and not self.done:
            raise OSError(self.error, os.strerror(self.error))
        work()
        if self.call == call:
            raise OSError(self.error, os.strerror(self.error))


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("call", ["append", "sync_incoming", "put_in_place", "sync_whole"])
@pytest.mark.parametrize("done", [False, True])
def test_disk_that_fails_at_any_step_acknowledges_nothing_and_recovers_by_itself(
    client: FlaskClient, running: Services, folder: Path, device: Phone, call: str, error: int, done: bool
) -> None:
    name_files(client, device, SMALL)
    sha256 = sha256_hex_of_bytes(SMALL)
    failing = FailingFiles(folder, call=call, error=error, done=done, fits=25)
    attachments = Attachments(running.database, failing, clock=running.clock)
    refusal = StorageFailed if error == errno.EIO else NoSpace
    with pytest.raises(refusal) as refused:
        attachments.receive(device=device.device, sha256=sha256, offset=0, pieces=iter([SMALL]))
    assert refused.value.retry_after
    assert feed_kinds(running, SMALL) == [], "nothing was acknowledged"
    offset, length = measured(client, device, SMALL)
    if call == "append":
        assert offset == 25, "what still fitted stays"
    if offset < length:
        assert send(client, device, SMALL, offset=offset).status_code == 204
    assert whole(folder, SMALL).read_bytes() == SMALL
    assert feed_kinds(running, SMALL) == ["attachment"]


def test_full_disk_is_answered_with_when_to_come_back(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    name_files(client, device, SMALL)
    running.attachments.files = FailingFiles(folder, call="append", error=errno.ENOSPC, fits=5)
    reply = send(client, device, SMALL)
    assert (reply.status_code, reply.get_json()["code"], reply.headers["Retry-After"]) == (507, "no-space", "300")


@pytest.mark.parametrize("left", [0, 1])
def test_files_leave_a_reserve_of_the_disk_and_text_goes_on(
    client: FlaskClient, running: Services, folder: Path, device: Phone, left: int
) -> None:
    """To the byte: what leaves the reserve whole is taken, one byte more is not."""
    name_files(client, device, SMALL)
    room = Room(free=DISK_RESERVE_BYTES + len(SMALL) - left, total=DISK_RESERVE_BYTES * 100)
    running.attachments.files = DiskFiles(folder, room=lambda _folder: room)
    reply = send(client, device, SMALL)
    if left == 0:
        assert (reply.status_code, feed_kinds(running, SMALL)) == (204, ["attachment"])
        return
    assert (reply.status_code, reply.get_json()["code"], reply.headers["Retry-After"]) == (507, "no-space", "300")
    assert statuses(push(client, device, device.item())) == ["stored"]


def test_the_reserve_is_a_gibibyte_or_a_twentieth_of_a_small_disk() -> None:
    assert disk_reserve(1000 * DISK_RESERVE_BYTES) == 1024**3
    assert disk_reserve(8 * 1024**3) == 8 * 1024**3 // 20
    assert disk_reserve(20 * 1024**3) == 1024**3


def test_steps_are_taken_in_the_order_that_a_power_cut_forgives(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    name_files(client, device, SMALL)
    steps: list[str] = []

    class Noted(DiskFiles):
        def __getattribute__(self, name: str) -> object:
            if name in {"digest_of_incoming", "sync_incoming", "put_in_place", "sync_whole"}:
                steps.append(name)
            return super().__getattribute__(name)

    class NotedDatabase:
        read = staticmethod(running.database.read)

        def write(self, job: Callable[[sqlite3.Connection], bool]) -> bool:
            steps.append("row")
            return running.database.write(job)

    attachments = Attachments(NotedDatabase(), Noted(folder), clock=running.clock)  # type: ignore[arg-type]
    attachments.receive(
        device=device.device, sha256=sha256_hex_of_bytes(SMALL), offset=0, pieces=iter([SMALL[:9], SMALL[9:]])
    )
    assert steps == ["digest_of_incoming", "sync_incoming", "put_in_place", "sync_whole", "row"]
