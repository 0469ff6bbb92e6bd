"""The console: what may change about a poster while it hangs. The printed paper stays valid."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.config import POSTER_LIFETIME_LIMIT, POSTER_QUOTA_LIMIT
from server.forms.queries import TextPack
from server.i18n import autonyms
from server.people.sessions import signed_in_coordinator
from server.venues import typed
from server.venues.poster_forms import languages_to_choose
from server.venues.poster_views import changes, poster_here, poster_of, to_venue, typed_poster, unfit
from server.venues.queries import count_responses
from server.venues.rules import Poster, may_be_changed
from server.venues.showing import shown_code
from server.venues.typed import Problems, TypedPoster, problems_of_poster
from server.venues.wording import problem_sentence

__all__ = ["blueprint"]

blueprint = Blueprint("poster_changes", __name__, url_prefix="/console/posters/<poster_id>/change")


@blueprint.get("")
def show_change(poster_id: str) -> AnyResponse | str:
    """Show the form with what is kept."""
    poster = poster_here(poster_id, signed_in_coordinator())
    if not may_be_changed(poster):
        return to_venue(poster.venue_id, poster_id)
    kept = TypedPoster(
        form_id=poster.form_id,
        languages=poster.languages,
        last_day=typed.last_day_of(poster.expires_at).isoformat(),
        quota=str(poster.quota),
    )
    return page_with_form(poster, kept, languages=languages_of(poster), problems={})


@blueprint.post("")
def change_poster(poster_id: str) -> AnyResponse | str:
    """Keep what was changed; a poster that was replaced meanwhile stays as it is."""
    person = signed_in_coordinator()
    poster = poster_here(poster_id, person)
    wanted, languages = typed_poster(), languages_of(poster)
    today = typed.today_at(services.current().clock.now())
    problems = problems_of_poster(wanted, languages={pack.lang for pack in languages}, today=today)
    if problems:
        return unfit(page_with_form(poster, wanted, languages=languages, problems=problems))
    changes(person).change(poster_of(wanted, poster_id))
    return to_venue(poster.venue_id, poster_id)


def page_with_form(poster: Poster, wanted: TypedPoster, *, languages: tuple[TextPack, ...], problems: Problems) -> str:
    """Show the form as it was filled in, with what is wrong with it."""
    running = services.current()
    today = typed.today_at(running.clock.now())
    with running.database.read() as connection:
        so_far = count_responses(connection, poster.poster_id)
    return render_template(
        "poster_change.html",
        poster=poster,
        code=shown_code(poster.code),
        so_far=so_far,
        languages=languages,
        typed=wanted,
        today=today,
        latest=today + POSTER_LIFETIME_LIMIT,
        most=POSTER_QUOTA_LIMIT,
        worded=autonyms(),
        problems={field: problem_sentence(field, problem) for field, problem in problems.items()},
    )


def languages_of(poster: Poster) -> tuple[TextPack, ...]:
    """List the languages that a poster may get."""
    with services.current().database.read() as connection:
        return languages_to_choose(connection, poster)
