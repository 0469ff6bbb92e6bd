"""A real `fieldwell serve` process on loopback, set up by the commands that an administrator types."""

import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.project import ROOT

__all__ = ["FORM", "Server", "ServerFailed", "server_with_form"]

FORM = ROOT / "server" / "forms" / "instruments" / "assets_and_barriers.md"
COMMAND = (sys.executable, "-m", "server.cli")
COMMAND_SECONDS = 60.0
LOG = "server.log"
NEIGHBOURHOOD = "old-ford"
START_SECONDS = 30.0
STOP_SECONDS = 20.0
POLL_SECONDS = 0.05


class ServerFailed(Exception):
    """A command of Fieldwell failed or its server did not start; the text holds what it said."""


@dataclass(frozen=True)
class Server:
    """A running server. Each of `secrets` enrols one phone; whoever takes one removes it."""

    folder: Path
    port: int
    process_id: int
    secrets: list[str]

    @property
    def url(self) -> str:
        """The address without a final slash."""
        return f"http://127.0.0.1:{self.port}"

    def count(self, table: str) -> int:
        """Count the rows of a table in the database's file, whatever the server says of them."""
        return self._number(f"SELECT count(*) FROM {table}")  # noqa: S608  # our own names

    def unprojected(self) -> int:
        """Count the revisions that validation has yet to come to."""
        return self._number(
            "SELECT count(*) FROM revisions WHERE seq > coalesce((SELECT max(seq) FROM projection_progress), 0)"
        )

    def _number(self, statement: str) -> int:
        address = f"file:{self.folder / 'fieldwell.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            number: int = connection.execute(statement).fetchone()[0]
        return number


@contextmanager
def server_with_form(*, phones: int, form: Path = FORM) -> Iterator[Server]:
    """Serve a new data folder with a neighbourhood, one form and an enrolment each for some phones."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _command(folder, "neighbourhood", "add", NEIGHBOURHOOD, "Old Ford", "--system", "North East London")
        _command(folder, "form", "publish", str(form))
        secrets = [_enrolment(folder, f"Worker {number + 1}") for number in range(phones)]
        with _serving(folder) as (port, process_id):
            yield Server(folder, port, process_id, secrets)


def _enrolment(folder: Path, worker: str) -> str:
    said = _command(folder, "enrol", "--neighbourhood", NEIGHBOURHOOD, "--name", worker)
    link = re.search(r"/enrol#(\S+)", said)
    if link is None:
        raise ServerFailed(f"'fieldwell enrol' printed no link: {said}")
    return link[1]


def _command(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*COMMAND, *arguments, "--data", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise ServerFailed(f"'fieldwell {' '.join(arguments)}' failed: {done.stderr[-2_000:]}")
    return done.stdout


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[int, int]]:
    port = _free_port()
    with (folder / LOG).open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--data", str(folder), "--port", str(port)], cwd=ROOT, stdout=log, stderr=log
        )
        try:
            _wait_until_it_listens(process, port)
            yield port, process.pid
        finally:
            ended = process.poll()
            process.terminate()
            process.wait(STOP_SECONDS)
            if ended is not None:
                raise ServerFailed(f"'fieldwell serve' ended by itself ({ended}): {_last_words(folder)}")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(POLL_SECONDS)
    raise ServerFailed(f"'fieldwell serve' does not listen on port {port} after {START_SECONDS:.0f} s.")


def _last_words(folder: Path) -> str:
    return (folder / LOG).read_text(encoding="utf-8")[-2_000:]
