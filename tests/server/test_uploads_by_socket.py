"""Uploads to a real process over raw connections: cut, reset, half-open, killed. What came stays."""

import http.client
import socket
import sqlite3
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

import pytest
from flask.testing import FlaskClient

from server.services import Services
from server.store.database import FILE_NAME
from sync.hashes import sha256_hex_of_bytes
from tests.server.records import Phone
from tests.server.test_killed import losing_the_answer, serving
from tests.server.uploading import PIECE_HEADERS, address, name_files, noise, photo

WAIT_SECONDS: Final = 20
CUTS: Final = 20
FILE: Final = noise(300_001, seed=8)


class Line:
    """The way from a phone to one server: each call is a connection of its own."""

    def __init__(self, folder: Path, phone: Phone, port: int) -> None:
        self.folder, self.phone, self.port = folder, phone, port

    def measure(self, file: bytes) -> tuple[int, int]:
        """Ask how far a file is."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        try:
            asked.request("HEAD", address(file), headers=self.phone.headers)
            reply = asked.getresponse()
            assert reply.status == 200, reply.status
            return int(reply.headers["Upload-Offset"]), int(reply.headers["Upload-Length"])
        finally:
            asked.close()

    def begin(self, file: bytes, offset: int, *length: str) -> socket.socket:
        """Open a connection and send the head of a PATCH that announces the rest of the file, or what is given."""
        announced = length or (f"Content-Length: {len(file) - offset}",)
        told = {**self.phone.headers, **PIECE_HEADERS, "Upload-Offset": str(offset)}
        head = [f"PATCH {address(file)} HTTP/1.1", "Host: x", *(f"{name}: {told[name]}" for name in told), *announced]
        connection = socket.create_connection(("127.0.0.1", self.port), WAIT_SECONDS)
        connection.sendall("\r\n".join([*head, "", ""]).encode())
        return connection

    def until_on_disk(self, file: bytes, size: int) -> None:
        """Wait until so much has come: a reset that overtakes it would take it away."""
        path = self.folder / "attachments" / "incoming" / self.phone.device / sha256_hex_of_bytes(file)
        until = time.monotonic() + WAIT_SECONDS
        while not path.exists() or path.stat().st_size < size:
            assert time.monotonic() < until, f"{size} bytes never came"
            time.sleep(0.002)

    def kept(self, file: bytes) -> bytes:
        """Give the whole file as the server keeps it."""
        sha256 = sha256_hex_of_bytes(file)
        return (self.folder / "attachments" / sha256[:2] / sha256).read_bytes()


def answer(connection: socket.socket) -> tuple[int, str]:
    """Read an answer: its status and the offset it tells."""
    reply = http.client.HTTPResponse(connection)
    reply.begin()
    reply.read()
    return reply.status, reply.headers.get("Upload-Offset", "")


def reset(connection: socket.socket) -> None:
    """End a connection with a reset in place of a farewell."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def log_entries(folder: Path, file: bytes) -> int:
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        found = connection.execute("SELECT COUNT(*) FROM log WHERE subject = ?", (sha256_hex_of_bytes(file),))
        return int(found.fetchone()[0])
    finally:
        connection.close()


@pytest.fixture
def named(client: FlaskClient, running: Services, device: Phone) -> Phone:
    """A phone whose files the server knows the names of, and a data folder that nobody has open any more."""
    name_files(client, device, FILE, photo())
    running.close()
    return device


@pytest.fixture
def line(named: Phone, folder: Path) -> Iterator[Line]:
    with serving(folder) as (_process, port):
        yield Line(folder, named, port)


