"""What devices fetch to know the forms: the manifest, then logics and texts by their hash.

A body named by its hash never changes, so it may be kept for ever by anyone on the way.
It holds questions and no answers; no token is asked for.
"""

import gzip
from functools import lru_cache
from typing import Final

from flask import Blueprint, Response, request

from server import services
from server.authorise import device_in_good_standing
from server.errors import NotFound
from server.forms import manifest, queries
from sync.codes import ErrorCode
from sync.hashes import is_sha256

__all__ = ["blueprint"]

KEPT_FOR_EVER: Final = "public, max-age=31536000, immutable"
JSON: Final = "application/json"
GZIP_LEVEL: Final = 9
COMPRESSED_BODIES_KEPT: Final = 64

blueprint = Blueprint("forms", __name__, url_prefix="/forms/v1")


@blueprint.get("/manifest")
def show_manifest() -> Response:
    """List the forms that the device should have."""
    device_in_good_standing()
    with services.current().database.read() as connection:
        entries = manifest.manifest(connection)
    reply = Response(manifest.body(entries), content_type=JSON)
    reply.headers["Cache-Control"] = "no-cache"
    return reply


@blueprint.get("/logic/<sha256>")
def show_logic(sha256: str) -> Response:
    """Serve the bytes of a logic."""
    with services.current().database.read() as connection:
        body = queries.logic(connection, sha256=sha256) if is_sha256(sha256) else None
    return _immutable(body, sha256)


@blueprint.get("/texts/<sha256>")
def show_texts(sha256: str) -> Response:
    """Serve the bytes of a text pack."""
    with services.current().database.read() as connection:
        body = queries.text_pack_body(connection, sha256=sha256) if is_sha256(sha256) else None
    return _immutable(body, sha256)


def _immutable(body: str | None, sha256: str) -> Response:
    if body is None:
        raise NotFound(
            ErrorCode.NOT_PUBLISHED,
            f"Nothing published here is named {sha256}. Fetch the manifest again and use its names.",
        )
    reply = Response(content_type=JSON)
    if request.accept_encodings["gzip"] > 0:
        reply.set_data(_compressed(body))
        reply.headers["Content-Encoding"] = "gzip"
    else:
        reply.set_data(body)
    reply.headers["Cache-Control"] = KEPT_FOR_EVER
    reply.headers["Vary"] = "Accept-Encoding"
    return reply


@lru_cache(maxsize=COMPRESSED_BODIES_KEPT)
def _compressed(body: str) -> bytes:
    return gzip.compress(body.encode(), GZIP_LEVEL, mtime=0)
