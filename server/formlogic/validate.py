"""Say what is wrong with the answers of a response, by the rules of its form.

Problems are values with a code; people see the translation of the code. A problem never stops an answer from being
taken in: the server stores first and judges after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from server.formlogic.datatypes import fits_type
from server.formlogic.expressions import evaluate
from server.formlogic.functions_choice import chosen
from server.formlogic.instance import Element
from server.formlogic.ranges import is_on_range
from server.formlogic.response import Response
from server.formlogic.trees import Expression
from server.formlogic.values import NodeSet, is_blank, to_boolean

__all__ = ["Problem", "ProblemCode", "choices", "problem", "problems", "readonly", "required"]

ProblemCode = Literal[
    "required", "constraint", "type", "choice", "unknown-question", "calculation-differs", "text-too-long"
]


@dataclass(frozen=True)
class Problem:
    """One thing wrong: at the element with ``path``, for the reason ``code`` names."""

    path: str
    code: ProblemCode


def required(response: Response, element: Element) -> bool:
    """Tell whether an answer is asked for here."""
    return _holds(response, element, element.definition.required if element.definition else None, absent=False)


def readonly(response: Response, element: Element) -> bool:
    """Tell whether a person may not change the answer here: by its own rule, its group's, or a calculation."""
    at: Element | None = element
    while at is not None and at.definition is not None:
        if _holds(response, at, at.definition.readonly, absent=False):
            return True
        at = at.parent
    return element.definition is not None and element.definition.calculate is not None


def choices(response: Response, element: Element) -> NodeSet:
    """Give the items that may be chosen here, in the order of the list."""
    source = element.definition.choices if element.definition else None
    if source is None:
        return []
    found = evaluate(source.nodes, response.context(element))
    return found if isinstance(found, list) else []


def problem(response: Response, element: Element) -> ProblemCode | None:
    """Say what is wrong at one question; nothing where it is not relevant."""
    node = element.definition
    if node is None or node.kind != "leaf" or not element.relevant:
        return None
    if is_blank(element.text):
        return "required" if required(response, element) else None
    if not fits_type(node.type, element.text):
        return "type"
    if node.choices is not None and not _chosen_from(response, element):
        return "choice"
    if node.range is not None and not is_on_range(node.range, element.text):
        return "constraint"
    return None if _holds(response, element, node.constraint, absent=True) else "constraint"


def problems(response: Response) -> list[Problem]:
    """Say what is wrong in the whole response, in the order of the form."""
    return list(_problems(response))


def _problems(response: Response) -> Iterator[Problem]:
    for element in response.root.walk():
        code = problem(response, element)
        if code is not None:
            yield Problem(element.path, code)


def _holds(response: Response, element: Element, expression: Expression | None, *, absent: bool) -> bool:
    if expression is None or not response.can_judge(expression):
        return absent
    return to_boolean(evaluate(expression, response.context(element)))


def _chosen_from(response: Response, element: Element) -> bool:
    node = element.definition
    if node is None or node.choices is None:
        return True
    if response.lacks_list(node.choices.nodes) or not response.can_judge(node.choices.nodes):
        return True  # without the list, no answer can be called wrong
    column = node.choices.value
    offered = [child.text for item in choices(response, element) for child in item.elements if child.name == column]
    if node.control == "rank":
        return sorted(chosen(element.text)) == sorted(offered)
    answers = chosen(element.text) if node.control == "select" else [element.text]
    return set(answers) <= set(offered)
