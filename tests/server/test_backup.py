"""A backup is whole, checked and noted before anything is called safe; what goes wrong leaves all as it was."""

import json
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server import services
from server.app import create_app
from server.config import Config
from server.intake.erasure import Request
from server.services import Services
from server.store import snapshot
from server.store.database import FILE_NAME
from server.store.lock import FolderLock
from server.upkeep import erasing, places, verify
from server.upkeep.backup import back_up
from server.upkeep.errors import BackupDamaged, BackupRefused, NoSpace, in_words
from server.upkeep.folder import backups_in, file_of
from server.upkeep.pruning import prune
from sync.hashes import sha256_hex_of_bytes
from tests.server.keeping import BackUp, in_parts, newest, safe_seq, traces, typed
from tests.server.pushing import push
from tests.server.records import Phone, SteppedClock, chance
from tests.server.uploading import noise, send, sent_whole

KILLED_BEFORE_CHECKPOINT = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("CREATE TABLE kept (word TEXT)")
connection.execute("INSERT INTO kept VALUES ('in the log')")
os._exit(0)
"""


def test_a_backup_beside_a_running_server_holds_what_was_acknowledged_and_makes_it_safe(
    client: FlaskClient, device: Phone, again: BackUp
) -> None:
    [receipt] = push(client, device, device.item({"who": "Asha"}))
    assert safe_seq(client) == 0
    made = again()
    assert safe_seq(client) == made.manifest.seq >= int(str(receipt["seq"]))
    assert made.manifest.revisions == 1
    [later] = push(client, device, device.item({"who": "Bo"}))
    assert safe_seq(client) < int(str(later["seq"]))


def test_a_backup_is_one_file_that_opens_by_itself(client: FlaskClient, device: Phone, again: BackUp) -> None:
    push(client, device, device.item({"who": "Asha"}))
    made = again()
    names = {path.name for path in made.place.iterdir()}
    assert names == {FILE_NAME, "manifest.json", "session.key", places.FILE_NAME}
    with sqlite3.connect(f"file:{made.place / FILE_NAME}?mode=ro&immutable=1", uri=True) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("SELECT COUNT(*) FROM revisions").fetchone() == (1,)


def test_a_backup_neither_writes_nor_checkpoints_the_database_of_a_running_server(
    client: FlaskClient, device: Phone, folder: Path, again: BackUp, running: Services
) -> None:
    running.projector.close()  # it writes in its own time
    push(client, device, device.item({"who": "Asha"}))
    files = [folder / FILE_NAME, folder / f"{FILE_NAME}-wal"]
    before = [path.read_bytes() for path in files]
    again()
    assert [path.read_bytes() for path in files] == before


def test_a_backup_of_a_server_that_was_killed_leaves_its_log_as_it_is(folder: Path, tmp_path: Path) -> None:
    source, copied = folder / FILE_NAME, tmp_path / "copy.sqlite3"
    folder.mkdir()
    subprocess.run([sys.executable, "-c", KILLED_BEFORE_CHECKPOINT, str(source)], check=True)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}
    snapshot.copy_database(source, copied)
    after = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}
    assert f"{FILE_NAME}-wal" in before
    assert after == before
    with snapshot.opened_snapshot(copied) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone()[0] == "in the log"


def test_a_backup_is_of_one_moment_while_phones_go_on_sending(
    client: FlaskClient, device: Phone, again: BackUp
) -> None:
    stop = threading.Event()
    acknowledged: list[int] = []

    def send_on() -> None:
        while not stop.is_set():
            [receipt] = push(client, device, device.item({"who": "x" * 2000}))
            acknowledged.append(int(str(receipt["seq"])))

    sending = threading.Thread(target=send_on)
    sending.start()
    made = []
    try:
        for _ in range(5):
            before = len(acknowledged)
            made.append((before, again().manifest))
    finally:
        stop.set()
        sending.join()
    for before, manifest in made:
        assert all(seq <= manifest.seq for seq in acknowledged[:before])
        assert manifest.revisions == sum(seq <= manifest.seq for seq in acknowledged)


def test_verify_finds_a_single_changed_byte_in_database_or_file(
    client: FlaskClient, device: Phone, again: BackUp, backups: Path
) -> None:
    file = noise(5000)
    sent_whole(client, device, file)
    made = again()
    assert verify.verify(backups).damaged == ()
    copied = file_of(backups, sha256_hex_of_bytes(file))
    copied.write_bytes(file[:-1] + b"?")
    assert verify.verify(backups).damaged == (copied.name,)
    database = made.place / FILE_NAME
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    with pytest.raises(BackupDamaged, match="its hash differs"):
        verify.verify(backups)


def test_pruning_keeps_the_newest_and_the_files_they_name(
    client: FlaskClient, device: Phone, running: Services, again: BackUp, backups: Path
) -> None:
    old, kept = noise(4000, 1), noise(4000, 2)
    item = in_parts(device, {"main": {"who": "Asha"}}, files=[old])
    push(client, device, item)
    send(client, device, old)
    sent_whole(client, device, kept)
    again()
    wanted = Request(response_id=json.loads(str(item["header"]))["id"], parts=None, reason="")
    erasing.erase(running.database, wanted, identity=running.identity, clock=running.clock)
    last = again()
    assert prune(backups, keep=1, made=last.place) == 1
    assert [newest(backups)] == [path.parent for path in backups.glob("*/manifest.json")] == [last.place]
    assert not traces(backups, old)
    assert file_of(backups, sha256_hex_of_bytes(kept)).read_bytes() == kept
    assert verify.verify(backups).damaged == ()


def test_the_backup_made_last_is_kept_although_a_clock_that_went_back_named_it_older(
    again: BackUp, backups: Path, clock: SteppedClock
) -> None:
    again()
    clock.step(timedelta(days=-400))
    last = again()
    assert prune(backups, keep=1, made=last.place) == 0
    assert last.place.is_dir()


def test_what_a_backup_that_was_killed_left_is_cleared_and_never_taken_for_one(again: BackUp, backups: Path) -> None:
    first = again()
    left = backups / "2026-11-30T000000-000Z.partial"
    left.mkdir()
    (left / FILE_NAME).write_bytes(b"half")
    (left / "manifest.json").write_bytes((first.place / "manifest.json").read_bytes())
    assert verify.verify(backups).place == first.place
    again()
    assert not left.exists()


def test_a_copy_that_is_not_sound_becomes_no_backup_and_makes_nothing_safe(
    client: FlaskClient, device: Phone, again: BackUp, folder: Path, backups: Path
) -> None:
    push(client, device, device.item())
    with closing(sqlite3.connect(folder / FILE_NAME)) as damaging:
        damaging.execute("DELETE FROM parts")
        damaging.commit()
    with pytest.raises(BackupDamaged, match="not sound"):
        again()
    assert (safe_seq(client), backups_in(backups)) == (0, [])


def test_a_backup_that_does_not_get_its_name_makes_nothing_safe(
    client: FlaskClient, device: Phone, running: Services, folder: Path, backups: Path
) -> None:
    class Meddling(SteppedClock):
        """Told the time while a backup is made, it puts a folder where that will want to be."""

        def now(self) -> datetime:
            for begun in backups.glob("*.partial"):
                (begun.with_suffix("") / "in the way").mkdir(parents=True, exist_ok=True)
            return super().now()

    push(client, device, device.item())
    with pytest.raises(BackupRefused):
        back_up(folder, backups, clock=Meddling(), version="test")
    assert safe_seq(client) == 0


def test_a_backup_into_the_data_folder_is_refused(folder: Path, clock: SteppedClock, running: Services) -> None:
    with pytest.raises(BackupRefused, match="is inside the data folder"):
        back_up(folder, folder / "backups", clock=clock, version="test")
    assert not (folder / "backups").exists()


def test_a_folder_belongs_to_one_server(again: BackUp, backups: Path, tmp_path: Path, clock: SteppedClock) -> None:
    again()
    other = services.start(tmp_path / "other", clock=clock, random_bytes=chance(99))
    other.close()
    clock.step(timedelta(days=1))
    with pytest.raises(BackupRefused, match="another server"):
        back_up(tmp_path / "other", backups, clock=clock, version="test")


def test_too_little_room_is_told_in_numbers_before_anything_is_copied(
    folder: Path, backups: Path, clock: SteppedClock, running: Services
) -> None:
    huge = file_of(folder, "ab" * 32)
    huge.parent.mkdir()
    with huge.open("wb") as file:
        file.truncate(9 * 10**12)  # says that it is large, and takes no room
    with pytest.raises(NoSpace, match=r"9\.0 TB are needed") as told:
        back_up(folder, backups, clock=clock, version="test")
    assert told.value.needed > told.value.free
    assert list(backups.glob("*")) == [backups / "fieldwell.lock"]


def test_two_backups_into_one_folder_do_not_meet(again: BackUp, backups: Path) -> None:
    again()
    other = FolderLock(backups)
    with pytest.raises(BackupRefused, match="under way"):
        again()
    other.release()


def test_a_mark_of_another_log_makes_nothing_safe_and_the_erasures_beside_the_backups_still_count(
    client: FlaskClient, device: Phone, again: BackUp, folder: Path, running: Services, clock: SteppedClock
) -> None:
    """Somebody copies an older database over the newer one by hand: its later entries would seem safe."""
    item = in_parts(device, {"main": {"who": "Shabnam"}})
    push(client, device, item)
    older = again().place / FILE_NAME
    push(client, device, device.item({"who": "Asha"}), device.item({"who": "Bo"}))
    wanted = Request(response_id=json.loads(str(item["header"]))["id"], parts=None, reason="")
    erasing.erase(running.database, wanted, identity=running.identity, clock=running.clock)
    again()
    running.close()
    (folder / "erasures.jsonl").unlink()
    for path in folder.glob(f"{FILE_NAME}*"):
        path.unlink()
    (folder / FILE_NAME).write_bytes(older.read_bytes())
    started = services.start(folder, clock=clock, random_bytes=chance(5))
    try:
        restarted = create_app(Config(data_folder=folder), started).test_client()
        assert safe_seq(restarted) == 0
    finally:
        started.close()
    assert traces(folder, "Shabnam") == []


def test_the_command_backs_up_a_stopped_server_says_what_it_did_and_verifies(
    client: FlaskClient,
    device: Phone,
    running: Services,
    folder: Path,
    backups: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent_whole(client, device, noise(5000))
    running.close()
    assert typed("backup", "--to", backups, "--data", folder, "--keep", 7) == 0
    out = capsys.readouterr().out
    assert "1 revisions of responses and 1 photos" in out
    assert "verified" in out
    assert typed("backup", "verify", backups) == 0
    assert "all there and whole: 1" in capsys.readouterr().out
    file_of(backups, sha256_hex_of_bytes(noise(5000))).unlink()
    assert typed("backup", "verify", newest(backups)) == 1
    assert "DAMAGED  1 files" in capsys.readouterr().out


def test_a_folder_without_a_server_is_not_backed_up(
    tmp_path: Path, backups: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed("backup", "--to", backups, "--data", tmp_path / "nothing") == 1
    assert "is no data folder" in capsys.readouterr().err
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (3_250_000, "3.2 MB")]
)
def test_sizes_are_written_as_people_read_them(size: int, words: str) -> None:
    assert in_words(size) == words
