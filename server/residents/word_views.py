"""`/v/word`: a resident without script reports a word that is wrong."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_limiter import Limiter
from werkzeug.exceptions import HTTPException

from server import services
from server.config import WORD_REPORTS_PER_ADDRESS
from server.limiting import caller
from server.programme.queries import programme
from server.residents.language import best_of, chosen_languages, tongues, wished_languages
from server.residents.opening import NOBODY
from server.residents.refused_views import busy, refused
from server.residents.replies import send_page
from server.store.errors import QueueFull, StoreClosed, WriteLost
from server.wrong_words.keeping import keep
from server.wrong_words.rules import WORDS_CHARACTERS, Report, faults_of, read_typed
from server.wrong_words.wording import fault_words

__all__ = ["make_blueprint"]

ASK_BYTES: Final = 16 * 1024
SCREEN: Final = "poster"
EMPTY: Final = read_typed({}, report_id="", lang="", screen=SCREEN)


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the views, within the limits of config."""
    blueprint = Blueprint("words_of_residents", __name__)
    blueprint.before_request(bound_body)
    taking = limiter.limit(WORD_REPORTS_PER_ADDRESS, key_func=caller)(take_word)
    blueprint.add_url_rule("/v/word", "show_word", show_word)
    blueprint.add_url_rule("/v/word", "take_word", taking, methods=["POST"])
    blueprint.register_error_handler(HTTPException, refused)
    for failure in (QueueFull, StoreClosed, WriteLost):
        blueprint.register_error_handler(failure, busy)
    return blueprint


def show_word() -> Response:
    """Ask which words are wrong."""
    return word_page(EMPTY, faulty=False)


def take_word() -> Response:
    """Keep what was typed."""
    running = services.current()
    report_id = str(UUID(bytes=running.random_bytes(16), version=4))
    report = read_typed(request.form, report_id=report_id, lang=own_tag(), screen=SCREEN)
    if faults_of(report):
        return word_page(report, faulty=True)
    if not keep(running.database, [report], device_id=None, now=running.clock.now()):
        return word_page(report, faulty=False, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return word_page(EMPTY, faulty=False, sent=True)


def word_page(report: Report, *, faulty: bool, sent: bool = False, status: int = HTTPStatus.OK) -> Response:
    """Write the page in the language that was chosen."""
    with services.current().database.read() as connection:
        team = programme(connection) or NOBODY
    context = {
        "report": report,
        "faults": faults_of(report) if faulty else [],
        "fault_words": fault_words,
        "sent": sent,
        "full": status == HTTPStatus.SERVICE_UNAVAILABLE,
        "tag": own_tag(),
        "longest": WORDS_CHARACTERS,
        "tongues": tongues(team.languages),
        "again_at": url_for("words_of_residents.show_word"),
    }
    answered = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else status
    return send_page("word", context, tag=own_tag(), programme=team, status=answered)


def own_tag() -> str:
    """Give the language of the page."""
    return best_of(tongues(()), [*chosen_languages(), *wished_languages()])


def bound_body() -> None:
    """Read no more than a report."""
    request.max_content_length = ASK_BYTES
