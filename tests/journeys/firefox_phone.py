"""A phone with Firefox, without a screen. Nobody else is asked for anything, and no page complains."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hatch_build import find_node
from tests.browsers import firefox
from tests.journeys.firefox_screen import FirefoxScreen

__all__ = ["firefox_phone"]

DRIVER: Final = Path(__file__).parent / "firefox_driver.mjs"
END_SECONDS: Final = 30


@contextmanager
def firefox_phone(log: Path) -> Iterator[FirefoxScreen]:
    """Start Firefox with a new profile, and end it; the driver writes to ``log``."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile, driver(Path(profile), log) as process:
        screen = FirefoxScreen(process)
        yield screen
        assert screen.complaints() == []


@contextmanager
def driver(profile: Path, log: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the driver and wait until its browser is there; without a line from us it ends, and the browser with it."""
    surroundings = {**os.environ, "PATH": os.pathsep.join([*map(str, find_node().folders), os.environ["PATH"]])}
    command = [str(shutil.which("node", path=surroundings["PATH"])), str(DRIVER), str(firefox()), str(profile)]
    pipe = subprocess.PIPE
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=errors, encoding="utf-8", env=surroundings
        ) as process,
    ):
        assert process.stdout
        assert process.stdout.readline(), log.read_text(encoding="utf-8")
        try:
            yield process
        finally:
            process.communicate('{"act": "close"}\n', timeout=END_SECONDS)
