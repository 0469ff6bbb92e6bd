"""The console: venues, listed, added, changed, closed and opened again."""

from collections.abc import Mapping
from http import HTTPStatus
from sqlite3 import Connection

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.clock import as_text
from server.config import PLACE_WORDS_CHARACTERS, VENUES_PER_PAGE
from server.errors import NotFound
from server.i18n import page_language
from server.people.rules import Person, may_change
from server.people.sessions import signed_in_coordinator, signed_in_person
from server.places import queries as places
from server.programme.lines import one_line
from server.reviews.languages import best_title
from server.reviews.paging import PageOf, page_number
from server.venues import showing
from server.venues import venue_queries as queries
from server.venues.rules import Venue
from server.venues.typed import Problems, TypedVenue, problems_of_venue, read_position, shown_position
from server.venues.venue_changes import VenueChanges, new_id
from server.venues.wording import install_poster_wording, problem_sentence
from sync.limits import NAME_CHARACTERS

__all__ = ["blueprint"]

blueprint = Blueprint("venues", __name__, url_prefix="/console/venues")
install_poster_wording(blueprint)

SEARCH_FROM_VENUES = 10
"""A shorter list is read faster than it is searched."""


@blueprint.get("")
def list_venues() -> str:
    """Show one page of the venues, all or those that match what was asked."""
    person = signed_in_person()
    chosen = request.args.get("neighbourhood") or None
    search = request.args.get("search", "").strip()[:NAME_CHARACTERS]
    with services.current().database.read() as connection:
        every = queries.count_venues(connection, reader=person.person_id, neighbourhood_id=None, search="")
        total = queries.count_venues(connection, reader=person.person_id, neighbourhood_id=chosen, search=search)
        number = page_number(request.args.get("page", ""), size=VENUES_PER_PAGE, total=total)
        page = PageOf(number=number, size=VENUES_PER_PAGE, total=total)
        venues = queries.page_of_venues(
            connection,
            reader=person.person_id,
            neighbourhood_id=chosen,
            search=search,
            now=as_text(services.current().clock.now()),
            skip=page.skip,
            limit=page.size,
        )
        neighbourhoods = places.reachable(connection, reader=person.person_id)
    return render_template(
        "venues.html",
        venues=venues,
        page=page,
        every=every,
        chosen=chosen,
        search=search,
        searchable=every > SEARCH_FROM_VENUES or bool(search),
        neighbourhoods=neighbourhoods,
        may_change=may_change(person),
    )


@blueprint.get("/new")
def show_new_venue() -> str:
    """Show the form for a new venue."""
    person = signed_in_coordinator()
    running = services.current()
    wanted = request.args.get("neighbourhood", "")
    typed = TypedVenue(name="", place_words="", position="", neighbourhood_id=wanted)
    return page_with_form(person, typed, venue_id=new_id(running.clock, running.random_bytes), problems={})


@blueprint.post("/new")
def add_venue() -> AnyResponse | str:
    """Keep a new venue, and show it."""
    person = signed_in_coordinator()
    typed = typed_venue(request.form)
    venue_id = request.form.get("id", "")
    problems = problems_of_venue(typed, neighbourhoods=ids_within_reach(person))
    if problems:
        return unfit(page_with_form(person, typed, venue_id=venue_id, problems=problems))
    kept = changes(person).add(venue_of(typed, venue_id=venue_id))
    return redirect(url_for("venues.show_venue", venue_id=kept), HTTPStatus.SEE_OTHER)


@blueprint.get("/<venue_id>")
def show_venue(venue_id: str) -> str:
    """Show a venue with its posters and what came by them."""
    person = signed_in_person()
    running = services.current()
    with running.database.read() as connection:
        venue = venue_within(connection, venue_id, person)
        posters = showing.shown_posters(connection, venue, reader=person.person_id, now=running.clock.now())
    titles = {
        shown.poster.form_id: best_title(shown.titles, [page_language(), "en"], form_id=shown.poster.form_id)
        for shown in posters
    }
    return render_template(
        "venue.html",
        venue=venue,
        position=shown_position(venue.latitude, venue.longitude),
        posters=posters,
        titles=titles,
        totals=showing.totals(posters),
        may_change=may_change(person),
    )


@blueprint.get("/<venue_id>/change")
def show_change(venue_id: str) -> str:
    """Show a venue's form with what is kept."""
    person = signed_in_coordinator()
    venue = venue_here(venue_id, person)
    typed = TypedVenue(
        name=venue.name,
        place_words=venue.place_words,
        position=shown_position(venue.latitude, venue.longitude),
        neighbourhood_id=venue.neighbourhood_id,
    )
    return page_with_form(person, typed, venue=venue, venue_id=venue_id, problems={})


