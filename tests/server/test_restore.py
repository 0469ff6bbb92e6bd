"""A restored server is whole, begins a new epoch, brings nothing back that was erased, and is never half restored."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.intake.erasure import Request
from server.services import Services
from server.store import disk
from server.store.database import FILE_NAME
from server.store.errors import FolderInUse
from server.upkeep import erasing
from server.upkeep.backup import back_up
from server.upkeep.errors import BackupDamaged, RestoreRefused
from server.upkeep.folder import file_of, stored_in
from server.upkeep.ledger import Ledger
from sync.hashes import sha256_hex_of_bytes
from tests.server.keeping import in_parts, parts_by_name, rev_of, traces, typed
from tests.server.pushing import push, statuses
from tests.server.records import Item, Phone, SteppedClock
from tests.server.restoring import bring_back, serving
from tests.server.uploading import measured, noise, send

NAME = "Shabnam Æblegård"
OTHER_NAME = "Rüzgâr Ötüken"
PHOTO = noise(5000)


@pytest.fixture
def item(client: FlaskClient, device: Phone) -> Item:
    """A response in two parts with a photo, all of it here."""
    item = in_parts(device, {"main": {"who": "Asha"}, "contact": {"name": NAME}}, files=[PHOTO])
    push(client, device, item)
    assert send(client, device, PHOTO).status_code == 204
    return item


@pytest.fixture
def backed_up(item: Item, folder: Path, backups: Path, clock: SteppedClock) -> Path:
    """A backup that holds ``item``."""
    made = back_up(folder, backups, clock=clock, version="test")
    clock.step(timedelta(days=1))
    return made.place


def erase(running: Services, item: Item, *names: str) -> None:
    wanted = Request(response_id=response_of(item), parts=names or None, reason="")
    erasing.erase(running.database, wanted, identity=running.identity, clock=running.clock)


def response_of(item: Item) -> str:
    return str(json.loads(str(item["header"]))["id"])


def asked(client: FlaskClient, device: Phone, *items: Item, files: tuple[bytes, ...] = ()) -> dict[str, object]:
    body = {"revs": [rev_of(item) for item in items], "attachments": [sha256_hex_of_bytes(file) for file in files]}
    answer: dict[str, object] = client.post("/sync/v1/have", json=body, headers=device.headers).get_json()
    return answer


def test_a_restored_server_serves_what_the_backup_holds_under_the_same_name(
    backed_up: Path, tmp_path: Path, device: Phone, item: Item, running: Services, clock: SteppedClock, folder: Path
) -> None:
    data = tmp_path / "restored"
    done = bring_back(backed_up, data, clock)
    assert (done.absent, done.replaced) == ((), None)
    assert (data / "session.key").read_bytes() == (folder / "session.key").read_bytes()
    with serving(data, clock) as (started, client):
        assert started.identity.server_id == running.identity.server_id
        assert started.identity.epoch != running.identity.epoch
        answer = asked(client, device, item, files=(PHOTO,))
        assert (answer["missing"], answer["missing_attachments"]) == ([], [])
        assert file_of(data, sha256_hex_of_bytes(PHOTO)).read_bytes() == PHOTO


def test_languages_that_a_team_added_come_back(
    folder: Path,
    backups: Path,
    tmp_path: Path,
    running: Services,
    clock: SteppedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_disk: list[Path] = []
    monkeypatch.setattr(disk, "sync_folder", on_disk.append)
    added = folder / "translations" / "so" / "messages.po"
    added.parent.mkdir(parents=True)
    added.write_text('msgid "Sign in"\nmsgstr "Gal"\n', encoding="utf-8")
    bring_back(back_up(folder, backups, clock=clock, version="test").place, tmp_path / "restored", clock)
    synced = [path for path in on_disk if path.name == "so" and path.parent.name == "translations"]
    assert len(synced) == 2, "in the backup, and in the folder that is restored"
    with serving(tmp_path / "restored", clock) as (started, _client):
        assert started.words.translations("so").gettext("Sign in") == "Gal"


def test_a_phone_notices_and_sends_again_what_the_server_lost(
    backed_up: Path, tmp_path: Path, client: FlaskClient, device: Phone, item: Item, clock: SteppedClock
) -> None:
    later = device.item({"who": "Bo"})
    page = client.post(
        "/sync/v1/push", json={"device": device.device, "items": [later], "since": ""}, headers=device.headers
    ).get_json()["page"]
    bring_back(backed_up, tmp_path / "restored", clock)
    with serving(tmp_path / "restored", clock) as (_, restored):
        query = {"since": page["cursor"]}
        assert restored.get("/sync/v1/changes", query_string=query, headers=device.headers).get_json()["reset"]
        assert asked(restored, device, item, later)["missing"] == [rev_of(later)]
        assert statuses(push(restored, device, later)) == ["stored"]


def test_what_the_backup_holds_is_safe_in_the_new_epoch_and_what_comes_later_is_not(
    backed_up: Path, tmp_path: Path, device: Phone, item: Item, clock: SteppedClock
) -> None:
    bring_back(backed_up, tmp_path / "restored", clock)
    with serving(tmp_path / "restored", clock) as (_, client):
        [held] = push(client, device, item)
        [later] = push(client, device, device.item({"who": "Bo"}))
        safe = client.get("/sync/v1/hello").get_json()["safe_seq"]
    assert int(str(held["seq"])) <= safe < int(str(later["seq"]))


def test_the_newest_backup_of_a_folder_is_taken(
    backed_up: Path, backups: Path, folder: Path, tmp_path: Path, clock: SteppedClock, running: Services
) -> None:
    last = back_up(folder, backups, clock=clock, version="test")
    assert bring_back(backups, tmp_path / "restored", clock).place == last.place != backed_up


def test_a_photo_that_the_backup_lacks_is_asked_for_again(
    backed_up: Path, backups: Path, tmp_path: Path, device: Phone, item: Item, clock: SteppedClock
) -> None:
    file_of(backups, sha256_hex_of_bytes(PHOTO)).write_bytes(b"rot" + PHOTO[3:])
    done = bring_back(backed_up, tmp_path / "restored", clock)
    assert done.absent == (sha256_hex_of_bytes(PHOTO),)
    assert [one.sha256 for one in stored_in(tmp_path / "restored")] == [], "no start has to find that out"
    with serving(tmp_path / "restored", clock) as (_, client):
        [receipt] = push(client, device, item)
        assert (receipt["status"], receipt["missing"]) == ("duplicate", [sha256_hex_of_bytes(PHOTO)])
        assert send(client, device, PHOTO).status_code == 204
        assert measured(client, device, PHOTO) == (len(PHOTO), len(PHOTO))


def test_data_are_replaced_only_when_asked_to_and_then_moved_aside(
    backed_up: Path, folder: Path, client: FlaskClient, device: Phone, running: Services, clock: SteppedClock
) -> None:
    push(client, device, device.item({"who": "only in the old data"}))
    with pytest.raises(FolderInUse):
        bring_back(backed_up, folder, clock, replace=True)
    running.close()
    before = {path.name: path.stat().st_ino for path in folder.iterdir()}
    with pytest.raises(RestoreRefused, match="add --replace"):
        bring_back(backed_up, folder, clock)
    assert {path.name: path.stat().st_ino for path in folder.iterdir()} == before
    done = bring_back(backed_up, folder, clock, replace=True)
    assert done.replaced is not None
    assert traces(folder, "only in the old data") == [str((done.replaced / FILE_NAME).relative_to(folder))]
    with serving(folder, clock) as (started, _), started.database.read() as connection:
        assert connection.execute("SELECT COUNT(*) FROM revisions").fetchone()[0] == 1


def test_a_damaged_backup_is_refused_and_nothing_is_changed(
    backed_up: Path, folder: Path, running: Services, clock: SteppedClock
) -> None:
    running.close()
    content = bytearray((backed_up / FILE_NAME).read_bytes())
    content[-1] ^= 1
    (backed_up / FILE_NAME).write_bytes(content)
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(BackupDamaged, match="hash differs"):
        bring_back(backed_up, folder, clock, replace=True)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_what_was_erased_since_the_backup_does_not_come_back(
    backed_up: Path, tmp_path: Path, running: Services, device: Phone, item: Item, clock: SteppedClock
) -> None:
    """The ledger lies beside the backups: the data folder may be lost altogether."""
    assert traces(backed_up, NAME), "The backup is older than the erasure."
    erase(running, item)
    data = tmp_path / "restored"
    done = bring_back(backed_up, data, clock)
    assert done.erasures == 1
    assert traces(data, NAME, PHOTO) == []
    with serving(data, clock) as (_, client):
        assert statuses(push(client, device, item)) == ["erased"]
        told = client.get("/sync/v1/changes", headers=device.headers).get_json()["changes"]
        assert [one["id"] for one in told if one["kind"] == "erased"] == [response_of(item)]
    assert traces(data, NAME, PHOTO) == []


def test_what_came_and_was_erased_after_the_backup_is_barred_and_shown_with_what_remains(
    backed_up: Path, tmp_path: Path, client: FlaskClient, running: Services, device: Phone, clock: SteppedClock
) -> None:
    later = in_parts(device, {"main": {"who": "Bo"}, "contact": {"name": OTHER_NAME}})
    push(client, device, later)
    erase(running, later, "contact")
    data = tmp_path / "restored"
    bring_back(backed_up, data, clock)
    with serving(data, clock) as (_, restored):
        assert statuses(push(restored, device, later)) == ["erased"]
    with serving(data, clock) as (started, _), started.database.read() as connection:
        kinds = connection.execute(
            "SELECT kind FROM revisions WHERE response_id = ? ORDER BY seq", (response_of(later),)
        ).fetchall()
        assert [row["kind"] for row in kinds] == ["create", "erase"], "The erasing revision came in behind it."
    assert traces(data, OTHER_NAME) == []


def test_a_server_whose_ledgers_are_lost_learns_an_erasure_again_from_a_phone(
    backed_up: Path,
    backups: Path,
    tmp_path: Path,
    client: FlaskClient,
    running: Services,
    device: Phone,
    clock: SteppedClock,
) -> None:
    later = in_parts(device, {"main": {"who": "Bo"}, "contact": {"name": OTHER_NAME}})
    push(client, device, later)
    erase(running, later, "contact")
    Ledger(backups).path.unlink()
    bring_back(backed_up, tmp_path / "restored", clock)
    kept = dict(zip(parts_by_name(later), list(later["parts"]), strict=True))  # type: ignore[call-overload]
    from_the_phone = {**later, "parts": [kept["main"], None]}
    with serving(tmp_path / "restored", clock) as (_, restored):
        assert statuses(push(restored, device, from_the_phone)) == ["erased"]
        assert statuses(push(restored, device, later)) == ["erased"], "Whoever has the text still cannot bring it back."
    assert traces(tmp_path / "restored", OTHER_NAME) == []


def test_the_ledger_of_the_data_that_are_replaced_counts_as_well(
    backed_up: Path, backups: Path, folder: Path, running: Services, item: Item, clock: SteppedClock
) -> None:
    erase(running, item)
    running.close()
    Ledger(backups).path.unlink()
    done = bring_back(backed_up, folder, clock, replace=True)
    assert done.replaced is not None
    shutil.rmtree(done.replaced)
    assert traces(folder, NAME, PHOTO) == []


def test_a_ledger_that_cannot_be_read_stops_a_restore(
    backed_up: Path, backups: Path, tmp_path: Path, running: Services, item: Item, clock: SteppedClock
) -> None:
    erase(running, item)
    Ledger(backups).path.write_bytes(Ledger(backups).path.read_bytes().replace(b"erase", b"eraze"))
    with pytest.raises(RestoreRefused, match="Line 1 of the ledger"):
        bring_back(backed_up, tmp_path / "restored", clock)


def test_a_backup_inside_the_data_folder_is_not_restored_over_it(
    backed_up: Path, folder: Path, running: Services, clock: SteppedClock
) -> None:
    running.close()
    inside = shutil.copytree(backed_up.parent, folder / "copies") / backed_up.name
    with pytest.raises(RestoreRefused, match="inside the data folder"):
        bring_back(inside, folder, clock, replace=True)


def test_a_folder_without_backups_is_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert typed("restore", "--from", tmp_path / "empty", "--data", tmp_path / "restored") == 1
    assert "no finished backup" in capsys.readouterr().err
    assert not (tmp_path / "restored").exists()