def test_photo_over_a_line_that_is_cut_twenty_times_costs_little_more_than_itself(line: Line) -> None:
    file = photo()
    chance, sent, offset = Random(5), 0, 0
    for _cut in range(CUTS):
        here = chance.randrange(1, len(file) // CUTS)
        with line.begin(file, offset) as connection:
            connection.sendall(file[offset : offset + here])
            sent += here
            connection.shutdown(socket.SHUT_WR)
            assert answer(connection) == (204, str(offset + here)), "every byte that came is kept"
        offset += here
    offset, length = line.measure(file)
    with line.begin(file, offset) as connection:
        connection.sendall(file[offset:])
        sent += length - offset
        assert answer(connection) == (204, str(len(file)))
    assert sent == len(file)
    assert line.kept(file) == file


@pytest.mark.parametrize("here", [1, 8191, 8192, 8193, 65_537, 300_000])
def test_connection_that_is_reset_keeps_what_came(line: Line, here: int) -> None:
    connection = line.begin(FILE, 0)
    connection.sendall(FILE[:here])
    line.until_on_disk(FILE, here)
    reset(connection)
    assert line.measure(FILE) == (here, len(FILE))
    with line.begin(FILE, here) as rest:
        rest.sendall(FILE[here:])
        assert answer(rest) == (204, str(len(FILE)))
    assert line.kept(FILE) == FILE


@pytest.mark.parametrize("here", [0, 1, 70_000, 100_000])
def test_body_in_chunks_is_taken_as_it_comes_and_may_be_cut_inside_a_chunk(line: Line, here: int) -> None:
    with line.begin(FILE, 0, "Transfer-Encoding: chunked") as connection:
        connection.sendall(b"186a0\r\n" + FILE[:here])  # a chunk of 100,000 bytes
        if here:
            line.until_on_disk(FILE, here)
        connection.shutdown(socket.SHUT_WR)
        assert answer(connection) == (204, str(here))
    with line.begin(FILE, here, "Transfer-Encoding: chunked") as connection:
        for start in range(here, len(FILE), 99_999):
            piece = FILE[start : start + 99_999]
            connection.sendall(b"%x;note=1\r\n%b\r\n" % (len(piece), piece))
        connection.sendall(b"0\r\n\r\n")
        assert answer(connection) == (204, str(len(FILE)))
    assert line.kept(FILE) == FILE


def test_rest_of_a_body_in_chunks_that_was_not_read_is_no_request(line: Line) -> None:
    hidden = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with line.begin(FILE, 5, "Transfer-Encoding: chunked") as connection:
        connection.sendall(b"%x\r\n%b\r\n0\r\n\r\n" % (len(hidden), hidden))
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert received.startswith(b"HTTP/1.1 409")
    assert received.count(b"HTTP/1.1") == 1


def test_phone_goes_on_at_once_while_the_server_still_waits_for_its_old_connection(line: Line) -> None:
    with line.begin(FILE, 0) as half_open:
        half_open.sendall(FILE[:1000])
        line.until_on_disk(FILE, 1000)
        assert line.measure(FILE) == (1000, len(FILE))
        with line.begin(FILE, 1000) as connection:
            connection.sendall(FILE[1000:2000])
            line.until_on_disk(FILE, 2000)
            half_open.sendall(FILE[1000:])  # it was not dead after all
            assert answer(half_open)[0] == 409
            connection.sendall(FILE[2000:])
            assert answer(connection) == (204, str(len(FILE)))
    assert line.kept(FILE) == FILE


def test_length_that_nobody_could_mean_is_refused_unread(line: Line) -> None:
    with line.begin(FILE, 0, "Content-Length: 1000000000000") as connection:
        assert answer(connection)[0] == 413
    assert line.measure(FILE) == (0, len(FILE))


@pytest.mark.parametrize("here", [1, 100_000, 300_000])
def test_server_that_is_killed_while_a_file_comes_goes_on_from_there(named: Phone, folder: Path, here: int) -> None:
    with serving(folder) as (process, port):
        line = Line(folder, named, port)
        with line.begin(FILE, 0) as connection:
            connection.sendall(FILE[:here])
            line.until_on_disk(FILE, here)
            process.kill()
            process.wait()
    with serving(folder) as (_process, port):
        line = Line(folder, named, port)
        assert line.measure(FILE) == (here, len(FILE))
        with line.begin(FILE, here) as connection:
            connection.sendall(FILE[here:])
            assert answer(connection) == (204, str(len(FILE)))
        assert line.kept(FILE) == FILE
    assert log_entries(folder, FILE) == 1


def test_answer_that_is_lost_after_the_last_byte_leaves_the_file_whole_and_told_once(
    named: Phone, folder: Path
) -> None:
    with (
        serving(folder) as (process, port),
        losing_the_answer(process, port) as between,
        Line(folder, named, between).begin(FILE, 0) as connection,
    ):
        connection.sendall(FILE)
        with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
            answer(connection)
    with serving(folder) as (_process, port):
        assert Line(folder, named, port).measure(FILE) == (len(FILE), len(FILE))
    assert log_entries(folder, FILE) == 1
