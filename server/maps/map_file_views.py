"""The console: the map file of a neighbourhood, brought, drawn from and taken away."""

from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.config import LARGEST_BODY_BYTES
from server.errors import NotFound
from server.maps import map_queries
from server.maps.keeping import MAP_BYTES, MapFiles, path_of
from server.maps.pmtiles import MapProblem
from server.patience import be_patient
from server.people.rules import Person, may_change
from server.people.sessions import signed_in_coordinator, signed_in_person
from server.places.area_queries import Area, area
from server.reviews.figures import figure

__all__ = ["PMTILES", "blueprint"]

UNFIT: Final = 422
SEE_OTHER: Final = 303
PMTILES: Final = "application/vnd.pmtiles"
MEBIBYTE: Final = 1024 * 1024

blueprint = Blueprint("map_files", __name__, url_prefix="/console/neighbourhoods/<neighbourhood_id>/map")


@blueprint.url_value_preprocessor
def make_room(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let somebody who may change something send a whole map, and take their time.

    Here, for the forgery token is read from the form before any view.
    """
    person: object = current_user._get_current_object()
    if request.method == "POST" and isinstance(person, Person) and may_change(person):
        request.max_content_length = LARGEST_BODY_BYTES
        be_patient(request.environ)


@blueprint.get("")
def show_form(neighbourhood_id: str) -> str:
    """Ask for a map file, or show which one there is."""
    return page(neighbourhood(neighbourhood_id, signed_in_coordinator()), problem=None)


@blueprint.post("")
def keep(neighbourhood_id: str) -> AnyResponse:
    """Keep a map file for a neighbourhood."""
    person = signed_in_coordinator()
    place = neighbourhood(neighbourhood_id, person)
    given = request.files.get("file")
    problem: MapProblem | None = MapProblem.MISSING
    if given is not None and given.filename:
        problem = files_of(person).keep(neighbourhood_id, given.stream, name=given.filename)
    if problem is not None:
        return Response(page(place, problem=problem), status=UNFIT)
    flash(_("The map is kept. Phones offer it when they next connect."))
    return redirect(url_for("map_files.show_form", neighbourhood_id=neighbourhood_id), SEE_OTHER)


@blueprint.post("/remove")
def remove(neighbourhood_id: str) -> AnyResponse:
    """Take the map of a neighbourhood away."""
    person = signed_in_coordinator()
    files_of(person).remove(neighbourhood(neighbourhood_id, person).neighbourhood_id)
    flash(_("The map is removed."))
    return redirect(url_for("map_files.show_form", neighbourhood_id=neighbourhood_id), SEE_OTHER)


@blueprint.get("/file")
def give_file(neighbourhood_id: str) -> Response:
    """Give the map file, or the part of it that is asked for."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        file = map_queries.map_file(connection, neighbourhood_id, reader=person.person_id)
    path = path_of(services.current().database.folder, file.sha256) if file else None
    if file is None or path is None or not path.is_file():
        raise NotFound("map-unknown", "This neighbourhood has no map file.")
    reply = send_file(path, mimetype=PMTILES, etag=file.sha256, conditional=True)
    # Parts of a file that browsers keep and put together themselves come out wrong.
    reply.headers["Cache-Control"] = "no-store"
    return reply


def files_of(person: Person) -> MapFiles:
    """Let a person change map files."""
    running = services.current()
    return MapFiles(database=running.database, clock=running.clock, person=person)


def neighbourhood(neighbourhood_id: str, person: Person) -> Area:
    """Find a neighbourhood within reach; raises NotFound for any other."""
    with services.current().database.read() as connection:
        place = area(connection, neighbourhood_id, reader=person.person_id)
    if place is None:
        raise NotFound("neighbourhood-unknown", f"No neighbourhood is kept here under the id {neighbourhood_id[:40]}.")
    return place


def page(place: Area, *, problem: MapProblem | None) -> str:
    """Render the page about a neighbourhood's map."""
    running = services.current()
    with running.database.read() as connection:
        file = map_queries.map_file(connection, place.neighbourhood_id, reader=signed_in_coordinator().person_id)
    return render_template(
        "map_file.html",
        place=place,
        file=file,
        missing=file is not None and not path_of(running.database.folder, file.sha256).is_file(),
        mebibytes=figure(round(file.bytes / MEBIBYTE)) if file and file.bytes >= MEBIBYTE else figure(1),
        most=figure(MAP_BYTES // MEBIBYTE),
        problems={"file": problem_words(problem)} if problem else {},
    )


def problem_words(problem: MapProblem) -> str:
    """Say what is wrong with a file, and what to do."""
    match problem:
        case MapProblem.MISSING:
            return str(_("Choose a file."))
        case MapProblem.TOO_LARGE:
            return str(_("The file is too large. Make a map of a smaller area."))
        case MapProblem.NOT_PMTILES:
            return str(_("This is not a map file. Its name usually ends in .pmtiles."))
        case MapProblem.OLD_VERSION:
            return str(_("The map is in an old form. Make it again as PMTiles version 3."))
        case MapProblem.NOT_VECTOR:
            return str(_("The map holds pictures. Make one of lines and areas (vector tiles)."))
        case MapProblem.DAMAGED:
            return str(_("The file is damaged. Make or fetch it again."))
