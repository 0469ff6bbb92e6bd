"""Functions on nodes, truth and choice of branch (XPath 1.0 sections 4.1 and 4.3; ODK XForms, node-set functions)."""

from collections.abc import Mapping

from server.formlogic.arguments import boolean_of, nodes_of, number_of, takes, text_of, value_of
from server.formlogic.expressions import Context, ExpressionError, Function
from server.formlogic.instance import Element
from server.formlogic.trees import Expression
from server.formlogic.values import Value, is_blank, to_string

__all__ = ["FUNCTIONS"]

Arguments = tuple[Expression, ...]

LONGEST_UUID = 1024  # characters


def _position(context: Context, arguments: Arguments) -> Value:
    """``position()`` in a predicate; ``position(node)``: which instance of its repeat a node is (ODK)."""
    if not arguments:
        return float(context.position)
    nodes = nodes_of(context, arguments[0])
    return float(nodes[0].same_name_siblings().index(nodes[0]) + 1) if nodes else float("nan")


def _count(context: Context, arguments: Arguments) -> Value:
    return float(len(nodes_of(context, arguments[0])))


def _count_non_empty(context: Context, arguments: Arguments) -> Value:
    return float(sum(not is_blank(node.string_value) for node in nodes_of(context, arguments[0])))


def _name(context: Context, arguments: Arguments) -> Value:
    nodes = nodes_of(context, arguments[0]) if arguments else [context.node]
    return nodes[0].name.removeprefix("@") if nodes else ""


def _local_name(context: Context, arguments: Arguments) -> Value:
    return str(_name(context, arguments)).rpartition(":")[2]


def _current(context: Context, arguments: Arguments) -> Value:
    return [context.current or context.node]


def _instance(context: Context, arguments: Arguments) -> Value:
    document = context.lists.get(text_of(context, arguments[0]))
    return [document] if document else []


def _indexed_repeat(context: Context, arguments: Arguments) -> Value:
    """``indexed-repeat(node, repeat, index, …)``: the node in the index-th instance of each repeat (ODK)."""
    if len(arguments) % 2 == 0:
        raise ExpressionError("indexed-repeat needs a node, then pairs of a repeat and a position")
    found = nodes_of(context, arguments[0])
    for repeat, index in zip(arguments[1::2], arguments[2::2], strict=True):
        position = number_of(context, index)
        instances = nodes_of(context, repeat)
        chosen = [one for one in instances if one.same_name_siblings().index(one) + 1 == position]
        found = [node for node in found if any(_within(node, instance) for instance in chosen)]
    return to_string(found)


def _within(node: Element, ancestor: Element) -> bool:
    above: Element | None = node
    while above is not None and above is not ancestor:
        above = above.parent
    return above is not None


def _if(context: Context, arguments: Arguments) -> Value:
    return value_of(context, arguments[1] if boolean_of(context, arguments[0]) else arguments[2])


def _once(context: Context, arguments: Arguments) -> Value:
    """``once(value)``: keep the answer that is there, else take ``value`` (ODK)."""
    standing = (context.current or context.node).string_value
    return text_of(context, arguments[0]) if is_blank(standing) else standing


def _uuid(context: Context, arguments: Arguments) -> Value:
    """``uuid()``: a fresh id; ``uuid(length)``: as many characters of chance."""
    fresh = context.surroundings.new_uuid
    if not arguments:
        return fresh()
    length = number_of(context, arguments[0])
    wanted = int(min(length, LONGEST_UUID)) if length > 0 else 0
    text = ""
    while len(text) < wanted:
        text += fresh().replace("-", "")
    return text[:wanted]


FUNCTIONS: Mapping[str, Function] = {
    "position": takes(0, 1, _position),
    "last": takes(0, 0, lambda context, arguments: float(context.size)),
    "count": takes(1, 1, _count),
    "count-non-empty": takes(1, 1, _count_non_empty),
    "name": takes(0, 1, _name),
    "local-name": takes(0, 1, _local_name),
    "current": takes(0, 0, _current),
    "instance": takes(1, 1, _instance),
    "indexed-repeat": takes(3, 7, _indexed_repeat),
    "if": takes(3, 3, _if),
    "once": takes(1, 1, _once),
    "boolean": takes(1, 1, lambda context, arguments: boolean_of(context, arguments[0])),
    "not": takes(1, 1, lambda context, arguments: not boolean_of(context, arguments[0])),
    "true": takes(0, 0, lambda context, arguments: True),
    "false": takes(0, 0, lambda context, arguments: False),
    "uuid": takes(0, 1, _uuid),
    "random": takes(0, 0, lambda context, arguments: context.surroundings.random()),
}
