"""The pages of a poster: its form page by page, without script and without a cookie, and the one that takes a code."""

from contextlib import suppress
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, redirect, request, url_for
from flask_limiter import Limiter
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.config import (
    RESIDENT_BODY_BYTES,
    RESIDENT_FINISHES_PER_ADDRESS,
    RESIDENT_FINISHES_PER_POSTER,
    RESIDENT_PAGES_PER_ADDRESS,
    RESIDENT_PAGES_PER_POSTER,
)
from server.formlogic.instance import Element
from server.formlogic.values import is_blank
from server.limiting import caller
from server.residents import answering
from server.residents.built_shell import BuiltShell
from server.residents.checking import CheckedSection, sections_of
from server.residents.ending_views import (
    closed_page,
    declined_page,
    ended_again,
    finished_page,
    forget,
    over_page,
    stop_page,
)
from server.residents.filing import file_visit, known_of
from server.residents.flow import DECLINED, Step, first_step, step_from
from server.residents.language import LANGUAGE, first_language
from server.residents.opening import Opened, form_of_state, newest_form, open_poster, pack_in
from server.residents.paging import EQUALITY, MAIN, is_declined, page_at, pages_of
from server.residents.refused_views import again_page, busy, code_page, refused
from server.residents.replies import SHELL, send_page
from server.residents.robots import counts_as_visit
from server.residents.showing import check_page, draws_originals, problems_left, questions_page, visit_json
from server.residents.state import State, can_travel, read_state, write_state
from server.residents.visiting import Visit, at_check, begin_visit, go_on, offset_here, with_answers, with_original
from server.residents.wording import install_wording
from server.store.errors import QueueFull, StoreClosed, WriteLost
from server.upkeep.withdrawing import withdraw
from server.venues.queries import count_visit, poster_by_code
from sync.codes import RevisionKind
from sync.references import read_poster_code, reference_hash

__all__ = ["make_blueprint"]

CLEAR: Final = "clear:"
OF_STOPPING: Final = frozenset({"stop-now", "stay"})
"""Buttons of the page that asks whether to stop; it has no fields."""


def make_blueprint(limiter: Limiter, shell: BuiltShell) -> Blueprint:
    """Make the views, within the limits of config."""
    blueprint = Blueprint("residents", __name__)
    blueprint.record_once(lambda setup: setup.app.extensions.__setitem__(SHELL, shell))
    install_wording(blueprint)
    blueprint.before_request(bound_body)
    by_address = limiter.limit(RESIDENT_PAGES_PER_ADDRESS, key_func=caller)
    by_poster = limiter.limit(RESIDENT_PAGES_PER_POSTER, key_func=poster_asked)
    sent_from = limiter.limit(RESIDENT_FINISHES_PER_ADDRESS, key_func=caller, exempt_when=does_not_finish)
    sent_to = limiter.limit(RESIDENT_FINISHES_PER_POSTER, key_func=poster_asked, exempt_when=does_not_finish)
    blueprint.add_url_rule("/v", "take_code", by_address(take_code))
    blueprint.add_url_rule("/v/forget", "forget", by_address(forget), methods=["POST"])
    # Counted from the inside out, up to the first that refuses: what an address sends too much is not the poster's.
    view = sent_to(by_poster(sent_from(by_address(visit))))
    blueprint.add_url_rule("/v/<code>", "visit", view, methods=["GET", "POST"])
    blueprint.register_error_handler(HTTPException, refused)
    for failure in (QueueFull, StoreClosed, WriteLost):
        blueprint.register_error_handler(failure, busy)
    return blueprint


def take_code() -> AnyResponse:
    """Ask for the code that stands on a poster, and go to its page."""
    typed = request.args.get("code", "")
    code = read_poster_code(typed)
    if code is not None:
        return redirect(url_for("residents.visit", code=code), HTTPStatus.SEE_OTHER)
    return code_page(typed)


