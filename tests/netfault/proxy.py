"""A TCP proxy on loopback between clients and a server: it counts every byte, and breaks what it is told to break."""

import socket
import socketserver
from threading import Condition, Event, Lock, Thread
from typing import Final

from tests.netfault.faults import Fault
from tests.netfault.line import Line, end

__all__ = ["PUSH", "Proxy"]

PUSH: Final = "POST /sync/v1/push"
WAIT_SECONDS: Final = 30.0
NO_FAULT: Final = Fault()


class Proxy:
    """Listens on ``port`` (0: any); what it hears goes to ``server_port``, both on loopback."""

    def __init__(self, port: int, server_port: int) -> None:
        self.server_port = server_port
        self.requests: list[str] = []
        """Every request that began, as `POST /sync/v1/push`."""
        self.reached: list[str] = []
        """Those of them of which something got to the server."""
        self.broken: list[str] = []
        """Those of them that a fault was played on."""
        self.bytes_up = 0
        """Bytes heard from clients, heads and all."""
        self.bytes_down = 0
        """Bytes passed on to clients."""
        self.answer_dropped = Event()
        """Set when an answer has come from the server and has been dropped."""
        self.repeated = Event()
        """Set when a request has reached the server twice."""
        self._fault: Fault = NO_FAULT
        self._on = ""
        self._lock = Lock()
        self._ended = Condition(self._lock)
        self._lines: set[Line] = set()
        self._kept: list[socket.socket] = []
        self._listener = _listener(self, port)
        self._thread = Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        self.port = int(self._listener.server_address[1])
        self.url = f"http://localhost:{self.port}"

    def break_with(self, fault: Fault, *, on: str = "") -> None:
        """From now on, play ``fault`` on every request that begins with ``on``, as `POST /sync/v1/push`."""
        self._on = on
        self._fault = fault
        self._hang_up()

    def heal(self) -> None:
        """From now on, only pass on; whatever hangs is let go."""
        self._fault = NO_FAULT
        self._hang_up()

    def close(self) -> None:
        """Stop listening and end what is under way."""
        self._listener.shutdown()
        self._thread.join(WAIT_SECONDS)
        self._hang_up()
        self._listener.server_close()

    def pushes(self) -> int:
        """Count the pushes of which something got to the server."""
        return sum(request.startswith(PUSH) for request in self.reached)

    def serve(self, phone: socket.socket) -> None:
        """Serve one connection until either side ends it."""
        phone.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = Line(self, phone)
        with self._lock:
            self._lines.add(line)
        try:
            line.run()
        finally:
            with self._lock:
                self._lines.discard(line)
                self._ended.notify_all()

    def wait_until_quiet(self) -> None:
        """Wait until every connection has ended on both sides: by then the server has dealt with all that it got."""
        with self._lock:
            assert self._ended.wait_for(lambda: not self._lines, WAIT_SECONDS), "a connection does not end"

    def fault_of(self, request: str) -> Fault:
        """Give what is played on a request."""
        return self._fault if request.startswith(self._on) else NO_FAULT

    def begin(self, request: str) -> Fault:
        """Note that a request begins, and give what is played on it."""
        fault = self.fault_of(request)
        with self._lock:
            self.requests.append(request)
            if fault is not NO_FAULT:
                self.broken.append(request)
        return fault

    def count_up(self, number: int) -> None:
        """Count bytes heard from a client."""
        with self._lock:
            self.bytes_up += number

    def count_down(self, number: int) -> None:
        """Count bytes passed on to a client."""
        with self._lock:
            self.bytes_down += number

    def keep_until_healed(self, server: socket.socket) -> None:
        """Hold a connection of which the server must not hear that it is over."""
        with self._lock:
            self._kept.append(server)

    def _hang_up(self) -> None:
        with self._lock:
            lines, kept = set(self._lines), self._kept
            self._kept = []
        for line in lines:
            line.hang_up()
        for server in kept:
            end(server)
            server.close()


def _listener(proxy: Proxy, port: int) -> socketserver.ThreadingTCPServer:
    class Connection(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            proxy.serve(self.request)

    class Listener(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        block_on_close = True

        def shutdown_request(self, request: object) -> None:
            """Close without a farewell: a reset must be a reset."""
            assert isinstance(request, socket.socket)
            request.close()

    return Listener(("127.0.0.1", port), Connection)
