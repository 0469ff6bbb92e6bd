"""The console: the boundary of a neighbourhood, from a file, from corners that are typed or pressed, or taken away."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server.people.rules import Person
from server.people.sessions import signed_in_administrator
from server.places import changes
from server.places.area_queries import Area
from server.places.boundaries import Boundary, BoundaryProblem, Why, as_geojson, may_be_swapped, swapped
from server.places.corners import CORNERS_CHARACTERS, as_lines, read_corners, read_drawn
from server.places.geojson import GEOJSON_BYTES, read_geojson
from server.places.neighbourhood_views import change_by, neighbourhood
from server.places.sketch import Sketch, sketch
from server.places.wording import boundary_words
from server.setup.onward import Step, onward, step_shown

__all__ = ["blueprint"]

UNFIT: Final = 422
SAVING: Final = frozenset({"save", "swap", "as-it-is"})
CORNERS_TO_DRAW: Final = 300
"""A boundary of more corners comes from a map program, and is better changed there."""
MARGIN: Final = 0.3
WIDER: Final = 4
"""How many times as wide the picture gets for corners that lie outside of it."""

PASTED_BYTES: Final = 2 * GEOJSON_BYTES
"""Of pasted text and what goes with it: some more than is taken, so that whoever pastes too much reads so."""

blueprint = Blueprint("boundaries", __name__, url_prefix="/console/neighbourhoods/<neighbourhood_id>/boundary")


@blueprint.url_value_preprocessor
def make_room_for_text(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a form hold as much text as a file; here, for the forgery token is read from the form before any view."""
    request.max_form_memory_size = PASTED_BYTES


@blueprint.get("")
def show_ways(neighbourhood_id: str) -> str:
    """Ask for a file, or lead to drawing."""
    return page_with_ways(neighbourhood(neighbourhood_id, signed_in_administrator()), typed="", problem=None)


@blueprint.post("")
def take_geojson(neighbourhood_id: str) -> AnyResponse:
    """Read a file or pasted text, and keep the boundary in it."""
    person = signed_in_administrator()
    place = neighbourhood(neighbourhood_id, person)
    file = request.files.get("file")
    typed = request.form.get("text", "")
    body = file.stream.read(GEOJSON_BYTES + 1) if file and file.filename else typed.encode("utf-8", "replace")
    boundary = turned_as_asked(read_geojson(body))
    if isinstance(boundary, BoundaryProblem):
        if boundary.why is Why.MAY_BE_SWAPPED:  # a file is not chosen twice: its text goes along
            typed = body.decode("utf-8-sig", "replace").strip()
        return Response(page_with_ways(place, typed=typed[:GEOJSON_BYTES], problem=boundary), status=UNFIT)
    return saved(place, boundary, person)


def page_with_ways(place: Area, *, typed: str, problem: BoundaryProblem | None) -> str:
    """Render the page that asks for a file."""
    return render_template(
        "boundary.html",
        place=place,
        typed=typed,
        problems={"text" if typed else "file": boundary_words(problem)} if problem else {},
        may_be_swapped=problem is not None and problem.why is Why.MAY_BE_SWAPPED,
        step=step_shown(Step.BOUNDARY, neighbourhood_id=place.neighbourhood_id),
    )


def turned_as_asked(found: Boundary | BoundaryProblem) -> Boundary | BoundaryProblem:
    """Swap latitude and longitude where that was asked for; ask, where they seem swapped and nobody said so yet."""
    go = request.form.get("go")
    if isinstance(found, BoundaryProblem) or not may_be_swapped(found) or go == "as-it-is":
        return found
    return swapped(found) if go == "swap" else BoundaryProblem(Why.MAY_BE_SWAPPED)


