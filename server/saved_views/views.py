"""The console: views of the list that people keep under a name."""

from http import HTTPStatus
from urllib.parse import parse_qsl

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.clock import as_text
from server.people.rules import may_change
from server.people.sessions import actor_of, signed_in_person
from server.programme.lines import one_line
from server.reviews.filter_wording import filter_labels
from server.reviews.filters import read_filters
from server.saved_views import keeping, queries
from server.saved_views.keeping import Keeping
from server.saved_views.rules import NAME_CHARACTERS, Fault, Wish, clean_query, may_delete
from server.saved_views.wording import fault_words
from server.venues.venue_changes import new_id

__all__ = ["blueprint"]

blueprint = Blueprint("saved_views", __name__, url_prefix="/console/saved-views")


@blueprint.get("")
def list_views() -> Response:
    """Show all views that the person sees, and keep the list of this address as a new one."""
    return page_of_views(clean_query(request.query_string.decode("ascii", "ignore")))


@blueprint.post("")
def save_view() -> AnyResponse:
    """Keep a view, and lead to it."""
    wish = Wish(
        name=one_line(request.form.get("name", "")[: NAME_CHARACTERS * 2]),
        query=clean_query(request.form.get("query", "")),
        team=request.form.get("team", "") == "yes",
    )
    running, who = services.current(), now()
    filters = read_filters(MultiDict(parse_qsl(wish.query)))
    fault = running.database.write(
        lambda connection: keeping.save(
            connection,
            who,
            wish,
            view_id=new_id(running.clock, running.random_bytes),
            neighbourhood_id=filters.neighbourhood or None,
            venue_id=filters.venue,
        )
    )
    if fault is not None:
        return page_of_views(wish.query, wish=wish, fault=fault)
    flash(_("The view is saved."))
    return redirect(iri_to_uri(f"{url_for('reviews.list_responses')}?{wish.query or 'all=yes'}"))


@blueprint.post("/<view_id>/delete")
def delete_view(view_id: str) -> AnyResponse:
    """Delete a view."""
    who = now()
    services.current().database.write(lambda connection: keeping.delete(connection, who, view_id))
    flash(_("The view is deleted."))
    return redirect(url_for("saved_views.list_views"))


@blueprint.post("/begin")
def begin_with() -> AnyResponse:
    """Begin one's list with a view, or with all responses."""
    who, view_id = now(), request.form.get("view", "")
    services.current().database.write(lambda connection: keeping.begin_with(connection, who, view_id))
    flash(_("Your list begins with this view now.") if view_id else _("Your list begins with all responses now."))
    return redirect(url_for("saved_views.list_views"))


def page_of_views(query: str, *, wish: Wish | None = None, fault: Fault | None = None) -> Response:
    """Draw the page, with what hinders keeping a view if something does."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        views = queries.views_of(connection, reader=person.person_id)
    page = render_template(
        "saved_views.html",
        views=[(view, may_delete(view, person), about(view.query)) for view in views],
        query=query,
        about=about(query),
        wish=wish,
        problems={"name": fault_words(fault)} if fault else {},
        may_share=may_change(person),
    )
    return Response(page, status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK)


def about(query: str) -> list[str]:
    """Say which filters an address narrows the list down by."""
    labels = filter_labels()
    return [labels[name] for name in read_filters(MultiDict(parse_qsl(query))).chosen]


def now() -> Keeping:
    """Give who does it, and when."""
    return Keeping(actor=actor_of(signed_in_person()), now=as_text(services.current().clock.now()))
