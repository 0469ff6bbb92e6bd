"""The server's exceptions, and how a person or a program is told about them.

    FieldwellError              raised on purpose by the server package
    ├── RequestRefused          the caller's fault; carries the HTTP status and a stable code
    │   ├── NotFound            404  nothing is kept under that name
    │   └── NotAllowed          403  known caller, but not theirs to see or do
    └── OperatorError           the machine or its set-up is at fault; ends a command with a plain sentence
        ├── AddressInUse        another program listens on the port already
        ├── NotADataFolder      the data folder cannot be used as one
        ├── NotAPublicUrl       what was typed is no address: server.public_url
        ├── …                   what stops a backup, a restore or an erasure: server.upkeep.errors
        └── PortNotAllowed      the system does not let this account listen there

Programs are answered with RFC 9457 problem details; people with a page in plain words.
"""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

from flask import Flask, Response, current_app, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError

__all__ = [
    "PROGRAM_PATHS",
    "RESIDENT_PATHS",
    "AddressInUse",
    "FieldwellError",
    "NotADataFolder",
    "NotAllowed",
    "NotFound",
    "OperatorError",
    "PortNotAllowed",
    "RequestRefused",
    "install_error_replies",
    "problem_reply",
]

PROBLEM_TYPE = "application/problem+json"
PROGRAM_PATHS = ("/sync/", "/devices/", "/forms/", "/places/", "/api/", "/healthz")
"""Addresses that programs ask: they are answered with problem details, and show tokens, not cookies."""
RESIDENT_PATHS = ("/v", "/answers", "/help", "/accessibility")
"""Addresses that residents ask, who have no account: no cookie speaks for anybody there."""

log = logging.getLogger(__name__)


class FieldwellError(Exception):
    """Anything that the server package raises on purpose."""

    retryable: ClassVar[bool] = False


class RequestRefused(FieldwellError):
    """The caller asked for what cannot be given. `facts` join the problem reply as members."""

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST

    def __init__(self, code: str, detail: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.facts = dict(facts or {})


class NotFound(RequestRefused):
    """Nothing is kept under the name that was asked for."""

    status = HTTPStatus.NOT_FOUND


class NotAllowed(RequestRefused):
    """The caller is known, but this is not theirs to see or to do."""

    status = HTTPStatus.FORBIDDEN


class OperatorError(FieldwellError):
    """The machine or its set-up is at fault. The message is for whoever typed the command."""


class AddressInUse(OperatorError):
    """Another program listens on the address already."""


class PortNotAllowed(OperatorError):
    """The operating system does not let this account listen on the address."""


class NotADataFolder(OperatorError):
    """The data folder is missing, is not a folder, or may not be written to."""


def install_error_replies(app: Flask) -> None:
    """Answer every failed request in the caller's own manner: problem details or a page."""
    app.register_error_handler(RequestRefused, answer_refusal)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_own_fault)


def problem_reply(status: int, code: str, detail: str, facts: Mapping[str, object] | None = None) -> Response:
    """Build an `application/problem+json` reply (RFC 9457) with a stable `code` and further facts."""
    problem = {
        **(facts or {}),
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    return Response(json.dumps(problem, ensure_ascii=False), status=status, content_type=PROBLEM_TYPE)


def answer_refusal(error: RequestRefused) -> Response:
    """Answer a refusal of our own with its status and code."""
    if wants_problem_details():
        return problem_reply(error.status, error.code, error.detail, error.facts)
    return page(error.status)


def answer_http_error(error: HTTPException) -> Response:
    """Answer what Flask or Werkzeug refused: unknown address, wrong method, body too large."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:  # a redirect that routing asks for
        return current_app.make_response(error.get_response(request.environ))
    if wants_problem_details():
        reply = problem_reply(status, HTTPStatus(status).name.lower().replace("_", "-"), error.description or "")
    else:
        reply = page(status)
    carry_over(error, reply)
    return reply


def carry_over(error: HTTPException, reply: Response) -> None:
    """Keep the headers that belong to the refusal itself: which methods are allowed, when to come back."""
    for name, value in error.get_headers(request.environ):
        if name.lower() in {"allow", "retry-after", "www-authenticate"}:
            reply.headers[name] = value


def answer_own_fault(error: Exception) -> Response:
    """Log once, with what was asked, and admit the fault. The request may be tried again."""
    log.exception("Request %s %s failed", request.method, request.path, exc_info=error)
    return answer_http_error(InternalServerError("The server made a mistake. It is logged. Try again."))


def wants_problem_details() -> bool:
    """Tell whether the caller is a program: by the address it asks, else by what it accepts."""
    if request.path.startswith(PROGRAM_PATHS):
        return True
    best = request.accept_mimetypes.best_match(["text/html", PROBLEM_TYPE, "application/json"], "text/html")
    return best != "text/html"


def page(status: int) -> Response:
    """Render the page that says what went wrong and what to do now."""
    title, advice = words_for(status)
    return Response(render_template("error.html", title=title, advice=advice), status=status)


def words_for(status: int) -> tuple[str, str]:
    """Give a heading and one sentence of advice for an HTTP status, in the reader's language."""
    match status:
        case HTTPStatus.NOT_FOUND:
            return _("We cannot find that page"), _("Check the address, or go back to where you were.")
        case HTTPStatus.FORBIDDEN:
            return _("You may not open this page"), _("Ask your administrator if you think you should be able to.")
        case HTTPStatus.TOO_MANY_REQUESTS:
            return _("Too many tries"), _("Wait 15 minutes, then try again.")
        case HTTPStatus.BAD_REQUEST:
            return _("This page was open for too long"), _("Go back, open the page again, and do it again.")
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return _("That was too much at once"), _("Send less, and try again.")
        case _ if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return _("That did not work"), _("Go back and try again.")
    return _("Something went wrong here"), _("It is our fault and it has been noted. Try again in a minute.")
