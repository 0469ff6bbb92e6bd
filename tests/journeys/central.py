"""A real Fieldwell server in a process of its own, that a journey can stop, kill and start again."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

__all__ = ["Central", "free_port"]

START_SECONDS: Final = 60
STOP_SECONDS: Final = 30
FORM: Final = Path(__file__).parents[2] / "server/forms/instruments/assets_and_barriers.md"


def free_port() -> int:
    """Give a port on loopback that nobody listens on now."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Central:
    """The server of one journey: one data folder, one port, started as often as the journey wants."""

    def __init__(self, folder: Path, *, options: tuple[str, ...] = ()) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self._options = options
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Give the address at which it answers."""
        return f"http://localhost:{self.port}"

    def copy_from(self, prepared: "Central") -> None:
        """Begin with the data folder and the port of another, which is not running."""
        shutil.copytree(prepared.data, self.data)
        self.port = prepared.port

    def prepare(self) -> None:
        """Add the neighbourhood and publish the built-in form, as an administrator does."""
        self.command("neighbourhood", "add", "old-ford", "Old Ford", "--system", "North East London")
        self.command("form", "publish", str(FORM))

    def command(self, *words: str) -> str:
        """Run a `fieldwell` command on the data folder and give what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "server.cli", *words, "--data", str(self.data)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, f"fieldwell {' '.join(words)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def enrolment_link(self, name: str) -> str:
        """Make a one-time link for a worker's phone."""
        printed = self.command("enrol", "--neighbourhood", "old-ford", "--name", name, "--port", str(self.port))
        return next(word for word in printed.split() if "/enrol#" in word)

    def start(self) -> None:
        """Start the process and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server.cli", "serve", *self._where(), *self._options],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, self._log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, f"no answer within {START_SECONDS} s"
            time.sleep(0.1)

    def _where(self) -> list[str]:
        return ["--data", str(self.data), "--port", str(self.port)]

    def printed(self) -> str:
        """Give what all its starts have printed so far."""
        return self._log.read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        """Give the process id of the server that runs."""
        assert self._process is not None, "the server runs"
        return self._process.pid

    def stop(self) -> None:
        """Ask the process to end, and see that it does."""
        if self._process is not None:
            self._process.terminate()
            assert self._process.wait(STOP_SECONDS) == 0, self._log.read_text(encoding="utf-8")
            self._process = None

    def kill(self) -> None:
        """End the process at once, as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(STOP_SECONDS)
            self._process = None

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Give what a query finds in the database file."""
        with self._database() as database:
            return [dict(row) for row in database.execute(sql)]

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """Open the database file beside the server, to look only."""
        with closing(sqlite3.connect(f"file:{self.data / 'fieldwell.sqlite3'}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=2) as reply:
                return bool(reply.status == 200)
        except (URLError, OSError):
            return False
