"""The call by which a resident's phone becomes a device."""

from http import HTTPStatus
from typing import ClassVar

from flask import Blueprint, Response, jsonify, request
from flask_limiter import Limiter
from marshmallow import ValidationError
from werkzeug.exceptions import TooManyRequests

from server import services
from server.authorise import genuine_token
from server.bodies import Malformed, json_body
from server.busy import install_busy_reply
from server.config import VISITS_PER_ADDRESS, VISITS_PER_DEVICE, VISITS_PER_POSTER
from server.devices import tokens
from server.errors import NotFound, RequestRefused, problem_reply
from server.forms import manifest
from server.limiting import caller
from server.residents.visit_call import RESIDENT, Refusal, Welcomed, visit_poster
from server.services import Services
from sync.codes import ErrorCode
from sync.messages import VisitRequest
from sync.references import read_poster_code
from sync.visits import read_visit_request

__all__ = ["make_blueprint"]

REQUEST_BYTES = 4096


class PosterClosed(RequestRefused):
    """Nobody can answer at the poster now."""

    status: ClassVar[HTTPStatus] = HTTPStatus.GONE


class NotThatDevice(RequestRefused):
    """The device is another's, or cannot be shown to be the caller's."""

    status: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the view, within the limits of config."""
    blueprint = Blueprint("visits", __name__)
    install_busy_reply(blueprint)
    by_device = limiter.limit(VISITS_PER_DEVICE, key_func=lambda: f"device {asked().device}")
    by_poster = limiter.limit(VISITS_PER_POSTER, key_func=lambda: f"visits of {read_poster_code(asked().code) or ''}")
    by_address = limiter.limit(VISITS_PER_ADDRESS, key_func=caller)
    # Counted from the inside out, up to the first that refuses: what an address sends too much is not the poster's.
    view = by_device(by_poster(by_address(visit)))
    blueprint.add_url_rule("/devices/v1/visit", "visit", view, methods=["POST"])
    blueprint.register_error_handler(TooManyRequests, too_many)
    return blueprint


def visit() -> tuple[Response, int]:
    """Give a phone a token for the poster that it stands before."""
    running = services.current()
    outcome = visit_poster(running.database, asked(), shown=genuine_token(), now=running.clock.now())
    if isinstance(outcome, Refusal):
        raise refusal(outcome)
    return jsonify(welcome(outcome, running)), HTTPStatus.CREATED


def asked() -> VisitRequest:
    """Read what the phone says, once for each request."""
    known: object = request.environ.get(__name__)
    if isinstance(known, VisitRequest):
        return known
    try:
        found = read_visit_request(json_body(limit_bytes=REQUEST_BYTES))
    except ValidationError as error:
        raise Malformed(
            ErrorCode.MALFORMED,
            "The visit lacks a readable code or device. Open the poster's page again.",
            {"problems": error.messages},
        ) from error
    request.environ[__name__] = found
    return found


def refusal(outcome: Refusal) -> RequestRefused:
    """Say why there is no token."""
    if outcome.code is ErrorCode.POSTER_UNKNOWN:
        return NotFound(outcome.code, "No poster has this code. Look at the poster again, and type all 6 symbols.")
    if outcome.code is ErrorCode.POSTER_CLOSED:
        return PosterClosed(
            outcome.code,
            f"This poster is {outcome.standing}: it takes no more answers.",
            {"standing": outcome.standing},
        )
    if outcome.code is ErrorCode.DEVICE_OF_A_WORKER:
        return NotThatDevice(outcome.code, "This phone is enrolled for a worker. Answer in the page itself.")
    return NotThatDevice(outcome.code, "There is a device of this id, and the token is not its own. Make a new id.")


def welcome(outcome: Welcomed, running: Services) -> dict[str, object]:
    """Put together what the phone is told."""
    poster = outcome.poster
    with running.database.read() as connection:
        entries = [one for one in manifest.manifest(connection) if one.form.form_id == poster.form_id]
    return {
        "token": tokens.sign(outcome.credentials, running.programme_keys.signing),
        "device": outcome.credentials.device,
        "name": "",
        "role": RESIDENT,
        "neighbourhood": {"id": poster.neighbourhood_id, "name": poster.neighbourhood_name},
        "poster": poster.poster_id,
        "server_id": running.identity.server_id,
        "forms": manifest.as_json(entries, running.words.for_app),
    }


def too_many(_error: TooManyRequests) -> Response:
    """Answer that so many phones at once are not expected here."""
    detail = "Too many phones have asked for a while. Try again in ten minutes; the poster's pages work without it."
    return problem_reply(HTTPStatus.TOO_MANY_REQUESTS, ErrorCode.TOO_MANY, detail)