def visit(code: str) -> Response:
    """Show the first page of a poster's form, or take the answers of a page and show the next."""
    running = services.current()
    now = running.clock.now()
    plain = read_poster_code(code)
    with running.database.read() as connection:
        poster = poster_by_code(connection, plain) if plain else None
        opened = open_poster(connection, poster, now=now) if poster else None
    if opened is None:
        return code_page(code, status=HTTPStatus.NOT_FOUND)
    ended = ended_again(opened) if request.method == "POST" else None
    if ended is not None:
        return ended
    state = read_state(request.form.get("state", "")) if request.method == "POST" else None
    begun = taken_up(opened, state) if state is not None else None
    if begun is not None and opened.lets_go_on(begun.state, now=now):
        return next_page(begun)
    if opened.standing != "open":
        return closed_page(opened, opened.standing, begun=begun, typed=typed_so_far(begun) if begun else ())
    return first_page(opened)


def first_page(opened: Opened) -> Response:
    """Begin a visit."""
    running = services.current()
    now = running.clock.now()
    with running.database.read() as connection:
        form = newest_form(connection, opened.poster)
        tag = first_language(form.languages) if form else ""
        words = pack_in(connection, form, tag, None) if form else None
        original = pack_in(connection, form, form.version.default_lang, None) if form else None
    if form is None or words is None:
        return closed_page(opened, "closed")
    if counts_as_visit(request.method, dict(request.headers)):
        note_visit(opened.poster.poster_id, now.date().isoformat())
    begun = begin_visit(opened, form, words, original=original, now=now, random_bytes=running.random_bytes)
    return step_page(begun, first_step(begun.response), afresh=bool(request.form.get("state")))


def note_visit(poster_id: str, day: str) -> None:
    """Count a visit, behind the page: nobody waits for it, and a page does not fail because nobody counted it."""
    with suppress(QueueFull, StoreClosed):
        services.current().database.submit(lambda connection: count_visit(connection, poster_id, day))


def taken_up(opened: Opened, state: State) -> Visit | None:
    """Take a visit up from its state, in the language that was asked for last; None when it fits no form here."""
    button = request.form.get("go", "")
    with services.current().database.read() as connection:
        form = form_of_state(connection, opened.poster, state)
        if form is None:
            return None
        tag = button.removeprefix(LANGUAGE) if button.startswith(LANGUAGE) else state.language
        words = pack_in(connection, form, tag, state) or pack_in(connection, form, state.language, state)
        original = pack_in(connection, form, form.version.default_lang, state)
    if words is None:
        return None
    return go_on(opened, form, words, original=original, state=state)


def next_page(begun: Visit) -> Response:
    """Give the answers that came, and show where the button leads."""
    button, address = request.form.get("go", "continue"), request.form.get("page", "")
    known = known_of(services.current().database, begun.state) if button != "finish" else []
    if known:
        return over_page(begun, withdrawn=any(one.kind == RevisionKind.ERASE for one in known))
    asked = give_typed(begun, button, address)
    if button == "stop-now":
        return stop_page(begun.opened, tag=begun.state.language)
    if button == "stop":
        return ask_stop(begun, address)
    if not can_travel(with_answers(begun).state):
        return step_page(begun, Step("page", address, too_long=True, changing=begun.state.changing))
    step = step_from(begun.response, address, button, asked=asked, changing=begun.state.changing)
    return step_page(with_answers(begun, step), step)


def give_typed(begun: Visit, button: str, address: str) -> tuple[Element, ...]:
    """Give the answers that came with a page; tell which questions it asked."""
    page = page_at(pages_of(begun.response), address)
    asked = page.questions if page and button not in OF_STOPPING else ()
    answering.give(begun.response, asked, fields(begun, button), offset_here(services.current().clock.now()))
    return tuple(asked)


def typed_so_far(begun: Visit) -> tuple[CheckedSection, ...]:
    """Lay out all that was typed in a visit that cannot go on; nothing of one that was sent."""
    if known_of(services.current().database, begun.state):
        return ()
    give_typed(begun, "continue", request.form.get("page", ""))
    return tuple(sections_of(begun.response, (), begun.pack, parts=frozenset({MAIN, EQUALITY})))


