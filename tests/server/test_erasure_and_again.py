"""A file that was erased with one response comes in again for another that names it: it stays, and is backed up."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.services import Services
from server.upkeep.folder import file_of
from server.upkeep.restore import restore
from sync.hashes import sha256_hex_of_bytes
from tests.server.erasures import Restart, erase
from tests.server.keeping import BackUp, in_parts, safe_seq, traces
from tests.server.pushing import push, statuses
from tests.server.records import Item, Phone, SteppedClock, chance
from tests.server.uploading import item_with, noise, send, whole

PHOTO = noise(4000)
NAME = sha256_hex_of_bytes(PHOTO)


@pytest.fixture
def second(running: Services, client: FlaskClient, device: Phone) -> Item:
    """A response that names a photo which was erased with another one; the photo is here again."""
    first, second = (in_parts(device, {"main": {"who": who}}, files=[PHOTO]) for who in ("Asha", "Bithi"))
    push(client, device, first)
    assert send(client, device, PHOTO).status_code == 204
    assert erase(running, first).attachments == 1
    assert push(client, device, second)[0]["missing"] == [NAME]
    assert send(client, device, PHOTO).status_code == 204
    return second


def test_what_came_again_is_there_after_a_start(restarted: Restart, folder: Path, second: Item) -> None:
    restarted()
    assert whole(folder, PHOTO).read_bytes() == PHOTO


def test_what_came_again_is_in_the_backup_that_makes_it_safe_and_comes_back(
    client: FlaskClient, folder: Path, backups: Path, again: BackUp, second: Item, tmp_path: Path, clock: SteppedClock
) -> None:
    made = again()
    assert (made.absent, safe_seq(client)) == ((), made.manifest.seq)
    assert file_of(backups, NAME).read_bytes() == PHOTO
    back = tmp_path / "back"
    assert restore(made.place, back, replace=False, clock=clock, random_bytes=chance(9)).absent == ()
    assert file_of(back, NAME).read_bytes() == PHOTO


def test_what_came_again_goes_when_the_other_response_is_erased_too(
    running: Services, folder: Path, backups: Path, again: BackUp, second: Item
) -> None:
    again()
    assert erase(running, second).attachments == 1
    assert traces(folder, PHOTO) == traces(backups, PHOTO) == []


def test_a_revision_that_is_set_aside_brings_nothing_back(
    running: Services, client: FlaskClient, device: Phone, folder: Path
) -> None:
    first = in_parts(device, {"main": {"who": "Asha"}}, files=[PHOTO])
    push(client, device, first)
    assert send(client, device, PHOTO).status_code == 204
    erase(running, first)
    stranger = Phone(token=device.token, logic="0" * 64, texts=device.texts, random_bytes=chance(77))
    assert statuses(push(client, device, item_with(stranger, PHOTO))) == ["quarantined"]
    assert send(client, device, PHOTO).status_code == 204
    assert traces(folder, PHOTO) == []
