"""What workers' phones fetch of their neighbourhood: outline, venues, assets, whom to ring, and the map file."""

import gzip
import sqlite3
from typing import Final

from flask import Blueprint, Response, request, send_file

from server import services
from server.authorise import device_in_good_standing
from server.errors import NotAllowed, NotFound
from server.maps import map_queries, phone_queries
from server.maps.keeping import path_of
from server.maps.phone_places import places_as_json
from server.residents.visit_call import RESIDENT
from sync.codes import ErrorCode
from sync.hashes import sha256_hex

__all__ = ["blueprint"]

JSON: Final = "application/json"
PMTILES: Final = "application/vnd.pmtiles"
GZIP_LEVEL: Final = 6
MOST_ASSETS: Final = 5000

blueprint = Blueprint("phone_places", __name__, url_prefix="/places/v1")


@blueprint.get("")
def show_places() -> Response:
    """Tell a worker's phone of its neighbourhood; one that has heard it all is told so (304)."""
    device_id = worker_device()
    with services.current().database.read() as connection:
        body = places_of(connection, device_id)
    reply = Response(body, content_type=JSON)
    if request.accept_encodings["gzip"] > 0:
        reply.set_data(gzip.compress(body.encode(), GZIP_LEVEL, mtime=0))
        reply.headers["Content-Encoding"] = "gzip"
    # Weak: the same words, packed or not.
    reply.set_etag(sha256_hex(body), weak=True)
    reply.headers["Cache-Control"] = "private, no-cache"
    reply.headers["Vary"] = "Accept-Encoding"
    reply.make_conditional(request)
    return reply


@blueprint.get("/maps/<sha256>")
def show_map(sha256: str) -> Response:
    """Give the map file of the device's neighbourhood, or the part of it that is asked for."""
    device_id = worker_device()
    running = services.current()
    with running.database.read() as connection:
        file = map_queries.map_file_of_device(connection, device_id=device_id)
    path = path_of(running.database.folder, file.sha256) if file and file.sha256 == sha256 else None
    if path is None or not path.is_file():
        raise NotFound(ErrorCode.NOT_PUBLISHED, f"The map {sha256[:64]} is not here. Ask for the places again.")
    reply = send_file(path, mimetype=PMTILES, etag=sha256, conditional=True)
    reply.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return reply


def worker_device() -> str:
    """Give the id of the worker's device that asks; raises NotAllowed for a resident's, which gets none."""
    credentials = device_in_good_standing()
    if credentials.role == RESIDENT:
        raise NotAllowed(ErrorCode.DEVICE_NOT_ALLOWED, "Only phones of workers are told what is in a neighbourhood.")
    return credentials.device


def places_of(connection: sqlite3.Connection, device_id: str) -> str:
    """Put together what the device is told."""
    home = phone_queries.home_of(connection, device_id=device_id)
    assert home is not None, "A device in good standing has a neighbourhood."
    return places_as_json(
        neighbourhood_id=home.neighbourhood_id,
        name=home.name,
        boundary=home.boundary,
        venues=phone_queries.venues_of(connection, device_id=device_id),
        assets=phone_queries.assets_of(connection, device_id=device_id, limit=MOST_ASSETS),
        map_file=map_of(connection, device_id),
        contacts=[{"name": home.programme, "text": home.contact}] if home.contact else [],
    )


def map_of(connection: sqlite3.Connection, device_id: str) -> dict[str, object] | None:
    """Tell of the neighbourhood's map file, if there is one and it is on the disk."""
    file = map_queries.map_file_of_device(connection, device_id=device_id)
    if file is None or not path_of(services.current().database.folder, file.sha256).is_file():
        return None
    return {"sha256": file.sha256, "bytes": file.bytes, "name": file.name}
