"""The sync endpoint. Every call tells the same story: whose token, read the body, ask the desk, answer."""

import gzip
from contextlib import AbstractContextManager
from typing import Final

from flask import Blueprint, Response, jsonify, request

from server import services
from server.authorise import bearer
from server.bodies import held_json_body
from server.busy import install_busy_reply
from server.devices.noting import note_report
from server.devices.report import HEADER, Report, read_report
from server.devices.tokens import Credentials
from server.intake.border import read_page_limit
from sync import limits
from sync.messages import Json

__all__ = ["blueprint"]

blueprint = Blueprint("intake", __name__, url_prefix="/sync/v1")
install_busy_reply(blueprint)

PACKED_FROM_BYTES: Final = 4_096
GZIP_LEVEL: Final = 6


@blueprint.get("/hello")
def hello() -> Response:
    """Say who this server is, what it speaks and how much it takes at once."""
    return _answer(services.current().desk.hello())


@blueprint.post("/push")
def push() -> Response:
    """Store a batch of revisions and answer with one receipt per item, once they are on the disk."""
    credentials = bearer()
    with _held_body() as body:
        return _answer(services.current().desk.push(credentials, body, _report()))


@blueprint.get("/changes")
def changes() -> Response:
    """Give a page of the feed after the caller's cursor."""
    credentials = bearer()
    _note(credentials)
    limit = read_page_limit(request.args.get("limit"))
    return _answer(services.current().desk.changes(credentials, since=request.args.get("since", ""), limit=limit))


@blueprint.post("/have")
def have() -> Response:
    """Tell which of the names that the caller gives are here, and which are not."""
    credentials = bearer()
    _note(credentials)
    with _held_body() as body:
        return _answer(services.current().desk.have(credentials, body))


def _report() -> Report | None:
    return read_report(request.headers.get(HEADER, ""))


def _note(credentials: Credentials) -> None:
    """Write down what the phone says of itself, also one that is told nothing more."""
    running = services.current()
    note_report(running.database, device_id=credentials.device, report=_report(), now=running.clock.now())


def _answer(told: Json) -> Response:
    """Tell it as JSON, packed when that is long and the caller can read gzip."""
    answer = jsonify(told)
    answer.vary.add("Accept-Encoding")
    body = answer.get_data()
    if len(body) >= PACKED_FROM_BYTES and request.accept_encodings["gzip"] > 0:
        answer.set_data(gzip.compress(body, GZIP_LEVEL, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _held_body() -> AbstractContextManager[object]:
    """Read the body within the memory that bodies may take together, and count it until the answer is made."""
    return held_json_body(services.current().body_room, limit_bytes=limits.BATCH_BYTES)
