"""What the reading API answers with, as JSON Schema (2020-12, as OpenAPI 3.1 has it). Pure."""

from collections.abc import Mapping
from typing import Final

__all__ = ["SHAPES", "ref"]

Schema = Mapping[str, object]

TEXT: Final[Schema] = {"type": "string"}
TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
NUMBER_OR_NULL: Final[Schema] = {"type": ["number", "null"]}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
STATE: Final[Schema] = {"type": "string", "enum": ["received", "approved", "returned", "rejected"]}


def ref(name: str) -> Schema:
    """Point to a shape by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Schema) -> Schema:
    """Describe an object that has all of these members; more may come in later versions."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


SHAPES: Final[Mapping[str, Schema]] = {
    "Form": _object(
        form=TEXT,
        title=TEXT,
        versions=_list(_object(version=TEXT, published_at=MOMENT, closed_at={"type": ["string", "null"]})),
    ),
    "Response": _object(
        response=TEXT,
        rev={"type": "string", "description": "The hash by which its newest state is known."},
        form=TEXT,
        version=TEXT,
        language=TEXT,
        neighbourhood=TEXT,
        venue=TEXT_OR_NULL,
        state=STATE,
        made_at={**MOMENT, "description": "By the clock of the phone, which may be wrong."},
        received_at=MOMENT,
        updated_at=MOMENT,
        answers={
            "type": ["object", "null"],
            "description": "Groups are objects, repeats are lists, answers are texts; null once they were erased.",
        },
        problems=_list(_object(path=TEXT, code=TEXT)),
    ),
    "AssetObservation": _object(
        response=TEXT,
        observation=TEXT,
        position=COUNT,
        name=TEXT,
        kind=TEXT,
        place_words=TEXT,
        latitude=NUMBER_OR_NULL,
        longitude=NUMBER_OR_NULL,
        accuracy=NUMBER_OR_NULL,
        properties={"type": "object"},
        form=TEXT,
        neighbourhood=TEXT,
        state=STATE,
    ),
    "BarrierObservation": _object(
        response=TEXT,
        observation=TEXT,
        position=COUNT,
        asset_observation=TEXT_OR_NULL,
        code=TEXT,
        words=TEXT,
        properties={"type": "object"},
        form=TEXT,
        neighbourhood=TEXT,
        state=STATE,
    ),
    "Asset": _object(
        asset=TEXT,
        name=TEXT,
        kind=TEXT,
        place_words=TEXT,
        latitude=NUMBER_OR_NULL,
        longitude=NUMBER_OR_NULL,
        accuracy=NUMBER_OR_NULL,
        state={"type": "string", "enum": ["open", "closed", "moved"]},
        neighbourhood=TEXT,
    ),
    "Problem": _object(
        type=TEXT,
        title=TEXT,
        status={"type": "integer"},
        detail=TEXT,
        code={"type": "string", "description": "A stable word for programs."},
    ),
}
