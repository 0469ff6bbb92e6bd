"""The console: the map, and the points of it that a browser asks for. List and map are equal views."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from server import services
from server.assets import list_queries
from server.assets.list_queries import AssetFilter
from server.assets.showing import UNAPPROVED_TOO, states_of
from server.assets.wording import kind_words
from server.bodies import Malformed
from server.coding.labels import book
from server.maps import point_queries
from server.maps.cells import POINTS_FROM_ZOOM, read_window
from server.maps.clusters import Cluster, clusters
from server.maps.map_queries import outlines
from server.maps.point_queries import Cell, PointFilter
from server.people.rules import may_change
from server.people.sessions import signed_in_person
from server.places import queries as places
from server.reviews.figures import figure
from server.reviews.paging import PageOf, page_number
from sync.codes import ErrorCode

__all__ = ["blueprint"]

ASSETS_PER_PAGE: Final = 25
COARSE_METRES: Final = 100
"""A position that may be out by this much or more is drawn as an area."""

blueprint = Blueprint("maps", __name__, url_prefix="/console/map")


@blueprint.get("")
def show_map() -> str:
    """Show the map and, as well, the list of what it shows."""
    person = signed_in_person()
    reader, wanted = person.person_id, asked()
    listed = AssetFilter(
        neighbourhood_id=wanted.neighbourhood_id,
        kind=wanted.kind,
        state="open",
        unapproved=wanted.states == UNAPPROVED_TOO,
    )
    with services.current().database.read() as connection:
        totals = point_queries.totals(connection, wanted, reader=reader)
        number = page_number(request.args.get("page", ""), size=ASSETS_PER_PAGE, total=totals.assets)
        page = PageOf(number=number, size=ASSETS_PER_PAGE, total=totals.assets)
        assets = list_queries.page_of_assets(
            connection, listed, reader=reader, states=wanted.states, skip=page.skip, limit=page.size
        )
        drawn = outlines(connection, reader=reader, neighbourhood_id=wanted.neighbourhood_id)
        neighbourhoods = places.reachable(connection, reader=reader)
    also = request.args.get("also") or None
    kept = {"neighbourhood": wanted.neighbourhood_id, "kind": wanted.kind or None, "also": also}
    files = [one for one in drawn if one.map_sha256]
    return render_template(
        "map.html",
        totals=totals,
        assets=assets,
        page=page,
        kept=kept,
        also=also,
        wanted=wanted,
        neighbourhoods=neighbourhoods,
        kinds=[code.id for code in book("assets").codes],
        given={
            "points": points_address(kept),
            "outlines": [one.as_feature() for one in drawn if one.boundary],
            "files": [
                {"address": url_for("map_files.give_file", neighbourhood_id=one.neighbourhood_id), "name": one.name}
                for one in files
            ],
            "words": map_words(),
        },
        with_tiles=bool(files),
        bare=[one for one in drawn if not one.map_sha256],
        may_change=may_change(person),
    )


@blueprint.get("/points")
def give_points() -> Response:
    """Give the clusters and single points of a window."""
    reader = signed_in_person().person_id
    window = read_window(request.args)
    if window is None:
        raise Malformed(ErrorCode.MALFORMED, "Say which part of the map: west, south, east, north and zoom.")
    with services.current().database.read() as connection:
        found = clusters(connection, window, asked(), reader=reader)
    return jsonify(
        points=sum(one.points for one in found),
        clusters=[as_told(one, near=window.zoom >= POINTS_FROM_ZOOM) for one in found],
    )


def points_address(kept: Mapping[str, str | None]) -> str:
    """Give the address of the points with the filters of the page."""
    return f"{url_for('maps.give_points')}?{urlencode({name: value for name, value in kept.items() if value})}"


def asked() -> PointFilter:
    """Read which points an address asks for."""
    return PointFilter(
        neighbourhood_id=request.args.get("neighbourhood") or None,
        kind=request.args.get("kind", ""),
        states=states_of(request.args.get("also", "")),
    )


def as_told(cluster: Cluster, *, near: bool) -> dict[str, object]:
    """Give a cluster as the map draws and names it; ``near``: all that stand there, for nobody comes nearer."""
    told: dict[str, object] = {
        "lat": round(cluster.latitude, 6),
        "lon": round(cluster.longitude, 6),
        "points": cluster.points,
        "label": figure(cluster.points),
        "name": cluster_words(cluster),
    }
    if cluster.one is None:
        return {**told, "members": [member(one) for one in cluster.members]} if near else told
    if cluster.one.accuracy is not None and cluster.one.accuracy >= COARSE_METRES:
        told["within"] = round(cluster.one.accuracy)
    return {**told, **member(cluster.one)}


def member(one: Cell) -> dict[str, object]:
    """Give one asset or mention: its name, kind and page."""
    kind = kind_words(one.kind) if one.kind else None
    asset, response = ("assets.show_asset", "reviews.show_response")
    return {
        "name": one.name or str(_("No name")),
        "kind": {"text": kind.text, "lang": kind.lang} if kind else None,
        "what": "asset" if one.asset_id else "mention",
        "address": url_for(asset, asset_id=one.asset_id)
        if one.asset_id
        else url_for(response, response_id=one.response_id),
    }


def cluster_words(cluster: Cluster) -> str:
    """Name what stands at one place."""
    if cluster.one is not None:
        return cluster.one.name or str(_("No name"))
    assets = ngettext("%(count)s asset", "%(count)s assets", cluster.assets, count=figure(cluster.assets))
    mentions = ngettext("%(count)s mention", "%(count)s mentions", cluster.mentions, count=figure(cluster.mentions))
    here = ((cluster.assets, assets), (cluster.mentions, mentions))
    return " · ".join(str(words) for number, words in here if number)


def map_words() -> dict[str, str]:
    """Give what the map says of its own."""
    return {
        "map": str(_("Map. Move it with the arrow keys, and come nearer or go farther with plus and minus.")),
        "nearer": str(_("Come nearer")),
        "farther": str(_("Go farther")),
        "here": str(_("On this part of the map")),
        "nothing": str(_("Nothing is here. Move the map or go farther.")),
        "failed": str(_("The points did not come. Move the map to try again.")),
        "open": str(_("Open")),
        "mention": str(_("Not yet placed")),
    }
