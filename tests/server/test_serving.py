"""The server as a process: how it starts, what it says, what stops it and what it refuses."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

import pytest

from server.config import STOP_SECONDS, Config
from server.serving import LoggingServer, prepare

START_SECONDS = 30
SLACK_SECONDS = 5


class Process:
    """A running `fieldwell serve`."""

    def __init__(self, folder: Path, port: int) -> None:
        command = [sys.executable, "-m", "server.cli", "serve", "--data", str(folder), "--port", str(port)]
        self.port = port
        self.lines: list[str] = []
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_until_serving(self) -> None:
        """Read its lines until the last one that is said at the start."""
        output = self.child.stdout
        assert output is not None
        while not (self.lines and "SIGTERM" in self.lines[-1]):
            line = output.readline()
            assert line, f"It stopped: {self.lines} {rest_of(self.child.stderr)}"
            self.lines.append(line)

    def get(self, path: str) -> str:
        """Ask it for a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=START_SECONDS) as reply:
            return str(reply.read().decode())

    def stop(self, number: signal.Signals) -> str:
        """Tell it to stop and give what it says while it does."""
        self.child.send_signal(number)
        said, _complaints = self.child.communicate(timeout=STOP_SECONDS + SLACK_SECONDS)
        return said


def rest_of(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.read()


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def start() -> Iterator[Callable[[Path, int], Process]]:
    """Start processes, and leave none behind."""
    started: list[Process] = []

    def start_one(folder: Path, port: int) -> Process:
        started.append(Process(folder, port))
        return started[-1]

    yield start_one
    for process in started:
        if process.child.poll() is None:
            process.child.kill()
        process.child.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_stops_cleanly_when_told(
    start: Callable[[Path, int], Process], tmp_path: Path, port: int, number: signal.Signals
) -> None:
    process = start(tmp_path / "data", port)
    process.wait_until_serving()
    said = "".join(process.lines)
    assert f"Fieldwell is running at http://localhost:{port}" in said
    assert str(tmp_path / "data") in said
    assert re.search(r"SQLite +3\.\d+\.\d+", said)
    assert '"ok"' in process.get("/healthz")
    with socket.create_connection(("127.0.0.1", port)):  # somebody who says nothing does not hold it up
        assert "Stopped. Everything that was acknowledged is on the disk." in process.stop(number)
    assert process.child.returncode == 0
    assert not list((tmp_path / "data").glob("*-wal")), "the log was moved into the database file"


def test_a_request_that_never_ends_does_not_hold_up_the_stop(
    start: Callable[[Path, int], Process], tmp_path: Path, port: int
) -> None:
    process = start(tmp_path / "data", port)
    process.wait_until_serving()
    with socket.create_connection(("127.0.0.1", port)) as cut_off:
        cut_off.sendall(b"POST /devices/v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        assert "Stopped." in process.stop(signal.SIGTERM)
    assert process.child.returncode == 0


def test_a_second_process_on_the_same_folder_is_refused(
    start: Callable[[Path, int], Process], tmp_path: Path, port: int
) -> None:
    start(tmp_path / "data", port).wait_until_serving()
    second = start(tmp_path / "data", port + 1).child
    _said, complaint = second.communicate(timeout=START_SECONDS)
    assert second.returncode == 1
    assert f"The data folder {tmp_path / 'data'} is in use by another Fieldwell process. Stop that process" in complaint
    assert "Traceback" not in complaint


def test_a_second_process_on_the_same_port_is_refused(
    start: Callable[[Path, int], Process], tmp_path: Path, port: int
) -> None:
    start(tmp_path / "data", port).wait_until_serving()
    second = start(tmp_path / "other", port).child
    _said, complaint = second.communicate(timeout=START_SECONDS)
    assert second.returncode == 1
    assert f"Another program listens on 127.0.0.1 port {port} already." in complaint
    assert "Traceback" not in complaint


def test_a_file_in_place_of_the_data_folder_is_refused(
    start: Callable[[Path, int], Process], tmp_path: Path, port: int
) -> None:
    (tmp_path / "data").write_text("a file")
    process = start(tmp_path / "data", port).child
    _said, complaint = process.communicate(timeout=START_SECONDS)
    assert process.returncode == 1
    assert "cannot be used as a data folder" in complaint
    assert "Traceback" not in complaint


def test_the_data_folder_may_be_named_by_the_environment(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "server.cli", "neighbourhood", "add", "old-ford", "Old Ford", "--system", "Test"]
    subprocess.run(command, check=True, env={**os.environ, "FIELDWELL_DATA": str(tmp_path / "named")})
    assert (tmp_path / "named" / "fieldwell.sqlite3").is_file()


def test_a_body_reaches_the_application_as_it_arrives(port: int) -> None:
    """A server that held bodies back would lose what came of an upload before the connection was cut."""
    half_seen = threading.Event()

    def application(environ: dict[str, IO[bytes]], start_response: Callable[..., object]) -> Iterable[bytes]:
        assert environ["wsgi.input"].read(5) == b"half "
        half_seen.set()
        start_response("200 OK", [("Content-Length", "4")])
        return [environ["wsgi.input"].read(4)]

    server = LoggingServer(("127.0.0.1", port), application, shutdown_timeout=1)
    prepare(server, Config(data_folder=Path(), port=port))
    serving = threading.Thread(target=server.serve)
    serving.start()
    try:
        with socket.create_connection(("127.0.0.1", port)) as sender:
            sender.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhalf ")
            assert half_seen.wait(timeout=START_SECONDS)
            sender.sendall(b"more")
            assert b"".join(iter(lambda: sender.recv(4096), b"")).endswith(b"more")
    finally:
        server.stop()
        serving.join()
