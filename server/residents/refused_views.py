"""What residents are told when a page cannot be had now: no such code, too many at once, too much, too busy."""

from http import HTTPStatus

from flask import Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.programme.queries import Programme, programme
from server.residents.language import best_of, chosen_languages, tongues, wished_languages
from server.residents.opening import NOBODY
from server.residents.replies import send_page

__all__ = ["again_page", "busy", "code_page", "refused"]


def code_page(typed: str, status: int = HTTPStatus.OK) -> Response:
    """Ask for a poster's code; say so when what was typed is none."""
    with services.current().database.read() as connection:
        team = programme(connection) or NOBODY
    offered = tongues(team.languages)
    context = {"typed": typed, "tongues": offered, "carried": [("code", typed[:100])] if typed else []}
    return send_page("code", context, tag=best_of(offered, wished_languages()), programme=team, status=status)


def again_page(tag: str, team: Programme, status: int) -> Response:
    """Ask to press the button once more in a moment; what was typed stays in the page."""
    kept = [(name, value) for name, values in request.form.lists() for value in values]
    context = {"fields": kept, "address": request.path, "tongues": tongues(team.languages)}
    return send_page("again", context, tag=tag, programme=team, status=status)


def refused(error: HTTPException) -> AnyResponse:
    """Answer what was refused: too many at once, or too much."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        try:
            return again_page(language_asked_for(), NOBODY, status)
        except RequestEntityTooLarge:
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    tag = best_of(tongues(()), wished_languages())  # what was sent is not looked at: it is what was refused
    return send_page("refused", {"tongues": tongues(())}, tag=tag, programme=NOBODY, status=status)


def busy(_error: Exception) -> Response:
    """Answer that the server has too much to do just now."""
    return again_page(language_asked_for(), NOBODY, HTTPStatus.SERVICE_UNAVAILABLE)


def language_asked_for() -> str:
    """Choose the language of a page of which nothing is known but who asks for it, and by which button."""
    return best_of(tongues(()), [*chosen_languages(), *wished_languages()])
