"""Leads from one step of the set-up to the next.

The steps are the same pages as those for later changes; a field `set-up` that goes along tells them apart.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

__all__ = ["Step", "StepShown", "in_set_up", "onward", "step_shown"]

FIELD: Final = "set-up"
YES: Final = "1"


class Step(StrEnum):
    """The steps after the first administrator, in order."""

    PROGRAMME = "programme"
    NEIGHBOURHOOD = "neighbourhood"
    BOUNDARY = "boundary"
    SMALL_AREAS = "small-areas"
    LANGUAGES = "languages"
    FORMS = "forms"


ENDPOINTS: Final = {
    Step.PROGRAMME: "programme.show_form",
    Step.NEIGHBOURHOOD: "neighbourhoods.show_form_to_add",
    Step.BOUNDARY: "boundaries.show_ways",
    Step.SMALL_AREAS: "neighbourhoods.show_small_areas",
    Step.LANGUAGES: "programme.show_languages",
    Step.FORMS: "programme_forms.show_forms",
}
OF_A_NEIGHBOURHOOD: Final = frozenset({Step.BOUNDARY, Step.SMALL_AREAS})


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """What a page shows of the set-up that it is a step of; the first administrator was step 1."""

    number: int
    steps: int
    onward: str


def step_shown(step: Step, *, neighbourhood_id: str | None = None) -> StepShown | None:
    """Say which step this is; None outside of the set-up."""
    if not _is_in_set_up():
        return None
    steps = list(Step)
    return StepShown(
        number=steps.index(step) + 2, steps=len(steps) + 1, onward=_after(step, neighbourhood_id=neighbourhood_id)
    )


def onward(step: Step, *, otherwise: str, neighbourhood_id: str | None = None) -> AnyResponse:
    """Go to the next step; outside of the set-up, to the address `otherwise`."""
    target = _after(step, neighbourhood_id=neighbourhood_id) if _is_in_set_up() else otherwise
    return redirect(target, 303)


def in_set_up(address: str) -> str:
    """Give an address of a page as a step of the set-up."""
    return f"{address}?{FIELD}={YES}"


def _is_in_set_up() -> bool:
    return request.values.get(FIELD) == YES


def _after(step: Step, *, neighbourhood_id: str | None) -> str:
    steps = list(Step)
    place = steps.index(step) + 1
    if place == len(steps):
        return url_for("programme.show_checklist")
    following = steps[place]
    if following not in OF_A_NEIGHBOURHOOD:
        return in_set_up(url_for(ENDPOINTS[following]))
    if neighbourhood_id is None:
        return in_set_up(url_for(ENDPOINTS[Step.LANGUAGES]))
    return in_set_up(url_for(ENDPOINTS[following], neighbourhood_id=neighbourhood_id))
