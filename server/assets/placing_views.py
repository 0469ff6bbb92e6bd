"""The console: observations that stand on no asset yet, and where they are put."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.assets import list_queries, mention_queries, step_queries
from server.assets.changing import ChangedSince, Observed
from server.assets.desk import changing, empty_row, found
from server.assets.folding import fold
from server.assets.list_queries import AssetFilter
from server.assets.mention_queries import Mention
from server.assets.rules import NO_ASSET
from server.assets.showing import UNAPPROVED_TOO, states_of, suggested
from server.assets.wording import changed_since, placed_words
from server.coding.labels import book
from server.errors import NotFound
from server.people.rules import Person, may_change
from server.people.sessions import signed_in_coordinator, signed_in_person
from server.places import queries as places
from server.reviews.paging import PageOf, page_number
from sync.limits import NAME_CHARACTERS

__all__ = ["blueprint"]

MENTIONS_PER_PAGE: Final = 20
FOUND_AT_ONCE: Final = 20

blueprint = Blueprint("placing", __name__, url_prefix="/console/assets/mentions")


@blueprint.get("")
def list_unplaced() -> str:
    """Show one page of the observations that wait for a place, each with the assets that it may be about."""
    person = signed_in_person()
    reader, states = person.person_id, states_of(request.args.get("also", ""))
    chosen, kind = request.args.get("neighbourhood") or None, request.args.get("kind", "")
    with services.current().database.read() as connection:
        total = mention_queries.count_unplaced(
            connection, reader=reader, neighbourhood_id=chosen, kind=kind, states=states
        )
        number = page_number(request.args.get("page", ""), size=MENTIONS_PER_PAGE, total=total)
        page = PageOf(number=number, size=MENTIONS_PER_PAGE, total=total)
        mentions = mention_queries.page_of_unplaced(
            connection,
            reader=reader,
            neighbourhood_id=chosen,
            kind=kind,
            states=states,
            skip=page.skip,
            limit=page.size,
        )
        suggestions = suggested(connection, mentions, reader=reader)
        neighbourhoods = places.reachable(connection, reader=reader)
        done = step_queries.step_by_id(connection, request.args.get("done", ""), reader=reader)
    also = request.args.get("also") or None
    one_by_one = request.args.get("single") or None
    return render_template(
        "mentions.html",
        groups=[[one] for one in mentions] if one_by_one else gathered(mentions),
        suggestions=suggestions,
        page=page,
        chosen=chosen,
        kind=kind,
        kinds=[code.id for code in book("assets").codes],
        also=also,
        one_by_one=one_by_one,
        kept={"neighbourhood": chosen, "kind": kind or None, "also": also, "single": one_by_one},
        neighbourhoods=neighbourhoods,
        done=done if done and not done.undone else None,
        may_change=may_change(person),
    )


@blueprint.get("/none")
def list_none() -> str:
    """Show one page of the observations of which somebody said that they are about no asset."""
    person = signed_in_person()
    with services.current().database.read() as connection:
        total = mention_queries.count_none(connection, reader=person.person_id)
        number = page_number(request.args.get("page", ""), size=MENTIONS_PER_PAGE, total=total)
        page = PageOf(number=number, size=MENTIONS_PER_PAGE, total=total)
        mentions = mention_queries.page_of_none(connection, reader=person.person_id, skip=page.skip, limit=page.size)
    return render_template("mentions_none.html", mentions=mentions, page=page, may_change=may_change(person))


@blueprint.get("/choose")
def show_choice() -> str:
    """Offer every asset of the neighbourhood for one observation, by suggestion and by search."""
    person = signed_in_coordinator()
    mention = mention_asked(person, request.args.get("response_id", ""), request.args.get("observation", ""))
    search = request.args.get("search", "").replace("\0", "").strip()[:NAME_CHARACTERS]
    with services.current().database.read() as connection:
        suggestions = suggested(connection, [mention], reader=person.person_id)
        assets = list_queries.page_of_assets(
            connection,
            AssetFilter(neighbourhood_id=mention.neighbourhood_id, search=search),
            reader=person.person_id,
            states=UNAPPROVED_TOO,
            skip=0,
            limit=FOUND_AT_ONCE,
        )
    return render_template(
        "mention_choose.html",
        mention=mention,
        suggestions=suggestions[mention.response_id, mention.observation_id],
        assets=assets,
        search=search,
    )


@blueprint.post("/place")
def place() -> AnyResponse:
    """Put observations on an asset, make a new one of them, say that they are none, or take one off."""
    person = signed_in_coordinator()
    asked = list(zip(request.form.getlist("response_id"), request.form.getlist("observation"), strict=False))
    mentions = [mention_asked(person, *one) for one in asked[:MENTIONS_PER_PAGE] or [("", "")]]
    step = ""
    try:
        words, step = placed(person, mentions, request.form.get("go", ""))
    except ChangedSince:
        words = changed_since()
    flash(words)
    back = request.form.get("back", "")
    if back and found(person, back) is not None:
        return redirect(url_for("assets.show_asset", asset_id=back), HTTPStatus.SEE_OTHER)
    return redirect(list_again(done=step), HTTPStatus.SEE_OTHER)


def placed(person: Person, mentions: Sequence[Mention], go: str) -> tuple[str, str]:
    """Do what was asked with observations of one name; give what to say of it, and the step, to undo it by."""
    work = changing(person)
    first, observations = mentions[0], [observed(one) for one in mentions]
    if go == "new":
        made = work.make(empty_row(work.new_id(), first.neighbourhood_id), of=observations)
        return placed_words("new", first.label), made
    if go == "none":
        return placed_words("none", first.label), work.place(observations, on=NO_ASSET)
    if go == "off":
        return placed_words("off", first.label), work.take_off(observations[0])
    asset_id = request.form.get("asset", "")
    if found(person, asset_id) is None:
        return str(_("Choose an asset.")), ""
    return placed_words("asset", first.label), work.place(observations, on=asset_id)


def observed(mention: Mention) -> Observed:
    """Name an observation."""
    return mention.response_id, mention.observation_id


def gathered(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Put those together that have the very same name, kind and neighbourhood, where the first of them stands."""
    groups: dict[tuple[str, ...], list[Mention]] = {}
    for one in mentions:
        name = fold(one.label)
        same = (one.neighbourhood_id, one.kind, name) if name else observed(one)
        groups.setdefault(same, []).append(one)
    return list(groups.values())


def mention_asked(person: Person, response_id: str, observation_id: str) -> Mention:
    """Find the observation that is asked for; raises NotFound for one that is out of reach."""
    with services.current().database.read() as connection:
        mention = mention_queries.observation(
            connection, response_id=response_id, observation_id=observation_id, reader=person.person_id
        )
    if mention is None:
        raise NotFound("mention-unknown", "What was said of this asset is not here any more.")
    return mention


def list_again(*, done: str) -> str:
    """Give the address of the list that somebody came from; `done` is a step that can be undone there."""
    names: Sequence[str] = ("neighbourhood", "kind", "also", "single", "page")
    kept = {name: value for name in names if (value := request.form.get(f"list_{name}", ""))}
    address = url_for("placing.list_unplaced")
    asked = urlencode({**kept, **({"done": done} if done else {})})
    return f"{address}?{asked}" if asked else address
