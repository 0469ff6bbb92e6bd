"""The reading API over HTTP: whose key is it, what is asked for, and the answer. Views are made of the routes."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from sqlite3 import Connection
from typing import ClassVar, Final

from flask import Blueprint, Response, jsonify, request
from flask_limiter import Limiter
from werkzeug.exceptions import TooManyRequests

from server import services
from server.address import public_address
from server.clock import as_text
from server.config import API_REQUESTS_PER_ADDRESS, API_REQUESTS_PER_KEY
from server.errors import NotFound, RequestRefused, problem_reply
from server.limiting import caller
from server.reading_api import answering, queries
from server.reading_api.answering import Json
from server.reading_api.asked import Asked, NotUnderstood, read_asked
from server.reading_api.keys import hash_of, standing
from server.reading_api.openapi import document
from server.reading_api.queries import ApiKey
from server.reading_api.routes import ROOT, ROUTES, Operation
from server.store.errors import QueueFull

__all__ = ["make_blueprint"]

SEEN_EVERY: Final = timedelta(minutes=5)
"""How often it is written down that a key is in use."""

Answer = Callable[[Connection, Asked, ApiKey], Json]
LISTS: Final[dict[Operation, Answer]] = {
    "forms": answering.forms,
    "responses": answering.responses,
    "asset_observations": answering.asset_observations,
    "barrier_observations": answering.barrier_observations,
    "assets": answering.assets,
}


class KeyInvalid(RequestRefused):
    """There is no key, or none that works."""

    status: ClassVar[HTTPStatus] = HTTPStatus.UNAUTHORIZED


class Malformed(RequestRefused):
    """A parameter cannot be read."""

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make a view for each route, within the limits of config."""
    blueprint = Blueprint("reading_api", __name__, url_prefix=ROOT)
    by_key = limiter.shared_limit(API_REQUESTS_PER_KEY, scope="api keys", key_func=key_or_caller)
    by_address = limiter.shared_limit(API_REQUESTS_PER_ADDRESS, scope="api addresses", key_func=caller)
    for route in ROUTES:
        view = one_response if route.operation == "response" else list_view(route.operation)
        address = route.path.replace("{", "<").replace("}", ">")
        blueprint.add_url_rule(address, route.operation, by_key(by_address(view)))
    blueprint.add_url_rule("/openapi.json", "describe", by_address(describe))
    blueprint.register_error_handler(TooManyRequests, too_many)
    return blueprint


def list_view(operation: Operation) -> Callable[[], Response]:
    """Make the view of a list."""
    answer = LISTS[operation]

    def view() -> Response:
        key = key_in_use()
        try:
            asked = read_asked(request.args)
        except NotUnderstood as error:
            raise Malformed("malformed", str(error)) from error
        with services.current().database.read() as connection:
            return told(answer(connection, asked, key))

    return view


def one_response(response_id: str) -> Response:
    """Give one response."""
    key = key_in_use()
    with services.current().database.read() as connection:
        found = answering.response(connection, response_id, key)
    if found is None:
        raise NotFound("response-unknown", "No response within reach of this key has that id.")
    return told(found)


def describe() -> Response:
    """Give the OpenAPI document; it tells nothing of any answer, so no key is needed."""
    return told(document(server=public_address()))


def told(answer: Json) -> Response:
    """Answer in JSON that nobody on the way keeps."""
    reply = jsonify(answer)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def key_in_use() -> ApiKey:
    """Give the key of the request; raises KeyInvalid."""
    running = services.current()
    hashed, now = hash_of(request.headers.get("Authorization", "")), running.clock.now()
    with running.database.read() as connection:
        key = queries.key_by_hash(connection, secret_hash=hashed) if hashed else None
    if key is None or standing(key, now=now) != "good":
        why = "expired" if key is not None and standing(key, now=now) == "expired" else "invalid"
        raise KeyInvalid(f"key-{why}", "Show a key that works: Authorization: Bearer fwk_… An administrator makes one.")
    if key.last_used_at is None or key.last_used_at <= as_text(now - SEEN_EVERY):
        with suppress(QueueFull):  # no answer is lost for it
            running.database.submit(
                lambda connection: queries.touch_key(connection, key_id=key.key_id, now=as_text(now))
            )
    return key


def key_or_caller() -> str:
    """Give what a request is counted by: its key, where it shows one."""
    return hash_of(request.headers.get("Authorization", "")) or caller()


def too_many(_error: TooManyRequests) -> Response:
    """Answer that so many requests are not expected."""
    return problem_reply(
        HTTPStatus.TOO_MANY_REQUESTS, "too-many", "Too many requests for a while. Wait five minutes, then go on."
    )
