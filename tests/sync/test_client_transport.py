"""What comes of a request, whatever answers it."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Final

import pytest

from sync.client.requesting import ChangesRequest, MeasureRequest, PushRequest, UploadRequest
from sync.client.transport import ANSWER_BYTES, GZIP_FROM_BYTES, Patience, Transport
from sync.session_types import Answer, Lost
from tests.netfault.framing import Framing

SHA256: Final = "a" * 64
SHORT: Final = Patience(connect=5.0, silence=0.2)
LONG: Final = Patience(connect=5.0, silence=30.0)
PLACED: Final = b"HTTP/1.1 200 OK\r\nUpload-Offset: 6000\r\nUpload-Length: 9000\r\n\r\n"


class Stub:
    """Hears one request, says some bytes, and hangs up, or never says anything."""

    def __init__(self, says: bytes | None) -> None:
        self.says = says
        self.heard = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def head(self) -> str:
        return self.heard.partition(b"\r\n\r\n")[0].decode()

    def body(self) -> bytes:
        return self.heard.partition(b"\r\n\r\n")[2]

    def close(self) -> None:
        self._thread.join(30)
        self._listener.close()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            framing, whole = Framing(), False
            while not whole and (piece := connection.recv(65536)):
                self.heard += piece
                whole = any(segment.is_last for segment in framing.feed(piece))
            try:
                if self.says is not None:
                    connection.sendall(self.says)
                    connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
            except OSError:
                pass  # It has heard enough, and is gone.


@contextmanager
def stub(says: bytes | None, *, patience: Patience = LONG, ticks: float = 0.0) -> Iterator[tuple[Stub, Transport]]:
    """Give a stub and a transport to it, by whose clock ``ticks`` seconds pass between two looks."""
    answering, now = Stub(says), [0.0]

    def monotonic() -> float:
        now[0] += ticks
        return now[0]

    transport = Transport(answering.address, monotonic=monotonic, patience=patience)
    try:
        yield answering, transport
    finally:
        transport.close()
        answering.close()


def reply(status: str = "200 OK", body: bytes = b"{}", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with stub(reply("302 Found", b"", "Location: http://sign-in.invalid/")) as (_, transport):
        assert transport.send(ChangesRequest(since=""), token="t") == Answer(status=302)


def test_numbers_in_headers_are_read_and_anything_else_is_not() -> None:
    said = reply("503 Busy", b"", "Retry-After: 7", "Upload-Offset: 12", "Upload-Length: twelve")
    with stub(said) as (_, transport):
        assert transport.send(MeasureRequest(sha256=SHA256), token="t") == Answer(
            status=503, retry_after=7_000, offset=12
        )
    for text in ("-1", "1.5", "Fri, 20 Nov 2026 12:00:00 GMT", "\u0661", "9" * 40):
        with stub(reply("503 Busy", b"", f"Retry-After: {text}")) as (_, transport):
            assert transport.send(MeasureRequest(sha256=SHA256), token="t") == Answer(status=503)


@pytest.mark.parametrize("after", range(1, len(PLACED)))
def test_an_answer_cut_within_its_head_is_lost_and_not_a_smaller_number(after: int) -> None:
    with stub(PLACED[:after]) as (_, transport):
        assert transport.send(MeasureRequest(sha256=SHA256), token="t") == Lost(why="unreachable")


def test_the_whole_head_is_an_answer() -> None:
    with stub(PLACED) as (_, transport):
        heard = transport.send(MeasureRequest(sha256=SHA256), token="t")
        assert heard == Answer(status=200, offset=6000, length=9000)


def test_an_answer_cut_within_its_body_is_lost() -> None:
    with stub(reply(body=b'{"hello": 1}')[:-1]) as (_, transport):
        assert transport.send(ChangesRequest(since=""), token="t") == Lost(why="unreachable")


def test_silence_is_a_timeout() -> None:
    with stub(None, patience=SHORT) as (_, transport):
        assert transport.send(ChangesRequest(since=""), token="t") == Lost(why="timeout")


def test_an_answer_that_trickles_for_longer_than_its_time_is_lost() -> None:
    with stub(reply(body=b"x" * 300_000), ticks=LONG.connect + LONG.silence + 1) as (_, transport):
        assert transport.send(ChangesRequest(since=""), token="t") == Lost(why="timeout")


@pytest.mark.parametrize("body", [b"x" * (ANSWER_BYTES + 1), b"\xff\xfe\x00"], ids=["endless", "no-text"])
def test_what_is_no_answer_of_ours_has_no_body(body: bytes) -> None:
    with stub(reply(body=body)) as (_, transport):
        assert transport.send(ChangesRequest(since=""), token="t") == Answer(status=200)


def test_nobody_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    transport = Transport(address, monotonic=lambda: 0.0, patience=SHORT)
    assert transport.send(ChangesRequest(since=""), token="t") == Lost(why="unreachable")


@pytest.mark.parametrize("length", [GZIP_FROM_BYTES, GZIP_FROM_BYTES + 1])
def test_only_a_long_body_is_compressed_and_the_same_comes_out(length: int) -> None:
    body = "ছ" + "x" * (length - len("ছ".encode()))
    with stub(reply()) as (heard, transport):
        assert transport.send(PushRequest(body=body), token="t") == Answer(status=200, body="{}")
    compressed = "Content-Encoding: gzip" in heard.head()
    assert compressed == (length > GZIP_FROM_BYTES)
    assert (gzip.decompress(heard.body()) if compressed else heard.body()) == body.encode()


def test_a_piece_goes_as_it_is_and_an_empty_one_says_so() -> None:
    for content in (bytes(5_000), b""):
        with stub(reply("204 No Content", b"")) as (heard, transport):
            transport.send(UploadRequest(sha256=SHA256, offset=77, content=content), token="t")
        assert heard.body() == content
        assert f"Content-Length: {len(content)}" in heard.head()
        assert "Upload-Offset: 77" in heard.head()
        assert "Content-Encoding" not in heard.head()


def test_the_settings_of_the_machine_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with stub(reply()) as (heard, transport):
        assert transport.send(ChangesRequest(since="c&1"), token="fw1.token") == Answer(status=200, body="{}")
    assert "Authorization: Bearer fw1.token" in heard.head()
    assert heard.head().startswith("GET /sync/v1/changes?since=c%261 ")
