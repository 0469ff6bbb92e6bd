"""The console: who may sign in, and whom to invite. For administrators."""

from typing import Final, Literal

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.address import public_address
from server.clock import as_text
from server.config import INVITATION_LIFETIME, PERSON_NAME_CHARACTERS, RESET_LIFETIME
from server.errors import NotFound
from server.people import invitation_queries, invitations, queries
from server.people.asking import Asked, Field, faults_of, read_asked
from server.people.rules import ROLES, Person
from server.people.sessions import actor_of, language_chosen, signed_in_administrator
from server.people.wording import asking_words
from server.places import queries as places
from server.places.queries import Neighbourhood
from server.shown_once import seal, shown_before

__all__ = ["blueprint", "link_page"]

UNFIT: Final = 422

blueprint = Blueprint("team", __name__, url_prefix="/console/people")


@blueprint.get("")
def list_people() -> str:
    """Show everybody who may sign in, and who is invited."""
    signed_in_administrator()
    running = services.current()
    with running.database.read() as connection:
        people = queries.all_people(connection)
        invited = invitation_queries.open_invitations(connection, now=as_text(running.clock.now()))
    return render_template("people.html", people=people, invited=invited, done=request.args.get("done", ""))


@blueprint.get("/invite")
def show_invite() -> str:
    """Ask whom to invite."""
    signed_in_administrator()
    return invite_page(Asked(name="", role="coordinator", everywhere=False, neighbourhoods=()), faults=[])


@blueprint.post("/invite")
def invite() -> str | Response:
    """Make an invitation, and show its link this one time."""
    administrator = signed_in_administrator()
    asked = read_asked(
        name=request.form.get("name", ""),
        role=request.form.get("role", ""),
        reach=request.form.get("reach", ""),
        wanted=request.form.getlist("neighbourhood"),
        offered=[one.neighbourhood_id for one in all_neighbourhoods()],
    )
    faults = faults_of(asked)
    if faults:
        return Response(invite_page(asked, faults=faults), status=UNFIT)
    running = services.current()
    code = invitations.invite(
        running.database,
        asked,
        inviter=actor_of(administrator),
        now=running.clock.now(),
        random_bytes=running.random_bytes,
    )
    return link_page(administrator, code=code, name=asked.name, purpose="invitation")


@blueprint.post("/link")
def show_link_again() -> str:
    """Show the page of a link in another language to the administrator who was shown it."""
    administrator = signed_in_administrator()
    shown = shown_before(administrator, page="link")
    language_chosen()
    code, name, purpose = str(shown["code"]), str(shown["name"]), str(shown["purpose"])
    return link_page(administrator, code=code, name=name, purpose="reset" if purpose == "reset" else "invitation")


def link_page(reader: Person, *, code: str, name: str, purpose: Literal["invitation", "reset"]) -> str:
    """Show a link to the administrator who made it; ``name``: for whom it is."""
    lifetime = RESET_LIFETIME if purpose == "reset" else INVITATION_LIFETIME
    return render_template(
        "person_link.html",
        link=f"{public_address()}{url_for('welcome.show_welcome')}#{code}",
        code=code,
        name=name,
        purpose=purpose,
        days=lifetime.days,
        shown=seal(reader, {"code": code, "name": name, "purpose": purpose}, page="link"),
    )


@blueprint.get("/invitations/<invitation_hash>/withdraw")
def ask_to_withdraw(invitation_hash: str) -> str:
    """Ask whether an invitation shall be withdrawn."""
    signed_in_administrator()
    running = services.current()
    with running.database.read() as connection:
        found = invitation_queries.open_invitation(connection, invitation_hash, now=as_text(running.clock.now()))
    if found is None:
        raise NotFound("invitation-unknown", "No such invitation is open.")
    return render_template("withdraw_invitation.html", invitation=found)


@blueprint.post("/invitations/<invitation_hash>/withdraw")
def withdraw(invitation_hash: str) -> AnyResponse:
    """Withdraw an invitation."""
    administrator = signed_in_administrator()
    running = services.current()
    now = running.clock.now()
    if not invitations.withdraw(running.database, invitation_hash, actor=actor_of(administrator), now=now):
        raise NotFound("invitation-unknown", "No such invitation is open.")
    return redirect(url_for("team.list_people", done="withdrawn"), code=303)


def all_neighbourhoods() -> list[Neighbourhood]:
    """List the neighbourhoods that a reach is chosen from."""
    with services.current().database.read() as connection:
        return places.all_neighbourhoods(connection)


def invite_page(asked: Asked, *, faults: list[Field]) -> str:
    """Show the form to invite somebody with."""
    return render_template(
        "invite.html",
        asked=asked,
        problems={field: asking_words(field) for field in faults},
        roles=ROLES,
        neighbourhoods=all_neighbourhoods(),
        longest=PERSON_NAME_CHARACTERS,
    )