@blueprint.post("/<venue_id>/change")
def change_venue(venue_id: str) -> AnyResponse | str:
    """Keep what was changed; a venue stays in its neighbourhood."""
    person = signed_in_coordinator()
    venue = venue_here(venue_id, person)
    typed = typed_venue({**request.form.to_dict(), "neighbourhood": venue.neighbourhood_id})
    problems = problems_of_venue(typed, neighbourhoods=(venue.neighbourhood_id,))
    if problems:
        return unfit(page_with_form(person, typed, venue=venue, venue_id=venue_id, problems=problems))
    changes(person).change(venue_of(typed, venue_id=venue_id))
    return to_venue(venue_id)


@blueprint.get("/<venue_id>/close")
def ask_before_closing(venue_id: str) -> str:
    """Ask once before a venue and its posters are closed."""
    return render_template("venue_close.html", venue=venue_here(venue_id, signed_in_coordinator()))


@blueprint.post("/<venue_id>/close")
def close_venue(venue_id: str) -> AnyResponse:
    """Close a venue, and with it its posters."""
    person = signed_in_coordinator()
    changes(person).close(venue_here(venue_id, person))
    return to_venue(venue_id)


@blueprint.post("/<venue_id>/reopen")
def reopen_venue(venue_id: str) -> AnyResponse:
    """Open a venue again, and the posters that were open when it closed."""
    person = signed_in_coordinator()
    changes(person).reopen(venue_here(venue_id, person))
    return to_venue(venue_id)


def page_with_form(
    person: Person, typed: TypedVenue, *, venue_id: str, problems: Problems, venue: Venue | None = None
) -> str:
    """Show the form as it was filled in, with what is wrong with it; `venue` is the one that is changed, if any."""
    with services.current().database.read() as connection:
        neighbourhoods = places.reachable(connection, reader=person.person_id)
    return render_template(
        "venue_form.html",
        typed=typed,
        venue=venue,
        venue_id=venue_id,
        neighbourhoods=neighbourhoods,
        problems={field: problem_sentence(field, problem) for field, problem in problems.items()},
        longest={"name": NAME_CHARACTERS, "place_words": PLACE_WORDS_CHARACTERS},
    )


def typed_venue(form: Mapping[str, str]) -> TypedVenue:
    """Read the form; what is typed is brought into one line."""
    return TypedVenue(
        name=one_line(form.get("name", "")),
        place_words=one_line(form.get("place_words", "")),
        position=form.get("position", "").strip(),
        neighbourhood_id=form.get("neighbourhood", ""),
    )


def venue_of(typed: TypedVenue, *, venue_id: str) -> Venue:
    """Make a venue of a form in which nothing is wrong."""
    position = read_position(typed.position) if typed.position else None
    latitude, longitude = position or (None, None)
    return Venue(
        venue_id=venue_id,
        neighbourhood_id=typed.neighbourhood_id,
        neighbourhood_name="",
        name=typed.name,
        place_words=typed.place_words,
        latitude=latitude,
        longitude=longitude,
        created_at=as_text(services.current().clock.now()),
        closed_at=None,
    )


def changes(person: Person) -> VenueChanges:
    """Let a person change venues."""
    running = services.current()
    return VenueChanges(
        database=running.database, clock=running.clock, random_bytes=running.random_bytes, person=person
    )


def ids_within_reach(person: Person) -> set[str]:
    """Give the neighbourhoods in which a person may add venues."""
    with services.current().database.read() as connection:
        return {place.neighbourhood_id for place in places.reachable(connection, reader=person.person_id)}


def venue_here(venue_id: str, person: Person) -> Venue:
    """Find a venue within a person's reach; raises NotFound for any other."""
    with services.current().database.read() as connection:
        return venue_within(connection, venue_id, person)


def venue_within(connection: Connection, venue_id: str, person: Person) -> Venue:
    """Find a venue as `venue_here` does, on a connection that is open."""
    venue = queries.venue_by_id(connection, venue_id, reader=person.person_id)
    if venue is None:
        raise NotFound("venue-unknown", f"No venue is kept here under the id {venue_id}.")
    return venue


def to_venue(venue_id: str) -> AnyResponse:
    """Lead back to a venue's page."""
    return redirect(url_for("venues.show_venue", venue_id=venue_id), HTTPStatus.SEE_OTHER)


def unfit(page: str) -> Response:
    """Give a page back because of what was filled in on it."""
    return Response(page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
