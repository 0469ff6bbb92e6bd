"""The label of a choice in the language shown, for ``jr:choice-name(value, question)`` (ODK XForms)."""

from server.formlogic.definition import ROOT, Definition
from server.formlogic.expressions import ChoiceName
from server.formlogic.instance import Element
from server.formlogic.response import Response
from server.formlogic.texts import Pack, choice_label

__all__ = ["choice_names"]


def choice_names(pack: Pack, response: Response) -> ChoiceName:
    """Name choices of ``response`` in the words of ``pack``; ``''`` for what a question does not offer."""

    def name(value: str, question: str | Element, current: Element) -> str:
        asked = _nearest(response, question, current) if isinstance(question, str) else question
        return "" if asked is None else choice_label(pack, response, asked, value)

    return name


def _nearest(response: Response, path: str, current: Element) -> Element | None:
    """Find the question that a path without predicates means from here: in a repeat, that of the same instance."""
    numbers = _numbers(response.definition, _names(path, current))
    at: Element | None = current
    while at is not None and (at.definition is None or at.definition.number not in numbers):
        at = at.parent
    if at is None or at.definition is None:
        return None
    for number in numbers[numbers.index(at.definition.number) + 1 :]:
        found = at.named(response.definition.nodes[number].name)
        if not found:
            return None
        at = found[0]
    return at


def _names(path: str, current: Element) -> list[str]:
    """Give the names from the root element on, for a path that may begin at ``current``."""
    steps = path.strip().split("/")
    if steps[0] == "":
        return steps[1:]
    names: list[str] = []
    at: Element | None = current
    while at is not None and at.definition is not None:
        names.insert(0, at.name)
        at = at.parent
    for step in steps:
        names = names[:-1] if step == ".." else names if step == "." else [*names, step]
    return names


def _numbers(definition: Definition, names: list[str]) -> list[int]:
    """Give the node numbers along a path from the root element; none where it leads nowhere."""
    if not names or names[0] != definition.nodes[ROOT].name:
        return []
    numbers = [ROOT]
    for name in names[1:]:
        below = (child for child in definition.children[numbers[-1]] if definition.nodes[child].name == name)
        child = next(below, None)
        if child is None:
            return []
        numbers.append(child)
    return numbers
