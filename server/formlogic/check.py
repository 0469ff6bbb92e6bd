"""Check finalised answers against the logic they were given under: what the server does with every response.

Volatile values (now, random, fresh ids) are taken as the phone gave them. What does not fit is returned as problems.
"""

import json
import math
from collections.abc import Iterator

from server.formlogic.definition import ROOT, Definition
from server.formlogic.instance import Element
from server.formlogic.logic_json import load
from server.formlogic.response import AnswerTree, Response
from server.formlogic.surroundings import Surroundings
from server.formlogic.validate import Problem, problems
from server.formlogic.values import to_number

__all__ = ["ANSWER_CHARACTERS", "check", "take_up"]

ANSWER_CHARACTERS = 65_536  # the longest text that an answer may have


def check(logic_text: str, answers: AnswerTree) -> list[Problem]:
    """Load the logic, take up the answers, and say what is wrong with them, in the order of the form."""
    return check_answers(load(json.loads(logic_text)), answers)


def check_answers(definition: Definition, answers: AnswerTree) -> list[Problem]:
    """Say what is wrong with ``answers``: strangers, texts too long, differing calculations, broken rules."""
    given = Response.from_answers(definition, answers, _NOTHING_OUTSIDE)
    settled = take_up(definition, answers)
    return [
        *_strangers(definition, given.root, answers),
        *_too_long(given.root),
        *_differences(given.root, settled.root),
        *problems(settled),
    ]


def take_up(definition: Definition, answers: AnswerTree) -> Response:
    """Take up finalised answers and settle them; what only the phone could know stands as it was given."""
    response = Response.from_answers(definition, answers, _NOTHING_OUTSIDE, keep_volatile=True)
    response.settle()
    return response


_NOTHING_OUTSIDE = Surroundings(now="", new_uuid=lambda: "", random=lambda: 0.0)


def _strangers(definition: Definition, element: Element, answers: AnswerTree) -> Iterator[Problem]:
    number = element.definition.number if element.definition else ROOT
    known = {definition.nodes[child].name for child in definition.children[number]}
    for name in answers:
        if name not in known:
            yield Problem(f"{element.path}/{name}", "unknown-question")
    for child in element.children:
        inner = answers.get(child.name)
        if isinstance(inner, list):
            inner = [one for one in inner if isinstance(one, dict)][child.same_name_siblings().index(child)]
        if isinstance(inner, dict):
            yield from _strangers(definition, child, inner)


def _too_long(root: Element) -> Iterator[Problem]:
    for element in root.walk():
        if len(element.text) > ANSWER_CHARACTERS:
            yield Problem(element.path, "text-too-long")


def _same(one: str, other: str) -> bool:
    """Tell whether two texts are equal, or numbers that differ only where two machines round differently."""
    first, second = to_number(one), to_number(other)
    return one == other or math.isclose(first, second, rel_tol=1e-12)


def _differences(given: Element, settled: Element) -> Iterator[Problem]:
    """Walk both trees side by side: they have the same shape, only calculated texts can differ."""
    node = settled.definition
    calculated = node is not None and node.calculate is not None and settled.relevant
    if calculated and not _same(given.text, settled.text):
        yield Problem(settled.path, "calculation-differs")
    for one, other in zip(given.children, settled.children, strict=True):
        yield from _differences(one, other)
