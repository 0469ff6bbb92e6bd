"""The call by which a phone reports words that its person found wrong."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify
from flask_limiter import Limiter
from marshmallow import ValidationError
from werkzeug.exceptions import TooManyRequests

from server import services
from server.authorise import genuine_token
from server.bodies import Malformed, json_body
from server.busy import install_busy_reply
from server.config import WORD_REPORTS_PER_ADDRESS, WORD_REPORTS_PER_DEVICE
from server.errors import problem_reply
from server.limiting import caller
from server.wrong_words.keeping import keep
from server.wrong_words.reading import read_reports
from sync.codes import ErrorCode

__all__ = ["make_blueprint"]

REQUEST_BYTES = 256 * 1024


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the view, within the limits of config."""
    blueprint = Blueprint("wrong_words", __name__)
    install_busy_reply(blueprint)
    by_device = limiter.limit(WORD_REPORTS_PER_DEVICE, key_func=teller)
    by_address = limiter.limit(WORD_REPORTS_PER_ADDRESS, key_func=caller)
    blueprint.add_url_rule("/devices/v1/words", "report", by_device(by_address(report)), methods=["POST"])
    blueprint.register_error_handler(TooManyRequests, too_many)
    return blueprint


def report() -> tuple[Response, int] | Response:
    """Keep what is reported, and say which reports are here now; a repeat is answered the same.

    No token is needed: whoever reads our words may say that they are wrong.
    """
    running = services.current()
    try:
        reports = read_reports(json_body(limit_bytes=REQUEST_BYTES))
    except ValidationError as error:
        raise Malformed(
            ErrorCode.MALFORMED,
            "The call lacks readable reports: each needs an id, a language and the words as they were shown.",
            {"problems": error.messages},
        ) from error
    token = genuine_token()
    if not keep(running.database, reports, device_id=token.device if token else None, now=running.clock.now()):
        return too_many(None)
    return jsonify({"kept": [one.report_id for one in reports]}), HTTPStatus.CREATED


def teller() -> str:
    """Give what a caller is counted by: their device, where they show which."""
    token = genuine_token()
    return f"words of {token.device}" if token else caller()


def too_many(_error: TooManyRequests | None) -> Response:
    """Answer that so many reports are not expected."""
    detail = "Too many wrong words were reported for a while. Keep the reports, and try again in an hour."
    return problem_reply(HTTPStatus.TOO_MANY_REQUESTS, ErrorCode.TOO_MANY, detail)
