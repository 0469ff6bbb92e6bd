"""Whoever sends a byte now and then holds no thread for ever; whoever is slow but honest is served."""

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPResponse

import pytest
from flask import Flask

from server.config import REQUEST_BYTES_PER_SECOND, REQUEST_SECONDS
from server.patience import PatientConnection, PatientSocket
from server.serving import LoggingServer
from tests.server.records import Phone

WAIT_SECONDS = 30
LONG_BYTES = 1_048_576
CHUNK = b"10000\r\n" + bytes(65_536) + b"\r\n"  # the beginning of a long body, in chunks or not
LOOKS_UNTIL_READING = 3  # a connection is made, a request begun, and its first bytes are read


class Watch:
    """A clock in seconds that is moved by hand, and knows when it has been looked at."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self._looks = 0
        self._looked = threading.Condition()

    def __call__(self) -> float:
        """Give the seconds."""
        with self._looked:
            self._looks += 1
            self._looked.notify_all()
            return self.seconds

    def wait_for_looks(self, count: int) -> None:
        """Wait until it has been looked at so often since it was made."""
        with self._looked:
            assert self._looked.wait_for(lambda: self._looks >= count, WAIT_SECONDS)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def port(app: Flask, watch: Watch) -> Iterator[int]:
    """The port of a server whose connections go by the watch."""

    class WatchedConnection(PatientConnection):
        clock = watch

    server = LoggingServer(("127.0.0.1", 0), app, numthreads=2, timeout=WAIT_SECONDS * 10)
    server.ConnectionClass = WatchedConnection
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server.bind_addr[1]
    finally:
        server.stop()
        thread.join(WAIT_SECONDS)


def drip(line: socket.socket, watch: Watch) -> None:
    """Send a byte a second, until the other side has hung up or would wait for ever."""
    for _ in range(1_000_000):
        line.sendall(b"x")
        watch.seconds += 1


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), WAIT_SECONDS) as line:
        yield line


def head(phone: Phone, length: int) -> bytes:
    return (
        f"POST /sync/v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n"
        f"Authorization: Bearer {phone.token}\r\n\r\n"
    ).encode()


def body(phone: Phone, length: int) -> bytes:
    return f'{{"device": "{phone.device}", "items": []}}'.encode().ljust(length)


def status(line: socket.socket) -> int:
    """Read an answer whole and give its status."""
    reply = HTTPResponse(line)
    reply.begin()
    reply.read()
    return reply.status


def is_closed(line: socket.socket) -> bool:
    """Send bytes until the other side has hung up; wait for it no longer than the test may take."""
    try:
        while not (said := line.recv(65536)) or said.startswith(b"HTTP/1.1 408"):
            if not said:
                return True
    except ConnectionError:
        return True
    return False


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_request_that_drips_is_cut_off_after_a_minute(port: int, watch: Watch, device: Phone, part: str) -> None:
    whole = head(device, 500) + body(device, 500)
    begun = whole[:20] if part == "headers" else whole[:-100]
    with connected(port) as line:
        line.sendall(begun)
        watch.wait_for_looks(LOOKS_UNTIL_READING)
        watch.seconds += REQUEST_SECONDS + len(whole) / REQUEST_BYTES_PER_SECOND + 1
        line.sendall(whole[len(begun) : len(begun) + 1])
        assert is_closed(line)


@pytest.mark.parametrize(("bytes_per_second", "arrives"), [(4_000, True), (1_000, True), (900, False)])
def test_a_long_request_has_a_second_for_every_kilobyte(watch: Watch, bytes_per_second: int, arrives: bool) -> None:
    """32 kbit/s is 4,000 bytes a second."""
    sending, receiving = socket.socketpair()
    came = 0
    with sending, receiving, PatientSocket(receiving, "r", watch) as patient, suppress(TimeoutError):
        patient.trust()
        while came < LONG_BYTES:
            sending.sendall(bytes(bytes_per_second))
            came += patient.readinto(bytearray(bytes_per_second)) or 0
            watch.seconds += 1
    assert (came >= LONG_BYTES) is arrives


def test_each_request_of_a_connection_has_its_own_time(port: int, watch: Watch, device: Phone) -> None:
    whole = head(device, 500) + body(device, 500)
    with connected(port) as line:
        for _ in range(3):
            line.sendall(whole)
            assert status(line) == 200
            watch.seconds += REQUEST_SECONDS * 2


def test_a_request_of_whom_nobody_knows_has_a_minute_however_long_it_is(watch: Watch) -> None:
    sending, receiving = socket.socketpair()
    came = 0
    with sending, receiving, PatientSocket(receiving, "r", watch) as patient, suppress(TimeoutError):
        for _ in range(REQUEST_SECONDS * 3):
            sending.sendall(bytes(4_000))
            came += patient.readinto(bytearray(4_000)) or 0
            watch.seconds += 1
    assert came <= 4_000 * (REQUEST_SECONDS + 1)


def test_a_token_that_is_accepted_brings_time_for_a_long_body(
    port: int, watch: Watch, device: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, trust = threading.Event(), PatientSocket.trust

    def noted_trust(patient: PatientSocket) -> None:
        trust(patient)
        trusted.set()

    monkeypatch.setattr(PatientSocket, "trust", noted_trust)
    whole = head(device, LONG_BYTES) + body(device, LONG_BYTES)
    with connected(port) as line:
        line.sendall(whole[:-1])
        assert trusted.wait(WAIT_SECONDS)
        watch.seconds += REQUEST_SECONDS + io.DEFAULT_BUFFER_SIZE / REQUEST_BYTES_PER_SECOND / 2
        line.sendall(whole[-1:])
        assert status(line) == 200


@pytest.mark.parametrize(
    "announced", ["Content-Length: 20000000", "Transfer-Encoding: chunked"], ids=["length", "chunks"]
)
@pytest.mark.parametrize("call", ["PATCH /sync/v1/attachments/" + "0" * 64, "POST /sync/v1/push", "POST /healthz"])
def test_a_refusal_leaves_while_nineteen_megabytes_are_outstanding(port: int, call: str, announced: str) -> None:
    with connected(port) as line:
        line.sendall(f"{call} HTTP/1.1\r\nHost: x\r\n{announced}\r\n\r\n".encode() + CHUNK)
        reply = HTTPResponse(line)
        reply.begin()
        assert (reply.status, reply.headers["Connection"]) == (405 if "healthz" in call else 401, "close")
        reply.read()
        assert line.recv(1) == b""


def test_an_answer_reaches_one_who_goes_on_sending(port: int) -> None:
    """Hanging up on bytes that are on their way would wipe out the answer."""
    with connected(port) as line:
        line.sendall(b"PATCH /sync/v1/attachments/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n")
        for _ in range(16):
            line.sendall(bytes(65_536))
        assert status(line) == 401


def test_who_is_refused_and_goes_on_dripping_is_left_after_a_few_seconds(port: int, watch: Watch) -> None:
    with connected(port) as line:
        line.sendall(b"PATCH /sync/v1/attachments/x HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n")
        assert status(line) == 401
        with pytest.raises(ConnectionError):
            drip(line, watch)


def test_a_short_body_that_nobody_read_does_not_end_the_connection(port: int) -> None:
    refused = b"POST /sync/v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"
    with connected(port) as line:
        for _ in range(2):
            line.sendall(refused)
            assert status(line) == 401
