"""The nodes of a parsed expression, and their form as JSON arrays.

Shapes in JSON: ``["num","3.5"] ["str","x"] ["neg",e] [operator,a,b] ["call",name,argument…]
["filter",e,predicate…] ["path",start,step…]``; start is ``"/"``, ``"."`` or an expression,
a step is ``[axis,test,predicate…]``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

__all__ = [
    "AXES",
    "Binary",
    "Call",
    "Expression",
    "Filter",
    "Json",
    "Negate",
    "Number",
    "Path",
    "Step",
    "String",
    "children",
    "from_json",
    "inner",
    "to_json",
]

Json = str | int | float | bool | None | Sequence["Json"] | dict[str, "Json"]
Operator = Literal["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|"]
OPERATORS: frozenset[str] = frozenset(get_args(Operator))
AXES = frozenset(
    "ancestor ancestor-or-self attribute child descendant descendant-or-self following following-sibling"
    " parent preceding preceding-sibling self".split()
)


@dataclass(frozen=True)
class Number:
    """A literal number, as written."""

    text: str


@dataclass(frozen=True)
class String:
    """A literal text."""

    text: str


@dataclass(frozen=True)
class Negate:
    """A minus sign before an expression."""

    operand: "Expression"


@dataclass(frozen=True)
class Binary:
    """Two operands and what joins them."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True)
class Filter:
    """A node-set from any expression, narrowed by predicates."""

    source: "Expression"
    predicates: tuple["Expression", ...]


@dataclass(frozen=True)
class Step:
    """One step of a path: ``test`` is a name, ``*``, ``node()`` or ``text()``."""

    axis: str
    test: str
    predicates: tuple["Expression", ...] = field(default=())


@dataclass(frozen=True)
class Path:
    """Steps from the document (``"/"``), the context node (``"."``) or the nodes of an expression."""

    start: "Literal['/', '.'] | Expression"
    steps: tuple[Step, ...]


Expression = Number | String | Negate | Binary | Call | Filter | Path


def to_json(expression: Expression) -> list[Json]:
    """Turn a tree into JSON arrays."""
    match expression:
        case Number(text):
            return ["num", text]
        case String(text):
            return ["str", text]
        case Negate(operand):
            return ["neg", to_json(operand)]
        case Binary(operator, left, right):
            return [operator, to_json(left), to_json(right)]
        case Call(name, arguments):
            return ["call", name, *map(to_json, arguments)]
        case Filter(source, predicates):
            return ["filter", to_json(source), *map(to_json, predicates)]
        case Path(start, steps):
            return ["path", start if isinstance(start, str) else to_json(start), *map(_step_to_json, steps)]


def _step_to_json(step: Step) -> list[Json]:
    return [step.axis, step.test, *map(to_json, step.predicates)]


def from_json(tree: object) -> Expression:
    """Turn JSON arrays into a tree; raise ``ValueError`` on any other shape."""
    match tree:
        case ["num", str(text)]:
            return Number(text)
        case ["str", str(text)]:
            return String(text)
        case ["neg", operand]:
            return Negate(from_json(operand))
        case ["call", str(name), *arguments]:
            return Call(name, tuple(map(from_json, arguments)))
        case ["filter", source, *predicates]:
            return Filter(from_json(source), tuple(map(from_json, predicates)))
        case ["path", ("/" | ".") as start, *steps]:
            return Path(start, tuple(map(_step_from_json, steps)))
        case ["path", start, *steps]:
            return Path(from_json(start), tuple(map(_step_from_json, steps)))
        case [str(operator), left, right] if operator in OPERATORS:
            return Binary(operator, from_json(left), from_json(right))
    raise ValueError(f"Not an expression tree: {tree!r:.80}")


def _step_from_json(step: object) -> Step:
    match step:
        case [str(axis), str(test), *predicates] if axis in AXES:
            return Step(axis, test, tuple(map(from_json, predicates)))
    raise ValueError(f"Not a step of a path: {step!r:.80}")


def inner(expression: Expression) -> Iterator[Expression]:
    """Give an expression and every expression within it, predicates included."""
    yield expression
    for child in children(expression):
        yield from inner(child)


def children(expression: Expression) -> Iterator[Expression]:
    """Give the expressions directly within an expression."""
    match expression:
        case Negate(operand):
            yield operand
        case Binary(_, left, right):
            yield from (left, right)
        case Call(_, arguments):
            yield from arguments
        case Filter(source, predicates):
            yield from (source, *predicates)
        case Path(start, steps):
            if not isinstance(start, str):
                yield start
            for step in steps:
                yield from step.predicates
        case Number() | String():
            return
