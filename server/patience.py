"""How long a request may take to arrive: a minute. Then its connection ends.

Once its token was accepted it has a second more for every kilobyte of it. Whoever sends a byte now and then would
otherwise hold a thread for ever. The time runs from a request's first line to its body's end, and stands beside the
limit for a line that is silent, which the server has of its own.

A body that nobody reads is not waited for: the answer leaves at once, then for a few seconds what still comes is
taken in and forgotten, because hanging up on a sender wipes out the answer on its way to it.
"""

import socket
import time
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import Any, Final, Literal

from cheroot.makefile import StreamReader, StreamWriter
from cheroot.server import HTTPConnection, HTTPRequest, HTTPServer

from server.config import (
    PARTING_BYTES,
    PARTING_SECONDS,
    REQUEST_BYTES_PER_SECOND,
    REQUEST_SECONDS,
    UNREAD_BYTES,
)

__all__ = ["PatientConnection", "PatientSocket", "be_patient", "let_ask_for_patience"]

ASK: Final = "fieldwell.be_patient"
PIECE_BYTES: Final = 64 * 1024

TIMED_OUT: Final = "timed out"
"""The word by which the server tells that time is up from other failures of a connection."""


class PatientSocket(socket.SocketIO):
    """The reading end of a connection, which fails once a request has taken too long."""

    def __init__(self, connected: socket.socket, mode: Literal["r"], clock: Callable[[], float]) -> None:
        super().__init__(connected, mode)
        self._clock = clock
        self.begin_request()

    def begin_request(self) -> None:
        """Let the time of a request run from now."""
        self._began = self._clock()
        self._came = 0
        self._trusted = False

    def trust(self) -> None:
        """Give the request at hand time for its length: whose token it carries is known."""
        self._trusted = True

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]  # of any writable kind
        """Read what is there, waiting for the first byte; raises TimeoutError when the request's time is up."""
        allowed = REQUEST_SECONDS + (self._came / REQUEST_BYTES_PER_SECOND if self._trusted else 0)
        if self._clock() - self._began > allowed:
            raise TimeoutError(TIMED_OUT)
        came = super().readinto(buffer)
        self._came += came or 0
        return came


class PatientReader(StreamReader):
    """Cheroot's buffered reader over such an end."""

    def __init__(self, patient: PatientSocket, buffer_bytes: int) -> None:
        super(StreamReader, self).__init__(patient, buffer_bytes)  # its own __init__ would make a plain end
        self.bytes_read = 0


class PatientRequest(HTTPRequest):
    """A request whose time runs from its first line."""

    def parse_request(self) -> None:
        """Read the request line and the headers."""
        self.conn.patient.begin_request()
        super().parse_request()

    def respond(self) -> None:
        """Answer; where the body was not read, do not wait for it."""
        super().respond()
        if self.close_connection and self._is_unread():
            self._part()

    def send_headers(self) -> None:
        """Send the headers; the server would first read what is left of the body, so that is said to be little."""
        if self.chunked_read or getattr(self.rfile, "remaining", 0) > UNREAD_BYTES:
            self.close_connection = self.close_connection or self._is_unread()
        super().send_headers()

    def _is_unread(self) -> bool:
        """Tell whether something of the body may still come."""
        return not self.rfile.closed if self.chunked_read else getattr(self.rfile, "remaining", 0) > 0

    def _part(self) -> None:
        """Take in and forget what is still sent, for a few seconds."""
        ends = self.conn.clock() + PARTING_SECONDS
        left = min(PARTING_BYTES, getattr(self.rfile, "remaining", PARTING_BYTES))
        with suppress(OSError):
            self.conn.socket.settimeout(PARTING_SECONDS)
            self.conn.socket.shutdown(socket.SHUT_WR)
            while left > 0 and self.conn.clock() < ends and (came := self.conn.rfile.read1(PIECE_BYTES)):
                left -= len(came)


class PatientConnection(HTTPConnection):
    """A connection on which requests take no longer than they may."""

    RequestHandlerClass = PatientRequest
    clock: Callable[[], float] = staticmethod(time.monotonic)

    def __init__(self, server: HTTPServer, sock: socket.socket, makefile: object = None) -> None:
        super().__init__(server, sock, self._make_file)

    def _make_file(self, connected: socket.socket, mode: str, buffer_bytes: int) -> PatientReader | StreamWriter:
        if "r" not in mode:
            return StreamWriter(connected, mode, buffer_bytes)
        self.patient = PatientSocket(connected, "r", self.clock)
        return PatientReader(self.patient, buffer_bytes)


def let_ask_for_patience(environ: MutableMapping[str, Any], connection: PatientConnection) -> None:
    """Let the application say that the request's token was accepted."""
    environ[ASK] = connection.patient.trust


def be_patient(environ: MutableMapping[str, Any]) -> None:
    """Say that the request's token was accepted; under another server than ours this does nothing."""
    ask = environ.get(ASK)
    if ask is not None:
        ask()
