"""One connection of a phone through the proxy, and the one to the server that goes with it."""

import socket
import struct
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from tests.netfault.framing import Framing, Segment

if TYPE_CHECKING:
    from tests.netfault.proxy import Proxy

__all__ = ["PIECE_BYTES", "Line", "end"]

PIECE_BYTES: Final = 65_536
CONNECT_SECONDS: Final = 10.0
ENDING_SECONDS: Final = 30.0
RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


class Line:
    """What a fault plays on: it passes bytes on with ``up`` and ``down``, or does something worse."""

    def __init__(self, proxy: "Proxy", phone: socket.socket) -> None:
        self.proxy = proxy
        self.request = ""
        """The request under way, as `POST /sync/v1/push`."""
        self.sent_up = 0
        """Bytes of this request that have been passed on."""
        self.sent_down = 0
        """Bytes of its answer that have been passed on."""
        self.recorded = b""
        """For a fault that wants to say it again."""
        self.closed = Event()
        self._phone = phone
        self._server: socket.socket | None = None
        self._fault = proxy.fault_of("")
        self._downward: Thread | None = None
        self._phone_is_told = True
        self._server_is_told = True

    def run(self) -> None:
        """Pass on until either side ends it."""
        framing = Framing()
        try:
            while (piece := self._hear_phone()) and not self.closed.is_set():
                for segment in framing.feed(piece):
                    self._pass_up(segment)
        except OSError:
            pass  # One side has gone: the other sees a connection that ends.
        finally:
            self._finish()

    def up(self, content: bytes) -> None:
        """Pass bytes on to the server."""
        if content:
            self._connected().sendall(content)
            if self.sent_up == 0:
                self.proxy.reached.append(self.request)
            self.sent_up += len(content)

    def down(self, content: bytes) -> None:
        """Pass bytes on to the phone."""
        if content:
            self._phone.sendall(content)
            self.sent_down += len(content)
            self.proxy.count_down(len(content))

    def wait(self, seconds: float) -> None:
        """Let time pass, unless the line ends meanwhile."""
        self.closed.wait(seconds)

    def cut(self) -> None:
        """End both connections in good order."""
        self.closed.set()
        if self._phone_is_told:
            end(self._phone)
        if self._server is not None and self._server_is_told:
            _stop(self._server, socket.SHUT_WR)

    def reset(self) -> None:
        """End the phone's connection with a reset, and what is in it is lost."""
        self._phone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self.closed.set()
        _stop(self._phone, socket.SHUT_RD)  # Wakes whoever listens; nothing is said to the phone before the close.
        if self._server is not None and self._server_is_told:
            _stop(self._server, socket.SHUT_WR)

    def lose_phone(self) -> None:
        """End the phone's connection; the server is not told."""
        self._server_is_told = False
        self.reset()

    def lose_server(self) -> None:
        """End the server's connection; the phone is not told."""
        self._phone_is_told = False
        if self._server is not None:
            end(self._server)

    def say_again(self) -> None:
        """Send what was recorded on a connection of its own, and hear its answer to the end."""
        with socket.create_connection(("127.0.0.1", self.proxy.server_port), CONNECT_SECONDS) as other:
            other.sendall(self.recorded)
            other.shutdown(socket.SHUT_WR)
            while other.recv(PIECE_BYTES):
                pass

    def hang_up(self) -> None:
        """End everything, whatever was to be kept from whom."""
        self._phone_is_told = self._server_is_told = True
        self.closed.set()
        for connection in (self._phone, self._server):
            if connection is not None:
                end(connection)

    def _hear_phone(self) -> bytes:
        allowance = min(PIECE_BYTES, self.proxy.fault_of(self.request).allowance(self))
        if allowance <= 0:
            self.cut()
            return b""
        piece = self._phone.recv(allowance)
        self.proxy.count_up(len(piece))
        return piece

    def _pass_up(self, segment: Segment) -> None:
        if segment.request is not None:
            self.request, self.sent_up, self.sent_down, self.recorded = segment.request, 0, 0, b""
            self._fault = self.proxy.begin(segment.request)
            self._fault.begin(self)
        self._fault.up(self, segment.content)
        if segment.is_last and not self.closed.is_set():
            self._fault.asked(self)

    def _connected(self) -> socket.socket:
        if self._server is None:
            self._server = socket.create_connection(("127.0.0.1", self.proxy.server_port), CONNECT_SECONDS)
            self._server.settimeout(None)
            self._server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._downward = Thread(target=self._pass_down, args=(self._server,))
            self._downward.start()
        return self._server

    def _pass_down(self, server: socket.socket) -> None:
        """Hear the server to its end, also when nobody listens any more: then it has dealt with all that it got."""
        try:
            while piece := server.recv(PIECE_BYTES):
                if not self.closed.is_set():
                    self._play_down(piece)
        except OSError:
            pass  # The server has gone.
        self._fault.closing(self)
        if self._phone_is_told and self._server_is_told:
            self.cut()

    def _play_down(self, piece: bytes) -> None:
        try:
            self._fault.down(self, piece)
        except OSError:
            self.closed.set()  # The phone has gone.

    def _finish(self) -> None:
        """The phone has gone, or was made to; where the server is not to know, its connection stays until healed."""
        self.closed.set()
        if self._server is None or self._downward is None:
            return
        if not self._server_is_told:
            self.proxy.keep_until_healed(self._server)
            return
        _stop(self._server, socket.SHUT_WR)
        self._downward.join(ENDING_SECONDS)
        self._server.close()


def end(connection: socket.socket) -> None:
    """End a connection in good order, from any thread."""
    _stop(connection, socket.SHUT_RDWR)


def _stop(connection: socket.socket, ways: int) -> None:
    try:
        connection.shutdown(ways)
    except OSError:
        pass  # It has ended already.
