"""Find choice filters that ask for the label of a choice of their own question: no engine could ever answer."""

from collections.abc import Iterator, Mapping, Sequence

from server.formlogic.definition import Node
from server.formlogic.trees import Call, Expression, String, inner
from server.forms.paths import FormPaths
from server.forms.xpath import XPathError, parse

__all__ = ["choice_circle"]


def choice_circle(nodes: Sequence[Node], paths: FormPaths) -> tuple[int, ...]:
    """Give the questions of one circle, beginning and ending with the same one; () where there is none.

    ``jr:choice-name()`` of a question looks through what that question offers, and so evaluates its choice filter.
    """
    asked = {node.number: list(_named(node, paths)) for node in nodes if node.choices}
    done: set[int] = set()
    for number in asked:
        circle = _walk(number, asked, done, ())
        if circle:
            return circle
    return ()


def _walk(number: int, asked: Mapping[int, Sequence[int]], done: set[int], trail: tuple[int, ...]) -> tuple[int, ...]:
    if number in trail:
        return (*trail[trail.index(number) :], number)
    if number in done:
        return ()
    for other in asked.get(number, ()):
        circle = _walk(other, asked, done, (*trail, number))
        if circle:
            return circle
    done.add(number)
    return ()


def _named(node: Node, paths: FormPaths) -> Iterator[int]:
    for part in inner(node.choices.nodes) if node.choices else ():
        match part:
            case Call("jr:choice-name", (_, question)):
                yield from (use.node for use in paths.uses(_as_path(question), node.number))


def _as_path(question: Expression) -> Expression:
    """Give the question as an expression: it may be written as one, or as a path in quotes."""
    if not isinstance(question, String):
        return question
    try:
        return parse(question.text)
    except XPathError:
        return question
