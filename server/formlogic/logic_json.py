"""The JSON form of a definition: what is hashed, kept for ever and sent to phones.

Raise ``ValueError`` for JSON of any other shape: the guilty side is whoever made it, not the person who answers.
"""

from collections.abc import Mapping, Sequence

from server.formlogic.definition import Aspect, ChoiceSource, Definition, Item, Kind, Node, Range, SetValue, Use
from server.formlogic.instance import ItemList
from server.formlogic.trees import Expression, Json, from_json, to_json

__all__ = ["FORMAT", "dump", "list_from_json", "list_to_json", "load"]

FORMAT = 1
_TEXT_FIELDS = (
    "appearance",
    "value",
    "control",
    "media",
    "label",
    "hint",
    "guidance",
    "constraint_message",
    "required_message",
)
_EXPRESSION_FIELDS = ("relevant", "required", "constraint", "readonly", "calculate", "count")
_KINDS: Mapping[str, Kind] = {"group": "group", "repeat": "repeat", "leaf": "leaf"}
_ASPECTS: Mapping[str, Aspect] = {"calculate": "calculate", "relevant": "relevant", "count": "count"}


def dump(definition: Definition) -> dict[str, Json]:
    """Turn a definition into JSON values."""
    return {
        "format": FORMAT,
        "form": {"id": definition.form_id, "version": definition.version},
        "nodes": [_node_to_json(node) for node in definition.nodes],
        "lists": {
            **{name: list_to_json(items) for name, items in definition.lists.items()},
            **{name: {"file": file} for name, file in definition.list_files.items()},
        },
        "order": [[number, aspect] for number, aspect in definition.order],
    }


def list_to_json(items: Sequence[Item]) -> dict[str, Json]:
    """Turn a list into columns and rows; an item without a column has ``''`` there."""
    columns = list(dict.fromkeys(column for item in items for column in item))
    return {"columns": columns, "rows": [[item.get(column, "") for column in columns] for item in items]}


def _node_to_json(node: Node) -> dict[str, Json]:
    fields: dict[str, Json] = {"name": node.name, "kind": node.kind}
    if node.parent is not None:
        fields["parent"] = node.parent
    if node.kind == "leaf":
        fields["type"] = node.type
    if node.kind == "repeat":
        fields["initial"] = node.initial
    for name in (*_TEXT_FIELDS, "preload", "save_to"):
        if text := getattr(node, name):
            fields[name] = text
    for name in _EXPRESSION_FIELDS:
        expression: Expression | None = getattr(node, name)
        if expression is not None:
            fields[name] = to_json(expression)
    fields.update(_parts_to_json(node))
    return fields


def _parts_to_json(node: Node) -> dict[str, Json]:
    fields: dict[str, Json] = {}
    if node.volatile:
        fields["volatile"] = True
    if node.uses:
        fields["uses"] = {aspect: [[use.node, use.scope] for use in uses] for aspect, uses in node.uses.items()}
    if node.choices:
        fields["choices"] = {
            "nodes": to_json(node.choices.nodes),
            "value": node.choices.value,
            "text": node.choices.text,
            **({"literal": True} if node.choices.literal else {}),
        }
    if node.range:
        fields["range"] = {"start": node.range.start, "end": node.range.end, "step": node.range.step}
    if node.set_values:
        fields["set"] = [_set_value_to_json(action) for action in node.set_values]
    if node.entity:
        fields["entity"] = {"list": node.entity}
    return fields


def _set_value_to_json(action: SetValue) -> Json:
    given: dict[str, Json] = {"position": True} if action.value is None else {"value": to_json(action.value)}
    return {"event": action.event, **given}


def load(logic: object) -> Definition:
    """Parse the JSON of a logic."""
    match logic:
        case {
            "format": 1,
            "form": {"id": str(form_id), "version": str(version)},
            "nodes": [*nodes],
            "lists": {**lists},
            "order": [*order],
        }:
            return Definition(
                form_id=form_id,
                version=version,
                nodes=tuple(_node(number, fields) for number, fields in enumerate(nodes)),
                lists={str(name): list_from_json(items) for name, items in lists.items() if not _file(items)},
                order=tuple(map(_step, order)),
                list_files={str(name): _file(items) for name, items in lists.items() if _file(items)},
            )
    raise ValueError("Not a compiled form: format, form, nodes, lists or order is missing or of another kind")


