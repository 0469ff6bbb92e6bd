"""The console: what keeps people from assets, counted by kind, by kind of asset and by area."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template, request, url_for

from server import services
from server.assets import barrier_queries
from server.assets.barrier_queries import BarrierFilter
from server.assets.showing import UNAPPROVED_TOO, states_of
from server.assets.wording import barrier_words, kind_words
from server.coding.labels import Label, book
from server.people.sessions import signed_in_person
from server.places import queries as places

__all__ = ["blueprint"]

VENUES_SHOWN: Final = 25
UNCOUNTED: Final = frozenset({"none", "dont_know"})
"""What stands in the code book for “nothing” and “I don’t know”: told beside the chart, not in it."""
WIDEST: Final = 100
"""Of a bar, in the units of its picture."""

blueprint = Blueprint("barriers", __name__, url_prefix="/console/barriers")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One line of a chart and its table: what is counted, how often, and the responses behind it."""

    label: Label
    times: int
    width: float
    address: str | None


@blueprint.get("")
def show_barriers() -> str:
    """Show the counts as charts and tables."""
    reader = signed_in_person().person_id
    also = request.args.get("also", "")
    chosen, code = request.args.get("neighbourhood") or None, request.args.get("barrier", "")
    wanted = BarrierFilter(neighbourhood_id=chosen, code=code, states=states_of(also))
    with services.current().database.read() as connection:
        every = BarrierFilter(neighbourhood_id=chosen, code="", states=wanted.states)
        codes = barrier_queries.by_code(connection, every, reader=reader)
        kinds = barrier_queries.by_asset_kind(connection, wanted, reader=reader)
        areas = barrier_queries.by_neighbourhood(connection, wanted, reader=reader)
        venues = barrier_queries.by_venue(connection, wanted, reader=reader, limit=VENUES_SHOWN)
        neighbourhoods = places.reachable(connection, reader=reader)
    offered = [one.id for one in book("barriers").codes if one.id not in UNCOUNTED]
    asked = {"barrier": code or None, "neighbourhood": chosen, "state": list(wanted.states)}
    return render_template(
        "barriers.html",
        by_code=bars([(barrier_words(one), codes.get(one, 0), {**asked, "barrier": one}) for one in offered]),
        by_kind=bars(
            [(kind_words(kind), times, {**asked, "kind": kind} if kind else None) for kind, times in kinds.items()]
        ),
        by_area=bars([(Label(name, ""), times, {**asked, "neighbourhood": place}) for place, name, times in areas]),
        by_venue=bars([(Label(name, ""), times, {**asked, "venue": venue}) for venue, name, times in venues]),
        nothing=codes.get("none", 0),
        not_known=codes.get("dont_know", 0),
        total=sum(times for one, times in codes.items() if one not in UNCOUNTED and code in {"", one}),
        kept={"neighbourhood": chosen, "barrier": code or None, "also": also or None},
        also=also,
        chosen=chosen,
        code=code,
        codes=offered,
        neighbourhoods=neighbourhoods,
        unapproved=wanted.states == UNAPPROVED_TOO,
    )


def bars(counted: Sequence[tuple[Label, int, dict[str, object] | None]]) -> list[Bar]:
    """Make the lines of one chart, the longest as wide as the picture."""
    most = max((times for _label, times, _asked in counted), default=0)
    return [
        Bar(
            label=label,
            times=times,
            width=round(WIDEST * times / most, 2) if most else 0,
            address=responses_behind(asked) if asked is not None and times else None,
        )
        for label, times, asked in counted
    ]


def responses_behind(asked: dict[str, object]) -> str:
    """Give the address of the responses behind a count."""
    arguments: dict[str, object] = {name: value for name, value in asked.items() if value}
    return url_for("reviews.list_responses", **arguments)  # type: ignore[arg-type]  # arguments of the address
