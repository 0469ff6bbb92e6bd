"""From a response's record to the rows that people review, map and count. Pure: same record, same rows.

The log is the truth; these rows can be made again from it at any time.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from server.formlogic.check import check_answers
from server.formlogic.definition import ROOT, Definition, Lists
from server.reviews.filters import NO_INTERVIEW
from server.reviews.free_texts import free_texts
from server.reviews.observations import ASSETS, BARRIERS, Observation, asset_around, find_observations
from server.reviews.parts import Joined
from server.reviews.rows import PROJECTION_FAILED, AssetRow, BarrierRow, ProblemRow, Projection, ResponseRow
from sync.codes import Origin
from sync.messages import RevisionHeader

__all__ = [
    "Head",
    "displayed_head",
    "project",
    "project_unreadable",
]

PRECEDENCE: Final = {Origin.CONSOLE: 2, Origin.IMPORT: 1, Origin.DEVICE: 0}


@dataclass(frozen=True, kw_only=True)
class Head:
    """A revision that no other one follows, and what this server knows of its coming."""

    rev: str
    header: RevisionHeader
    seq: int
    device_id: str
    received_at: str


def displayed_head(heads: Sequence[Head]) -> Head:
    """Choose the head that is shown, from the records alone, so that every server shows the same.

    The console's wins over an import's, that over a device's; then the one made last by its
    own clock; then the greater rev.
    """
    return max(heads, key=lambda head: (PRECEDENCE[head.header.origin], head.header.made_at, head.rev))


def project(heads: Sequence[Head], *, parts: Joined, definition: Definition, lists: Lists) -> Projection:
    """Make the rows of a response from its heads, the displayed one's answers and the logic they were given under.

    ``lists`` are the logic's lists from files. Raises what the form logic raises for answers that it cannot take.
    """
    head = displayed_head(heads)
    found = find_observations(definition, parts.answers)
    problems = parts.fair(check_answers(definition, parts.answers, lists=lists), root=definition.path(ROOT))
    ids = _ids(head.header.id, found)
    assets = [one for one in found if one.entity_list == ASSETS]
    barriers = [one for one in found if one.entity_list == BARRIERS]
    return _projection(
        heads,
        assets=tuple(_asset(head, ids, one, position) for position, one in enumerate(assets, start=1)),
        barriers=tuple(
            _barrier(head, ids, one, position, _asset_of(one, assets, ids))
            for position, one in enumerate(barriers, start=1)
        ),
        problems={(_storable(problem.path), problem.code) for problem in problems},
        texts=_storable(free_texts(definition, parts.answers, names=(one.label for one in assets))),
        outcome=_outcome(head, parts),
    )


def project_unreadable(heads: Sequence[Head]) -> Projection:
    """Make the rows of a response whose answers could not be projected: it is listed, with that problem."""
    return _projection(heads, assets=(), barriers=(), problems={("", PROJECTION_FAILED)})


def without_observations(projection: Projection) -> Projection:
    """Keep of a projection that the database refuses what lists the response, with that problem."""
    response = replace(projection.response, asset_count=0, barrier_count=0, problem_count=1)
    problem = ProblemRow(response_id=response.response_id, path="", code=PROJECTION_FAILED)
    return Projection(response=response, assets=(), barriers=(), problems=(problem,))


def _projection(
    heads: Sequence[Head],
    *,
    assets: tuple[AssetRow, ...],
    barriers: tuple[BarrierRow, ...],
    problems: set[tuple[str, str]],
    texts: str = "",
    outcome: str = "",
) -> Projection:
    head = displayed_head(heads)
    header = head.header
    response = ResponseRow(
        response_id=header.id,
        head_rev=head.rev,
        heads=len(heads),
        form_id=header.form.id,
        version=header.form.version,
        logic_sha=header.form.logic,
        lang=header.lang,
        neighbourhood_id=header.neighbourhood,
        device_id=head.device_id,
        author=header.author,
        made_at=header.made_at,
        received_at=head.received_at,
        seq=head.seq,
        asset_count=len(assets),
        barrier_count=len(barriers),
        problem_count=len(problems),
        outcome=outcome,
    )
    rows = sorted(ProblemRow(response_id=header.id, path=path, code=code) for path, code in problems)
    return Projection(response=response, assets=assets, barriers=barriers, problems=tuple(rows), texts=texts)


def _outcome(head: Head, parts: Joined) -> str:
    """Say why nobody was interviewed, as the form for that does; '' for an ordinary response."""
    answer = parts.answers.get("outcome") if head.header.form.id == NO_INTERVIEW else ""
    return _storable(answer) if isinstance(answer, str) else ""


def _ids(response_id: str, observations: Sequence[Observation]) -> dict[str, str]:
    """Name each observation, by its path: the phone's id, or its place where that is missing or given twice."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for observation in observations:
        wanted = _storable(observation.id)
        name = wanted if wanted and wanted not in taken else f"{response_id}{_storable(observation.path)}"
        while name in taken:
            name += "+"
        ids[observation.path] = name
        taken.add(name)
    return ids


def _asset(head: Head, ids: dict[str, str], observation: Observation, position: int) -> AssetRow:
    latitude, longitude, accuracy = _place(observation.properties.get("geometry", ""))
    return AssetRow(
        observation_id=ids[observation.path],
        response_id=head.header.id,
        path=_storable(observation.path),
        position=position,
        label=_storable(observation.label),
        kind=_storable(observation.properties.get("kind", "")),
        place_words=_storable(observation.properties.get("place", "")),
        latitude=latitude,
        longitude=longitude,
        accuracy=accuracy,
        properties=_properties(observation),
    )


def _barrier(
    head: Head, ids: dict[str, str], observation: Observation, position: int, asset_id: str | None
) -> BarrierRow:
    return BarrierRow(
        observation_id=ids[observation.path],
        response_id=head.header.id,
        asset_observation_id=asset_id,
        path=_storable(observation.path),
        position=position,
        code=_storable(observation.properties.get("code", "")),
        words=_storable(observation.properties.get("words", "")),
        properties=_properties(observation),
    )


def _asset_of(barrier: Observation, assets: Sequence[Observation], ids: dict[str, str]) -> str | None:
    """Name the asset that a barrier keeps people from: the one it is nested in, or the one it names."""
    around = asset_around(barrier, assets)
    if around is not None:
        return ids[around.path]
    return _storable(barrier.properties.get("asset", "")) or None


def _place(geometry: str) -> tuple[float | None, float | None, float | None]:
    """Read "latitude longitude altitude accuracy" (degrees, metres); nothing of a place that is not on the globe."""
    try:
        numbers = [float(word) for word in geometry.split()]
    except ValueError:
        return None, None, None
    if len(numbers) < 2 or not (abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180):
        return None, None, None
    accuracy = numbers[3] if len(numbers) > 3 and math.isfinite(numbers[3]) else None
    return numbers[0], numbers[1], accuracy


def _properties(observation: Observation) -> str:
    """Write all properties as JSON in ASCII, which holds even half a surrogate pair."""
    return json.dumps(dict(observation.properties), sort_keys=True)


def _storable(text: str) -> str:
    """Put U+FFFD for half a surrogate pair, which a phone's JSON can spell but no database column can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
