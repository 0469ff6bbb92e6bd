"""What came of files and will never be whole goes without a restart."""

import os
import threading
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient

from server.config import TIDY_EVERY
from server.intake.attachments import INCOMING_KEPT
from server.intake.tidying import Tidying
from server.services import Services
from tests.server.records import Phone
from tests.server.uploading import incoming, name_files, noise, send

WAIT_SECONDS = 30
AT_ONCE = timedelta(0)
FILE = noise(1000)


class Rounds:
    """Counts the rounds, of which the first fails."""

    def __init__(self) -> None:
        self.count = 0
        self.twice = threading.Event()

    def __call__(self) -> None:
        """Tidy."""
        self.count += 1
        if self.count == 1:
            raise OSError("The disk failed.")
        self.twice.set()


def test_it_goes_on_after_a_round_that_failed_and_stops_when_told() -> None:
    rounds = Rounds()
    tidying = Tidying(rounds, every=AT_ONCE)
    assert rounds.twice.wait(WAIT_SECONDS)
    tidying.close()
    tidying.close()
    count = rounds.count
    assert count >= 2
    assert rounds.count == count


def test_it_stops_at_once_while_it_waits_for_the_next_day() -> None:
    tidied = threading.Event()
    Tidying(tidied.set, every=timedelta(days=1)).close()
    assert not tidied.is_set()


def test_a_running_server_removes_what_is_too_old(
    client: FlaskClient, running: Services, folder: Path, device: Phone
) -> None:
    name_files(client, device, FILE)
    send(client, device, FILE, piece=FILE[:100])
    part = incoming(folder, device, FILE)
    old = (running.clock.now() - INCOMING_KEPT).timestamp() - 1
    os.utime(part, (old, old))
    done = threading.Event()

    def tidy() -> None:
        running.attachments.tidy()
        done.set()

    tidying = Tidying(tidy, every=AT_ONCE)
    assert done.wait(WAIT_SECONDS)
    tidying.close()
    assert not part.exists()


def test_a_server_tidies_daily_until_it_is_closed(running: Services) -> None:
    assert TIDY_EVERY <= INCOMING_KEPT / 30
    assert "fieldwell-tidying" in {thread.name for thread in threading.enumerate()}
    running.close()
    assert "fieldwell-tidying" not in {thread.name for thread in threading.enumerate()}
