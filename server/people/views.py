"""Signing in and out of the console, and choosing its language."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.audit import reading_queries as audit
from server.audit.noting import NOBODY, note
from server.clock import as_text
from server.config import FAILED_SIGN_INS_NOTED_EVERY, SIGN_IN_FAILURES, SIGN_IN_FAILURES_PER_ADDRESS
from server.i18n import CHOICE, autonyms
from server.limiting import FailureLimit, caller, count_failures
from server.people import queries, rules
from server.people.known_browsers import mark_of_browser
from server.people.rules import Person
from server.people.sessions import begin_session, end_session
from server.people.wording import install_wording

__all__ = ["make_blueprint"]

HOME = "reviews.home"
REFUSED = 422
"""Status of a sign-in that proved nothing; what the limits on failures count."""


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the views of people, with failed sign-ins limited by `limiter`."""
    blueprint = Blueprint("people", __name__, url_prefix="/console")
    install_wording(blueprint)
    blueprint.get("/sign-in")(show_sign_in)
    limited = count_failures(
        limiter,
        FailureLimit(allowed=SIGN_IN_FAILURES, counted_by=name_and_address),
        FailureLimit(allowed=SIGN_IN_FAILURES_PER_ADDRESS, counted_by=caller_unless_known),
        scope="sign-in",
        failed=was_refused,
    )
    blueprint.post("/sign-in")(limited(sign_in))
    blueprint.post("/sign-out")(sign_out)
    blueprint.post("/language")(choose_language)
    return blueprint


def show_sign_in() -> str | AnyResponse:
    """Show the form to sign in with."""
    if current_user.is_authenticated:
        return redirect(url_for(HOME))
    unsaved = request.args.get("unsaved") == "yes"
    with services.current().database.read() as connection:
        not_set_up = queries.count_administrators(connection) == 0
    return render_template(
        "sign_in.html",
        next=request.args.get("next", ""),
        sign_in_name="",
        problem=None,
        unsaved=unsaved,
        not_set_up=not_set_up,
    )


def sign_in() -> AnyResponse:
    """Begin a session for whoever proves who they are."""
    sign_in_name = rules.normalise_sign_in_name(request.form.get("sign_in_name", ""))
    password = request.form.get("password", "")
    with services.current().database.read() as connection:
        person = queries.person_by_sign_in_name(connection, sign_in_name)
    if not rules.proves(password, person) or person is None or not person.is_active:
        note_failure(person)
        return refuse_sign_in(sign_in_name)
    if not begin_session(with_fresh_hash(person, password)):  # the password was replaced while it was proved
        return refuse_sign_in(sign_in_name)
    return redirect(local_path(request.form.get("next", "")))


def refuse_sign_in(sign_in_name: str) -> Response:
    """Show the form again, without telling whether the name or the password was wrong."""
    problem = _("The sign-in name or the password is not right. Check both and try again.")
    page = render_template(
        "sign_in.html", next=request.form.get("next", ""), sign_in_name=sign_in_name, problem=problem, unsaved=False
    )
    return Response(page, status=REFUSED)


def note_failure(person: Person | None) -> None:
    """Write a failed sign-in into the audit log, not too often: neither what was typed nor from where."""
    running = services.current()
    now = running.clock.now()
    subject, since = person.person_id if person else "", as_text(now - FAILED_SIGN_INS_NOTED_EVERY)
    with running.database.read() as connection:
        if audit.was_noted_since(connection, action="sign-in-failed", subject=subject, since=since):
            return
    running.database.write(
        lambda connection: note(connection, at=as_text(now), actor=NOBODY, action="sign-in-failed", subject=subject)
    )


def with_fresh_hash(person: Person, password: str) -> Person:
    """Hash the password again when the parameters have grown since; it is at hand only now."""
    if not rules.needs_new_hash(person):
        return person
    fresh = rules.with_password(person, password)
    renewed = services.current().database.write(
        lambda connection: queries.renew_password_hash(
            connection,
            person_id=person.person_id,
            password_hash=fresh.password_hash,
            instead_of=person.password_hash,
        )
    )
    return fresh if renewed else person


def sign_out() -> AnyResponse:
    """End the session."""
    end_session()
    return redirect(url_for("people.show_sign_in"))


def choose_language() -> AnyResponse:
    """Keep the language that a person chose for the console, and go back to where they were."""
    language = request.form.get("language", "")
    if language in autonyms():
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


def name_and_address() -> str:
    """Give what failures are counted by. The address alone will not do: a whole hall may share one."""
    name = rules.normalise_sign_in_name(request.form.get("sign_in_name", ""))
    return f"{name} {mark_of_browser(name) or caller()}"


def caller_unless_known() -> str:
    """Give the address; '' for a browser that has a count of its own for this name."""
    name = rules.normalise_sign_in_name(request.form.get("sign_in_name", ""))
    return "" if mark_of_browser(name) else caller()


def was_refused(response: Response) -> bool:
    """Tell whether a sign-in failed; only failures count towards the limits."""
    return response.status_code == REFUSED
