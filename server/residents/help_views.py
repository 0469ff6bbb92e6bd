"""`/help` and `/accessibility`: for everybody, in every language, without signing in."""

from datetime import date
from typing import Final

from flask import Blueprint, Response
from flask_babel import format_date
from flask_limiter import Limiter
from werkzeug.exceptions import HTTPException

from server import services
from server.config import RESIDENT_PAGES_PER_ADDRESS
from server.limiting import caller
from server.programme.queries import programme
from server.residents.language import best_of, speak, tongues, wished_languages
from server.residents.opening import NOBODY
from server.residents.refused_views import refused
from server.residents.replies import send_page

__all__ = ["STATED_ON", "make_blueprint"]

STATED_ON: Final = date(2026, 11, 20)
"""When the statement was last held against what was really tried (docs/accessibility.md)."""


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the views."""
    blueprint = Blueprint("help", __name__)
    by_address = limiter.limit(RESIDENT_PAGES_PER_ADDRESS, key_func=caller)
    blueprint.add_url_rule("/help", "show_help", by_address(show_help))
    blueprint.add_url_rule("/accessibility", "show_accessibility", by_address(show_accessibility))
    blueprint.register_error_handler(HTTPException, refused)
    return blueprint


def show_help() -> Response:
    """Say whom to ask, where answers are kept, and how to read more easily."""
    return _page("help")


def show_accessibility() -> Response:
    """Say what works for everybody, what does not, and what nobody has tried."""
    return _page("accessibility")


def _page(template: str) -> Response:
    with services.current().database.read() as connection:
        team = programme(connection) or NOBODY
    offered = tongues(team.languages)
    tag = best_of(offered, wished_languages())
    speak(tag)
    context = {"tongues": offered, "stated_on": format_date(STATED_ON, "long")}
    return send_page(template, context, tag=tag, programme=team)
