"""The console: neighbourhoods, their names, small areas and languages. Boundaries: `boundary_views`."""

import json
from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.audit.noting import Actor
from server.errors import NotFound
from server.i18n import autonyms
from server.people.rules import Person
from server.people.sessions import signed_in_administrator, signed_in_person
from server.places import area_queries, changes
from server.places.area_queries import Area
from server.places.boundaries import Boundary, as_geojson
from server.places.changes import Change, NameTaken
from server.places.geojson import read_geojson
from server.places.queries import languages_of
from server.places.rules import NAME_CHARACTERS, SYSTEM_CHARACTERS
from server.places.sketch import sketch
from server.places.small_areas import TYPED_CHARACTERS, CodesFound, find_codes
from server.places.wording import code_words, listed, metre_words
from server.programme.language_order import button_after
from server.programme.lines import line_problem, one_line
from server.programme.wording import line_words
from server.reviews.figures import figure
from server.setup.onward import Step, onward, step_shown

__all__ = ["blueprint", "change_by", "neighbourhood"]

UNFIT: Final = 422
LONGEST: Final = {"system": SYSTEM_CHARACTERS, "name": NAME_CHARACTERS}

blueprint = Blueprint("neighbourhoods", __name__, url_prefix="/console/neighbourhoods")
blueprint.add_app_template_filter(metre_words)


def neighbourhood(neighbourhood_id: str, person: Person) -> Area:
    """Give a neighbourhood within a person's reach; raises NotFound for any other."""
    with services.current().database.read() as connection:
        found = area_queries.area(connection, neighbourhood_id, reader=person.person_id)
    if found is None:
        raise NotFound("neighbourhood-unknown", f"No neighbourhood is kept here under the id {neighbourhood_id}.")
    return found


def change_by(person: Person) -> Change:
    """Give what a change needs to know of who makes it."""
    running = services.current()
    actor = Actor(person_id=person.person_id, name=person.name)
    return Change(database=running.database, actor=actor, clock=running.clock)


