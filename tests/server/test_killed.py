"""I1 and I3 with a real process: killed between commit and answer, it has kept the revision, and keeps it once."""

import http.client
import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from server.services import Services
from server.store.database import FILE_NAME
from tests.server.pushing import Receipt
from tests.server.records import Phone

WAIT_SECONDS = 30


@contextmanager
def serving(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Run a server over the data folder; give the process and its port."""
    port = _free_port()
    command = [sys.executable, "-m", "server.cli", "serve", "--data", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            assert "running" in process.stdout.readline()
            yield process, port
        finally:
            process.kill()


@contextmanager
def losing_the_answer(process: "subprocess.Popen[str]", port: int) -> Iterator[int]:
    """Stand between phone and server: pass the request on, kill the server when it answers, pass nothing back."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=_pass_on_and_kill, args=(listener, process, port))
        thread.start()
        yield listener.getsockname()[1]
        thread.join(WAIT_SECONDS)


def _pass_on_and_kill(listener: socket.socket, process: "subprocess.Popen[str]", port: int) -> None:
    phone, _ = listener.accept()
    with phone, socket.create_connection(("127.0.0.1", port), WAIT_SECONDS) as server:
        upward = Thread(target=_pump, args=(phone, server), daemon=True)
        upward.start()
        answered = server.recv(1)
        process.kill()
        process.wait()
        assert answered == b"H"
        phone.shutdown(socket.SHUT_RDWR)
        upward.join(WAIT_SECONDS)


def _pump(source: socket.socket, target: socket.socket) -> None:
    while piece := source.recv(65536):
        target.sendall(piece)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _push(port: int, phone: Phone, item: object) -> list[Receipt]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_SECONDS)
    try:
        body = json.dumps({"device": phone.device, "items": [item]})
        connection.request("POST", "/sync/v1/push", body, phone.headers)
        receipts: list[Receipt] = json.loads(connection.getresponse().read())["receipts"]
        return receipts
    finally:
        connection.close()


def test_an_answer_lost_after_commit_is_not_filed_twice(running: Services, folder: Path, device: Phone) -> None:
    running.close()
    item = device.item()
    with (
        serving(folder) as (process, port),
        losing_the_answer(process, port) as between,
        pytest.raises((http.client.RemoteDisconnected, ConnectionError)),
    ):
        _push(between, device, item)
    assert _count(folder) == 1
    with serving(folder) as (_, port):
        assert [receipt["status"] for receipt in _push(port, device, item)] == ["duplicate"]
    assert _count(folder) == 1


def _count(folder: Path) -> int:
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        return int(connection.execute("SELECT COUNT(*) FROM revisions").fetchone()[0])
    finally:
        connection.close()
