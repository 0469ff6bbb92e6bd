"""How a response gets its tree of elements: fresh from the form, or from answers; and how it becomes answers again."""

from collections.abc import Iterator, Mapping

from server.formlogic.definition import ROOT, Definition, Node
from server.formlogic.instance import Element
from server.formlogic.values import is_blank

__all__ = ["AnswerTree", "finalised", "grow_fresh", "grow_given", "place_for"]

AnswerTree = Mapping[str, "str | AnswerTree | list[AnswerTree]"]
"""Groups are objects, repeats lists of objects, attributes ``@name``, leaves texts; below the root element."""


def grow_fresh(element: Element, definition: Definition) -> None:
    """Give ``element`` all that stands in it when nobody has answered: initial values, first instances of repeats."""
    for node in _nodes_within(element, definition):
        for _ in range(_initial(node)):
            grow_fresh(element.append(Element(node.name, definition=node, text=node.value)), definition)


def grow_given(element: Element, definition: Definition, answers: AnswerTree) -> None:
    """Give ``element`` what ``answers`` hold; what they don't hold is blank, what is not in the form is passed over."""
    for node in _nodes_within(element, definition):
        for given in _instances_given(node, answers.get(node.name)):
            child = element.append(Element(node.name, definition=node))
            if isinstance(given, str):
                child.text = given
            else:
                grow_given(child, definition, given)


def place_for(repeat: Node, parent: Element) -> int:
    """Give the place of a new last instance of ``repeat`` among all children of ``parent``."""
    numbers = [child.definition.number for child in parent.children if child.definition]
    return sum(1 for number in numbers if number <= repeat.number)


def finalised(element: Element) -> dict[str, "str | AnswerTree | list[AnswerTree]"]:
    """Give the answers below ``element``: relevant ones; no blank answers, empty groups and empty repeats."""
    answers: dict[str, str | AnswerTree | list[AnswerTree]] = {}
    for child in element.children:
        if child.definition is None or not child.own_relevant:
            continue
        if child.definition.kind == "leaf":
            if not is_blank(child.text):
                answers[child.name] = child.text
            continue
        within = finalised(child)
        if child.definition.kind == "repeat":
            instances = answers.setdefault(child.name, [])
            if isinstance(instances, list):
                instances.append(within)
        elif within:
            answers[child.name] = within
    return answers


def _nodes_within(element: Element, definition: Definition) -> Iterator[Node]:
    number = element.definition.number if element.definition else ROOT
    return (definition.nodes[child] for child in definition.children[number])


def _initial(node: Node) -> int:
    if node.kind != "repeat":
        return 1
    return 0 if node.count else node.initial


def _instances_given(node: Node, given: object) -> list[str | AnswerTree]:
    if node.kind == "repeat":
        return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    if node.kind == "group":
        return [given if isinstance(given, dict) else {}]
    return [given if isinstance(given, str) else ""]