def saved(place: Area, boundary: Boundary, person: Person) -> AnyResponse:
    """Keep a boundary with its corners in their order, say so, and go on."""
    text = as_geojson(boundary, in_order=True)
    changes.put_boundary(change_by(person), place.neighbourhood_id, text, corners=boundary.corners)
    flash(_("The boundary is saved."))
    otherwise = url_for("neighbourhoods.show_neighbourhood", neighbourhood_id=place.neighbourhood_id)
    return onward(Step.BOUNDARY, otherwise=otherwise, neighbourhood_id=place.neighbourhood_id)


@blueprint.get("/corners")
def show_corners(neighbourhood_id: str) -> str:
    """Show the corners of the boundary as lines and as a picture."""
    place = neighbourhood(neighbourhood_id, signed_in_administrator())
    there = read_geojson(place.boundary.encode()) if place.boundary else None
    rings = list(there.rings) if isinstance(there, Boundary) else []
    drawable = len(rings) == 1 and len(rings[0]) <= CORNERS_TO_DRAW
    typed = as_lines(rings[0]) if drawable else ""
    return page_with_corners(place, typed=typed, problem=None, not_drawable=bool(rings) and not drawable)


@blueprint.post("/corners")
def take_corners(neighbourhood_id: str) -> AnyResponse:
    """Show the shape of what was typed, or keep it."""
    person = signed_in_administrator()
    place = neighbourhood(neighbourhood_id, person)
    typed = request.form.get("corners", "")[:CORNERS_CHARACTERS]
    if request.form.get("go") not in SAVING:
        corners = read_corners(typed)
        problem = corners if isinstance(corners, BoundaryProblem) else None
        page = page_with_corners(place, typed=typed, problem=problem)
        return Response(page, status=UNFIT if problem else 200)
    boundary = turned_as_asked(read_drawn(typed))
    if isinstance(boundary, BoundaryProblem):
        return Response(page_with_corners(place, typed=typed, problem=boundary), status=UNFIT)
    return saved(place, boundary, person)


def page_with_corners(place: Area, *, typed: str, problem: BoundaryProblem | None, not_drawable: bool = False) -> str:
    """Render the page with the corners as they were typed, and as far as they can be drawn."""
    wider = request.form.get("go") == "wider"
    return render_template(
        "boundary_corners.html",
        place=place,
        typed=typed,
        problems=words_at_corners(problem),
        may_be_swapped=problem is not None and problem.why is Why.MAY_BE_SWAPPED,
        drawing=drawing_of(typed, margin=MARGIN * WIDER if wider else MARGIN),
        not_drawable=not_drawable,
        step=step_shown(Step.BOUNDARY, neighbourhood_id=place.neighbourhood_id),
    )


def words_at_corners(problem: BoundaryProblem | None) -> Mapping[str, str]:
    """Say what is wrong with the corners; when nothing was typed, how to begin."""
    if problem is None:
        return {}
    if problem.why == "empty":
        return {"corners": _("Type the first corner: latitude, longitude, such as 51.5345, -0.0345")}
    if problem.why == "too-few-corners":
        return {"corners": _("A boundary needs 3 corners or more that differ.")}
    return {"corners": boundary_words(problem)}


def drawing_of(typed: str, *, margin: float) -> Sketch | None:
    """Draw the corners, if there are any and all can be read."""
    corners = read_corners(typed)
    return None if isinstance(corners, BoundaryProblem) or not corners else sketch((corners,), margin=margin)


@blueprint.get("/remove")
def ask_to_remove(neighbourhood_id: str) -> str:
    """Ask once whether the boundary is to go."""
    return render_template("boundary_remove.html", place=neighbourhood(neighbourhood_id, signed_in_administrator()))


@blueprint.post("/remove")
def remove(neighbourhood_id: str) -> AnyResponse:
    """Take the boundary away."""
    person = signed_in_administrator()
    place = neighbourhood(neighbourhood_id, person)
    changes.put_boundary(change_by(person), neighbourhood_id, None)
    flash(_("The boundary is removed."))
    return redirect(url_for("neighbourhoods.show_neighbourhood", neighbourhood_id=place.neighbourhood_id), 303)
