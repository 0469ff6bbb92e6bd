"""The console: the phones of the workers in reach, what each is called, and signing one off."""

import sqlite3
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.audit.noting import Actor, note
from server.clock import as_text
from server.devices import console_queries as queries
from server.devices.rules import Phone, state_of
from server.errors import NotFound
from server.people.rules import Person, may_change
from server.people.sessions import signed_in_coordinator, signed_in_person
from server.programme.lines import one_line
from server.reviews.paging import PageOf, page_number
from sync.limits import NAME_CHARACTERS

__all__ = ["PHONES_PER_PAGE", "actor", "blueprint"]

PHONES_PER_PAGE = 50

blueprint = Blueprint("phones", __name__, url_prefix="/console/phones")


@blueprint.get("")
def list_phones() -> str:
    """Show the workers' phones, how many residents' phones there are, and what still waits for a phone."""
    person = signed_in_person()
    running = services.current()
    now = running.clock.now()
    with running.database.read() as connection:
        total = queries.count_phones(connection, reader=person.person_id)
        number = page_number(request.args.get("page", ""), size=PHONES_PER_PAGE, total=total)
        page = PageOf(number=number, size=PHONES_PER_PAGE, total=total)
        phones = queries.page_of_phones(connection, reader=person.person_id, skip=page.skip, limit=page.size)
        residents = queries.count_phones_of_residents(connection, reader=person.person_id)
        invitations = queries.open_invitations(connection, reader=person.person_id, now=as_text(now))
        sheets = queries.open_sheets(connection, reader=person.person_id, now=as_text(now))
    return render_template(
        "phones.html",
        phones=[(phone, state_of(phone, now=now)) for phone in phones],
        page=page,
        residents=residents,
        invitations=invitations,
        sheets=sheets,
        may_change=may_change(person),
    )


@blueprint.get("/<device_id>/name")
def show_name(device_id: str) -> str:
    """Show the form with the name of a phone."""
    phone = phone_in_reach(signed_in_coordinator(), device_id)
    return render_template("phone_name.html", phone=phone, name=phone.name, problems={}, longest=NAME_CHARACTERS)


@blueprint.post("/<device_id>/name")
def rename_phone(device_id: str) -> AnyResponse:
    """Give a phone another name in the list."""
    person = signed_in_coordinator()
    phone = phone_in_reach(person, device_id)
    name = one_line(request.form.get("name", ""))
    if not 0 < len(name) <= NAME_CHARACTERS:
        problems = {"name": _("Give the worker’s name, in 200 letters or fewer.")}
        page = render_template("phone_name.html", phone=phone, name=name, problems=problems, longest=NAME_CHARACTERS)
        return Response(page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    running = services.current()
    at = as_text(running.clock.now())

    def change(connection: sqlite3.Connection) -> None:
        if queries.rename(connection, reader=person.person_id, device_id=device_id, name=name):
            note_about(connection, phone, person, action="phone-renamed", at=at)

    running.database.write(change)
    return redirect(url_for("phones.list_phones"), HTTPStatus.SEE_OTHER)


@blueprint.get("/<device_id>/sign-off")
def show_sign_off(device_id: str) -> str:
    """Say what happens when a phone is signed off, and ask once."""
    return render_template("phone_sign_off.html", phone=phone_in_reach(signed_in_coordinator(), device_id))


@blueprint.post("/<device_id>/sign-off")
def sign_off_phone(device_id: str) -> AnyResponse:
    """End what a phone may do; it sends what it holds and empties itself when it next has a connection."""
    person = signed_in_coordinator()
    phone = phone_in_reach(person, device_id)
    running = services.current()
    at = as_text(running.clock.now())

    def change(connection: sqlite3.Connection) -> None:
        if queries.sign_off(connection, reader=person.person_id, device_id=device_id, now=at):
            note_about(connection, phone, person, action="phone-signed-off", at=at)

    running.database.write(change)
    return redirect(url_for("phones.list_phones"), HTTPStatus.SEE_OTHER)


def phone_in_reach(person: Person, device_id: str) -> Phone:
    """Find a worker's phone; raises NotFound for one out of reach, as for one that is not there."""
    with services.current().database.read() as connection:
        phone = queries.phone(connection, reader=person.person_id, device_id=device_id)
    if phone is None:
        raise NotFound("phone-unknown", f"No phone is kept here under the id {device_id[:40]}.")
    return phone


def actor(person: Person) -> Actor:
    """Say who did it."""
    return Actor(person_id=person.person_id, name=person.name)


def note_about(connection: sqlite3.Connection, phone: Phone, person: Person, *, action: str, at: str) -> None:
    """Note what was done to a phone."""
    note(
        connection,
        at=at,
        actor=actor(person),
        action=action,
        subject=phone.device_id,
        neighbourhood_id=phone.neighbourhood_id,
        details={"name": phone.name},
    )
