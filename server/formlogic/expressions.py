"""Evaluate an expression tree over an instance: XPath 1.0 with the functions of ODK XForms.

Nodes that are not relevant are never in a node-set (ODK XForms: "non-relevant nodes are excluded"); steps may still
pass through them, so that a hidden question can look at what hides it.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from server.formlogic.instance import Element
from server.formlogic.surroundings import Surroundings
from server.formlogic.trees import Binary, Call, Expression, Filter, Negate, Number, Path, Step, String
from server.formlogic.values import NodeSet, Value, compare, to_boolean, to_number

__all__ = ["ChoiceName", "Context", "ExpressionError", "evaluate", "value_itself"]

ChoiceName = Callable[[str, str | Element, Element], str]
"""Gives the label of a choice in the language shown: of a value, a question (or its path), as seen from an element."""


def value_itself(value: str, question: str | Element, current: Element) -> str:
    """Name a choice by its value, as long as no language is shown."""
    return value


class ExpressionError(ValueError):
    """Tell that a tree can't be evaluated: an unknown function, a wrong number or kind of arguments."""


@dataclass(frozen=True)
class Context:
    """Where an expression is evaluated: the node, its place among its fellows, and what comes from outside."""

    node: Element
    surroundings: Surroundings
    lists: Mapping[str, Element]  # instance('…') → document node
    functions: Mapping[str, "Function"]
    position: int = 1
    size: int = 1
    choice_name: ChoiceName = value_itself
    current: Element | None = None  # what current() means; the outermost context node where absent

    @property
    def document(self) -> Element:
        """The document node of the primary instance, also from inside a predicate on a list (ODK XForms)."""
        return _top(self.current or self.node)


@dataclass(frozen=True)
class Function:
    """A function by name: how many arguments it takes (``most`` absent: any number), and what it does.

    Arguments come unevaluated, so that ``if`` evaluates one branch and ``once`` none where a value stands.
    """

    least: int
    most: int | None
    apply: Callable[[Context, tuple[Expression, ...]], Value]


def evaluate(expression: Expression, context: Context) -> Value:
    """Evaluate ``expression``; raise ``ExpressionError`` for what XPath calls an error."""
    match expression:
        case Number(text):
            return float(text)
        case String(text):
            return text
        case Negate(operand):
            return -to_number(evaluate(operand, context))
        case Binary(operator, left, right):
            return _binary(operator, left, right, context)
        case Call(name, arguments):
            return _call(name, arguments, context)
        case Filter(source, predicates):
            return _narrow(_nodes(evaluate(source, context)), predicates, context)
        case Path():
            return [node for node in _path(expression, context) if node.relevant]


def _binary(operator: str, left: Expression, right: Expression, context: Context) -> Value:
    if operator == "or":
        return to_boolean(evaluate(left, context)) or to_boolean(evaluate(right, context))
    if operator == "and":
        return to_boolean(evaluate(left, context)) and to_boolean(evaluate(right, context))
    one, other = evaluate(left, context), evaluate(right, context)
    if operator == "|":
        return _document_order(_nodes(one) + _nodes(other))
    if operator in _ARITHMETIC:
        return _ARITHMETIC[operator](to_number(one), to_number(other))
    return compare(operator, one, other)


def _divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    """Take the remainder with the sign of the dividend, as XPath's ``mod`` does and Python's ``%`` does not."""
    if right == 0 or math.isinf(left) or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.fmod(left, right)


_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divide,
    "mod": _remainder,
}


def _call(name: str, arguments: tuple[Expression, ...], context: Context) -> Value:
    function = context.functions.get(name)
    if function is None:
        raise ExpressionError(f"The function “{name}” is not supported")
    count = len(arguments)
    if count < function.least or (function.most is not None and count > function.most):
        raise ExpressionError(f"The function “{name}” does not take {count} arguments")
    return function.apply(context, arguments)


def _nodes(value: Value) -> NodeSet:
    if isinstance(value, list):
        return value
    raise ExpressionError("A node-set is needed where a value was given")


