"""Every address of the reading API, as data: the views are made of it, and so is what describes them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from server.reading_api.shapes import ref

__all__ = ["LARGEST_PAGE", "ROOT", "ROUTES", "USUAL_PAGE", "Operation", "Parameter", "Route"]

ROOT: Final = "/api/v1"
USUAL_PAGE: Final = 50
LARGEST_PAGE: Final = 200

Operation = Literal["forms", "responses", "response", "asset_observations", "barrier_observations", "assets"]
Schema = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One part of an address or of its query; ``example`` gives an answer on a server with the demo."""

    name: str
    words: str
    schema: Schema
    place: Literal["query", "path"] = "query"
    example: str | int | None = None


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address: what it is asked with, and what it answers."""

    path: str
    operation: Operation
    summary: str
    parameters: tuple[Parameter, ...]
    answer: Schema


TEXT: Final[Schema] = {"type": "string", "maxLength": 200}
FORM: Final = Parameter(name="form", words="Only this form, by its id.", schema=TEXT, example="assets_and_barriers")
NEIGHBOURHOOD: Final = Parameter(
    name="neighbourhood", words="Only this neighbourhood, by its id.", schema=TEXT, example="old-ford"
)
STATE: Final = Parameter(
    name="state",
    words="Only responses in these states; may be given again. Without it: approved.",
    schema={
        "type": "array",
        "items": {"type": "string", "enum": ["received", "approved", "returned", "rejected"]},
        "default": ["approved"],
    },
)
SINCE: Final = Parameter(
    name="updated_since",
    words="Only responses that came, were changed or were decided about at this moment or later.",
    schema={"type": "string", "format": "date-time"},
    example="2020-01-01T00:00:00Z",
)
AFTER: Final = Parameter(
    name="after", words="What the page before gave as `next`.", schema={"type": "string", "maxLength": 1000}
)
LIMIT: Final = Parameter(
    name="limit",
    words="How many a page holds at most.",
    schema={"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE},
    example=10,
)
RESPONSE_ID: Final = Parameter(
    name="response_id",
    words="The id of a response.",
    schema={"type": "string", "format": "uuid"},
    place="path",
    example="0192f000-0000-7000-8000-000000000001",
)


def page_of(name: str, shape: str) -> Schema:
    """Describe a page of a list: its items, and where the next page begins."""
    return {
        "type": "object",
        "required": [name, "next"],
        "properties": {
            name: {"type": "array", "items": ref(shape)},
            "next": {"type": ["string", "null"], "description": "Give it as `after` for the next page; null: no more."},
        },
        "additionalProperties": False,
    }


ROUTES: Final = (
    Route(
        path="/forms",
        operation="forms",
        summary="List the forms and their versions",
        parameters=(),
        answer={
            "type": "object",
            "required": ["forms"],
            "properties": {"forms": {"type": "array", "items": ref("Form")}},
            "additionalProperties": False,
        },
    ),
    Route(
        path="/responses",
        operation="responses",
        summary="List responses with their newest answers, by id",
        parameters=(FORM, NEIGHBOURHOOD, STATE, SINCE, AFTER, LIMIT),
        answer=page_of("responses", "Response"),
    ),
    Route(
        path="/responses/{response_id}",
        operation="response",
        summary="Read one response, in whatever state",
        parameters=(RESPONSE_ID,),
        answer=ref("Response"),
    ),
    Route(
        path="/asset-observations",
        operation="asset_observations",
        summary="List what responses say about assets",
        parameters=(FORM, NEIGHBOURHOOD, STATE, SINCE, AFTER, LIMIT),
        answer=page_of("asset_observations", "AssetObservation"),
    ),
    Route(
        path="/barrier-observations",
        operation="barrier_observations",
        summary="List what responses say about barriers",
        parameters=(FORM, NEIGHBOURHOOD, STATE, SINCE, AFTER, LIMIT),
        answer=page_of("barrier_observations", "BarrierObservation"),
    ),
    Route(
        path="/assets",
        operation="assets",
        summary="List the assets that coordinators made of what was said about them",
        parameters=(NEIGHBOURHOOD, AFTER, LIMIT),
        answer=page_of("assets", "Asset"),
    ),
)
