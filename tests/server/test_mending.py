"""A file that is gone from the disk comes again: from a backup, or from the phones that have it."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.config import Config
from server.services import Services
from server.upkeep.folder import file_of
from sync.hashes import sha256_hex_of_bytes
from tests.server.erasures import Restart
from tests.server.keeping import BackUp, in_parts, safe_seq
from tests.server.pushing import push
from tests.server.records import Item, Phone
from tests.server.uploading import noise, send

PHOTO = noise(5000)
SHA256 = sha256_hex_of_bytes(PHOTO)


@pytest.fixture
def sent(client: FlaskClient, device: Phone) -> Item:
    """A response with a photo, both here."""
    item = in_parts(device, {"main": {"who": "Asha"}}, files=[PHOTO])
    push(client, device, item)
    assert send(client, device, PHOTO).status_code == 204
    return item


def client_of(started: Services, folder: Path) -> FlaskClient:
    return create_app(Config(data_folder=folder), started).test_client()


def test_a_file_that_is_gone_and_in_no_backup_is_asked_for_again(
    sent: Item, client: FlaskClient, device: Phone, folder: Path, restarted: Restart, caplog: pytest.LogCaptureFixture
) -> None:
    cursor = client.get("/sync/v1/changes", headers=device.headers).get_json()["cursor"]
    file_of(folder, SHA256).unlink()
    started = client_of(restarted(), folder)
    assert "phones are asked for them again" in caplog.text
    assert started.get("/sync/v1/changes", query_string={"since": cursor}, headers=device.headers).get_json()["reset"]
    asked = started.post("/sync/v1/have", json={"revs": [], "attachments": [SHA256]}, headers=device.headers)
    assert asked.get_json()["missing_attachments"] == [SHA256]
    assert send(started, device, PHOTO).status_code == 204
    assert file_of(folder, SHA256).read_bytes() == PHOTO


def test_a_file_that_is_gone_is_taken_from_a_backup_and_the_log_goes_on(
    sent: Item, running: Services, folder: Path, again: BackUp, restarted: Restart
) -> None:
    again()
    file_of(folder, SHA256).unlink()
    started = restarted()
    assert started.identity.epoch == running.identity.epoch
    assert file_of(folder, SHA256).read_bytes() == PHOTO


def test_what_a_backup_found_damaged_is_brought_again_after_the_next_start_and_then_all_is_safe(
    sent: Item, device: Phone, folder: Path, again: BackUp, restarted: Restart
) -> None:
    file_of(folder, SHA256).write_bytes(PHOTO[:-1] + b"?")
    assert again().absent == (SHA256,)
    started = client_of(restarted(), folder)
    assert send(started, device, PHOTO).status_code == 204
    assert file_of(folder, SHA256).read_bytes() == PHOTO
    made = again()
    assert made.absent == ()
    assert safe_seq(started) == made.manifest.seq


def test_a_disk_of_files_that_was_away_is_taken_up_again(
    sent: Item, folder: Path, tmp_path: Path, device: Phone, restarted: Restart
) -> None:
    (folder / "attachments").rename(tmp_path / "away")
    restarted()
    shutil.rmtree(folder / "attachments")
    (tmp_path / "away").rename(folder / "attachments")
    started = client_of(restarted(), folder)
    asked = started.post("/sync/v1/have", json={"revs": [], "attachments": [SHA256]}, headers=device.headers)
    assert asked.get_json()["missing_attachments"] == []


def test_a_start_where_all_is_there_changes_nothing(
    sent: Item, running: Services, restarted: Restart, caplog: pytest.LogCaptureFixture
) -> None:
    assert restarted().identity == running.identity
    assert "gone" not in caplog.text
