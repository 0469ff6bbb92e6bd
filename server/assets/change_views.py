"""The console: assets made, changed, closed, moved, merged into one, split again; and any of it undone."""

from collections.abc import Mapping
from http import HTTPStatus
from sqlite3 import Connection

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.assets import list_queries, step_queries
from server.assets.changing import REASON_CHARACTERS, ChangedSince
from server.assets.desk import asset_here, changing, empty_row, found
from server.assets.list_queries import AssetFilter, venues_to_tie
from server.assets.matching import Candidates, Seen
from server.assets.rules import AssetRow, State
from server.assets.showing import UNAPPROVED_TOO, Suggested, known_assets
from server.assets.typed import (
    Field,
    Problem,
    TypedAsset,
    problems_of_asset,
    read_typed,
    since_of,
    typed_of,
    with_typed,
)
from server.assets.wording import changed_since, problem_sentence
from server.coding.labels import book
from server.errors import NotFound
from server.people.rules import Person
from server.people.sessions import signed_in_coordinator
from server.places import queries as places
from server.programme.lines import one_line
from server.venues.typed import today_at
from sync.ids import is_uuid
from sync.limits import NAME_CHARACTERS

__all__ = ["blueprint"]

FOUND_AT_ONCE = 20

blueprint = Blueprint("asset_changes", __name__, url_prefix="/console/assets")


@blueprint.get("/new")
def show_new() -> str:
    """Show the form for a new asset."""
    person = signed_in_coordinator()
    typed = read_typed({"neighbourhood": request.args.get("neighbourhood", "")})
    return page_with_form(person, typed, row=None, asset_id=changing(person).new_id(), problems={})


@blueprint.post("/new")
def add() -> AnyResponse | str:
    """Keep a new asset, and show it. The same form sent twice makes one."""
    person = signed_in_coordinator()
    typed, asset_id = read_typed(request.form), request.form.get("id", "")
    problems = problems_here(person, typed, is_named=False)
    if problems:
        return unfit(page_with_form(person, typed, row=None, asset_id=asset_id, problems=problems))
    work = changing(person)
    asset_id = asset_id if is_uuid(asset_id) else work.new_id()
    if found(person, asset_id) is None:
        work.make(with_typed(empty_row(asset_id, typed.neighbourhood_id), typed))
    return to_asset(asset_id, _("The asset is added."))


@blueprint.get("/<asset_id>/change")
def show_change(asset_id: str) -> str:
    """Show an asset's form with what the desk said of it."""
    person = signed_in_coordinator()
    row = asset_here(person, asset_id)
    return page_with_form(person, typed_of(row), row=row, asset_id=asset_id, problems={})


@blueprint.post("/<asset_id>/change")
def change(asset_id: str) -> AnyResponse | str:
    """Keep what was changed; an asset stays in its neighbourhood."""
    person = signed_in_coordinator()
    row = asset_here(person, asset_id)
    typed = read_typed({**request.form.to_dict(), "neighbourhood": row.neighbourhood_id})
    problems = problems_here(person, typed, is_named=not row.name)
    if problems:
        return unfit(page_with_form(person, typed, row=row, asset_id=asset_id, problems=problems))
    after = with_typed(row, typed)
    if after != row:
        changing(person).change(row, after, reason=reason_given())
    return to_asset(asset_id, _("The changes are saved."))


@blueprint.get("/<asset_id>/state")
def show_state(asset_id: str) -> str:
    """Ask whether an asset is open, closed or has moved, since when and why."""
    return page_with_state(asset_here(signed_in_coordinator(), asset_id), problems={})


@blueprint.post("/<asset_id>/state")
def save_state(asset_id: str) -> AnyResponse | str:
    """Keep whether an asset is open, closed or has moved."""
    person = signed_in_coordinator()
    row = asset_here(person, asset_id)
    states: Mapping[str, State] = {"open": "open", "closed": "closed", "moved": "moved"}
    state = states.get(request.form.get("state", ""), row.state)
    since = since_of(request.form.get("since", ""), today=today_at(services.current().clock.now()))
    if since in {"unreadable", "in-the-future"}:
        problem: Problem = "unreadable" if since == "unreadable" else "in-the-future"
        return unfit(page_with_state(row, problems={"since": problem}))
    if (state, since) != (row.state, row.since):
        changing(person).set_state(row, state=state, since=since, reason=reason_given())
    return to_asset(asset_id, _("The changes are saved."))


@blueprint.get("/<asset_id>/merge")
def show_merge(asset_id: str) -> str:
    """Offer the assets that may be the same as this one: alike ones, and those that a search finds."""
    person = signed_in_coordinator()
    asset_here(person, asset_id)
    search = request.args.get("search", "").replace("\0", "").strip()[:NAME_CHARACTERS]
    with services.current().database.read() as connection:
        asset = list_queries.asset_by_id(connection, asset_id, reader=person.person_id, states=UNAPPROVED_TOO)
        if asset is None or asset.merged_into is not None:
            raise NotFound("asset-unknown", f"No asset is kept here under the id {asset_id[:40]}.")
        alike = alike_assets(connection, asset_id, asset.neighbourhood_id, person)
        searched = list_queries.page_of_assets(
            connection,
            AssetFilter(neighbourhood_id=asset.neighbourhood_id, search=search),
            reader=person.person_id,
            states=UNAPPROVED_TOO,
            skip=0,
            limit=FOUND_AT_ONCE,
        )
    told = {asset_id, *(one.suggestion.id for one in alike)}
    others = [one for one in searched if one.asset_id not in told]
    return render_template("asset_merge.html", asset=asset, alike=alike, others=others, search=search)


