"""Say where an expression needs nodes and is given a value, such as ``count('x')``: engines would fail on it."""

from collections.abc import Iterator

from server.formlogic.trees import Binary, Call, Expression, Filter, Path, inner
from server.forms.problems import FormProblem
from server.forms.quoted_paths import names_a_question

__all__ = ["values_for_nodes"]

_FIRST = frozenset({"count", "count-non-empty", "sum", "position", "name", "local-name"})
_GIVES_NODES = frozenset({"current", "instance"})
_REMEDY = "Put the name of a question, group or repeat there, such as ${name}."


def values_for_nodes(expression: Expression, path: str, aspect: str) -> Iterator[FormProblem]:
    """Name each place of ``expression`` that needs nodes (XPath 1.0, section 3.3) and can only get a value."""
    for part in inner(expression):
        match part:
            case Call("jr:choice-name", (_, question)) if not names_a_question(question):
                message = "The function “jr:choice-name” needs the name of a question as its second argument."
                remedy = "Put it there in quotes, such as '${name}'."
                yield FormProblem("value-for-nodes", message, remedy, path=path, aspect=aspect)
        for where, given in _needs(part):
            if not _may_be_nodes(given):
                message = f"{where} needs a question or repeat of the form, and was given a value."
                yield FormProblem("value-for-nodes", message, _REMEDY, path=path, aspect=aspect)


def _needs(part: Expression) -> Iterator[tuple[str, Expression]]:
    match part:
        case Call(name, arguments) if name in _FIRST and arguments:
            yield f"The function “{name}”", arguments[0]
        case Call("indexed-repeat", (node, *pairs)):
            yield from (("The function “indexed-repeat”", one) for one in (node, *pairs[::2]))
        case Binary("|", left, right):
            yield from (("Each side of “|”", one) for one in (left, right))
        case Filter(source, _):
            yield "What stands before “[ ]”", source
        case Path(start, _) if not isinstance(start, str):
            yield "What stands before “/”", start


def _may_be_nodes(given: Expression) -> bool:
    match given:
        case Call("if", (_, yes, no)):
            return _may_be_nodes(yes) and _may_be_nodes(no)
        case Call(name, _):
            return name in _GIVES_NODES
        case Binary(operator, _, _):
            return operator == "|"
        case Filter(source, _):
            return _may_be_nodes(source)
        case Path():
            return True
    return False
