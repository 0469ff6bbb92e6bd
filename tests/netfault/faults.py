"""What a network does to a request or its answer. Each fault has a name; none changes a byte that it passes on."""

from random import Random
from typing import Final

from tests.netfault.line import PIECE_BYTES, Line

__all__ = [
    "AnswerDropped",
    "Bandwidth",
    "CutAt",
    "CutDown",
    "CutUp",
    "Duplicate",
    "Fault",
    "HalfOpenPhone",
    "HalfOpenServer",
    "Latency",
    "Portal",
    "PortalRedirect",
    "Reset",
    "ResetDown",
    "ResetUp",
    "Slices",
    "SlowClose",
    "Timeout",
]

SIGN_IN_PAGE: Final = "<!doctype html><title>Café Wi-Fi</title><p>Welcome! Accept our terms to go online.".encode()
# The worst of its kind: it says 200 to everything, and tells the browser to remember that for an hour.
PORTAL_ANSWER: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: public, max-age=3600\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(SIGN_IN_PAGE)
)
REDIRECT_ANSWER: Final = (
    b"HTTP/1.1 302 Found\r\nLocation: http://sign-in.invalid/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)
TICK_SECONDS: Final = 0.02


class Fault:
    """None at all: everything passes. The others change one of these moments."""

    def __repr__(self) -> str:
        return type(self).__name__

    def allowance(self, line: Line) -> int:
        """Say how many bytes may be heard from the phone next; none left cuts the line."""
        return PIECE_BYTES

    def begin(self, line: Line) -> None:
        """A request begins: its head has been heard."""

    def up(self, line: Line, piece: bytes) -> None:
        """A piece of the request is here."""
        line.up(piece)

    def asked(self, line: Line) -> None:
        """The last piece of the request has been passed to ``up``."""

    def down(self, line: Line, piece: bytes) -> None:
        """A piece of the answer is here."""
        line.down(piece)

    def closing(self, line: Line) -> None:
        """The server has ended the connection, and the phone has not been told."""


class Latency(Fault):
    """Every request and every answer sets out late."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def begin(self, line: Line) -> None:
        line.wait(self.seconds)

    def down(self, line: Line, piece: bytes) -> None:
        if line.sent_down == 0:
            line.wait(self.seconds)
        line.down(piece)


class Bandwidth(Fault):
    """Bytes trickle, both ways."""

    def __init__(self, bytes_per_second: int) -> None:
        self.per_tick = max(1, round(bytes_per_second * TICK_SECONDS))

    def up(self, line: Line, piece: bytes) -> None:
        for start in range(0, len(piece), self.per_tick):
            line.wait(TICK_SECONDS)
            line.up(piece[start : start + self.per_tick])

    def down(self, line: Line, piece: bytes) -> None:
        for start in range(0, len(piece), self.per_tick):
            line.wait(TICK_SECONDS)
            line.down(piece[start : start + self.per_tick])


class SlowClose(Fault):
    """The answer comes; that the connection has ended, much later."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def closing(self, line: Line) -> None:
        line.wait(self.seconds)


class Timeout(Fault):
    """Everything is swallowed, nothing is answered."""

    def up(self, line: Line, piece: bytes) -> None:
        pass


class Reset(Fault):
    """The connection is reset as soon as the request begins."""

    def begin(self, line: Line) -> None:
        line.reset()

    def up(self, line: Line, piece: bytes) -> None:
        pass


class ResetUp(Fault):
    """The connection is reset after so many bytes of the request."""

    def __init__(self, after: int) -> None:
        self.after = after

    def up(self, line: Line, piece: bytes) -> None:
        line.up(piece[: max(0, self.after - line.sent_up)])
        if line.sent_up >= self.after:
            line.reset()


class ResetDown(Fault):
    """The connection is reset after so many bytes of the answer."""

    def __init__(self, after: int) -> None:
        self.after = after

    def down(self, line: Line, piece: bytes) -> None:
        line.down(piece[: max(0, self.after - line.sent_down)])
        if line.sent_down >= self.after:
            line.reset()


class Slices(Fault):
    """Every piece comes in crumbs of one to seven bytes."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def up(self, line: Line, piece: bytes) -> None:
        for crumb in self._crumbs(piece):
            line.up(crumb)

    def down(self, line: Line, piece: bytes) -> None:
        for crumb in self._crumbs(piece):
            line.down(crumb)

    def _crumbs(self, piece: bytes) -> list[bytes]:
        crumbs = []
        while piece:
            size = self.chance.randint(1, 7)
            crumbs.append(piece[:size])
            piece = piece[size:]
        return crumbs


class CutUp(Fault):
    """The connection ends, in good order, after so many bytes of the request."""

    def __init__(self, after: int) -> None:
        self.after = after

    def up(self, line: Line, piece: bytes) -> None:
        line.up(piece[: max(0, self.after - line.sent_up)])
        if line.sent_up >= self.after:
            line.cut()


class CutDown(Fault):
    """The connection ends, in good order, after so many bytes of the answer."""

    def __init__(self, after: int) -> None:
        self.after = after

    def down(self, line: Line, piece: bytes) -> None:
        line.down(piece[: max(0, self.after - line.sent_down)])
        if line.sent_down >= self.after:
            line.cut()


class CutAt(Fault):
    """The line is cut each time that so many bytes in all have come from the phone; afterwards it holds."""

    def __init__(self, offsets: list[int]) -> None:
        self.offsets = sorted(offsets)
        self.cuts = 0

    def allowance(self, line: Line) -> int:
        if self.cuts == len(self.offsets):
            return PIECE_BYTES
        left = self.offsets[self.cuts] - line.proxy.bytes_up
        if left <= 0:
            self.cuts += 1
            return 0
        return left


class AnswerDropped(Fault):
    """The server has done what was asked, and its answer reaches nobody."""

    def down(self, line: Line, piece: bytes) -> None:
        line.proxy.answer_dropped.set()
        line.cut()


class Portal(Fault):
    """A café's Wi-Fi answers everything itself, with 200 and a sign-in page. Nothing gets through."""

    answer: bytes = PORTAL_ANSWER
    page: bytes = SIGN_IN_PAGE

    def up(self, line: Line, piece: bytes) -> None:
        pass

    def asked(self, line: Line) -> None:
        line.down(self.answer + (b"" if line.request.startswith("HEAD ") else self.page))
        line.cut()


class PortalRedirect(Portal):
    """A café's Wi-Fi sends everybody to its sign-in page."""

    answer = REDIRECT_ANSWER
    page = b""


class HalfOpenPhone(Fault):
    """The phone goes after so many bytes, and the server is not told: it waits for the rest."""

    def __init__(self, after: int) -> None:
        self.after = after

    def up(self, line: Line, piece: bytes) -> None:
        line.up(piece[: max(0, self.after - line.sent_up)])
        if line.sent_up >= self.after:
            line.lose_phone()

    def down(self, line: Line, piece: bytes) -> None:
        pass


class HalfOpenServer(Fault):
    """The server goes after so many bytes, and the phone is not told: it waits for an answer."""

    def __init__(self, after: int) -> None:
        self.after = after

    def up(self, line: Line, piece: bytes) -> None:
        if line.sent_up < self.after:
            line.up(piece[: self.after - line.sent_up])
            if line.sent_up >= self.after:
                line.lose_server()

    def down(self, line: Line, piece: bytes) -> None:
        pass


class Duplicate(Fault):
    """The same bytes reach the server a second time, on another connection."""

    def up(self, line: Line, piece: bytes) -> None:
        line.recorded += piece
        line.up(piece)

    def asked(self, line: Line) -> None:
        line.say_again()
        line.proxy.repeated.set()
