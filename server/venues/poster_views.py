"""The console: posters, made for a venue, printed, rotated, closed and opened again."""

from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.address import public_address
from server.config import POSTER_LIFETIME_LIMIT, POSTER_QUOTA, POSTER_QUOTA_LIMIT
from server.errors import NotFound
from server.i18n import autonyms as our_autonyms
from server.i18n import direction_of, page_language
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator, signed_in_person
from server.places.drawing import draw_qr
from server.programme.form_queries import is_offered
from server.programme.queries import programme
from server.reviews.languages import best_title
from server.venues import poster_queries as queries
from server.venues import sheet, typed, venue_queries
from server.venues.poster_changes import PosterChanges, WantedPoster
from server.venues.poster_forms import PosterForm, forms_for_posters
from server.venues.queries import count_responses
from server.venues.rules import Poster, Venue, as_shown, may_rotate, standing
from server.venues.showing import shown_code, words_of_form
from server.venues.typed import Problems, TypedPoster, problems_of_poster
from server.venues.venue_changes import new_id
from server.venues.wording import poster_words, problem_sentence

__all__ = ["blueprint"]

blueprint = Blueprint("posters", __name__, url_prefix="/console")


@blueprint.get("/venues/<venue_id>/posters/new")
def show_new_poster(venue_id: str) -> AnyResponse | str:
    """Ask which form a new poster carries; when that is known, the rest."""
    person = signed_in_coordinator()
    venue = venue_here(venue_id, person)
    if venue.closed_at is not None:
        return to_venue(venue_id)
    forms = forms_here(venue)
    fitting = [form for form in forms if form.fits]
    asked = request.args.get("form") or (fitting[0].form_id if len(fitting) == 1 else "")
    form = next((one for one in fitting if one.form_id == asked), None)
    if form is None:
        return page_of_forms(venue, forms, problems={})
    running = services.current()
    last_day = typed.default_last_day(typed.today_at(running.clock.now()))
    wanted = TypedPoster(
        form_id=form.form_id,
        languages=tuple(pack.lang for pack in form.languages),
        last_day=last_day.isoformat(),
        quota=str(POSTER_QUOTA),
    )
    return page_with_form(venue, form, wanted, new_id(running.clock, running.random_bytes), problems={})


@blueprint.post("/venues/<venue_id>/posters/new")
def make_poster(venue_id: str) -> AnyResponse | str:
    """Make a poster, and show it on its venue's page."""
    person = signed_in_coordinator()
    venue = venue_here(venue_id, person)
    wanted, poster_id = typed_poster(), request.form.get("id", "")
    forms = forms_here(venue)
    form = next((one for one in forms if one.fits and one.form_id == wanted.form_id), None)
    if form is None:
        return unfit(page_of_forms(venue, forms, problems={"form": "missing"}))
    today = typed.today_at(services.current().clock.now())
    problems = problems_of_poster(wanted, languages={pack.lang for pack in form.languages}, today=today)
    if problems:
        return unfit(page_with_form(venue, form, wanted, poster_id, problems=problems))
    made = changes(person).make(poster_of(wanted, poster_id), venue)
    return to_venue(venue_id, made)


@blueprint.get("/posters/<poster_id>/print/<paper>")
def print_poster(poster_id: str, paper: str) -> str:
    """Show a poster as it goes on paper: ``a4``, ``a5``, or a sheet of ``labels``."""
    poster = poster_here(poster_id, signed_in_person())
    if paper not in sheet.PAPERS:
        raise NotFound("paper-unknown", f"Posters are made for {', '.join(sheet.PAPERS)}; {paper} is none of them.")
    running, address = services.current(), public_address()
    with running.database.read() as connection:
        asking = programme(connection)
        autonyms = {pack.lang: pack.autonym for pack in words_of_form(connection, poster.form_id)}
        stands = as_shown(
            standing(poster, count_responses(connection, poster_id), running.clock.now()),
            offered=is_offered(connection, poster.form_id),
        )
    chosen = sheet.chosen_languages(poster, list(our_autonyms()))
    spoken = [words for language in chosen.spoken if (words := poster_words(language, asking))]
    return render_template(
        "poster.html",
        paper=sheet.PAPERS[paper],
        poster=poster,
        code=shown_code(poster.code),
        standing=stands,
        spoken=spoken,
        named=[(language, autonyms.get(language, language), direction_of(language)) for language in chosen.named],
        programme=asking,
        room=sheet.room_for(poster.venue_name, asking.name if asking else "", asking.contact if asking else ""),
        long_name=sheet.is_long(poster.venue_name),
        drawing=draw_qr(sheet.poster_link(address, poster), spoilt="25 %"),
        address=sheet.typed_address(address),
        here_only=sheet.reached_from_here_only(address),
    )


@blueprint.get("/posters/<poster_id>/rotate")
def ask_before_rotating(poster_id: str) -> AnyResponse | str:
    """Ask once before a poster is replaced by one with a new code."""
    return asked_before(poster_id, "poster_rotate.html")


@blueprint.post("/posters/<poster_id>/rotate")
def rotate_poster(poster_id: str) -> AnyResponse:
    """Replace a poster by one with a new code."""
    person = signed_in_coordinator()
    poster = poster_here(poster_id, person)
    changes(person).rotate(poster)
    return to_venue(poster.venue_id)