def _node(number: int, value: object) -> Node:
    fields = _mapping(value)
    match fields:
        case {"name": str(name), "kind": str(kind)} if kind in _KINDS:
            return Node(
                number=number,
                name=name,
                kind=_KINDS[kind],
                parent=_integer_or_none(fields.get("parent")),
                initial=_integer_or_none(fields.get("initial")) or 0,
                type=_text(fields.get("type", "string")),
                control=_text_or_none(fields.get("control")),
                appearance=_text(fields.get("appearance", "")),
                value=_text(fields.get("value", "")),
                relevant=_expression(fields.get("relevant")),
                required=_expression(fields.get("required")),
                constraint=_expression(fields.get("constraint")),
                readonly=_expression(fields.get("readonly")),
                calculate=_expression(fields.get("calculate")),
                count=_expression(fields.get("count")),
                range=_range(fields.get("range")),
                media=_text_or_none(fields.get("media")),
                volatile=fields.get("volatile") is True,
                uses=_uses(fields.get("uses", {})),
                choices=_choices(fields.get("choices")),
                label=_text_or_none(fields.get("label")),
                hint=_text_or_none(fields.get("hint")),
                guidance=_text_or_none(fields.get("guidance")),
                constraint_message=_text_or_none(fields.get("constraint_message")),
                required_message=_text_or_none(fields.get("required_message")),
                set_values=tuple(map(_set_value, _sequence(fields.get("set", [])))),
                preload=_text_or_none(fields.get("preload")),
                entity=_entity(fields.get("entity")),
                save_to=_text_or_none(fields.get("save_to")),
            )
    raise ValueError(f"Not a node of a form: number {number}")


def _mapping(value: object) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise ValueError(f"Not an object: {value!r:.80}")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"Not a text: {value!r:.80}")


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _integer_or_none(value: object) -> int | None:
    if value is None or isinstance(value, int):
        return value
    raise ValueError(f"Not a whole number: {value!r:.80}")


def _sequence(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    raise ValueError(f"Not a list: {value!r:.80}")


def _expression(tree: object) -> Expression | None:
    return None if tree is None else from_json(tree)


def list_from_json(value: object) -> ItemList:
    """Parse the columns and rows of a list."""
    match value:
        case {"columns": [*columns], "rows": [*rows]}:
            names = [_text(column) for column in columns]
            return ItemList(dict(zip(names, map(_text, _sequence(row)), strict=True)) for row in rows)
    raise ValueError(f"Not a list of choices: {value!r:.80}")


def _file(value: object) -> str:
    return _text(_mapping(value).get("file", ""))


def _range(value: object) -> Range | None:
    match value:
        case None:
            return None
        case {"start": str(start), "end": str(end), "step": str(step)}:
            return Range(start, end, step)
    raise ValueError(f"Not a range: {value!r:.80}")


def _step(value: object) -> tuple[int, Aspect]:
    match value:
        case [int(number), str(aspect)] if aspect in _ASPECTS:
            return number, _ASPECTS[aspect]
    raise ValueError(f"Not a step of the order of evaluation: {value!r:.80}")


def _uses(value: object) -> Mapping[Aspect, tuple[Use, ...]]:
    return {_ASPECTS[aspect]: tuple(map(_use, _sequence(uses))) for aspect, uses in _mapping(value).items()}


def _use(value: object) -> Use:
    match value:
        case [int(node), int(scope)]:
            return Use(node, scope)
    raise ValueError(f"Not a use of a node: {value!r:.80}")


def _choices(value: object) -> ChoiceSource | None:
    match value:
        case None:
            return None
        case {"nodes": nodes, "value": str(column), "text": str(text), **rest}:
            return ChoiceSource(from_json(nodes), column, text, literal=rest.get("literal") is True)
    raise ValueError(f"Not a source of choices: {value!r:.80}")


def _set_value(value: object) -> SetValue:
    match value:
        case {"event": ("first-load" | "new-repeat") as event, "value": tree}:
            return SetValue(event, from_json(tree))
        case {"event": "first-load", "position": True}:
            return SetValue("first-load", None)
    raise ValueError(f"Not a value to set: {value!r:.80}")


def _entity(value: object) -> str | None:
    match value:
        case None:
            return None
        case {"list": str(name)}:
            return name
    raise ValueError(f"Not an entity: {value!r:.80}")
