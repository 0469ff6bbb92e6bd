"""Which of what was set aside may join the responses, and why others may not. Pure."""

from dataclasses import dataclass
from typing import Literal

from sync.codes import Origin, QuarantineReason, RevisionKind
from sync.messages import RevisionHeader

__all__ = ["Around", "Hindrance", "hindrance"]

Hindrance = Literal[
    "team-only", "form-unknown", "elsewhere", "of-another", "erased", "incomplete", "neighbourhood-unknown"
]
OF_A_DEVICE = frozenset({RevisionKind.CREATE, RevisionKind.EDIT})


@dataclass(frozen=True, kw_only=True)
class Around:
    """What is known here around a revision that is set aside.

    ``logic_sha`` is that of the form version it names, None where that is not published. ``neighbourhoods`` and
    ``devices`` are those of the versions of its response that count; ``is_complete``: every part that it names is here,
    and none of them is erased; ``is_erased``: the whole response was erased before.
    """

    logic_sha: str | None
    neighbourhoods: frozenset[str]
    devices: frozenset[str]
    is_place_known: bool
    is_complete: bool
    is_erased: bool


def hindrance(header: RevisionHeader, *, device_id: str, why: str, around: Around) -> Hindrance | None:
    """Say why a revision cannot be let in; None where a person may decide it.

    A phone that speaks as the console, or erases, is never let in: nobody could tell afterwards that it was no person
    of the team. A response stays in one neighbourhood, and one that a resident began stays the resident's.
    """
    if why == QuarantineReason.NOT_A_DEVICES or header.origin is not Origin.DEVICE or header.kind not in OF_A_DEVICE:
        return "team-only"
    if around.is_erased:
        return "erased"
    if not around.is_complete:
        return "incomplete"
    if not around.is_place_known:
        return "neighbourhood-unknown"
    if around.neighbourhoods - {header.neighbourhood}:
        return "elsewhere"
    if why == QuarantineReason.OUT_OF_SCOPE and around.devices - {device_id}:
        return "of-another"
    return None if around.logic_sha == header.form.logic else "form-unknown"
