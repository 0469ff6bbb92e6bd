"""The console: the list of assets, and one asset with all that people said of it."""

from sqlite3 import Connection
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server import services
from server.assets import list_queries, mention_queries, row_queries, step_queries
from server.assets.list_queries import AssetFilter, ListedAsset
from server.assets.showing import UNAPPROVED_TOO, benefits_of, states_of
from server.assets.telling import tell
from server.assets.wording import install_asset_wording
from server.coding.labels import book
from server.errors import NotFound
from server.people.rules import may_change
from server.people.sessions import signed_in_person
from server.places import queries as places
from server.reviews.paging import PageOf, page_number
from server.venues.typed import shown_position
from sync.limits import NAME_CHARACTERS

__all__ = ["blueprint"]

ASSETS_PER_PAGE: Final = 25
MENTIONS_PER_PAGE: Final = 25
STEPS_SHOWN: Final = 50
STATES: Final = ("open", "closed", "moved")
LONGEST_LIST: Final = 1000
"""Mentions whose benefits are counted on the page of one asset."""

blueprint = Blueprint("assets", __name__, url_prefix="/console/assets")
install_asset_wording(blueprint)


@blueprint.get("")
def list_assets() -> str:
    """Show one page of the assets, all or those that match what was asked."""
    person = signed_in_person()
    reader = person.person_id
    wanted, states = asked(), states_of(request.args.get("also", ""))
    with services.current().database.read() as connection:
        every = list_queries.count_assets(connection, AssetFilter(), reader=reader)
        total = list_queries.count_assets(connection, wanted, reader=reader)
        number = page_number(request.args.get("page", ""), size=ASSETS_PER_PAGE, total=total)
        page = PageOf(number=number, size=ASSETS_PER_PAGE, total=total)
        assets = list_queries.page_of_assets(
            connection, wanted, reader=reader, states=states, skip=page.skip, limit=page.size
        )
        neighbourhoods = places.reachable(connection, reader=reader)
        waiting = mention_queries.count_unplaced(
            connection, reader=reader, neighbourhood_id=wanted.neighbourhood_id, kind="", states=states
        )
    return render_template(
        "assets.html",
        assets=assets,
        page=page,
        every=every,
        wanted=wanted,
        kept=kept(wanted),
        also=request.args.get("also", ""),
        neighbourhoods=neighbourhoods,
        kinds=[code.id for code in book("assets").codes],
        states=STATES,
        waiting=waiting,
        may_change=may_change(person),
    )


@blueprint.get("/<asset_id>")
def show_asset(asset_id: str) -> AnyResponse | str:
    """Show one asset: names, place, what people said of it, and what was done with it."""
    person = signed_in_person()
    reader = person.person_id
    states = states_of(request.args.get("also", ""))
    with services.current().database.read() as connection:
        asset = asset_within(connection, asset_id, reader=reader, states=states)
        if asset.merged_into is not None:
            return redirect(url_for("assets.show_asset", asset_id=asset.merged_into))
        row = row_queries.asset_row(connection, asset_id, reader=reader)
        merged = row_queries.merged_into(connection, asset_id, reader=reader)
        names = mention_queries.names_of_asset(connection, asset_id, reader=reader, states=states)
        number = page_number(request.args.get("page", ""), size=MENTIONS_PER_PAGE, total=asset.mentions)
        page = PageOf(number=number, size=MENTIONS_PER_PAGE, total=asset.mentions)
        every = mention_queries.mentions_of_asset(
            connection, asset_id, reader=reader, states=states, skip=0, limit=LONGEST_LIST
        )
        mentions = mention_queries.mentions_of_asset(
            connection, asset_id, reader=reader, states=states, skip=page.skip, limit=page.size
        )
        barriers = mention_queries.barriers_of_asset(connection, asset_id, reader=reader, states=states)
        steps = tell(
            connection,
            step_queries.steps_of_asset(connection, asset_id, reader=reader, limit=STEPS_SHOWN),
            reader=reader,
        )
        merged_shown = [asset_within(connection, one.asset_id, reader=reader, states=states) for one in merged]
    own_names = (row.names if row else ()) + tuple(name for one in merged for name in (one.name, *one.names) if name)
    return render_template(
        "asset.html",
        asset=asset,
        own=row,
        own_names=[name for name in dict.fromkeys(own_names) if name != asset.name],
        names=names,
        position=shown_position(asset.latitude, asset.longitude),
        merged=merged_shown,
        page=page,
        mentions=mentions,
        barriers=barriers,
        benefits=benefits_of(every),
        steps=steps,
        also=request.args.get("also", ""),
        may_change=may_change(person),
    )


def asset_within(connection: Connection, asset_id: str, *, reader: str, states: tuple[str, ...]) -> ListedAsset:
    """Find an asset within a person's reach; raises NotFound for any other."""
    asset = list_queries.asset_by_id(connection, asset_id, reader=reader, states=states)
    if asset is None:
        raise NotFound("asset-unknown", f"No asset is kept here under the id {asset_id[:40]}.")
    return asset


def asked() -> AssetFilter:
    """Read which assets an address asks for."""
    state = request.args.get("state", "")
    return AssetFilter(
        neighbourhood_id=request.args.get("neighbourhood") or None,
        kind=request.args.get("kind", ""),
        state=state if state in STATES else "",
        search=request.args.get("search", "").replace("\0", "").strip()[:NAME_CHARACTERS],
        unapproved=states_of(request.args.get("also", "")) == UNAPPROVED_TOO,
    )


def kept(wanted: AssetFilter) -> dict[str, str | None]:
    """Give what the addresses of further pages say."""
    return {
        "neighbourhood": wanted.neighbourhood_id,
        "kind": wanted.kind or None,
        "state": wanted.state or None,
        "search": wanted.search or None,
        "also": request.args.get("also") or None,
    }
