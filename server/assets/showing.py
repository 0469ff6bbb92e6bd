"""Puts together what pages about assets show: who compares with whom, and which states of responses count."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.assets import list_queries
from server.assets.matching import Candidates, Seen, Suggestion
from server.assets.mention_queries import Mention

__all__ = [
    "APPROVED",
    "UNAPPROVED_TOO",
    "Suggested",
    "as_seen",
    "benefits_of",
    "known_assets",
    "states_of",
    "suggested",
]

APPROVED: Final = ("approved",)
UNAPPROVED_TOO: Final = ("approved", "received")


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """A suggestion with the name that the asset is shown by."""

    suggestion: Suggestion
    name: str
    kind: str


def states_of(also: str) -> tuple[str, ...]:
    """Give the states of responses that count: approved alone, unless what nobody has approved yet is asked for."""
    return UNAPPROVED_TOO if also == "unapproved" else APPROVED


def known_assets(
    connection: sqlite3.Connection, neighbourhood_ids: Sequence[str], *, reader: str
) -> dict[str, list[Seen]]:
    """Give what assets are compared by, by neighbourhood."""
    found: dict[str, list[Seen]] = {}
    for row in list_queries.candidates(connection, sorted(set(neighbourhood_ids)), reader=reader):
        shown = str(row["shown_name"])
        names = (shown, *(name for name in json.loads(str(row["shown_names"])) if name != shown))
        one = Seen(
            id=str(row["asset_id"]),
            names=names,
            kind=str(row["shown_kind"]),
            latitude=_number(row["shown_latitude"]),
            longitude=_number(row["shown_longitude"]),
            accuracy=_number(row["shown_accuracy"]),
        )
        found.setdefault(str(row["neighbourhood_id"]), []).append(one)
    return found


def suggested(
    connection: sqlite3.Connection, mentions: Sequence[Mention], *, reader: str
) -> dict[tuple[str, str], list[Suggested]]:
    """Suggest assets for observations, by the ids of response and observation."""
    known = known_assets(connection, [mention.neighbourhood_id for mention in mentions], reader=reader)
    compared = {place: Candidates(assets) for place, assets in known.items()}
    by_id = {asset.id: asset for assets in known.values() for asset in assets}
    found: dict[tuple[str, str], list[Suggested]] = defaultdict(list)
    for mention in mentions:
        if mention.neighbourhood_id in compared:
            for one in compared[mention.neighbourhood_id].suggestions(as_seen(mention)):
                shown = Suggested(suggestion=one, name=by_id[one.id].names[0], kind=by_id[one.id].kind)
                found[mention.response_id, mention.observation_id].append(shown)
    return found


def as_seen(mention: Mention) -> Seen:
    """Give an observation as it is compared."""
    return Seen(
        id=f"{mention.response_id} {mention.observation_id}",
        names=(mention.label,),
        kind=mention.kind,
        latitude=mention.latitude,
        longitude=mention.longitude,
        accuracy=mention.accuracy,
    )


def benefits_of(mentions: Sequence[Mention]) -> list[tuple[str, int]]:
    """Count the benefits that people named, most named first."""
    counts: dict[str, int] = {}
    for mention in mentions:
        said = json.loads(mention.properties).get("benefits", "")
        for code in said.split() if isinstance(said, str) else ():
            counts[code] = counts.get(code, 0) + 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
