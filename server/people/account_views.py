"""The console: a person's own sign-in, that is their password and where they are signed in."""

from sqlite3 import Connection
from typing import Final

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_limiter import Limiter
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.audit.noting import note
from server.clock import as_text
from server.config import PASSWORD_FAILURES
from server.errors import NotFound
from server.limiting import FailureLimit, count_failures
from server.people import queries, session_queries
from server.people.passwords import MIN_CHARACTERS, problem_of
from server.people.rules import Person, proves, with_password
from server.people.sessions import actor_of, begin_session, open_since, session_hash, signed_in_person
from server.people.wording import password_words
from server.places import queries as places

__all__ = ["make_blueprint"]

UNFIT: Final = 422


def make_blueprint(limiter: Limiter) -> Blueprint:
    """Make the views of one's own sign-in, with wrong present passwords limited by `limiter`."""
    blueprint = Blueprint("account", __name__, url_prefix="/console/account")
    limited = count_failures(
        limiter,
        FailureLimit(allowed=PASSWORD_FAILURES, counted_by=lambda: signed_in_person().person_id),
        scope="present-password",
        failed=lambda _reply: g.get("wrong_present_password", False),
    )
    blueprint.get("")(show_account)
    blueprint.post("/password")(limited(change_password))
    blueprint.post("/sessions/end-others")(end_other_sessions)
    blueprint.post("/sessions/<session_id>/end")(end_own_session)
    return blueprint


def show_account() -> str:
    """Show who one is here, and where one is signed in."""
    return page_of(signed_in_person(), problems={})


def change_password() -> str | AnyResponse:
    """Replace one's password; every session ends, and a new one begins here: a copy of its cookie is worth nothing."""
    person = signed_in_person()
    problems = problems_with_change(person)
    if problems:
        return Response(page_of(person, problems=problems), status=UNFIT)
    changed = with_password(person, request.form.get("password", ""))
    if not replace_password(person, changed.password_hash):
        return Response(page_of(person, problems=not_the_present_one()), status=UNFIT)
    begin_session(changed)
    return redirect(url_for("account.show_account", done="password"), code=303)


def replace_password(person: Person, password_hash: str) -> bool:
    """Put a password in the place of the one that was proved; False when that is another by now."""
    running = services.current()
    now = as_text(running.clock.now())

    def put(connection: Connection) -> bool:
        if not queries.renew_password_hash(
            connection, person_id=person.person_id, password_hash=password_hash, instead_of=person.password_hash
        ):
            return False
        session_queries.end_sessions(connection, person_id=person.person_id, at=now)
        note(connection, at=now, actor=actor_of(person), action="password-changed", subject=person.person_id)
        return True

    return running.database.write(put)


def problems_with_change(person: Person) -> dict[str, str]:
    """Say what is wrong, by field."""
    if not proves(request.form.get("present", ""), person):
        g.wrong_present_password = True
        return not_the_present_one()
    names = (person.name, person.sign_in_name)
    wrong = problem_of(request.form.get("password", ""), request.form.get("again", ""), names=names)
    return {} if wrong is None else {"password": password_words(wrong)}


def not_the_present_one() -> dict[str, str]:
    """Say that the present password was typed wrong."""
    return {"present": _("That is not your current password. Type it again.")}


def end_own_session(session_id: str) -> AnyResponse:
    """End one of one's own sessions."""
    person = signed_in_person()
    running = services.current()
    now = as_text(running.clock.now())

    def end(connection: Connection) -> bool:
        ended = session_queries.end_session(connection, person_id=person.person_id, session_id=session_id, at=now)
        if ended:
            note(connection, at=now, actor=actor_of(person), action="session-ended", subject=person.person_id)
        return ended

    if not running.database.write(end):
        raise NotFound("session-unknown", "You have no such session.")
    return redirect(url_for("account.show_account", done="session"), code=303)


def end_other_sessions() -> AnyResponse:
    """End all of one's own sessions but this one."""
    person = signed_in_person()
    running = services.current()
    now = as_text(running.clock.now())

    def end(connection: Connection) -> None:
        count = session_queries.end_sessions(connection, person_id=person.person_id, at=now, but=session_hash(person))
        if count:
            details = {"count": count}
            note(
                connection,
                at=now,
                actor=actor_of(person),
                action="sessions-ended",
                subject=person.person_id,
                details=details,
            )

    running.database.write(end)
    return redirect(url_for("account.show_account", done="session"), code=303)


def page_of(person: Person, *, problems: dict[str, str]) -> str:
    """Show one's own sign-in, with what is wrong with a new password."""
    with services.current().database.read() as connection:
        sessions = session_queries.open_sessions(connection, person.person_id, since=open_since())
        reach = [one.name for one in places.reachable(connection, reader=person.person_id)]
    return render_template(
        "account.html",
        person=person,
        everywhere=person.everywhere or person.role == "administrator",
        reach=reach,
        sessions=sessions,
        this_session=session_hash(person),
        problems=problems,
        fewest=MIN_CHARACTERS,
        done=request.args.get("done", ""),
    )
