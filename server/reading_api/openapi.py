"""Describes the reading API as an OpenAPI 3.1 document, from the same routes that the views are made of. Pure."""

from collections.abc import Mapping
from typing import Final

from server.reading_api.routes import ROOT, ROUTES, Parameter, Route
from server.reading_api.shapes import SHAPES, ref

__all__ = ["document"]

Json = dict[str, object]

ABOUT: Final = (
    "Reads the answers of a Fieldwell server. An administrator makes a key in the console; it reaches the "
    "neighbourhoods that were chosen for it. Nothing can be changed by this way."
)
REFUSALS: Final[Mapping[str, str]] = {
    "400": "A parameter cannot be read.",
    "401": "There is no key, or none that works.",
    "404": "Nothing within reach of the key has that name.",
    "429": "Too many requests for a while.",
}


def document(*, server: str) -> Json:
    """Give the document; ``server`` is the address of this server, such as https://example.org."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Fieldwell reading API", "version": "1.0.0", "description": ABOUT},
        "servers": [{"url": f"{server}{ROOT}"}],
        "security": [{"key": []}],
        "paths": {route.path: {"get": _operation(route)} for route in ROUTES},
        "components": {
            "schemas": dict(SHAPES),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "fwk_…"}},
        },
    }


def _operation(route: Route) -> Json:
    answers: Json = {
        "200": {"description": route.summary, "content": {"application/json": {"schema": route.answer}}},
    }
    for status, words in REFUSALS.items():
        answers[status] = {"description": words, "content": {"application/problem+json": {"schema": ref("Problem")}}}
    return {
        "operationId": route.operation,
        "summary": route.summary,
        "parameters": [_parameter(one) for one in route.parameters],
        "responses": answers,
    }


def _parameter(one: Parameter) -> Json:
    told: Json = {
        "name": one.name,
        "in": one.place,
        "required": one.place == "path",
        "description": one.words,
        "schema": one.schema,
    }
    return told if one.example is None else {**told, "example": one.example}
