"""How functions read their arguments."""

from collections.abc import Callable, Iterable, Iterator

from server.formlogic.expressions import Context, ExpressionError, Function, evaluate
from server.formlogic.trees import Expression
from server.formlogic.values import NodeSet, Value, to_boolean, to_number, to_string

__all__ = ["boolean_of", "each_number", "each_text", "nodes_of", "number_of", "takes", "text_of", "value_of"]


def takes(least: int, most: int | None, apply: Callable[[Context, tuple[Expression, ...]], Value]) -> Function:
    """Describe a function that takes from ``least`` to ``most`` arguments."""
    return Function(least, most, apply)


def value_of(context: Context, argument: Expression) -> Value:
    """Evaluate an argument, of whatever kind."""
    return evaluate(argument, context)


def text_of(context: Context, argument: Expression) -> str:
    """Evaluate an argument as text."""
    return to_string(evaluate(argument, context))


def number_of(context: Context, argument: Expression) -> float:
    """Evaluate an argument as a number."""
    return to_number(evaluate(argument, context))


def boolean_of(context: Context, argument: Expression) -> bool:
    """Evaluate an argument as true or false."""
    return to_boolean(evaluate(argument, context))


def nodes_of(context: Context, argument: Expression) -> NodeSet:
    """Evaluate an argument as a node-set; raise ``ExpressionError`` where it is a value."""
    value = evaluate(argument, context)
    if isinstance(value, list):
        return value
    raise ExpressionError("A function that needs nodes was given a value")


def each_text(context: Context, arguments: Iterable[Expression]) -> Iterator[str]:
    """Give the text of every argument, and of every node where an argument is a node-set."""
    for argument in arguments:
        value = evaluate(argument, context)
        if isinstance(value, list):
            yield from (node.string_value for node in value)
        else:
            yield to_string(value)


def each_number(context: Context, arguments: Iterable[Expression]) -> Iterator[float]:
    """Give the number of every argument, and of every node where an argument is a node-set."""
    for argument in arguments:
        value = evaluate(argument, context)
        if isinstance(value, list):
            yield from (to_number(node.string_value) for node in value)
        else:
            yield to_number(value)
