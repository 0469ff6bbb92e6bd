"""Where one request ends and the next begins, in the bytes that a phone sends."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["Framing", "Segment"]

END_OF_HEAD: Final = b"\r\n\r\n"
CONTENT_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n", re.IGNORECASE)


class Segment(NamedTuple):
    """Bytes of one request. The first segment holds its whole head, and so ``request``: `POST /sync/v1/push`."""

    request: str | None
    content: bytes
    is_last: bool


class Framing:
    """Cuts the stream of one connection into requests. No client of ours sends bodies without a length."""

    def __init__(self) -> None:
        self._head = b""
        self._body_left = 0

    def feed(self, piece: bytes) -> Iterator[Segment]:
        """Yield what is known of ``piece``; an unfinished head waits for its rest."""
        while piece:
            if self._body_left > 0:
                body, piece = piece[: self._body_left], piece[self._body_left :]
                self._body_left -= len(body)
                yield Segment(None, body, self._body_left == 0)
                continue
            head, end, piece = (self._head + piece).partition(END_OF_HEAD)
            self._head = b"" if end else head
            if end:
                yield self._begin(head + end)

    def _begin(self, head: bytes) -> Segment:
        length = CONTENT_LENGTH.search(head)
        self._body_left = int(length[1]) if length else 0
        method, path, *_version = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        return Segment(f"{method} {path}", head, self._body_left == 0)
