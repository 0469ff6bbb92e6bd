"""Central's edge without HTTP's own machinery: from a request's bytes to the desk, and back to a reply.

What the views do, in the same order: whose token, read the body, ask, answer.
"""

import gzip
import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from server.devices import tokens
from server.devices.keys import ProgrammeKeys
from server.devices.tokens import Credentials
from server.errors import RequestRefused
from server.intake.attachments import Attachments, Progress
from server.intake.border import read_page_limit
from server.intake.desk import Desk
from server.intake.upload_refusals import UploadRefused
from server.store.errors import QueueFull, StoreClosed, WriteLost
from sync import limits
from sync.schemas import ValidationError, read_json
from tests.simulate.network import Reply, Request

__all__ = ["answer"]

ATTACHMENT = re.compile("/sync/v1/attachments/([0-9a-f]{64})")


def answer(request: Request, *, desk: Desk, attachments: Attachments, pieces: Iterator[bytes]) -> Reply:
    """Answer as central does; what the disk's failing raises is answered as its views answer it."""
    try:
        return _answer(request, desk, attachments, pieces)
    except RequestRefused as error:
        return _refusal(error)
    except (QueueFull, StoreClosed, WriteLost):
        return _problem(503, "busy", {"Retry-After": "5"})


def _answer(request: Request, desk: Desk, attachments: Attachments, pieces: Iterator[bytes]) -> Reply:
    url = urlsplit(request.path)
    credentials = _bearer(request, desk.keys)
    if credentials is None:
        return _problem(401, "token-invalid", {})
    named = ATTACHMENT.fullmatch(url.path)
    if named is not None:
        return _attachment(request, credentials.device, named[1], attachments, pieces)
    if url.path == "/sync/v1/changes":
        asked = parse_qs(url.query, keep_blank_values=True)
        limit = read_page_limit(asked["limit"][0] if "limit" in asked else None)
        return _json(desk.changes(credentials, since=asked.get("since", [""])[0], limit=limit))
    body = _decoded(request)
    if body is None:
        return _problem(400, "malformed", {})
    if len(body) > limits.BATCH_BYTES:
        return _problem(413, "body-too-large", {})
    try:
        content = read_json(body)
    except ValidationError:
        return _problem(400, "malformed", {})
    return _json(desk.push(credentials, content) if url.path == "/sync/v1/push" else desk.have(credentials, content))


def _bearer(request: Request, keys: ProgrammeKeys) -> Credentials | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return tokens.read(token, keys.trusted) if scheme == "Bearer" else None


def _attachment(request: Request, device: str, sha256: str, attachments: Attachments, pieces: Iterator[bytes]) -> Reply:
    if request.method == "HEAD":
        return _progress(200, attachments.measure(device=device, sha256=sha256))
    offset = int(request.headers["Upload-Offset"])
    return _progress(204, attachments.receive(device=device, sha256=sha256, offset=offset, pieces=pieces))


def _decoded(request: Request) -> bytes | None:
    if request.headers.get("Content-Encoding") != "gzip":
        return request.body
    try:
        return gzip.decompress(request.body)
    except (OSError, EOFError):
        return None


def _progress(status: int, progress: Progress) -> Reply:
    headers = {"Upload-Offset": str(progress.offset), "Upload-Length": str(progress.length)}
    return Reply(status=status, headers=headers)


def _refusal(error: RequestRefused) -> Reply:
    headers: dict[str, str] = {}
    if isinstance(error, UploadRefused):
        told = {"Upload-Offset": error.offset, "Upload-Length": error.length, "Retry-After": error.retry_after}
        headers = {name: str(value) for name, value in told.items() if value is not None}
    return _problem(int(error.status), error.code, headers)


def _problem(status: int, code: str, headers: dict[str, str]) -> Reply:
    return Reply(status=status, headers=headers, body=json.dumps({"code": code, "status": status}).encode())


def _json(content: object) -> Reply:
    return Reply(status=200, headers={"Content-Type": "application/json"}, body=json.dumps(content).encode())
