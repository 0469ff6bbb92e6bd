"""Rewrite ``pulldata()`` to the path on a list that it means, so that engines need no function of their own for it.

``pulldata('places', 'title', 'code', value)`` looks ``value`` up in the column ``code`` of the list and gives the
column ``title`` of the first row that fits (ODK XLSForm, "pulldata").
"""

from dataclasses import replace

from server.formlogic.trees import Binary, Call, Expression, Filter, Negate, Number, Path, Step, String

__all__ = ["without_pulldata"]


def without_pulldata(expression: Expression) -> Expression:
    """Give ``expression`` with every readable ``pulldata()`` as a path; others stay, and are refused by name."""
    match expression:
        case Call("pulldata", (String(name), String(column), String(key), value)):
            return _look_up(name, column, key, _from_outside(without_pulldata(value)))
        case Number() | String():
            return expression
        case Negate(operand):
            return Negate(without_pulldata(operand))
        case Binary(operator, left, right):
            return Binary(operator, without_pulldata(left), without_pulldata(right))
        case Call(function, arguments):
            return Call(function, tuple(map(without_pulldata, arguments)))
        case Filter(source, predicates):
            return Filter(without_pulldata(source), tuple(map(without_pulldata, predicates)))
        case Path(start, steps):
            inside = tuple(replace(step, predicates=tuple(map(without_pulldata, step.predicates))) for step in steps)
            return Path(start if isinstance(start, str) else without_pulldata(start), inside)


def _look_up(name: str, column: str, key: str, value: Expression) -> Expression:
    fits = Binary("=", Path(".", (Step("child", key),)), value)
    steps = (Step("child", "root"), Step("child", "item", (fits,)), Step("child", column))
    return Call("string", (Path(Call("instance", (String(name.removesuffix(".csv")),)), steps),))


def _from_outside(value: Expression) -> Expression:
    """Let the paths of ``value`` begin where the whole expression stands, from within the predicate on the list."""
    match value:
        case Number() | String():
            return value
        case Negate(operand):
            return Negate(_from_outside(operand))
        case Binary(operator, left, right):
            return Binary(operator, _from_outside(left), _from_outside(right))
        case Call(function, arguments):
            return Call(function, tuple(map(_from_outside, arguments)))
        case Filter(source, predicates):
            return Filter(_from_outside(source), predicates)
        case Path(start, steps):
            if start == ".":
                return Path(Call("current", ()), steps)
            return Path(start if isinstance(start, str) else _from_outside(start), steps)
