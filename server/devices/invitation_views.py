"""The console: a link for one phone, a sheet of codes for a training day, and taking either back."""

import sqlite3
import uuid
from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.address import reach_of_address
from server.audit.noting import note
from server.clock import as_text
from server.devices import console_queries as queries
from server.devices.code_views import Code, code_of, page_of_codes
from server.devices.console_views import actor
from server.devices.enrolment import SECRET_BYTES
from server.devices.inviting import (
    LINK_HOURS,
    LONGEST_SHEET_HOURS,
    MOST_CODES,
    USUAL_SHEET_HOURS,
    Invited,
    Outcome,
    Wish,
    invite,
    read_count,
)
from server.errors import NotFound
from server.people.rules import Person
from server.people.sessions import language_chosen, signed_in_coordinator
from server.places.queries import Neighbourhood, reachable
from server.programme.lines import one_line
from server.shown_once import shown_before
from sync.limits import NAME_CHARACTERS

__all__ = ["blueprint"]

USUAL_CODES = 10

blueprint = Blueprint("invitations", __name__, url_prefix="/console/phones")


@blueprint.get("/add")
def show_form() -> str:
    """Show the form that asks whose phone it is."""
    return page_with_form(signed_in_coordinator(), {"name": "", "neighbourhood": ""}, problems={})


