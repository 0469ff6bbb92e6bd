"""Reading a request's body without trusting what it says of itself."""

from http import HTTPStatus
from typing import ClassVar

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from server.errors import RequestRefused
from sync.codes import ErrorCode
from sync.schemas import ValidationError, read_json

__all__ = ["BodyTooLarge", "Malformed", "json_body"]


class BodyTooLarge(RequestRefused):
    """The request holds more than one request may; the facts name the limit."""

    status: ClassVar[HTTPStatus] = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Malformed(RequestRefused):
    """The request's body is not the message that the address takes."""


def json_body(*, limit_bytes: int) -> object:
    """Parse the body as JSON; raises BodyTooLarge past ``limit_bytes`` and Malformed for what is not JSON.

    A length that is announced is believed only to refuse it unread; what arrives is counted
    all the same, so a chunked body is cut off at the limit too.
    """
    try:
        return read_json(_read(limit_bytes))
    except ValidationError as error:
        raise Malformed(ErrorCode.MALFORMED, "The body is not JSON. Send JSON in UTF-8.") from error


def _read(limit_bytes: int) -> bytes:
    # One more than the limit: Werkzeug takes a chunked body that ends exactly at its limit for one that goes on.
    request.max_content_length = limit_bytes + 1
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise _too_large(limit_bytes) from error
    if len(body) > limit_bytes:
        raise _too_large(limit_bytes)
    return body


def _too_large(limit_bytes: int) -> BodyTooLarge:
    return BodyTooLarge(
        ErrorCode.BODY_TOO_LARGE,
        f"The body is larger than {limit_bytes} bytes, which is the limit. Send it in smaller pieces.",
        {"limit_bytes": limit_bytes},
    )
