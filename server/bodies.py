"""Reading a request's body without trusting what it says of itself."""

import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import ClassVar, Final

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from server.errors import FieldwellError, RequestRefused
from sync.codes import ErrorCode
from sync.schemas import ValidationError, read_json

__all__ = [
    "BodyRoom",
    "BodyTooLarge",
    "Malformed",
    "NoRoomForBody",
    "UnsupportedEncoding",
    "held_json_body",
    "json_body",
    "parsed_bytes",
]

GZIP_WINDOW: Final = 31
"""zlib's word for gzip's own header and checksum, and the largest window."""

CHARACTER_BYTES: Final = 4
VALUE_BYTES: Final = 80
OBJECT_BYTES: Final = 150
LIST_BYTES: Final = 70
"""What one of each takes in memory at most, measured with CPython 3.11."""


class BodyTooLarge(RequestRefused):
    """The request holds more than one request may; the facts name the limit."""

    status: ClassVar[HTTPStatus] = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class BodyLost(RequestRefused):
    """The rest of the body did not come, or too slowly. The caller seldom hears this: the connection is at its end."""

    status: ClassVar[HTTPStatus] = HTTPStatus.REQUEST_TIMEOUT


class UnsupportedEncoding(RequestRefused):
    """The body is packed in a way that is not read here."""

    status: ClassVar[HTTPStatus] = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class Malformed(RequestRefused):
    """The request's body is not the message that the address takes."""


class NoRoomForBody(FieldwellError):
    """The bodies of requests under way fill the memory that is set aside for them."""

    retryable = True

    def __init__(self, *, limit_bytes: int) -> None:
        super().__init__(
            f"Requests of {limit_bytes} bytes are under way, which is the limit. Ask again in a few seconds."
        )


class BodyRoom:
    """Counts the memory of bodies that are held at one time, from before one is read until it is answered."""

    def __init__(self, *, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._held = 0
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, size: int) -> Iterator[None]:
        """Hold room for ``size`` bytes during the block; raises NoRoomForBody when there is none."""
        with self._lock:
            if self._held + size > self._limit:
                raise NoRoomForBody(limit_bytes=self._limit)
            self._held += size
        try:
            yield
        finally:
            with self._lock:
                self._held -= size


def _announced_bytes(limit_bytes: int) -> int:
    """Give how many bytes the caller's body may come to: what it announces, or the limit when it does not say.

    Raises BodyTooLarge, unread, for one that announces more than the limit.
    """
    announced = request.content_length
    if announced is not None and announced > limit_bytes:
        raise _too_large(limit_bytes)
    return limit_bytes if announced is None or _is_gzip() else announced


def json_body(*, limit_bytes: int) -> object:
    """Parse the body as JSON; it may be gzipped.

    Raises BodyTooLarge past ``limit_bytes``, which are counted unpacked, UnsupportedEncoding, and Malformed for what
    is not JSON. A length that is announced is believed only to refuse it unread; what arrives is counted all the
    same, so a chunked body is cut off at the limit too, and so is a small one that unpacks to a large one.
    """
    return _parsed(_text(limit_bytes))


@contextmanager
def held_json_body(room: BodyRoom, *, limit_bytes: int) -> Iterator[object]:
    """Give what ``json_body`` gives, and hold room for it: for the bytes while they come, then for what they make."""
    with room.hold(_announced_bytes(limit_bytes)):
        text = _text(limit_bytes)
        with room.hold(parsed_bytes(text)):
            yield _parsed(text)


def parsed_bytes(text: bytes) -> int:
    """Give how much memory JSON takes once it is parsed, or a little more: a megabyte of empty objects takes 80.

    Commas, brackets and braces inside of strings count as well; a usual batch comes to eight times its length.
    """
    values, objects, lists = text.count(b","), text.count(b"{"), text.count(b"[")
    return CHARACTER_BYTES * len(text) + VALUE_BYTES * values + OBJECT_BYTES * objects + LIST_BYTES * lists


def _parsed(text: bytes) -> object:
    try:
        return read_json(text)
    except ValidationError as error:
        raise Malformed(ErrorCode.MALFORMED, "The body is not JSON. Send JSON in UTF-8.") from error


def _text(limit_bytes: int) -> bytes:
    packed = _is_gzip()
    body = _read(limit_bytes)
    return _unpacked(body, limit_bytes) if packed else body


def _is_gzip() -> bool:
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"gzip", "identity", ""}:
        raise UnsupportedEncoding(
            ErrorCode.UNSUPPORTED_ENCODING, f"A body in {encoding[:40]} is not read here. Send gzip, or plain JSON."
        )
    return encoding == "gzip"


def _read(limit_bytes: int) -> bytes:
    # One more than the limit: Werkzeug takes a chunked body that ends exactly at its limit for one that goes on.
    request.max_content_length = limit_bytes + 1
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise _too_large(limit_bytes) from error
    except OSError as error:
        raise BodyLost(ErrorCode.TOO_SLOW, "The body did not come in time. Send it again, or less.") from error
    if len(body) > limit_bytes:
        raise _too_large(limit_bytes)
    return body


def _unpacked(body: bytes, limit_bytes: int) -> bytes:
    """Unpack one gzip stream, and no further than one byte past the limit."""
    unpacking = zlib.decompressobj(GZIP_WINDOW)
    try:
        unpacked = unpacking.decompress(body, limit_bytes + 1)
    except zlib.error as error:
        raise _not_gzip() from error
    if len(unpacked) > limit_bytes:
        raise _too_large(limit_bytes)
    if not unpacking.eof or unpacking.unused_data:
        raise _not_gzip()
    return unpacked


def _not_gzip() -> Malformed:
    return Malformed(ErrorCode.MALFORMED, "The body is not one whole gzip stream, though it says so. Send it again.")


def _too_large(limit_bytes: int) -> BodyTooLarge:
    return BodyTooLarge(
        ErrorCode.BODY_TOO_LARGE,
        f"The body is larger than {limit_bytes} bytes, which is the limit. Send it in smaller pieces.",
        {"limit_bytes": limit_bytes},
    )
