"""The console: one person's role, reach, access and sessions. For administrators."""

from collections.abc import Mapping
from sqlite3 import Connection
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.audit.noting import note
from server.clock import as_text
from server.errors import NotFound
from server.people import invitations, queries, session_queries, team
from server.people.asking import Asked, faults_of, read_asked
from server.people.rights import must_administer
from server.people.rules import ROLES, Person
from server.people.sessions import actor_of, open_since, signed_in_administrator
from server.people.team import Outcome
from server.people.team_views import link_page
from server.people.wording import asking_words
from server.places import queries as places
from server.places.queries import Neighbourhood

__all__ = ["blueprint"]

UNFIT: Final = 422

blueprint = Blueprint("person", __name__, url_prefix="/console/people/<person_id>")


@blueprint.get("")
def show_person(person_id: str) -> str:
    """Show one person: role, reach, and where they are signed in."""
    signed_in_administrator()
    return person_page(known(person_id), asked=None, problems={})


@blueprint.post("")
def change_person(person_id: str) -> AnyResponse:
    """Give a person another role or reach."""
    administrator = signed_in_administrator()
    person = known(person_id)
    asked = asked_of(person)
    problems: dict[str, str] = {field: asking_words(field) for field in faults_of(asked) if field != "name"}
    role = asked.role
    if problems or role is None:
        return Response(person_page(person, asked=asked, problems=problems), status=UNFIT)
    running = services.current()
    now = as_text(running.clock.now())
    outcome = running.database.write(
        lambda connection: team.change(
            connection,
            person_id,
            role=role,
            everywhere=asked.everywhere,
            neighbourhoods=asked.neighbourhoods,
            actor=actor_of(administrator),
            at=now,
        )
    )
    if outcome is Outcome.LAST_ADMINISTRATOR:
        return Response(person_page(person, asked=asked, problems={"role": last_words()}), status=UNFIT)
    return after(outcome, person_id, done="changed")


@blueprint.get("/end")
def ask_to_end(person_id: str) -> str:
    """Ask whether somebody's access shall end."""
    signed_in_administrator()
    return render_template("end_access.html", person=known(person_id), problems={})


@blueprint.post("/end")
def end_access(person_id: str) -> AnyResponse:
    """End somebody's access."""
    administrator = signed_in_administrator()
    running = services.current()
    now = as_text(running.clock.now())
    outcome = running.database.write(
        lambda connection: team.end_access(connection, person_id, actor=actor_of(administrator), at=now)
    )
    if outcome is Outcome.LAST_ADMINISTRATOR:
        page = render_template("end_access.html", person=known(person_id), problems={"end": last_words()})
        return Response(page, status=UNFIT)
    return after(outcome, person_id, done="ended")


@blueprint.post("/bring-back")
def bring_back(person_id: str) -> AnyResponse:
    """Let somebody in again whose access had ended."""
    administrator = signed_in_administrator()
    running = services.current()
    now = as_text(running.clock.now())
    outcome = running.database.write(
        lambda connection: team.bring_back(connection, person_id, actor=actor_of(administrator), at=now)
    )
    return after(outcome, person_id, done="back")


@blueprint.post("/reset")
def reset(person_id: str) -> str:
    """Make a link by which somebody chooses a new password, and show it this one time."""
    administrator = signed_in_administrator()
    person = known(person_id)
    running = services.current()
    code = invitations.offer_reset(
        running.database,
        person_id,
        actor=actor_of(administrator),
        now=running.clock.now(),
        random_bytes=running.random_bytes,
    )
    if code is None:
        raise NotFound("person-unknown", "Nobody with this id may sign in.")
    return link_page(administrator, code=code, name=person.name, purpose="reset")


@blueprint.post("/sessions/end-all")
def end_sessions(person_id: str) -> AnyResponse:
    """End every session of somebody."""
    administrator = signed_in_administrator()
    known(person_id)
    running = services.current()
    now = as_text(running.clock.now())

    def end(connection: Connection) -> None:
        must_administer(connection, actor_of(administrator))
        count = session_queries.end_sessions(connection, person_id=person_id, at=now)
        details = {"count": count}
        note(
            connection,
            at=now,
            actor=actor_of(administrator),
            action="sessions-ended",
            subject=person_id,
            details=details,
        )

    running.database.write(end)
    return redirect(url_for("person.show_person", person_id=person_id, done="sessions"), code=303)


@blueprint.post("/sessions/<session_id>/end")
def end_session(person_id: str, session_id: str) -> AnyResponse:
    """End one session of somebody."""
    administrator = signed_in_administrator()
    running = services.current()
    now = as_text(running.clock.now())

    def end(connection: Connection) -> bool:
        must_administer(connection, actor_of(administrator))
        ended = session_queries.end_session(connection, person_id=person_id, session_id=session_id, at=now)
        if ended:
            note(connection, at=now, actor=actor_of(administrator), action="session-ended", subject=person_id)
        return ended

    if not running.database.write(end):
        raise NotFound("session-unknown", "There is no such session.")
    return redirect(url_for("person.show_person", person_id=person_id, done="sessions"), code=303)


def known(person_id: str) -> Person:
    """Find a person; raises NotFound."""
    with services.current().database.read() as connection:
        person = queries.person_by_id(connection, person_id)
    if person is None:
        raise NotFound("person-unknown", f"Nobody is kept here under the id {person_id}.")
    return person


def after(outcome: Outcome, person_id: str, *, done: str) -> AnyResponse:
    """Go back to the person; raises NotFound when there was nothing to do."""
    if outcome is not Outcome.DONE:
        raise NotFound("person-unknown", f"Nobody is kept here under the id {person_id}, or not any more.")
    return redirect(url_for("person.show_person", person_id=person_id, done=done), code=303)


def asked_of(person: Person) -> Asked:
    """Read role and reach from the form; the name stays."""
    return read_asked(
        name=person.name,
        role=request.form.get("role", ""),
        reach=request.form.get("reach", ""),
        wanted=request.form.getlist("neighbourhood"),
        offered=[one.neighbourhood_id for one in all_neighbourhoods()],
    )


def all_neighbourhoods() -> list[Neighbourhood]:
    """List the neighbourhoods that a reach is chosen from."""
    with services.current().database.read() as connection:
        return places.all_neighbourhoods(connection)


def person_page(person: Person, *, asked: Asked | None, problems: Mapping[str, str]) -> str:
    """Show one person, as they are or as somebody wanted to change them."""
    with services.current().database.read() as connection:
        sessions = session_queries.open_sessions(connection, person.person_id, since=open_since())
        chosen = queries.neighbourhoods_of(connection, person.person_id)
    as_they_are = Asked(name=person.name, role=person.role, everywhere=person.everywhere, neighbourhoods=chosen)
    return render_template(
        "person.html",
        person=person,
        asked=asked or as_they_are,
        problems=problems,
        roles=ROLES,
        neighbourhoods=all_neighbourhoods(),
        sessions=sessions,
        done=request.args.get("done", ""),
    )


def last_words() -> str:
    """Say why the last administrator stays one."""
    return str(_("There must be an administrator. Make somebody else one first."))