@blueprint.get("/posters/<poster_id>/close")
def ask_before_closing(poster_id: str) -> AnyResponse | str:
    """Ask once before a poster is closed."""
    return asked_before(poster_id, "poster_close.html")


@blueprint.post("/posters/<poster_id>/close")
def close_poster(poster_id: str) -> AnyResponse:
    """Close a poster."""
    person = signed_in_coordinator()
    poster = poster_here(poster_id, person)
    changes(person).close(poster)
    return to_venue(poster.venue_id, poster_id)


@blueprint.post("/posters/<poster_id>/reopen")
def reopen_poster(poster_id: str) -> AnyResponse:
    """Open a closed poster again, if it has not expired."""
    person = signed_in_coordinator()
    poster = poster_here(poster_id, person)
    changes(person).reopen(poster, venue_here(poster.venue_id, person))
    return to_venue(poster.venue_id, poster_id)


def asked_before(poster_id: str, template: str) -> AnyResponse | str:
    """Show the question before a poster is changed for good; nothing to ask leads back to the venue."""
    poster = poster_here(poster_id, signed_in_coordinator())
    if not may_rotate(poster):
        return to_venue(poster.venue_id, poster_id)
    return render_template(template, poster=poster, code=shown_code(poster.code))


def page_of_forms(venue: Venue, forms: list[PosterForm], *, problems: Problems) -> str:
    """Show which forms a poster can carry, and why not the others."""
    wishes = [page_language(), "en"]
    return render_template(
        "poster_forms.html",
        venue=venue,
        fitting=[(form, best_title(form.titles, wishes, form_id=form.form_id)) for form in forms if form.fits],
        others=[(form, best_title(form.titles, wishes, form_id=form.form_id)) for form in forms if not form.fits],
        problem=next((problem_sentence(field, problem) for field, problem in problems.items()), None),
    )


def page_with_form(venue: Venue, form: PosterForm, wanted: TypedPoster, poster_id: str, *, problems: Problems) -> str:
    """Show the form for a new poster as it was filled in, with what is wrong with it."""
    today = typed.today_at(services.current().clock.now())
    return render_template(
        "poster_form.html",
        venue=venue,
        form=form,
        title=best_title(form.titles, [page_language(), "en"], form_id=form.form_id),
        typed=wanted,
        poster_id=poster_id,
        today=today,
        latest=today + POSTER_LIFETIME_LIMIT,
        most=POSTER_QUOTA_LIMIT,
        worded=our_autonyms(),
        problems={field: problem_sentence(field, problem) for field, problem in problems.items()},
    )


def typed_poster() -> TypedPoster:
    """Read the form."""
    return TypedPoster(
        form_id=request.form.get("form", ""),
        languages=typed.languages_in_order(request.form.getlist("languages")),
        last_day=request.form.get("last_day", "").strip(),
        quota=request.form.get("quota", "").strip(),
    )


def poster_of(wanted: TypedPoster, poster_id: str) -> WantedPoster:
    """Make a wish of a form in which nothing is wrong."""
    last_day, quota = typed.read_day(wanted.last_day), typed.read_number(wanted.quota)
    assert last_day is not None, "problems_of_poster found no fault with the day."
    assert quota is not None, "problems_of_poster found no fault with the number."
    return WantedPoster(
        poster_id=poster_id,
        form_id=wanted.form_id,
        languages=wanted.languages,
        quota=quota,
        expires_at=typed.end_of(last_day),
    )


def changes(person: Person) -> PosterChanges:
    """Let a person change posters."""
    running = services.current()
    return PosterChanges(
        database=running.database, clock=running.clock, random_bytes=running.random_bytes, person=person
    )


def forms_here(venue: Venue) -> list[PosterForm]:
    """List the forms on offer in a venue's neighbourhood."""
    with services.current().database.read() as connection:
        return forms_for_posters(connection, venue.neighbourhood_id)


def venue_here(venue_id: str, person: Person) -> Venue:
    """Find a venue within a person's reach; raises NotFound for any other."""
    with services.current().database.read() as connection:
        venue = venue_queries.venue_by_id(connection, venue_id, reader=person.person_id)
    if venue is None:
        raise NotFound("venue-unknown", f"No venue is kept here under the id {venue_id}.")
    return venue


def poster_here(poster_id: str, person: Person) -> Poster:
    """Find a poster within a person's reach; raises NotFound for any other."""
    with services.current().database.read() as connection:
        poster = queries.poster_within(connection, poster_id, reader=person.person_id)
    if poster is None:
        raise NotFound("poster-unknown", f"No poster is kept here under the id {poster_id}.")
    return poster


def to_venue(venue_id: str, poster_id: str | None = None) -> AnyResponse:
    """Lead back to a venue's page, to one of its posters if need be."""
    anchor = f"poster-{poster_id}" if poster_id else None
    return redirect(url_for("venues.show_venue", venue_id=venue_id, _anchor=anchor), HTTPStatus.SEE_OTHER)


def unfit(page: str) -> Response:
    """Give a page back because of what was filled in on it."""
    return Response(page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
