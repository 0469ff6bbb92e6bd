"""Which answers open the most of a form: what other questions' relevance asks a question to be, or not to be.

A guess by names and literals, not an evaluation: it only puts likely answers first, so that a walk sees more questions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from server.formlogic.definition import Definition
from server.formlogic.trees import Binary, Call, Expression, Number, Path, String, inner

__all__ = ["Wishes", "wishes_of"]

Wishes = Mapping[str, Counter[str]]  # name of a question → answer → how many questions it opens, less what it closes
OPENS: Final = {"=": 1, "!=": -1}
NUMBER_FOR: Final = {"=": 0, ">=": 0, "<=": 0, ">": 1, "<": -1}
TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def wishes_of(definition: Definition) -> Wishes:
    """Give the wishes that the whole form has."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for node in definition.nodes:
        if node.relevant is not None:
            weight = _questions_within(definition, node.number)
            for name, answer, sign in _asked_of(node.relevant):
                found[name][answer] += sign * weight
    return found


def _questions_within(definition: Definition, number: int) -> int:
    return 1 + sum(_questions_within(definition, child) for child in definition.children[number])


def _asked_of(relevant: Expression) -> Iterator[tuple[str, str, int]]:
    """Give name, answer and 1 or -1, in the order of the expression; what stands in not() counts the other way."""
    turned = {id(part) for call in _calls(relevant, "not") for part in inner(call)}
    for part in inner(relevant):
        for name, answer, sign in _asked_by(part):
            yield name, answer, -sign if id(part) in turned else sign


def _asked_by(part: Expression) -> Iterator[tuple[str, str, int]]:
    match part:
        case Binary(operator, Path() as path, String(text)) | Binary(operator, String(text), Path() as path):
            if operator in OPENS and text:
                yield path.steps[-1].test, text, OPENS[operator]
        case Binary(operator, Path() as path, Number(text)):
            yield from _number_asked(path, operator, text)
        case Binary(operator, Number(text), Path() as path):
            yield from _number_asked(path, TURNED.get(operator, operator), text)
        case Call("selected", (Path() as path, String(text))):
            yield path.steps[-1].test, text, 1


def _number_asked(path: Path, operator: str, text: str) -> Iterator[tuple[str, str, int]]:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return
    if path.steps and operator in NUMBER_FOR:
        yield path.steps[-1].test, format(number + NUMBER_FOR[operator], "f"), 1


def _calls(expression: Expression, name: str) -> list[Expression]:
    return [part for part in inner(expression) if isinstance(part, Call) and part.name == name]
