"""Puts backups back in a test, and serves what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from server import services
from server.app import create_app
from server.config import Config
from server.services import Services
from server.upkeep.restore import Restored, restore
from tests.server.records import SteppedClock, chance

__all__ = ["bring_back", "serving"]


@contextmanager
def serving(folder: Path, clock: SteppedClock) -> Iterator[tuple[Services, FlaskClient]]:
    """Start on a folder, as `serve` does."""
    started = services.start(folder, clock=clock, random_bytes=chance(8))
    try:
        yield started, create_app(Config(data_folder=folder), started).test_client()
    finally:
        started.close()


def bring_back(source: Path, data: Path, clock: SteppedClock, *, replace: bool = False) -> Restored:
    return restore(source, data, replace=replace, clock=clock, random_bytes=chance(9))