def _path(path: Path, context: Context) -> NodeSet:
    if path.start == "/":
        nodes = [context.document]
    elif path.start == ".":
        nodes = [context.node]
    else:
        nodes = _nodes(evaluate(path.start, context))
    for step in path.steps:
        nodes = _step(nodes, step, context)
    return nodes


def _step(nodes: NodeSet, step: Step, context: Context) -> NodeSet:
    found: NodeSet = []
    for node in nodes:
        if step.test == "text()":
            # A leaf stands for its own text, which is never a node of its own here.
            fits = [node] if step.axis == "child" and node.text and not node.elements else []
        else:
            fits = [other for other in _along(node, step) if _passes(other, step)]
        found.extend(_narrow(fits, step.predicates, context))
    alone = len(nodes) == 1 and step.axis not in _REVERSE_AXES
    return found if alone else _document_order(found)


def _along(node: Element, step: Step) -> Iterable[Element]:
    if step.axis == "child":  # the step that nearly every path is made of: it need not look at all children
        return node.elements if step.test in _ANY_ELEMENT else node.named(step.test)
    return _AXES[step.axis](node)


def _passes(node: Element, step: Step) -> bool:
    if step.test == "node()":
        return True
    name = node.name
    if step.axis == "attribute":
        return step.test == "*" or name == f"@{step.test}"
    return name != "" and (step.test == "*" or name == step.test)


def _narrow(nodes: NodeSet, predicates: tuple[Expression, ...], context: Context) -> NodeSet:
    for predicate in predicates:
        size = len(nodes)
        nodes = [
            node
            for position, node in enumerate(nodes, start=1)
            if _holds(predicate, _inside(context, node, position=position, size=size))
        ]
    return nodes


def _inside(context: Context, node: Element, *, position: int, size: int) -> Context:
    return replace(context, node=node, position=position, size=size, current=context.current or context.node)


def _holds(predicate: Expression, context: Context) -> bool:
    value = evaluate(predicate, context)
    if isinstance(value, float):
        return value == context.position
    return to_boolean(value)


def _document_order(nodes: Iterable[Element]) -> NodeSet:
    distinct = list({id(node): node for node in nodes}.values())
    if len(distinct) < 2:
        return distinct
    ranks: dict[int, int] = {}
    for root in {id(_top(node)): _top(node) for node in distinct}.values():
        for node in root.walk():
            ranks[id(node)] = len(ranks)
    return sorted(distinct, key=lambda node: ranks[id(node)])


def _top(node: Element) -> Element:
    while node.parent is not None:
        node = node.parent
    return node


def _ancestors(node: Element) -> Iterator[Element]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _descendants(node: Element) -> Iterator[Element]:
    for child in node.elements:
        yield child
        yield from _descendants(child)


def _siblings(node: Element, *, after: bool) -> list[Element]:
    if node.parent is None or node.is_attribute:
        return []
    fellows = node.parent.elements
    index = fellows.index(node)
    return fellows[index + 1 :] if after else fellows[:index][::-1]


def _following(node: Element) -> Iterator[Element]:
    for level in (node, *_ancestors(node)):
        for sibling in _siblings(level, after=True):
            yield sibling
            yield from _descendants(sibling)


def _preceding(node: Element) -> Iterator[Element]:
    for level in (node, *_ancestors(node)):
        for sibling in _siblings(level, after=False):
            yield from reversed([sibling, *_descendants(sibling)])


_ANY_ELEMENT = ("*", "node()")
_REVERSE_AXES = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
_AXES: Mapping[str, Callable[[Element], Iterable[Element]]] = {
    "self": lambda node: [node],
    "parent": lambda node: [] if node.parent is None else [node.parent],
    "attribute": lambda node: [child for child in node.children if child.is_attribute],
    "descendant": _descendants,
    "descendant-or-self": lambda node: [node, *_descendants(node)],
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: [node, *_ancestors(node)],
    "following-sibling": lambda node: _siblings(node, after=True),
    "preceding-sibling": lambda node: _siblings(node, after=False),
    "following": _following,
    "preceding": _preceding,
}
