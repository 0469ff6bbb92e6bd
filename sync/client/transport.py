"""Requests to one server over HTTP. What the network does is an answer and no exception.

A redirect is an answer like any other and is not followed: our servers send none, sign-in pages do.
"""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import urlencode

import requests
from requests.exceptions import RequestException
from requests.exceptions import Timeout as RequestTimeout
from urllib3.exceptions import HTTPError, ReadTimeoutError

from sync.client.requesting import (
    ChangesRequest,
    HaveRequest,
    MeasureRequest,
    PushRequest,
    SyncRequest,
    UploadRequest,
)
from sync.client.whole_heads import WholeHeadAdapter
from sync.session_types import Answer, Lost, NetworkAnswer

__all__ = ["ANSWER_BYTES", "GZIP_FROM_BYTES", "Patience", "Transport"]

ANSWER_BYTES: Final = 8 * 1024 * 1024
"""A longer answer is not one of ours; a form's list of places is the longest."""
GZIP_FROM_BYTES: Final = 1024
GZIP_LEVEL: Final = 6
PIECE_BYTES: Final = 64 * 1024
PIECE_TYPE: Final = "application/offset+octet-stream"
LONGEST_NUMBER: Final = 15


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait, in seconds; and the slowest line, in bytes a second, that a long body is given time for."""

    connect: float = 10.0
    silence: float = 30.0
    bytes_per_second: float = 2_000.0

    def for_body(self, length: int) -> tuple[float, float]:
        """Give the longest wait for a connection and for an answer to a request with a body of so many bytes."""
        return self.connect, self.silence + length / self.bytes_per_second


@dataclass(frozen=True, kw_only=True)
class _Sending:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None = None


class Transport:
    """One server at ``address``, as `https://central.example.org`; used by one thread at a time.

    ``certificates`` is a file of certificates to trust in place of the usual ones. Settings of the environment are left
    alone: a password in .netrc must not take the place of a token. ``monotonic`` counts seconds; an answer that
    trickles in for longer than its time is lost.
    """

    def __init__(
        self,
        address: str,
        *,
        monotonic: Callable[[], float],
        patience: Patience = Patience(),
        certificates: str | None = None,
    ) -> None:
        self._address = address.rstrip("/")
        self._monotonic = monotonic
        self._patience = patience
        self._requests = requests.Session()
        self._requests.trust_env = False
        self._requests.verify = certificates or True
        self._requests.headers.clear()
        self._requests.headers.update({"User-Agent": "Fieldwell", "Accept-Encoding": "gzip"})
        for scheme in ("http://", "https://"):
            self._requests.mount(scheme, WholeHeadAdapter())

    def close(self) -> None:
        """End the connections that are kept for the next request."""
        self._requests.close()

    def send(self, request: SyncRequest, *, token: str) -> NetworkAnswer:
        """Make one request of the sync protocol."""
        sending = _sending(request)
        return self._send(sending, token=token)

    def get(self, path: str, *, token: str = "") -> NetworkAnswer:
        """Get what lies at ``path``."""
        return self._send(_Sending(method="GET", path=path, headers={}), token=token)

    def post(self, path: str, value: object, *, token: str = "") -> NetworkAnswer:
        """Post a JSON value to ``path``."""
        return self._send(_posting(path, json.dumps(value, ensure_ascii=False)), token=token)

    def _send(self, sending: _Sending, *, token: str) -> NetworkAnswer:
        try:
            return self._exchange(sending, token)
        except (RequestTimeout, ReadTimeoutError, TimeoutError):
            return Lost(why="timeout")
        except RequestException as error:
            return Lost(why="timeout" if "timed out" in str(error) else "unreachable")
        except (HTTPError, OSError):
            return Lost(why="unreachable")

    def _exchange(self, sending: _Sending, token: str) -> NetworkAnswer:
        connect, wait = self._patience.for_body(len(sending.body or b""))
        deadline = self._monotonic() + connect + wait
        headers = {**sending.headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        # A body that is read in pieces has its time for each of them; one that is bytes would have it once for all.
        body = BytesIO(sending.body) if sending.body else sending.body
        with self._requests.request(
            sending.method,
            self._address + sending.path,
            headers=headers,
            data=body,
            timeout=(connect, wait),
            allow_redirects=False,
            stream=True,
        ) as reply:
            return _as_answer(reply, self._read(reply, deadline))

    def _read(self, reply: requests.Response, deadline: float) -> str:
        """Read the body as text; '' for one that is longer than any of ours, or is no text."""
        pieces, length = [], 0
        while piece := reply.raw.read1(PIECE_BYTES, decode_content=True):
            length += len(piece)
            if length > ANSWER_BYTES:
                return ""
            if self._monotonic() > deadline:
                raise TimeoutError
            pieces.append(piece)
        try:
            return b"".join(pieces).decode()
        except UnicodeDecodeError:
            return ""


def _sending(request: SyncRequest) -> _Sending:
    match request:
        case PushRequest(body=body):
            return _posting("/sync/v1/push", body)
        case HaveRequest(body=body):
            return _posting("/sync/v1/have", body)
        case ChangesRequest(since=since):
            query = urlencode({"since": since})
            return _Sending(method="GET", path=f"/sync/v1/changes?{query}", headers={})
        case MeasureRequest(sha256=sha256):
            return _Sending(method="HEAD", path=f"/sync/v1/attachments/{sha256}", headers={})
        case UploadRequest(sha256=sha256, offset=offset, content=content):
            headers = {"Content-Type": PIECE_TYPE, "Upload-Offset": str(offset)}
            return _Sending(method="PATCH", path=f"/sync/v1/attachments/{sha256}", headers=headers, body=content)


def _posting(path: str, text: str) -> _Sending:
    body = text.encode()
    headers = {"Content-Type": "application/json"}
    if len(body) > GZIP_FROM_BYTES:
        body = gzip.compress(body, GZIP_LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return _Sending(method="POST", path=path, headers=headers, body=body)


def _as_answer(reply: requests.Response, body: str) -> Answer:
    return Answer(
        status=reply.status_code,
        body=body,
        retry_after=_milliseconds(reply.headers.get("Retry-After")),
        offset=_count(reply.headers.get("Upload-Offset")),
        length=_count(reply.headers.get("Upload-Length")),
    )


def _milliseconds(seconds: str | None) -> int | None:
    count = _count(seconds)
    return None if count is None else count * 1000


def _count(text: str | None) -> int | None:
    """Read digits; None for anything else, a date in Retry-After included."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        return None
    return int(text)
