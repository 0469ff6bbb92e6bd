"""A restore that stopped anywhere is finished by the next start, or leaves the old server and nothing else."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.services import Services
from server.store import swap
from server.store.database import FILE_NAME, Database
from server.store.errors import RestoreUnfinished
from server.upkeep.backup import back_up
from server.upkeep.folder import file_of
from sync.hashes import sha256_hex_of_bytes
from tests.server.keeping import in_parts, traces, typed
from tests.server.pushing import push
from tests.server.records import Item, Phone, SteppedClock
from tests.server.restoring import bring_back, serving
from tests.server.uploading import noise, send

NAME = "Shabnam Æblegård"
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


@pytest.mark.parametrize("replace", [False, True])
def test_a_restore_that_stopped_after_any_move_is_finished_by_the_next_start(
    backed_up: Path, folder: Path, tmp_path: Path, running: Services, clock: SteppedClock, *, replace: bool
) -> None:
    running.close()
    decided = tmp_path / "decided"
    if replace:
        shutil.copytree(folder, decided)
    prepare_only(backed_up, decided, clock)
    swap.commit(decided, replaced="before")
    left = swap.moves(decided)
    assert len(left) >= (8 if replace else 4)
    for count in range(len(left) + 1):
        stopped = tmp_path / f"stopped-{count}"
        shutil.copytree(decided, stopped)
        for source, target in swap.moves(stopped)[:count]:
            target.parent.mkdir(exist_ok=True)
            source.rename(target)
        with serving(stopped, clock) as (started, _), started.database.read() as connection:
            assert started.identity.epoch != running.identity.epoch
            assert connection.execute("SELECT COUNT(*) FROM revisions").fetchone()[0] == 1
        assert not (stopped / swap.UNDER_WAY).exists()
        assert file_of(stopped, sha256_hex_of_bytes(PHOTO)).read_bytes() == PHOTO


def test_a_restore_that_stopped_while_preparing_never_becomes_an_empty_server(
    backed_up: Path, tmp_path: Path, clock: SteppedClock, capsys: pytest.CaptureFixture[str], running: Services
) -> None:
    data = tmp_path / "restored"
    prepare_only(backed_up, data, clock)
    with pytest.raises(RestoreUnfinished):
        Database(data)
    assert not (data / FILE_NAME).exists()
    assert typed("serve", "--data", data, "--port", 0) == 1
    assert "Run `fieldwell restore` again" in capsys.readouterr().err
    assert typed("restore", "--from", backed_up, "--data", data) == 0
    out = capsys.readouterr().out
    assert "holds    1 revisions of responses and 1 files" in out
    assert "notice by themselves" in out
    assert not (data / swap.PREPARED).exists()


def test_a_restore_over_data_that_stopped_while_preparing_leaves_the_old_server(
    backed_up: Path, folder: Path, running: Services, clock: SteppedClock
) -> None:
    running.close()
    prepare_only(backed_up, folder, clock)
    with serving(folder, clock) as (started, _):
        assert started.identity.epoch == running.identity.epoch
    assert not (folder / swap.PREPARED).exists()


def test_what_an_interrupted_restore_prepared_is_no_hiding_place_from_an_erasure(
    backed_up: Path, folder: Path, running: Services, item: Item, clock: SteppedClock
) -> None:
    running.close()
    prepare_only(backed_up, folder, clock)
    assert traces(folder / swap.PREPARED, NAME, PHOTO)
    assert typed("erase", response_of(item), "--data", folder) == 0
    assert traces(folder, NAME, PHOTO) == []


def prepare_only(backup: Path, data: Path, clock: SteppedClock) -> None:
    """Leave a folder as a restore does that is killed right before its point of no return."""
    aside = data.with_name(f"{data.name}-prepared")
    bring_back(backup, aside, clock)
    (aside / "fieldwell.lock").unlink()
    data.mkdir(exist_ok=True)
    aside.rename(data / swap.PREPARED)


def response_of(item: Item) -> str:
    return str(json.loads(str(item["header"]))["id"])
