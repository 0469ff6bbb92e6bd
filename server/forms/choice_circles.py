"""Find choices that ask for the label of a choice of their own question, by filter or by label: nobody could answer."""

from collections.abc import Iterator, Mapping, Sequence

from server.formlogic.definition import Node
from server.formlogic.trees import Call, inner
from server.forms.paths import FormPaths
from server.forms.quoted_paths import question_path
from server.forms.reads import Shown, uses

__all__ = ["choice_circle"]


def choice_circle(nodes: Sequence[Node], paths: FormPaths, shown: Shown) -> tuple[int, ...]:
    """Give the questions of one circle, beginning and ending with the same one; () where there is none.

    ``jr:choice-name()`` of a question looks through what that question offers: it evaluates the choice filter, then
    what the label shows.
    """
    asked = {node.number: list(_named(node, paths, shown)) for node in nodes if node.choices}
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


def _named(node: Node, paths: FormPaths, shown: Shown) -> Iterator[int]:
    expressions = (node.choices.nodes, *shown(node.number)) if node.choices else ()
    for part in (one for expression in expressions for one in inner(expression)):
        match part:
            case Call("jr:choice-name", (_, question)):
                path = question_path(question) or question
                yield from (use.node for use in uses(paths, path, node.number, shown))
