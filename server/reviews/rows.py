"""The rows of one projected response, as they stand in the tables that people review, map and count."""

from dataclasses import dataclass
from typing import Final

__all__ = [
    "APART",
    "PROJECTION_FAILED",
    "REDACTED",
    "WITHDRAWN",
    "AssetRow",
    "BarrierRow",
    "ProblemRow",
    "Projection",
    "ResponseRow",
]

APART: Final = "equality"
"""The group of a form, and the part of a record, whose answers are kept apart (server/reviews/apart.py)."""
PROJECTION_FAILED: Final = "projection-failed"
"""The problem code of a response whose answers could not be brought into rows."""
WITHDRAWN: Final = "withdrawn by the person who answered"
"""The reason that is kept for ever in the header of an erasure that the person who answered asked for."""
REDACTED: Final = "words were taken out"
"""The reason in the header of the erasure that follows a redaction; the person's own stands in the revision before."""


@dataclass(frozen=True, kw_only=True)
class ResponseRow:
    """One response as it is listed, but for what the database itself knows of it: its state, poster and venue.

    ``outcome`` says why nobody was interviewed, '' where somebody was.
    """

    response_id: str
    head_rev: str
    heads: int
    form_id: str
    version: str
    logic_sha: str
    lang: str
    neighbourhood_id: str
    device_id: str
    author: str
    made_at: str
    received_at: str
    seq: int
    asset_count: int
    barrier_count: int
    problem_count: int
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class AssetRow:
    """One remark about an asset; ``position`` counts the assets of the response from 1, coordinates are WGS 84."""

    observation_id: str
    response_id: str
    path: str
    position: int
    label: str
    kind: str
    place_words: str
    latitude: float | None
    longitude: float | None
    accuracy: float | None
    properties: str


@dataclass(frozen=True, kw_only=True)
class BarrierRow:
    """One remark about a barrier; ``position`` counts the barriers of the response from 1."""

    observation_id: str
    response_id: str
    asset_observation_id: str | None
    path: str
    position: int
    code: str
    words: str
    properties: str


@dataclass(frozen=True, kw_only=True, order=True)
class ProblemRow:
    """Something about one answer that a person should look at."""

    response_id: str
    path: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Projection:
    """All rows of one response, and the ``texts`` that it is found by, one in each line."""

    response: ResponseRow
    assets: tuple[AssetRow, ...]
    barriers: tuple[BarrierRow, ...]
    problems: tuple[ProblemRow, ...]
    texts: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """Name the kinds of assets and the codes of barriers that it is found by."""
        kinds = {f"kind:{asset.kind}" for asset in self.assets if asset.kind}
        return tuple(sorted(kinds | {f"barrier:{barrier.code}" for barrier in self.barriers if barrier.code}))