@blueprint.post("/<asset_id>/merge")
def merge(asset_id: str) -> AnyResponse:
    """Merge the chosen assets into this one."""
    person = signed_in_coordinator()
    asset_here(person, asset_id)
    others = [one for one in dict.fromkeys(request.form.getlist("other")) if one != asset_id]
    if not others:
        flash(_("Choose one asset or more."))
        return redirect(url_for("asset_changes.show_merge", asset_id=asset_id), HTTPStatus.SEE_OTHER)
    try:
        changing(person).merge(asset_id, others, reason=reason_given())
    except ChangedSince:
        return to_asset(asset_id, changed_since())
    return to_asset(asset_id, _("They are one asset now. You can undo this below."))


@blueprint.post("/<asset_id>/split")
def split(asset_id: str) -> AnyResponse:
    """Split an asset off the one that it was merged into."""
    person = signed_in_coordinator()
    row = asset_here(person, asset_id)
    try:
        changing(person).split(asset_id, reason=reason_given())
    except ChangedSince:
        return to_asset(row.merged_into or asset_id, changed_since())
    return to_asset(asset_id, _("It is an asset of its own again."))


@blueprint.post("/undo")
def undo() -> AnyResponse:
    """Take back a step."""
    person = signed_in_coordinator()
    step_id, back = request.form.get("step_id", ""), request.form.get("asset", "")
    with services.current().database.read() as connection:
        step = step_queries.step_by_id(connection, step_id, reader=person.person_id)
    if step is None:
        raise NotFound("step-unknown", "This step is not here.")
    try:
        changing(person).undo(step_id)
        words = _("The step is undone.")
    except ChangedSince:
        words = _("Something was done after this step. Undo that first.")
    if back and found(person, back) is not None:
        return to_asset(back, words)
    flash(words)
    return redirect(url_for("placing.list_unplaced", neighbourhood=step.neighbourhood_id), HTTPStatus.SEE_OTHER)


def alike_assets(connection: Connection, asset_id: str, neighbourhood_id: str, person: Person) -> list[Suggested]:
    """Give the assets that are most like one."""
    known = known_assets(connection, [neighbourhood_id], reader=person.person_id).get(neighbourhood_id, [])
    itself: Seen | None = next((one for one in known if one.id == asset_id), None)
    by_id = {one.id: one for one in known}
    found = Candidates(one for one in known if one.id != asset_id).suggestions(itself) if itself else []
    return [Suggested(suggestion=one, name=by_id[one.id].names[0], kind=by_id[one.id].kind) for one in found]


def page_with_form(
    person: Person, typed: TypedAsset, *, row: AssetRow | None, asset_id: str, problems: Mapping[Field, Problem]
) -> str:
    """Show the form as it was filled in, with what is wrong with it; `row` is the asset that is changed, if any."""
    with services.current().database.read() as connection:
        shown = (
            list_queries.asset_by_id(connection, asset_id, reader=person.person_id, states=UNAPPROVED_TOO)
            if row
            else None
        )
        return render_template(
            "asset_form.html",
            typed=typed,
            row=row,
            shown=shown,
            asset_id=asset_id,
            neighbourhoods=places.reachable(connection, reader=person.person_id),
            venues=venues_to_tie(connection, reader=person.person_id),
            kinds=[code.id for code in book("assets").codes],
            problems={field: problem_sentence(field, problem) for field, problem in problems.items()},
        )


def page_with_state(row: AssetRow, *, problems: Mapping[Field, Problem]) -> str:
    """Show the form about whether an asset is there."""
    with services.current().database.read() as connection:
        shown = list_queries.asset_by_id(
            connection, row.asset_id, reader=signed_in_coordinator().person_id, states=UNAPPROVED_TOO
        )
    return render_template(
        "asset_state.html",
        row=row,
        shown=shown,
        typed=request.form,
        longest=REASON_CHARACTERS,
        problems={field: problem_sentence(field, problem) for field, problem in problems.items()},
    )


def problems_here(person: Person, typed: TypedAsset, *, is_named: bool) -> dict[Field, Problem]:
    """Find what is wrong with a form."""
    with services.current().database.read() as connection:
        within = {one.neighbourhood_id for one in places.reachable(connection, reader=person.person_id)}
        venues = venues_to_tie(connection, reader=person.person_id)
    return problems_of_asset(
        typed,
        kinds={code.id for code in book("assets").codes},
        venues={one.venue_id for one in venues if one.neighbourhood_id == typed.neighbourhood_id},
        neighbourhoods=within,
        is_named=is_named,
    )


def reason_given() -> str:
    """Read why something is done."""
    return one_line(request.form.get("reason", ""))[:REASON_CHARACTERS]


def to_asset(asset_id: str, words: str) -> AnyResponse:
    """Lead to an asset's page, and say there what was done."""
    flash(words)
    return redirect(url_for("assets.show_asset", asset_id=asset_id), HTTPStatus.SEE_OTHER)


def unfit(page: str) -> Response:
    """Give a page back because of what was filled in on it."""
    return Response(page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
