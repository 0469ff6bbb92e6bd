"""A request's body as it arrives: each piece as soon as it is here, so that a cut loses nothing that came.

Reading a number of bytes from a buffered connection waits for all of them, and forgets the first ones when the
connection breaks before the last. So this looks how many are here, and reads only those.
"""

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Final

from cheroot.server import ChunkedRFile, KnownLengthRFile
from flask import Request
from werkzeug.exceptions import HTTPException

__all__ = ["PIECE_BYTES", "pieces_of_body"]

PIECE_BYTES: Final = 64 * 1024
CHUNK_LINE_BYTES: Final = 1024
CHUNK_LINE: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
"""The line before a chunk (RFC 9112, section 7.1): its size, and extensions that nobody uses."""


def pieces_of_body(request: Request) -> Iterator[bytes]:
    """Yield the body in pieces of at most 64 KiB; just ends where the connection is cut or breaks the rules."""
    stream = request.environ["wsgi.input"]
    try:
        if isinstance(stream, KnownLengthRFile):
            yield from _of_known_length(stream)
        elif isinstance(stream, ChunkedRFile):
            yield from _in_chunks(stream)
        else:
            yield from iter(lambda: request.stream.read(PIECE_BYTES), b"")
    except (OSError, ValueError, HTTPException):  # cut, out of time, no chunks at all
        return


def _of_known_length(stream: KnownLengthRFile) -> Iterator[bytes]:
    while stream.remaining and (here := _here(stream.rfile)):
        yield stream.read(min(here, PIECE_BYTES))


def _in_chunks(stream: ChunkedRFile) -> Iterator[bytes]:
    reader = stream.rfile
    while size := _chunk_size(reader):
        while size and (here := _here(reader)):
            piece = reader.read(min(here, size, PIECE_BYTES))
            size -= len(piece)
            yield piece
        if size or reader.read(2) != b"\r\n":
            return
    stream.closed = True  # tells the server that the body was read to its end, and the connection may be used again


def _chunk_size(reader: BufferedReader) -> int:
    """Read how long the next chunk is; 0 after the last. Raises ValueError when no chunk begins here."""
    line = CHUNK_LINE.fullmatch(reader.readline(CHUNK_LINE_BYTES))
    if line is None:
        raise ValueError("The body is cut, or is not in chunks.")
    return int(line[1], 16)


def _here(reader: BufferedReader) -> int:
    """Wait until something is here, and tell how many bytes can be read without waiting; 0 at the end."""
    return len(reader.peek(1))