def fields(begun: Visit, button: str) -> dict[int, list[str]]:
    """Give what came in the fields of the page, but for an answer that is to be cleared."""
    cleared = button.removeprefix(CLEAR) if button.startswith(CLEAR) else ""
    numbers = range(len(begun.form.definition.nodes))
    named = {number: request.form.getlist(f"q{number}") for number in numbers if str(number) != cleared}
    return {number: values for number, values in named.items() if any(not is_blank(value) for value in values)}


def step_page(begun: Visit, step: Step, *, afresh: bool = False) -> Response:
    """Show the page that a step leads to; ``afresh``: what came cannot be gone on with, which is said."""
    if step.kind == "declined":
        return declined_page(begun)
    if step.kind == "finish":
        return finish(begun)
    if step.kind == "check":
        return show_check(at_check(begun, now=services.current().clock.now()), step)
    page = questions_page(begun, step)
    seen = with_original(begun) if draws_originals(begun, page.address) else begun
    return visit_page("questions", seen, page.address, page=page, afresh=afresh)


def show_check(begun: Visit, step: Step, *, tried: bool = False) -> Response:
    """Show the answers of a part to look over."""
    return visit_page("check", begun, step.address, page=check_page(begun, step), tried=tried)


def finish(begun: Visit) -> Response:
    """Send the answers, unless something is wrong with them or they were never looked over, and show their code."""
    if is_declined(begun.response):
        return step_page(begun, Step("declined", DECLINED))
    made_at = begun.state.made_at
    left = problems_left(begun)
    if made_at is None or left is not None:
        step = Step("check", left or "check")
        return show_check(at_check(begun, now=services.current().clock.now()), step, tried=True)
    running = services.current()
    filed = file_visit(
        running.database,
        running.desk,
        begun.state,
        answering.finished(begun.response, made_at).answers(),
        poster=begun.opened.poster,
        made_at=made_at,
        now=running.clock.now(),
    )
    if filed.outcome == "not-now":
        return again_page(begun.state.language, begun.opened.programme, HTTPStatus.SERVICE_UNAVAILABLE)
    if filed.outcome == "overtaken":
        take_back_again(begun.state.response, filed.code)
    return finished_page(begun, filed)


def take_back_again(response_id: str, code: str) -> None:
    """Erase what was stored while its owner took the answers back; the audit log tells of that already."""
    running = services.current()
    withdraw(
        running.database,
        response_id,
        reference=reference_hash(code),
        identity=running.identity,
        clock=running.clock,
        note=lambda _connection, _erasure: None,
    )
    running.projector.wake()
    running.tidying.wake()


def ask_stop(begun: Visit, address: str) -> Response:
    """Ask once, where there is something to lose, before all that was typed goes."""
    asked = (one for one in begun.response.root.walk() if one.definition is not None and one.definition.control)
    if all(is_blank(one.text) for one in asked):
        return stop_page(begun.opened, tag=begun.state.language)
    return visit_page("stop", with_answers(begun), address, page={"address": address})


def visit_page(template: str, begun: Visit, address: str, **context: object) -> Response:
    """Send a page of a visit, with the state that its buttons send back."""
    given = {
        "opened": begun.opened,
        "visit": begun,
        "form_language": begun.state.language,
        "state_text": write_state(begun.state),
        "visit_text": visit_json(begun, address, server_id=services.current().identity.server_id),
    }
    return send_page(
        template,
        {**given, **context},
        tag=begun.state.language,
        programme=begun.opened.programme,
        keeping="while-answering",
    )


def bound_body() -> None:
    """Read no more of a body than a page of ours can send."""
    request.max_content_length = RESIDENT_BODY_BYTES
    request.max_form_memory_size = RESIDENT_BODY_BYTES


def poster_asked() -> str:
    """Give what a poster's pages are counted by."""
    code = (request.view_args or {}).get("code", "")
    return f"poster {read_poster_code(str(code)) or ''}"


def does_not_finish() -> bool:
    """Tell whether a request sends no answers yet."""
    return request.method != "POST" or request.form.get("go") != "finish"
