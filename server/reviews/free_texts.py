"""What people wrote or said in their own words in a response: what it can be found by. Pure.

Answers to questions of text, and the names of assets. Choices, numbers and places are not among them, and nothing that
is kept apart (server/reviews/apart.py).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from server.formlogic.definition import ROOT, Definition, Node
from server.formlogic.response import AnswerTree
from server.reviews.rows import APART

__all__ = ["TEXTS_CHARACTERS", "free_texts"]

TEXTS_CHARACTERS: Final = 50_000
"""Of one response; what stands behind them is not found."""


def free_texts(definition: Definition, answers: AnswerTree, *, names: Iterable[str]) -> str:
    """Give the names of a response's assets and its texts in the order of its form, one in each line."""
    found = dict.fromkeys(" ".join(text.split()) for text in (*names, *_below(definition, ROOT, answers)))
    return "\n".join(text for text in found if text)[:TEXTS_CHARACTERS]


def _below(definition: Definition, number: int, answers: AnswerTree) -> Iterator[str]:
    for child in map(definition.nodes.__getitem__, definition.children[number]):
        given = answers.get(child.name)
        if number == ROOT and child.name == APART:
            continue
        if isinstance(given, str) and _is_free(child):
            yield given
        for inner in given if isinstance(given, list) else (given,):
            if isinstance(inner, dict) and child.kind != "leaf":
                yield from _below(definition, child.number, inner)


def _is_free(node: Node) -> bool:
    """Tell whether people type what stands here."""
    return node.type == "string" and node.choices is None and node.control == "input"
