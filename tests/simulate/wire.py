"""How a driver's requests become bytes on the line, and what a transport tells it of what came back."""

import gzip
import json
from typing import Any
from urllib.parse import quote

from sync.client.driver import Outgoing
from sync.client.requesting import (
    ChangesRequest,
    HaveRequest,
    MeasureRequest,
    PushRequest,
    UploadRequest,
)
from sync.session_types import Answer, Lost, NetworkAnswer
from tests.simulate import network
from tests.simulate.network import Reply, Request

__all__ = ["as_answer", "as_request", "pushed_batch"]

SQUEEZED_ABOVE = 1024


def as_request(outgoing: Outgoing, *, phone: str) -> Request:
    """Write the request down."""
    headers = {"Authorization": f"Bearer {outgoing.token}"}
    match outgoing.request:
        case PushRequest(body=body):
            return _post("push", body, headers, phone)
        case HaveRequest(body=body):
            return _post("have", body, headers, phone)
        case ChangesRequest(since=since):
            path = f"/sync/v1/changes?since={quote(since)}"
            return Request(phone=phone, method="GET", path=path, headers=headers)
        case MeasureRequest(sha256=sha256):
            return Request(phone=phone, method="HEAD", path=f"/sync/v1/attachments/{sha256}", headers=headers)
        case UploadRequest(sha256=sha256, offset=offset, content=content):
            return Request(
                phone=phone,
                method="PATCH",
                path=f"/sync/v1/attachments/{sha256}",
                headers={**headers, "Upload-Offset": str(offset)},
                body=content,
            )


def as_answer(heard: network.Reply | network.Lost) -> NetworkAnswer:
    """Tell a session what came back. Half an answer that is known to be half is none."""
    if isinstance(heard, network.Lost):
        return Lost(why="timeout" if heard.why == "timeout" else "unreachable")
    if not heard.whole:
        return Lost(why="unreachable")
    return Answer(
        status=heard.status,
        body=heard.body.decode(errors="replace"),
        retry_after=_number(heard, "Retry-After", 1000),
        offset=_number(heard, "Upload-Offset", 1),
        length=_number(heard, "Upload-Length", 1),
    )


def pushed_batch(request: Request) -> dict[str, Any]:
    """Read what a push brings."""
    squeezed = request.headers.get("Content-Encoding") == "gzip"
    batch: dict[str, Any] = json.loads(gzip.decompress(request.body) if squeezed else request.body)
    return batch


def _post(name: str, body: str, headers: dict[str, str], phone: str) -> Request:
    content = body.encode()
    if len(content) > SQUEEZED_ABOVE:
        content = gzip.compress(content, mtime=0)
        headers = {**headers, "Content-Encoding": "gzip"}
    return Request(phone=phone, method="POST", path=f"/sync/v1/{name}", headers=headers, body=content)


def _number(reply: Reply, header: str, times: int) -> int | None:
    text = reply.headers.get(header)
    return None if text is None else int(text) * times
