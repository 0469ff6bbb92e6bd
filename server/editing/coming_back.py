"""From which place of the list somebody came who changes a response: it goes along, so that they come back there."""

from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.reviews.decision_form import PLACE_CHARACTERS, kept_place

__all__ = ["from_list", "install_coming_back", "response_address", "to_response"]

TRIAGE: Final = "triage"


def install_coming_back(blueprint: Blueprint) -> None:
    """Give the blueprint's templates ``from_list``, what goes along, and ``back_to``, the address of the response."""
    blueprint.context_processor(in_templates)


def in_templates() -> dict[str, Any]:
    """Give what the pages of one response need to lead on and back."""
    response_id = (request.view_args or {}).get("response_id", "")
    return {"from_list": from_list(), "back_to": response_address(response_id)}


def from_list() -> dict[str, Any]:
    """Give what goes along with every step: the query of the list, and whether it is the way through what waits."""
    along = {"place": request.values.get("place", "")[:PLACE_CHARACTERS], "then": request.values.get("then", "")}
    return {name: value for name, value in along.items() if value and (name != "then" or value == TRIAGE)}


def response_address(response_id: str, *, edited: str = "") -> str:
    """Write the address of a response at its place of the list; ``edited`` names a change that was made just now."""
    along = from_list()
    place: dict[str, Any] = dict(kept_place(along.get("place", "")))
    triage = "yes" if "then" in along else None
    return url_for("reviews.show_response", response_id=response_id, triage=triage, edited=edited or None, **place)


def to_response(response_id: str, *, edited: str = "") -> AnyResponse:
    """Lead to the page of a response, which says that there is none where there is none."""
    return redirect(response_address(response_id, edited=edited), HTTPStatus.SEE_OTHER)