@blueprint.post("/add")
def add_phone() -> str | Response:
    """Make a link that enrols one phone, and show it this one time."""
    person = signed_in_coordinator()
    filled_in = typed("name", "neighbourhood")
    place = chosen_place(person, filled_in["neighbourhood"])
    problems = {}
    if not 0 < len(filled_in["name"]) <= NAME_CHARACTERS:
        problems["name"] = _("Give the worker’s name, in 200 letters or fewer.")
    if place is None:
        problems["neighbourhood"] = _("Choose a neighbourhood.")
    if place is None or problems:
        return Response(page_with_form(person, filled_in, problems=problems), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    wish = Wish(neighbourhood_id=place.neighbourhood_id, hours=LINK_HOURS, sheet="")
    codes, expires = make_codes(person, [filled_in["name"]], wish)
    return page_of_codes(person, codes, place, expires=expires, on_paper=False)


@blueprint.get("/sheet")
def show_sheet_form() -> str:
    """Show the form that asks for how many phones, where, and for how long."""
    usual = {"neighbourhood": "", "number": str(USUAL_CODES), "hours": str(USUAL_SHEET_HOURS)}
    return page_with_sheet_form(signed_in_coordinator(), usual, problems={})


@blueprint.post("/sheet")
def make_sheet() -> str | AnyResponse:
    """Make the codes of a training day, and show them as pages to print this one time."""
    person = signed_in_coordinator()
    filled_in = typed("neighbourhood", "number", "hours")
    place = chosen_place(person, filled_in["neighbourhood"])
    number = read_count(filled_in["number"], least=1, most=MOST_CODES)
    hours = read_count(filled_in["hours"], least=1, most=LONGEST_SHEET_HOURS)
    if place is None or number is None or hours is None:
        problems = problems_of_sheet(place, number, hours)
        page = page_with_sheet_form(person, filled_in, problems=problems)
        return Response(page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    names = [_("Phone %(number)s", number=count) for count in range(1, number + 1)]
    wish = Wish(neighbourhood_id=place.neighbourhood_id, hours=hours, sheet=sheet_asked_for())
    codes, expires = make_codes(person, names, wish)
    if not codes:
        flash(_("This sheet was made and shown already. If it is lost, take it back below, and make a new one."))
        return redirect(url_for("phones.list_phones"), HTTPStatus.SEE_OTHER)
    return page_of_codes(person, codes, place, expires=expires, on_paper=True)


@blueprint.post("/codes")
def show_codes_again() -> str:
    """Show a link or a sheet in another language to the coordinator who was shown it."""
    person = signed_in_coordinator()
    shown = shown_before(person, page="codes")
    place = chosen_place(person, str(shown["neighbourhood"]))
    if place is None:
        raise gone()
    language_chosen()
    codes = [
        code_of(Invited(secret=secret, name=name))
        for secret, name in zip(shown["secrets"], shown["names"], strict=True)
    ]
    return page_of_codes(person, codes, place, expires=str(shown["expires"]), on_paper=shown["on_paper"] == "yes")


def sheet_asked_for() -> str:
    """Give the id that the form carries, so that sending it again makes no second sheet; a fresh one without."""
    try:
        return str(uuid.UUID(request.form.get("once", "")))
    except ValueError:
        return fresh_sheet()


def fresh_sheet() -> str:
    """Give an id for a new sheet."""
    return str(uuid.UUID(bytes=services.current().random_bytes(16), version=4))


@blueprint.get("/invitations/<enrolment_id>/withdraw")
def show_withdrawal(enrolment_id: str) -> str:
    """Ask once before a link is taken back."""
    person, now = signed_in_coordinator(), as_text(services.current().clock.now())
    with services.current().database.read() as connection:
        found = queries.open_invitation(connection, reader=person.person_id, enrolment_id=enrolment_id, now=now)
    if found is None:
        raise gone()
    return render_template("phone_withdraw.html", invitation=found, sheet=None)


@blueprint.post("/invitations/<enrolment_id>/withdraw")
def withdraw(enrolment_id: str) -> AnyResponse:
    """End a link that nobody has used."""
    person, now = signed_in_coordinator(), as_text(services.current().clock.now())

    def change(connection: sqlite3.Connection) -> None:
        found = queries.open_invitation(connection, reader=person.person_id, enrolment_id=enrolment_id, now=now)
        if found is None:
            raise gone()
        queries.withdraw_invitation(connection, reader=person.person_id, enrolment_id=enrolment_id, now=now)
        note(
            connection,
            at=now,
            actor=actor(person),
            action="invitation-withdrawn",
            subject=enrolment_id,
            neighbourhood_id=found.neighbourhood_id,
            details={"name": found.name},
        )

    services.current().database.write(change)
    return redirect(url_for("phones.list_phones"), HTTPStatus.SEE_OTHER)


@blueprint.get("/sheets/<sheet>/withdraw")
def show_withdrawal_of_sheet(sheet: str) -> str:
    """Ask once before the unused codes of a sheet are taken back."""
    person, now = signed_in_coordinator(), as_text(services.current().clock.now())
    with services.current().database.read() as connection:
        found = queries.open_sheet(connection, reader=person.person_id, sheet=sheet, now=now)
    if found is None:
        raise gone()
    return render_template("phone_withdraw.html", invitation=None, sheet=found)


@blueprint.post("/sheets/<sheet>/withdraw")
def withdraw_sheet(sheet: str) -> AnyResponse:
    """End every code of a sheet that nobody has used."""
    person, now = signed_in_coordinator(), as_text(services.current().clock.now())

    def change(connection: sqlite3.Connection) -> None:
        found = queries.open_sheet(connection, reader=person.person_id, sheet=sheet, now=now)
        if found is None:
            raise gone()
        codes = queries.withdraw_sheet(connection, reader=person.person_id, sheet=sheet, now=now)
        note(
            connection,
            at=now,
            actor=actor(person),
            action="sheet-withdrawn",
            subject=sheet,
            neighbourhood_id=found.neighbourhood_id,
            details={"codes": codes},
        )

    services.current().database.write(change)
    return redirect(url_for("phones.list_phones"), HTTPStatus.SEE_OTHER)


def make_codes(person: Person, names: list[str], wish: Wish) -> tuple[list[Code], str]:
    """Make one code for each name; give them with the time until which they work. None for a sheet made before."""
    running = services.current()
    now: datetime = running.clock.now()
    invited = [Invited(secret=running.random_bytes(SECRET_BYTES).hex(), name=name) for name in names]
    outcome = running.database.write(lambda connection: invite(connection, invited, wish, actor=actor(person), now=now))
    if outcome is Outcome.OUT_OF_REACH:
        raise gone()
    if outcome is Outcome.MADE_BEFORE:
        return [], ""
    return [code_of(one) for one in invited], as_text(now + timedelta(hours=wish.hours))


def page_with_form(person: Person, filled_in: dict[str, str], *, problems: dict[str, str]) -> str:
    """Show the form for one phone as it was filled in, with what is wrong with it."""
    return render_template(
        "phone_add.html",
        filled_in=filled_in,
        neighbourhoods=places_of(person),
        problems=problems,
        longest=NAME_CHARACTERS,
        reach=reach_of_address(),
    )


def page_with_sheet_form(person: Person, filled_in: dict[str, str], *, problems: dict[str, str]) -> str:
    """Show the form for a sheet as it was filled in, with what is wrong with it."""
    return render_template(
        "phone_sheet_form.html",
        once=sheet_asked_for(),
        filled_in=filled_in,
        neighbourhoods=places_of(person),
        problems=problems,
        most_codes=MOST_CODES,
        most_hours=LONGEST_SHEET_HOURS,
        reach=reach_of_address(),
    )


def problems_of_sheet(place: Neighbourhood | None, number: int | None, hours: int | None) -> dict[str, str]:
    """Say what is wrong, by field, in the order of the form."""
    problems = {}
    if place is None:
        problems["neighbourhood"] = _("Choose a neighbourhood.")
    if number is None:
        problems["number"] = _("Give a number of phones from 1 to 60.")
    if hours is None:
        problems["hours"] = _("Give a number of hours from 1 to 72.")
    return problems


def typed(*fields: str) -> dict[str, str]:
    """Give what was filled in, each in one line."""
    return {field: one_line(request.form.get(field, "")) for field in fields}


def places_of(person: Person) -> list[Neighbourhood]:
    """List where this person can have phones."""
    with services.current().database.read() as connection:
        return reachable(connection, reader=person.person_id)


def chosen_place(person: Person, neighbourhood_id: str) -> Neighbourhood | None:
    """Find the neighbourhood that was chosen; None for one out of reach."""
    return next((one for one in places_of(person) if one.neighbourhood_id == neighbourhood_id), None)


def gone() -> NotFound:
    """Say that there is nothing to take back."""
    return NotFound("invitation-unknown", "No unused link is kept here under this id. It may have been used meanwhile.")
