"""The files beside the databases of backups: copied once, read again in turn, and gone once they are erased."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.intake.erasure import Request
from server.services import Services
from server.store.lock import FolderLock
from server.upkeep import copying, erasing, verify
from server.upkeep.backup import back_up
from server.upkeep.copying import ROUNDS
from server.upkeep.errors import ErasureUnfinished
from server.upkeep.folder import file_of
from server.upkeep.ledger import Ledger
from server.upkeep.restore import restore
from sync.hashes import sha256_hex_of_bytes
from tests.server.erasures import erase
from tests.server.keeping import BackUp, in_parts, safe_seq, traces, typed
from tests.server.pushing import push
from tests.server.records import Item, Phone, SteppedClock, chance
from tests.server.uploading import noise, send, sent_whole

PHOTO = noise(5000)


@pytest.fixture
def with_photo(client: FlaskClient, device: Phone) -> Item:
    """A response with a photo, both here."""
    item = in_parts(device, {"main": {"who": "Asha"}}, files=[PHOTO])
    push(client, device, item)
    assert send(client, device, PHOTO).status_code == 204
    return item


def test_files_are_copied_once_for_all_backups(
    client: FlaskClient, device: Phone, again: BackUp, backups: Path
) -> None:
    first, second = noise(5000, 1), noise(6000, 2)
    sent_whole(client, device, first)
    again()
    copied = file_of(backups, sha256_hex_of_bytes(first))
    kept = copied.stat().st_ino
    sent_whole(client, device, second)
    made = again()
    assert (made.manifest.attachments, made.manifest.attachment_bytes) == (2, 11000)
    assert copied.stat().st_ino == kept
    assert file_of(backups, sha256_hex_of_bytes(second)).read_bytes() == second


def test_a_file_damaged_in_the_data_folder_is_told_and_nothing_from_there_on_is_safe(
    client: FlaskClient, device: Phone, folder: Path, again: BackUp, backups: Path, running: Services
) -> None:
    file, whole = noise(5000, 1), noise(5000, 2)
    sent_whole(client, device, file)
    sent_whole(client, device, whole)
    damaged = file_of(folder, sha256_hex_of_bytes(file))
    damaged.write_bytes(b"rot" + file[3:])
    made = again()
    assert made.absent == (damaged.name,)
    assert not file_of(backups, damaged.name).exists()
    with running.database.read() as connection:
        query = "SELECT seq FROM attachments WHERE sha256 = ?"
        assert safe_seq(client) < connection.execute(query, (damaged.name,)).fetchone()[0] <= made.manifest.seq


def test_every_file_is_read_again_within_so_many_backups_and_a_damaged_one_is_copied_anew(
    client: FlaskClient, device: Phone, again: BackUp, backups: Path
) -> None:
    sent_whole(client, device, PHOTO, noise(4000, 9))
    again()
    copied = file_of(backups, sha256_hex_of_bytes(PHOTO))
    copied.write_bytes(PHOTO[:-1] + b"?")  # a disk forgets, and the length stays
    made = [again() for _ in range(ROUNDS)]
    assert [one.renewed for one in made if one.renewed] == [(copied.name,)]
    assert sum(one.read_again for one in made) == 2
    assert copied.read_bytes() == PHOTO
    assert verify.verify(backups).damaged == ()


def test_a_file_that_is_damaged_in_both_places_makes_nothing_from_there_on_safe(
    client: FlaskClient, device: Phone, again: BackUp, backups: Path, folder: Path
) -> None:
    sent_whole(client, device, PHOTO)
    held = again().manifest.seq
    for place in (backups, folder):
        file_of(place, sha256_hex_of_bytes(PHOTO)).write_bytes(PHOTO[:-1] + b"?")
    made = [again() for _ in range(ROUNDS)]
    assert safe_seq(client) < held
    assert made[-1].absent == (sha256_hex_of_bytes(PHOTO),), "It does not count as whole again at the next one."


def test_the_command_says_what_it_read_and_that_it_is_safe_only_if_it_is(
    client: FlaskClient,
    device: Phone,
    running: Services,
    folder: Path,
    backups: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent_whole(client, device, PHOTO)
    running.close()
    assert typed("backup", "--to", backups, "--data", folder) == 0
    told = capsys.readouterr().out
    assert "1 came anew and were hashed; 0 of those from before were read again" in told
    assert "phones are told that what it holds is safe" in told
    for place in (backups, folder):
        file_of(place, sha256_hex_of_bytes(PHOTO)).unlink()
    assert typed("backup", "--to", backups, "--data", folder) == 1
    told = capsys.readouterr().out
    assert "MISSING" in told
    assert "is safe" not in told


def test_a_folder_that_could_not_be_told_of_an_erasure_loses_the_file_at_the_next_backup_into_it(
    running: Services, with_photo: Item, again: BackUp, backups: Path, tmp_path: Path
) -> None:
    again()
    backups.rename(tmp_path / "unplugged")
    with pytest.raises(ErasureUnfinished):
        erase(running, with_photo)
    (tmp_path / "unplugged").rename(backups)
    again()
    assert not file_of(backups, sha256_hex_of_bytes(PHOTO)).exists()


def test_a_file_that_is_erased_while_it_is_being_copied_does_not_stay_in_the_backups(
    running: Services, with_photo: Item, again: BackUp, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copying.put_copy

    def copy_while_somebody_erases(sha256: str, *, source: Path, target: Path) -> bool:
        done = copy(sha256, source=source, target=target)
        with pytest.raises(ErasureUnfinished, match="a backup is being made there"):
            erase(running, with_photo)
        return done

    monkeypatch.setattr(copying, "put_copy", copy_while_somebody_erases)
    again()
    assert not file_of(backups, sha256_hex_of_bytes(PHOTO)).exists()
    assert len(Ledger(backups).read().erasures) == 1


def test_an_erasure_does_not_touch_a_folder_while_a_backup_holds_it(
    running: Services, with_photo: Item, again: BackUp, backups: Path
) -> None:
    again()
    held = FolderLock(backups)
    with pytest.raises(ErasureUnfinished, match="a backup is being made there"):
        erase(running, with_photo)
    held.release()
    erase(running, with_photo)
    assert not file_of(backups, sha256_hex_of_bytes(PHOTO)).exists()


def test_every_folder_that_was_ever_used_is_told_or_said_not_to_be_reachable_until_it_was(
    running: Services, folder: Path, with_photo: Item, tmp_path: Path, clock: SteppedClock
) -> None:
    disks = [tmp_path / "one disk", tmp_path / "another disk"]
    for disk in disks:
        back_up(folder, disk, clock=clock, version="test")
        clock.step(timedelta(days=1))
    disks[0].rename(tmp_path / "in a drawer")
    with pytest.raises(ErasureUnfinished, match="one disk: No such file"):
        erase(running, with_photo)
    assert not file_of(disks[1], sha256_hex_of_bytes(PHOTO)).exists()
    (tmp_path / "in a drawer").rename(disks[0])
    erase(running, with_photo)
    assert not file_of(disks[0], sha256_hex_of_bytes(PHOTO)).exists()
    disks[0].rename(tmp_path / "in a drawer")
    erase(running, with_photo)  # it has been told all there is


def test_a_restored_server_knows_the_other_folders_too_and_reads_their_ledgers(
    running: Services, folder: Path, with_photo: Item, tmp_path: Path, clock: SteppedClock
) -> None:
    disks = [tmp_path / "one disk", tmp_path / "another disk"]
    for disk in (*disks, disks[0]):
        back_up(folder, disk, clock=clock, version="test")
        clock.step(timedelta(days=1))
    disks[0].rename(tmp_path / "in a drawer")
    with pytest.raises(ErasureUnfinished):
        erase(running, with_photo)
    (tmp_path / "in a drawer").rename(disks[0])
    done = restore(disks[0], tmp_path / "new", replace=False, clock=clock, random_bytes=chance(4))
    assert done.erasures == 1, "The ledger of the disk that was told counts."
    assert traces(tmp_path / "new", PHOTO) == []


def test_what_was_erased_is_in_no_folder_under_any_name(
    running: Services, with_photo: Item, again: BackUp, backups: Path
) -> None:
    again()
    copied = file_of(backups, sha256_hex_of_bytes(PHOTO))
    copied.with_name(f"{copied.name}.damaged").write_bytes(PHOTO[:-1])
    wanted = Request(response_id=json.loads(str(with_photo["header"]))["id"], parts=None, reason="")
    erasing.erase(running.database, wanted, identity=running.identity, clock=running.clock)
    assert list(copied.parent.iterdir()) == []
