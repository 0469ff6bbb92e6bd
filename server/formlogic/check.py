"""Check finalised answers against the logic they were given under: what the server does with every response.

Volatile values (now, random, fresh ids) are taken as the phone gave them. What does not fit is returned as problems.
"""

import json
import math
from collections.abc import Iterator
from types import MappingProxyType

from server.formlogic.definition import ROOT, Definition, Lists
from server.formlogic.instance import Element
from server.formlogic.logic_json import load
from server.formlogic.response import AnswerTree, Response
from server.formlogic.surroundings import Surroundings
from server.formlogic.validate import Problem, problems
from server.formlogic.values import to_number

__all__ = ["ANSWER_CHARACTERS", "check", "take_up"]

ANSWER_CHARACTERS = 65_536  # the longest text that an answer may have


def check(logic_text: str, answers: AnswerTree, *, lists: Lists = MappingProxyType({})) -> list[Problem]:
    """Load the logic, take up the answers, and say what is wrong with them, in the order of the form."""
    return check_answers(load(json.loads(logic_text)), answers, lists=lists)


def check_answers(definition: Definition, answers: AnswerTree, *, lists: Lists = MappingProxyType({})) -> list[Problem]:
    """Say what is wrong with ``answers``: strangers, texts too long, differing calculations, broken rules.

    ``lists`` are those that come from files, by list id; of one that is not given, any choice is taken.
    """
    given = Response.from_answers(definition, answers, _NOTHING_OUTSIDE)
    settled = take_up(definition, answers, lists=lists)
    return [
        *_strangers(definition, given.root, answers),
        *_surplus(given.root, settled.root),
        *_too_long(given.root),
        *_differences(given.root, settled),
        *problems(settled),
    ]


def take_up(definition: Definition, answers: AnswerTree, *, lists: Lists = MappingProxyType({})) -> Response:
    """Take up finalised answers and settle them; what only the phone could know stands as it was given."""
    response = Response.from_answers(definition, answers, _NOTHING_OUTSIDE, lists=lists, keep_volatile=True)
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
        if isinstance(inner, list) and child.definition and child.definition.kind == "repeat":
            inner = [one for one in inner if isinstance(one, dict)][child.same_name_siblings().index(child)]
        if isinstance(inner, dict):
            yield from _strangers(definition, child, inner)


def _surplus(given: Element, settled: Element) -> Iterator[Problem]:
    """Name the instances that are more than the form works out."""
    there = {element.path for element in settled.walk() if _repeats(element)}
    for element in given.walk():
        if _repeats(element) and element.path not in there:
            yield Problem(element.path, "unknown-question")


def _repeats(element: Element) -> bool:
    return element.definition is not None and element.definition.kind == "repeat"


def _is_calculated(element: Element) -> bool:
    return element.definition is not None and element.definition.calculate is not None


def _too_long(root: Element) -> Iterator[Problem]:
    for element in root.walk():
        if len(element.text) > ANSWER_CHARACTERS:
            yield Problem(element.path, "text-too-long")


def _same(one: str, other: str) -> bool:
    """Tell whether two texts are equal, or numbers that differ only where two machines round differently."""
    first, second = to_number(one), to_number(other)
    return one == other or math.isclose(first, second, rel_tol=1e-12)


def _differences(given: Element, settled: Response) -> Iterator[Problem]:
    """Say where a calculation gives another text; one in an instance that was not given counts as given blank."""
    texts = {element.path: element.text for element in given.walk() if _is_calculated(element)}
    for element in settled.root.walk():
        if _is_calculated(element) and element.relevant and not _same(texts.get(element.path, ""), element.text):
            yield Problem(element.path, "calculation-differs")
