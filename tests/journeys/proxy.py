"""A small TCP proxy between phones and the server: it passes everything on, loses answers, or plays a café's Wi-Fi."""

import socket
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Final

__all__ = ["PUSH", "Proxy"]

PUSH: Final = b"POST /sync/v1/push "
PIECE_BYTES: Final = 65_536
WAIT_SECONDS: Final = 30.0
END_OF_HEAD: Final = b"\r\n\r\n"
SIGN_IN_PAGE: Final = "<!doctype html><title>Café Wi-Fi</title><p>Welcome! Accept our terms to go online.".encode()
# The worst of its kind: it says 200 to everything, and tells the browser to remember that for an hour.
PORTAL_ANSWER: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: public, max-age=3600\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(SIGN_IN_PAGE), SIGN_IN_PAGE)
)


class Proxy:
    """Listens on ``port`` of loopback, where phones look for the server; the server listens on ``server_port``."""

    def __init__(self, port: int, server_port: int) -> None:
        self.pushes = 0
        """Requests seen that push."""
        self.answer_lost = Event()
        """Set when an answer to a push has come from the server and has not been passed on."""
        self._server_port = server_port
        self._is_portal = False
        self._loses_answers = False
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self._listener = _listener(self, port)
        self._thread = Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        self.url = f"http://localhost:{port}"

    def lose_answers_to_pushes(self) -> None:
        """From now on, pushes reach the server, and its answers to them reach nobody."""
        self._loses_answers = True

    def become_portal(self) -> None:
        """From now on, answer everything with a sign-in page, and let nothing through."""
        self._is_portal = True
        self._hang_up()

    def pass_everything(self) -> None:
        """From now on, only pass on."""
        self._is_portal = self._loses_answers = False
        self._hang_up()

    def close(self) -> None:
        """Stop listening and end what is under way."""
        self._listener.shutdown()
        self._thread.join(WAIT_SECONDS)
        self._hang_up()
        self._listener.server_close()

    def serve(self, phone: socket.socket) -> None:
        """Serve one connection of a phone until either side ends it."""
        with self._holding(phone):
            if self._is_portal:
                _answer_as_portal(phone)
            else:
                self._pass_on(phone)

    def _pass_on(self, phone: socket.socket) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self._server_port), WAIT_SECONDS) as server:
                server.settimeout(None)
                with self._holding(server):
                    _Tunnel(self, phone, server).run()
        except OSError:
            pass  # The server is not there, or one side has gone: the phone sees a connection that ends.

    @contextmanager
    def _holding(self, end: socket.socket) -> Iterator[None]:
        """Know of a connection while it is in use, so that it can be ended."""
        with self._lock:
            self._open.add(end)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(end)

    def note_push(self) -> None:
        """Count a push that passes."""
        with self._lock:
            self.pushes += 1

    def loses(self, *, answer_to_push: bool) -> bool:
        """Tell whether an answer is to be lost, and note that it was."""
        if self._loses_answers and answer_to_push:
            self.answer_lost.set()
            return True
        return False

    def _hang_up(self) -> None:
        with self._lock:
            for end in self._open:
                _end(end)


class _Tunnel:
    """One connection of a phone and the one to the server that goes with it."""

    def __init__(self, proxy: Proxy, phone: socket.socket, server: socket.socket) -> None:
        self._proxy = proxy
        self._phone = phone
        self._server = server
        self._pushing = False

    def run(self) -> None:
        upward = Thread(target=self._pass_up)
        upward.start()
        try:
            self._pass_down()
        finally:
            _end(self._server)
            _end(self._phone)
            upward.join(WAIT_SECONDS)

    def _pass_up(self) -> None:
        """A request starts a piece: the browser sends the next one only after the answer to the last."""
        try:
            while piece := self._phone.recv(PIECE_BYTES):
                if piece.split(b"/", 1)[0] in {b"GET ", b"POST "}:
                    self._pushing = piece.startswith(PUSH)
                    if self._pushing:
                        self._proxy.note_push()
                self._server.sendall(piece)
        except OSError:
            pass
        _end(self._server)

    def _pass_down(self) -> None:
        while piece := self._server.recv(PIECE_BYTES):
            if not self._proxy.loses(answer_to_push=self._pushing):
                self._phone.sendall(piece)


def _listener(proxy: Proxy, port: int) -> socketserver.ThreadingTCPServer:
    class Connection(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            proxy.serve(self.request)

    class Listener(socketserver.ThreadingTCPServer):
        allow_reuse_address = True

    return Listener(("127.0.0.1", port), Connection)


def _answer_as_portal(phone: socket.socket) -> None:
    phone.settimeout(WAIT_SECONDS)
    try:
        asked = b""
        while END_OF_HEAD not in asked and (piece := phone.recv(PIECE_BYTES)):
            asked += piece
        phone.sendall(PORTAL_ANSWER)
        phone.shutdown(socket.SHUT_WR)
        while phone.recv(PIECE_BYTES):
            pass  # What it still sends is read: hanging up on it could take our answer away again.
    except OSError:
        pass  # The phone has hung up: it has its answer or wants none.


def _end(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # It has ended already.
