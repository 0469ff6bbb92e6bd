"""The console before anybody can sign in: the set-up code, then the first administrator."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Response, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_limiter import Limiter
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.config import PERSON_NAME_CHARACTERS, SET_UP_FAILURES, SIGN_IN_NAME_CHARACTERS
from server.limiting import FailureLimit, caller, count_failures
from server.people.passwords import MIN_CHARACTERS, PasswordProblem, problem_of
from server.people.rules import Person, hash_password, normalise_sign_in_name
from server.people.sessions import begin_session, language_chosen
from server.people.wording import password_words
from server.programme.lines import one_line
from server.reviews.figures import figure
from server.setup.first_run import NAME_TAKEN, become_administrator, standing_of
from server.setup.onward import in_set_up
from server.setup.rules import Standing, code_hash
from server.setup.wording import code_words

__all__ = ["make_blueprint"]

CODE: Final = "set-up code"
"""Name in the session of the hash of a code that was typed right."""
ID_BYTES: Final = 16
REFUSED: Final = 422


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the views of the set-up, with wrong codes limited by `limiter`."""
    limited = count_failures(
        limiter,
        FailureLimit(allowed=SET_UP_FAILURES, counted_by=caller),
        scope="set-up",
        failed=lambda _reply: g.get("wrong_set_up_code", False),
    )
    blueprint = Blueprint("set_up", __name__, url_prefix="/console/set-up")
    blueprint.get("")(show_set_up)
    blueprint.post("")(limited(check_code))
    blueprint.get("/administrator")(show_administrator)
    blueprint.post("/administrator")(limited(add_administrator))
    return blueprint


def show_set_up() -> str:
    """Ask for the set-up code; a script takes it from the address."""
    return page_for_code(problem=None)


def check_code() -> str | AnyResponse:
    """Let whoever has the code go on to the first administrator; a choice of language keeps the code that is typed."""
    if language_chosen():
        return page_for_code(problem=None)
    secret_hash = code_hash(request.form.get("code", ""))
    standing = judge(secret_hash)
    if standing is not Standing.GOOD:
        return refuse_code(standing)
    session[CODE] = secret_hash
    return redirect(url_for("set_up.show_administrator"), 303)


def refuse_code(standing: Standing) -> Response:
    """Say why a code lets nobody in; the limit on failures counts it."""
    g.wrong_set_up_code = True
    session.pop(CODE, None)
    return Response(page_for_code(problem=standing), status=REFUSED)


def page_for_code(*, problem: Standing | None) -> str:
    """Render the page that asks for the code, as it was typed."""
    return render_template(
        "set_up_code.html",
        code=request.form.get("code", "")[:100],
        problems={"code": code_words(problem)} if problem else {},
        done=judge(None) is Standing.USED,
    )


def judge(secret_hash: str | None) -> Standing:
    """Judge a code by its hash."""
    running = services.current()
    return standing_of(running.database, secret_hash, clock=running.clock)


def show_administrator() -> str | AnyResponse:
    """Ask who administers."""
    if judge(session.get(CODE)) is not Standing.GOOD:
        return redirect(url_for("set_up.show_set_up"), 303)
    return page_for_administrator({}, problems={})


def add_administrator() -> AnyResponse:
    """Make the first administrator, and sign them in.

    The code comes first: whoever has none costs no hash of a password.
    """
    secret_hash = session.get(CODE)
    standing = judge(secret_hash)
    if secret_hash is None or standing is not Standing.GOOD:
        return refuse_code(standing)
    typed = {
        "name": one_line(request.form.get("name", "")),
        "sign_in_name": normalise_sign_in_name(one_line(request.form.get("sign_in_name", ""))),
    }
    password = request.form.get("password", "")
    if problems := problems_of(typed, password):
        return Response(page_for_administrator(typed, problems=problems), status=REFUSED)
    running = services.current()
    person = Person(
        person_id=running.random_bytes(ID_BYTES).hex(),
        sign_in_name=typed["sign_in_name"],
        name=typed["name"],
        password_hash=hash_password(password),
        role="administrator",
    )
    outcome = become_administrator(running.database, person, secret_hash=secret_hash, clock=running.clock)
    if outcome == NAME_TAKEN:
        taken = {"sign_in_name": _("Somebody has this sign-in name already. Choose another.")}
        return Response(page_for_administrator(typed, problems=taken), status=REFUSED)
    if outcome is not Standing.GOOD:
        return refuse_code(outcome)
    begin_session(person)
    return redirect(in_set_up(url_for("programme.show_form")), 303)


def problems_of(typed: Mapping[str, str], password: str) -> dict[str, str]:
    """Say what is wrong, by field."""
    problems = {}
    if not 0 < len(typed["name"]) <= PERSON_NAME_CHARACTERS:
        problems["name"] = _("Give your name, in %(num)s letters or fewer.", num=figure(PERSON_NAME_CHARACTERS))
    if not typed["sign_in_name"]:
        problems["sign_in_name"] = _("Choose a sign-in name, such as your first name.")
    again = request.form.get("again", "")
    wrong = problem_of(password, again, names=tuple(typed.values()))
    if wrong:
        problems["password"] = password_words(wrong)
        if password != again and wrong is not PasswordProblem.DIFFERS:
            problems["again"] = password_words(PasswordProblem.DIFFERS)
    return problems


def page_for_administrator(typed: Mapping[str, str], *, problems: Mapping[str, str]) -> str:
    """Render the page that asks who administers, as it was filled in; passwords are typed afresh."""
    return render_template(
        "set_up_administrator.html",
        typed=typed,
        problems=problems,
        fewest=MIN_CHARACTERS,
        longest={"name": PERSON_NAME_CHARACTERS, "sign_in_name": SIGN_IN_NAME_CHARACTERS},
    )
