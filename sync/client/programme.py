"""What a client needs before and beside syncing: who the server is, its own enrolment, and the forms.

Each call gives what it asked for, or why not. Nothing is believed that a café's Wi-Fi could have said: an enrolment
names the device that asked, and what lies under a hash has it.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from sync.client.transport import Transport
from sync.hashes import sha256_hex
from sync.replies import Hello, read_hello
from sync.session_types import Lost, NetworkAnswer
from sync.shape import fields_of, list_of, read_fields, text_of

__all__ = ["BlobKind", "Enrolled", "NotGot", "enrol", "fetch_blob", "fetch_hello", "fetch_manifest", "names_of_blobs"]

BlobKind = Literal["logic", "texts", "lists"]


@dataclass(frozen=True, kw_only=True)
class NotGot:
    """Nothing came of it. ``code`` is the server's own word, '' when there is none: then it was not our server."""

    why: Literal["unreachable", "timeout", "refused", "not-our-server"]
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """What lets the device in, and the server that gave it."""

    token: str
    device: str
    server_id: str


def fetch_hello(transport: Transport) -> Hello | NotGot:
    """Ask a server who it is."""
    body = _body_of(transport.get("/sync/v1/hello"), HTTPStatus.OK)
    if isinstance(body, NotGot):
        return body
    return read_hello({"hello": read_fields(body)}) or NotGot(why="not-our-server")


def enrol(transport: Transport, *, secret: str, device: str) -> Enrolled | NotGot:
    """Exchange a one-time secret for a token. May be repeated by the same device: an answer may have been lost."""
    answer = transport.post("/devices/v1/enrol", {"secret": secret, "device": device})
    body = _body_of(answer, HTTPStatus.CREATED)
    if isinstance(body, NotGot):
        return body
    fields = read_fields(body)
    token, named, server_id = (text_of(fields.get(name)) for name in ("token", "device", "server_id"))
    if token is None or server_id is None or named != device:
        return NotGot(why="not-our-server")
    return Enrolled(token=token, device=device, server_id=server_id)


def fetch_manifest(transport: Transport, *, token: str, expected: str | None = None) -> str | NotGot:
    """Get the manifest of forms, verbatim; with ``expected``, the one that hello named by its hash."""
    body = _body_of(transport.get("/forms/v1/manifest", token=token), HTTPStatus.OK)
    if isinstance(body, NotGot):
        return body
    if not isinstance(read_fields(body).get("forms"), list):
        return NotGot(why="not-our-server")
    return body if expected in {None, sha256_hex(body)} else NotGot(why="not-our-server")


def fetch_blob(transport: Transport, *, kind: BlobKind, sha256: str) -> str | NotGot:
    """Get a logic, a text pack or a list by its hash; what does not have it is not taken."""
    body = _body_of(transport.get(f"/forms/v1/{kind}/{sha256}"), HTTPStatus.OK)
    if isinstance(body, NotGot):
        return body
    return body if sha256_hex(body) == sha256 else NotGot(why="not-our-server")


def names_of_blobs(manifest: str) -> list[tuple[BlobKind, str]]:
    """List what a manifest names, in its order."""
    found: list[tuple[BlobKind, str]] = []
    for form in list_of(read_fields(manifest).get("forms"), fields_of):
        packs, lists = (list_of(form.get(name), fields_of) for name in ("langs", "lists"))
        found += [("logic", name) for name in _texts(form.get("logic"))]
        found += [("texts", name) for name in _texts(*(pack.get("texts") for pack in packs))]
        found += [("lists", name) for name in _texts(*(one.get("sha256") for one in lists))]
    return found


def _texts(*values: object) -> tuple[str, ...]:
    return list_of(list(values), text_of)


def _body_of(answer: NetworkAnswer, wanted: HTTPStatus) -> str | NotGot:
    """Give the body of an answer with the status ``wanted``."""
    if isinstance(answer, Lost):
        return NotGot(why=answer.why)
    if answer.status == wanted:
        return answer.body
    code = text_of(read_fields(answer.body).get("code"))
    return NotGot(why="not-our-server") if code is None else NotGot(why="refused", code=code)
