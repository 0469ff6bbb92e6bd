"""The console: enrolling a phone in a neighbourhood, by a link that works once."""

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext as _

from server import services
from server.devices import enrolment
from server.errors import NotAllowed
from server.people.rules import Person, may_change
from server.people.sessions import signed_in_person
from server.places import queries
from server.places.drawing import draw_qr
from server.places.queries import Neighbourhood
from sync.limits import NAME_CHARACTERS

__all__ = ["PUBLIC_URL", "blueprint"]

PUBLIC_URL = "FIELDWELL_PUBLIC_URL"
"""Setting of the application: the address that phones use; None for the one this page was asked for at."""
UNFIT = 422

blueprint = Blueprint("places", __name__, url_prefix="/console")


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What the form to enrol a phone holds."""

    name: str
    neighbourhood_id: str


@blueprint.get("/phones")
def show_enrolment() -> str:
    """Show the form that asks whose phone it is."""
    coordinator()
    return page_with_form(Invitation(name="", neighbourhood_id=""), problem=None)


@blueprint.post("/phones")
def enrol_phone() -> str | Response:
    """Make a link that enrols one phone, and show it this one time."""
    coordinator()
    asked = Invitation(
        name=request.form.get("name", "").strip(), neighbourhood_id=request.form.get("neighbourhood", "")
    )
    place = next((one for one in neighbourhoods() if one.neighbourhood_id == asked.neighbourhood_id), None)
    if place is None:
        return Response(page_with_form(asked, problem=_("Choose a neighbourhood.")), status=UNFIT)
    if not 0 < len(asked.name) <= NAME_CHARACTERS:
        return Response(
            page_with_form(asked, problem=_("Give the worker’s name, in 200 letters or fewer.")), status=UNFIT
        )
    link = f"{address()}/enrol#{secret_for(asked)}"
    return render_template(
        "phone_link.html",
        link=link,
        drawing=draw_qr(link),
        name=asked.name,
        place=place,
        days=enrolment.ENROLMENT_LIFETIME.days,
        secure=link.startswith("https://"),
    )


def coordinator() -> Person:
    """Give who is signed in, if they may enrol phones."""
    person = signed_in_person()
    if not may_change(person):
        raise NotAllowed("viewer", f"{person.sign_in_name} may read, but not enrol phones.")
    return person


def neighbourhoods() -> list[Neighbourhood]:
    """List where phones can be enrolled."""
    with services.current().database.read() as connection:
        return queries.all_neighbourhoods(connection)


def page_with_form(filled_in: Invitation, *, problem: str | None) -> str:
    """Show the form as it was filled in, with what is wrong with it."""
    return render_template(
        "phones.html", filled_in=filled_in, neighbourhoods=neighbourhoods(), problem=problem, longest=NAME_CHARACTERS
    )


def secret_for(asked: Invitation) -> str:
    """Make a one-time enrolment."""
    running = services.current()
    return enrolment.create(
        running.database,
        neighbourhood_id=asked.neighbourhood_id,
        name=asked.name,
        clock=running.clock,
        random_bytes=running.random_bytes,
    )


def address() -> str:
    """Give the address that phones use."""
    public_url: str | None = current_app.config[PUBLIC_URL]
    return public_url or request.host_url.rstrip("/")
