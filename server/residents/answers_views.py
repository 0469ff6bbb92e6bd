"""One's own answers by their reference code: read them, and take them back. The code never stands in an address."""

import sqlite3
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, request, url_for
from flask_limiter import Limiter

from server import services
from server.audit.noting import NOBODY as NOBODY_SIGNED_IN
from server.audit.noting import note
from server.clock import as_text
from server.config import (
    REFERENCE_FAILURES,
    REFERENCE_FAILURES_PER_ADDRESS,
    REFERENCE_FAILURES_PER_ADDRESS_THEN,
    RESIDENT_PAGES_PER_ADDRESS,
    WITHDRAWALS_PER_ADDRESS,
)
from server.intake.erasure import Erasure
from server.limiting import FailureTotal, caller
from server.programme.queries import Programme, programme
from server.residents.language import best_of, chosen_languages, tongues, wished_languages
from server.residents.opening import NOBODY
from server.residents.own_answers import OwnAnswers, answers_of, known_under
from server.residents.queries import KnownRevision
from server.residents.replies import send_page
from server.upkeep.withdrawing import withdraw

__all__ = ["make_blueprint"]

ASK_BYTES: Final = 16 * 1024
UNKNOWN: Final = HTTPStatus.NOT_FOUND


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the views; codes that nobody has are counted, by address and all together.

    All together refuse nobody: past their number each address may only try fewer.
    """
    blueprint = Blueprint("answers", __name__)
    blueprint.before_request(bound_body)
    by_address = limiter.limit(RESIDENT_PAGES_PER_ADDRESS, key_func=caller)
    total = FailureTotal(limiter, allowed=REFERENCE_FAILURES, scope="codes that nobody has")
    failing = limiter.limit(
        lambda: REFERENCE_FAILURES_PER_ADDRESS_THEN if total.is_over() else REFERENCE_FAILURES_PER_ADDRESS,
        key_func=caller,
        deduct_when=was_unknown,
    )
    taking_back = limiter.limit(WITHDRAWALS_PER_ADDRESS, key_func=caller)
    blueprint.add_url_rule("/answers", "ask_code", by_address(ask_code))
    for path, name, view in (
        ("/answers", "show_answers", show_answers),
        ("/answers/take-back", "ask_withdrawal", ask_withdrawal),
        ("/answers/taken-back", "withdraw_answers", taking_back(withdraw_answers)),
    ):
        blueprint.add_url_rule(
            path, name, by_address(failing(total.counting(view, failed=was_unknown))), methods=["POST"]
        )
    blueprint.register_error_handler(HTTPStatus.TOO_MANY_REQUESTS, too_many)
    return blueprint


def ask_code() -> Response:
    """Ask for a reference code."""
    return code_page("", HTTPStatus.OK)


def show_answers() -> Response:
    """Show the answers that a code stands for, in the language of the page."""
    return own_page("answers")


def ask_withdrawal() -> Response:
    """Ask whether the answers are really to be taken back, on a page of its own."""
    return own_page("take_back")


def withdraw_answers() -> Response:
    """Erase all parts of the response; a repeat says the same."""
    running = services.current()
    with running.database.read() as connection:
        known = known_under(connection, request.form.get("code", ""))
    if not known:
        return code_page(request.form.get("code", ""), UNKNOWN)
    response_id, neighbourhood_id = known[0].response_id, known[0].neighbourhood_id

    def noted(connection: sqlite3.Connection, _erasure: Erasure) -> None:
        note(
            connection,
            at=as_text(running.clock.now()),
            actor=NOBODY_SIGNED_IN,
            action="response-withdrawn",
            subject=response_id,
            neighbourhood_id=neighbourhood_id,
        )

    outcome = withdraw(
        running.database,
        response_id,
        reference=known[0].reference_hash,
        identity=running.identity,
        clock=running.clock,
        note=noted,
    )
    running.projector.wake()
    running.tidying.wake()
    return team_page("taken_back", {"outcome": outcome}, clears=True)


def own_page(template: str) -> Response:
    """Show a page about one's own answers, or ask for the code again."""
    typed = request.form.get("code", "")
    with services.current().database.read() as connection:
        known = known_under(connection, typed)
        own = read_own(connection, known) if known else None
    if own is None:
        return code_page(typed, UNKNOWN)
    context = {"own": own, "code": typed, "address": request.path}
    return send_page(template, context, tag=own.language, programme=team_here())


def read_own(connection: sqlite3.Connection, known: list[KnownRevision]) -> OwnAnswers:
    """Read the answers in the language that was chosen, else in the one that they were given in."""
    return answers_of(connection, known, wishes=chosen_languages())


def code_page(typed: str, status: int) -> Response:
    """Ask for the code; for one that nobody has, say what may be the matter."""
    chosen = next(iter(chosen_languages()), "")
    context = {"typed": typed, "unknown": status == UNKNOWN, "chosen": chosen}
    return team_page("ask_code", context, status=status)


def too_many(_error: Exception) -> Response:
    """Say that too many codes were tried from here."""
    return team_page("too_many", {}, status=HTTPStatus.TOO_MANY_REQUESTS)


def team_page(
    template: str, context: dict[str, object], *, status: int = HTTPStatus.OK, clears: bool = False
) -> Response:
    """Send a page that stands for itself: its languages are buttons that ask for the code afresh."""
    team = team_here()
    offered = tongues(team.languages)
    tag = best_of(offered, [*chosen_languages(), *wished_languages()])
    given = {**context, "tongues": offered, "again_at": url_for("answers.ask_code")}
    return send_page(template, given, tag=tag, programme=team, status=status, clears=clears)


def team_here() -> Programme:
    """Give who asks."""
    with services.current().database.read() as connection:
        return programme(connection) or NOBODY


def was_unknown(response: Response) -> bool:
    """Tell whether a code was one that nobody has; only those count towards the limits."""
    return response.status_code == UNKNOWN


def bound_body() -> None:
    """Read no more than a code and a language."""
    request.max_content_length = ASK_BYTES
