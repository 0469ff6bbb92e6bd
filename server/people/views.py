"""Signing in and out of the console, and choosing its language."""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.config import SIGN_IN_FAILURES, SIGN_IN_FAILURES_PER_ADDRESS
from server.i18n import AUTONYMS, CHOICE
from server.people import queries, rules
from server.people.rules import Person
from server.people.sessions import begin_session, end_session

__all__ = ["make_blueprint"]

HOME = "reviews.list_responses"
REFUSED = 422
"""Status of a sign-in that proved nothing; what the limits on failures count."""


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the views of people, with failed sign-ins limited by `limiter`."""
    blueprint = Blueprint("people", __name__, url_prefix="/console")
    blueprint.get("/sign-in")(show_sign_in)
    blueprint.post("/sign-in")(with_limits_on_failures(limiter))
    blueprint.post("/sign-out")(sign_out)
    blueprint.post("/language")(choose_language)
    return blueprint


def show_sign_in() -> str | AnyResponse:
    """Show the form to sign in with."""
    if current_user.is_authenticated:
        return redirect(url_for(HOME))
    return render_template("sign_in.html", next=request.args.get("next", ""), sign_in_name="", problem=None)


def sign_in() -> AnyResponse:
    """Begin a session for whoever proves who they are."""
    sign_in_name = rules.normalise_sign_in_name(request.form.get("sign_in_name", ""))
    password = request.form.get("password", "")
    with services.current().database.read() as connection:
        person = queries.person_by_sign_in_name(connection, sign_in_name)
    if not rules.proves(password, person) or person is None:
        return refuse_sign_in(sign_in_name)
    begin_session(with_fresh_hash(person, password))
    return redirect(local_path(request.form.get("next", "")))


def refuse_sign_in(sign_in_name: str) -> Response:
    """Show the form again, without telling whether the name or the password was wrong."""
    problem = _("The sign-in name or the password is not right. Check both and try again.")
    page = render_template(
        "sign_in.html", next=request.form.get("next", ""), sign_in_name=sign_in_name, problem=problem
    )
    return Response(page, status=REFUSED)


def with_fresh_hash(person: Person, password: str) -> Person:
    """Hash the password again when the parameters have grown since; it is at hand only now."""
    if not rules.needs_new_hash(person):
        return person
    fresh = rules.with_password(person, password)
    services.current().database.write(
        lambda connection: queries.set_password_hash(
            connection, person_id=fresh.person_id, password_hash=fresh.password_hash
        )
    )
    return fresh


def sign_out() -> AnyResponse:
    """End the session."""
    end_session()
    return redirect(url_for("people.show_sign_in"))


def choose_language() -> AnyResponse:
    """Keep the language that a person chose for the console, and go back to where they were."""
    language = request.form.get("language", "")
    if language in AUTONYMS:
        session[CHOICE] = language
    return redirect(local_path(request.form.get("next", "")))


def local_path(wanted: str) -> str:
    """Give where to go next: only ever a page of this console, whatever the address asked for."""
    if any(character < "!" for character in wanted):
        return url_for(HOME)
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return url_for(HOME)
    if parts.scheme or parts.netloc or not parts.path.startswith("/console/") or "\\" in wanted:
        return url_for(HOME)
    return wanted


def with_limits_on_failures(limiter: Limiter) -> Callable[[], AnyResponse]:
    """Wrap `sign_in` so that failures are counted by name and address, and by address alone."""
    by_name = limiter.limit(SIGN_IN_FAILURES, key_func=name_and_address, deduct_when=was_refused)
    by_address = limiter.limit(SIGN_IN_FAILURES_PER_ADDRESS, key_func=get_remote_address, deduct_when=was_refused)
    return by_address(by_name(sign_in))


def name_and_address() -> str:
    """Give what failures are counted by. The address alone will not do: a whole hall may share one."""
    return f"{rules.normalise_sign_in_name(request.form.get('sign_in_name', ''))} {get_remote_address()}"


def was_refused(response: Response) -> bool:
    """Tell whether a sign-in failed; only failures count towards the limits."""
    return response.status_code == REFUSED
