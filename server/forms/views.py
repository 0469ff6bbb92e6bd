"""What devices fetch to know the forms: the manifest, then logics, texts, words, lists and media by their hash.

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
from server.forms import file_queries, manifest, queries
from server.recordings.queries import pack_body
from server.residents.queries import form_ids_of_device
from server.residents.visit_call import RESIDENT
from sync.codes import ErrorCode
from sync.hashes import is_sha256

__all__ = ["blueprint"]

KEPT_FOR_EVER: Final = "public, max-age=31536000, immutable"
JSON: Final = "application/json"
GZIP_LEVEL: Final = 9
COMPRESSED_BODIES_KEPT: Final = 32
LONGEST_KEPT: Final = 2 * 1024 * 1024
"""Characters of a body beyond which it is compressed anew each time: a few long lists would fill the memory."""

blueprint = Blueprint("forms", __name__, url_prefix="/forms/v1")


@blueprint.get("/manifest")
def show_manifest() -> Response:
    """List the forms that the device should have; a resident's has those of the posters that it visited."""
    credentials = device_in_good_standing()
    running = services.current()
    with running.database.read() as connection:
        entries = manifest.manifest(connection)
        if credentials.role == RESIDENT:
            its = form_ids_of_device(connection, device_id=credentials.device)
            entries = tuple(one for one in entries if one.form.form_id in its)
    reply = Response(manifest.body(entries, running.words.for_app), content_type=JSON)
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


@blueprint.get("/words/<sha256>")
def show_words(sha256: str) -> Response:
    """Serve what this server adds to the app's own sentences in one language."""
    return _immutable(services.current().words.app_words(sha256), sha256)


@blueprint.get("/lists/<sha256>")
def show_list(sha256: str) -> Response:
    """Serve the bytes of a list."""
    with services.current().database.read() as connection:
        body = file_queries.list_body(connection, sha256=sha256) if is_sha256(sha256) else None
    return _immutable(body, sha256)


@blueprint.get("/sounds/<sha256>")
def show_sounds(sha256: str) -> Response:
    """Serve the bytes of a sound pack: which recording says which text."""
    with services.current().database.read() as connection:
        body = pack_body(connection, sha256=sha256) if is_sha256(sha256) else None
    return _immutable(body, sha256)


@blueprint.get("/media/<sha256>")
def show_media(sha256: str) -> Response:
    """Serve an image, a sound or a video, or the part of it that a player asks for."""
    with services.current().database.read() as connection:
        found = file_queries.media(connection, sha256=sha256) if is_sha256(sha256) else None
    if found is None:
        raise _not_published(sha256)
    reply = Response(found.body, content_type=found.type)
    reply.headers["Cache-Control"] = KEPT_FOR_EVER
    reply.headers["X-Content-Type-Options"] = "nosniff"
    reply.set_etag(sha256)
    reply.make_conditional(request, accept_ranges=True, complete_length=len(found.body))
    return reply


def _immutable(body: str | None, sha256: str) -> Response:
    if body is None:
        raise _not_published(sha256)
    reply = Response(content_type=JSON)
    if request.accept_encodings["gzip"] > 0:
        reply.set_data(_compressed_and_kept(body) if len(body) <= LONGEST_KEPT else _compressed(body))
        reply.headers["Content-Encoding"] = "gzip"
    else:
        reply.set_data(body)
    reply.headers["Cache-Control"] = KEPT_FOR_EVER
    reply.headers["Vary"] = "Accept-Encoding"
    return reply


def _not_published(sha256: str) -> NotFound:
    return NotFound(
        ErrorCode.NOT_PUBLISHED,
        f"Nothing published here is named {sha256}. Fetch the manifest again and use its names.",
    )


@lru_cache(maxsize=COMPRESSED_BODIES_KEPT)
def _compressed_and_kept(body: str) -> bytes:
    return _compressed(body)


def _compressed(body: str) -> bytes:
    return gzip.compress(body.encode(), GZIP_LEVEL, mtime=0)