@blueprint.get("")
def list_neighbourhoods() -> str:
    """List the neighbourhoods within reach."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        found = area_queries.areas(connection, reader=person.person_id)
    return render_template("neighbourhoods.html", listed=found, may_edit=person.role == "administrator")


@blueprint.get("/<neighbourhood_id>")
def show_neighbourhood(neighbourhood_id: str) -> str:
    """Show one neighbourhood whole."""
    person = signed_in_person()
    place = neighbourhood(neighbourhood_id, person)
    boundary = read_geojson(place.boundary.encode()) if place.boundary else None
    with services.current().database.read() as connection:
        languages = languages_of(connection, neighbourhood_id)
    return render_template(
        "neighbourhood.html",
        place=place,
        drawing=sketch(tuple(boundary.rings)) if isinstance(boundary, Boundary) else None,
        corners=boundary.corners if isinstance(boundary, Boundary) else 0,
        languages=[autonyms().get(language, language) for language in languages],
        may_edit=person.role == "administrator",
    )


@blueprint.get("/<neighbourhood_id>/boundary.geojson")
def give_boundary(neighbourhood_id: str) -> Response:
    """Give the boundary as a file."""
    place = neighbourhood(neighbourhood_id, signed_in_person())
    if place.boundary is None:
        raise NotFound("boundary-unknown", f"The neighbourhood {neighbourhood_id} has no boundary.")
    properties = {"id": place.neighbourhood_id, "name": place.name}
    there = read_geojson(place.boundary.encode())
    geometry = as_geojson(there) if isinstance(there, Boundary) else place.boundary
    feature = {"type": "Feature", "properties": properties, "geometry": json.loads(geometry)}
    reply = Response(json.dumps(feature, ensure_ascii=False), mimetype="application/geo+json")
    reply.headers["Content-Disposition"] = f'attachment; filename="{place.neighbourhood_id}.geojson"'
    return reply


@blueprint.get("/new")
def show_form_to_add() -> str:
    """Ask for a new neighbourhood."""
    return page_with_form(signed_in_administrator(), {}, problems={}, place=None)


@blueprint.post("/new")
def add() -> AnyResponse:
    """Add a neighbourhood."""
    person = signed_in_administrator()
    typed = typed_names()
    if problems := problems_of(typed):
        return Response(page_with_form(person, typed, problems=problems, place=None), status=UNFIT)
    outcome = changes.add(change_by(person), name=typed["name"], system=typed["system"])
    if isinstance(outcome, NameTaken):
        return Response(page_with_form(person, typed, problems=taken(), place=None), status=UNFIT)
    added = outcome.neighbourhood_id
    otherwise = url_for("neighbourhoods.show_neighbourhood", neighbourhood_id=added)
    return onward(Step.NEIGHBOURHOOD, otherwise=otherwise, neighbourhood_id=added)


@blueprint.get("/<neighbourhood_id>/edit")
def show_form_to_edit(neighbourhood_id: str) -> str:
    """Ask for another name."""
    person = signed_in_administrator()
    place = neighbourhood(neighbourhood_id, person)
    return page_with_form(person, {"name": place.name, "system": place.system}, problems={}, place=place)


@blueprint.post("/<neighbourhood_id>/edit")
def edit(neighbourhood_id: str) -> AnyResponse:
    """Give the neighbourhood another name."""
    person = signed_in_administrator()
    place = neighbourhood(neighbourhood_id, person)
    typed = typed_names()
    problems = problems_of(typed)
    if not problems:
        outcome = changes.rename(change_by(person), neighbourhood_id, name=typed["name"], system=typed["system"])
        problems = taken() if isinstance(outcome, NameTaken) else {}
    if problems:
        return Response(page_with_form(person, typed, problems=problems, place=place), status=UNFIT)
    return back_to(neighbourhood_id)


def typed_names() -> dict[str, str]:
    """Read the form."""
    return {field: one_line(request.form.get(field, "")) for field in LONGEST}


def problems_of(typed: Mapping[str, str]) -> dict[str, str]:
    """Say what is wrong, by field."""
    missing = {
        "system": _("Give the health and care system, such as North East London."),
        "name": _("Give the neighbourhood a name, such as Old Ford."),
    }
    return {
        field: line_words(problem, missing=missing[field], longest=longest)
        for field, longest in LONGEST.items()
        if (problem := line_problem(typed[field], longest=longest))
    }


def taken() -> dict[str, str]:
    """Say that another neighbourhood has the name."""
    return {"name": _("This system has a neighbourhood of this name already. Choose another name.")}


def page_with_form(person: Person, typed: Mapping[str, str], *, problems: Mapping[str, str], place: Area | None) -> str:
    """Render the form as it was filled in."""
    with services.current().database.read() as connection:
        systems = area_queries.systems(connection, reader=person.person_id)
    return render_template(
        "neighbourhood_form.html",
        typed=typed,
        problems=problems,
        place=place,
        systems=systems,
        longest=LONGEST,
        step=None if place else step_shown(Step.NEIGHBOURHOOD),
    )


def back_to(neighbourhood_id: str) -> AnyResponse:
    """Go to the page of the neighbourhood."""
    return redirect(url_for("neighbourhoods.show_neighbourhood", neighbourhood_id=neighbourhood_id), 303)


@blueprint.get("/<neighbourhood_id>/small-areas")
def show_small_areas(neighbourhood_id: str) -> str:
    """Ask for the codes of small areas."""
    place = neighbourhood(neighbourhood_id, signed_in_administrator())
    return page_with_codes(place, typed="\n".join(place.small_areas), problem=None)


@blueprint.post("/<neighbourhood_id>/small-areas")
def save_small_areas(neighbourhood_id: str) -> AnyResponse:
    """Keep the codes, each once."""
    person = signed_in_administrator()
    place = neighbourhood(neighbourhood_id, person)
    typed = request.form.get("codes", "")
    found = find_codes(typed)
    problem = code_words(found)
    if problem is None and typed.strip() and not found.codes:
        problem = _("There is no code of a small area in this. A code is E01 or W01 and six figures.")
    if len(typed) > TYPED_CHARACTERS:
        problem = _("This is too much text. Paste the codes alone.")
    if problem:
        return Response(page_with_codes(place, typed=typed[:TYPED_CHARACTERS], problem=problem), status=UNFIT)
    changes.put_small_areas(change_by(person), neighbourhood_id, found.codes)
    tell_about(found, place, person)
    otherwise = url_for("neighbourhoods.show_neighbourhood", neighbourhood_id=neighbourhood_id)
    return onward(Step.SMALL_AREAS, otherwise=otherwise, neighbourhood_id=neighbourhood_id)


def tell_about(found: CodesFound, place: Area, person: Person) -> None:
    """Put on the next page how many codes were saved, and what was odd about them."""
    number = len(found.codes)
    flash(ngettext("%(count)s small area is saved.", "%(count)s small areas are saved.", number, count=figure(number)))
    if found.twice:
        flash(_("Given more than once, kept once: %(codes)s", codes=listed(found.twice)))
    with services.current().database.read() as connection:
        others = area_queries.others_with(
            connection, found.codes, neighbourhood_id=place.neighbourhood_id, reader=person.person_id
        )
    if others:
        told = listed([f"{code} ({name})" for code, name in others])
        flash(_("Also in another neighbourhood: %(codes)s", codes=told))


def page_with_codes(place: Area, *, typed: str, problem: str | None) -> str:
    """Render the page with the codes as they were typed."""
    return render_template(
        "small_areas.html",
        place=place,
        typed=typed,
        problems={"codes": problem} if problem else {},
        step=step_shown(Step.SMALL_AREAS),
    )


@blueprint.get("/<neighbourhood_id>/languages")
def show_languages(neighbourhood_id: str) -> str:
    """Show the languages of the neighbourhood, its own or those of the programme."""
    place = neighbourhood(neighbourhood_id, signed_in_administrator())
    with services.current().database.read() as connection:
        languages = languages_of(connection, neighbourhood_id)
    return render_template(
        "languages.html",
        languages=languages,
        own=bool(place.languages),
        place=place,
        no_programme=False,
        action=url_for("neighbourhoods.rearrange", neighbourhood_id=neighbourhood_id),
        back=url_for("neighbourhoods.show_neighbourhood", neighbourhood_id=neighbourhood_id),
        all_autonyms=autonyms(),
        focused=button_after(request.args.get("pressed", ""), languages),
        step=None,
    )


@blueprint.post("/<neighbourhood_id>/languages")
def rearrange(neighbourhood_id: str) -> AnyResponse:
    """Do what was pressed, and show the list again; or go back."""
    person = signed_in_administrator()
    neighbourhood(neighbourhood_id, person)
    press = request.form.get("press", "")
    changes.languages_after(change_by(person), neighbourhood_id, press, offered=tuple(autonyms()))
    if press == "done":
        return back_to(neighbourhood_id)
    again = url_for("neighbourhoods.show_languages", neighbourhood_id=neighbourhood_id, pressed=press)
    return redirect(again, 303)
