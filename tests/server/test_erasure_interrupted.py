"""An erasure that was interrupted, that cannot reach a ledger or the backups, or that somebody reads against."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.services import Services
from server.store.database import Database
from server.upkeep import erasing
from server.upkeep.backup import back_up
from server.upkeep.erasing import Erased
from server.upkeep.errors import ErasureUnfinished
from server.upkeep.ledger import Ledger
from tests.server.erasures import ANSWERS, NAME, PHONE_NUMBER, PLACE, Restart, erase, planned
from tests.server.keeping import in_parts, traces
from tests.server.pushing import push
from tests.server.records import Item, Phone, SteppedClock
from tests.server.uploading import noise, send


def test_an_erasure_that_no_ledger_can_take_erases_nothing(
    running: Services, database: Database, folder: Path, item: Item
) -> None:
    """Else a backup that is restored later would bring back what nobody knows to be erased."""
    Ledger(folder).path.mkdir()
    with pytest.raises(ErasureUnfinished):
        erase(running, item)
    with database.read() as connection:
        assert connection.execute("SELECT COUNT(*) FROM parts WHERE body IS NULL").fetchone()[0] == 0


def test_an_erasure_that_stopped_behind_the_ledger_is_finished_by_the_next_start(
    running: Services, folder: Path, item: Item, restarted: Restart
) -> None:
    Ledger(folder).add([planned(running, item)])
    assert traces(folder, NAME)
    restarted()
    assert traces(folder, NAME, PLACE, PHONE_NUMBER) == []


def test_an_erasure_that_stopped_behind_the_rows_is_finished_by_the_next_start(
    running: Services, folder: Path, client: FlaskClient, device: Phone, restarted: Restart
) -> None:
    file = noise(3000)
    item = in_parts(device, ANSWERS, files=[file])
    push(client, device, item)
    send(client, device, file)
    one = planned(running, item)
    Ledger(folder).add([one])
    erasing.apply(running.database, one, clock=running.clock)
    assert traces(folder, file), "The rows are gone, the file is not."
    restarted()
    assert traces(folder, NAME, PHONE_NUMBER, file) == []


def test_a_ledger_that_was_lost_is_written_again_from_the_log(
    running: Services, folder: Path, item: Item, restarted: Restart
) -> None:
    erase(running, item)
    content = Ledger(folder).path.read_bytes()
    Ledger(folder).path.unlink()
    restarted()
    assert Ledger(folder).path.read_bytes() == content


def test_a_start_tells_the_ledger_beside_the_backups_what_it_finished(
    running: Services, folder: Path, item: Item, restarted: Restart, tmp_path: Path, clock: SteppedClock
) -> None:
    back_up(folder, tmp_path / "backups", clock=clock, version="test")
    Ledger(folder).add([planned(running, item)])
    restarted()
    assert Ledger(tmp_path / "backups").path.read_bytes() == Ledger(folder).path.read_bytes()


def test_an_erasure_that_cannot_tell_the_backups_says_so_until_it_can(
    running: Services, folder: Path, item: Item, tmp_path: Path, clock: SteppedClock
) -> None:
    backups = tmp_path / "backups"
    back_up(folder, backups, clock=clock, version="test")
    backups.rename(tmp_path / "unplugged")
    with pytest.raises(ErasureUnfinished, match=r"cannot be told:\n.*backups: No such file"):
        erase(running, item)
    assert traces(folder, NAME) == []
    (tmp_path / "unplugged").rename(backups)
    assert erase(running, item) == Erased(parts=0, attachments=0)
    assert len(Ledger(backups).read().erasures) == 1


def test_half_a_line_of_the_ledger_counts_as_none_and_is_written_over(
    running: Services, folder: Path, client: FlaskClient, device: Phone, item: Item
) -> None:
    erase(running, item, "contact")
    whole = Ledger(folder).path.read_bytes()
    Ledger(folder).path.write_bytes(whole + whole[: len(whole) // 2])
    assert len(Ledger(folder).read().erasures) == 1
    erase(running, item)
    read = Ledger(folder).read()
    assert (len(read.erasures), read.damaged) == (2, ())


def test_a_line_of_the_ledger_that_was_changed_is_not_obeyed(running: Services, folder: Path, item: Item) -> None:
    erase(running, item)
    path = Ledger(folder).path
    path.write_bytes(path.read_bytes().replace(b"asked to", b"asked by"))
    assert Ledger(folder).read().damaged == (1,)


def test_a_reader_of_the_old_state_keeps_the_erasure_from_being_acknowledged(
    database: Database, running: Services, item: Item
) -> None:
    database.write(lambda connection: connection.execute("PRAGMA busy_timeout = 1"))
    with database.read() as connection:
        connection.execute("SELECT COUNT(*) FROM parts").fetchone()
        with pytest.raises(ErasureUnfinished):
            erase(running, item)
    assert erase(running, item) == Erased(parts=0, attachments=0)
