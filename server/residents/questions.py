"""What a page of questions is made of, before it is HTML: each with its words and the control that fits. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from server.formlogic.definition import Node, Range
from server.formlogic.instance import Element
from server.formlogic.response import Response
from server.formlogic.texts import Pack
from server.formlogic.validate import ProblemCode, readonly, required
from server.residents.answering import looks
from server.residents.typed import date_fields, shown_time
from server.residents.words import Choice, Words, choices_of, labels_chosen, plain, words_of

__all__ = ["ControlKind", "Question", "label_of", "message_of", "question_of"]

ControlKind = Literal[
    "given", "text", "multiline", "whole-number", "decimal", "date", "day", "month", "year", "time", "date-time",
    "one", "many", "menu", "scale", "trigger",
]  # fmt: skip
ONE_FIELD: Final = frozenset({"text", "multiline", "whole-number", "decimal", "time", "date", "menu"})
LONG: Final = 61
"""From this many choices on, one of them is chosen from the browser's own menu."""
MANY: Final = 9
"""From this many on a wide screen shows choices side by side."""
MOST_COLUMNS: Final = 5
MOST_STEPS: Final = 201
"""A scale of more steps is a number to type."""
SCALE_CARDS: Final = 11
"""As many places as a scale shows side by side; of more, one is chosen from a menu."""
COLUMNS: Final = re.compile("columns-([1-9][0-9]?)")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. ``fields`` are the texts in its fields: one, or day, month, year, or those and a time.

    ``classes`` is the look of its choices, and ``measure`` a number for the style sheet: (`--columns`, `3`).
    """

    number: int
    kind: ControlKind
    label: Words
    hint: Words | None
    guidance: Words | None
    optional: bool
    note: bool
    fields: tuple[str, ...]
    choices: tuple[Choice, ...]
    chosen: frozenset[str]
    answers: tuple[Words, ...]
    classes: str
    measure: tuple[str, str] | None
    problem: ProblemCode | None
    message: Words | None
    type: str

    @property
    def id(self) -> str:
        """Id of its first control, as in the app."""
        return f"question-{self.number}"

    @property
    def has_one_field(self) -> bool:
        """Whether a label names one field; several controls stand in a fieldset instead."""
        return self.kind in ONE_FIELD


def question_of(
    element: Element, response: Response, pack: Pack, *, problem: ProblemCode | None, original: Pack | None
) -> Question:
    """Put a question together in the words of a pack; ``original`` is set beneath what nobody has checked."""
    node = _node(element)
    closed = node.control == "note" or readonly(response, element)
    offered = [] if closed else _offered(element, node, response, pack, original)
    kind: ControlKind = "given" if closed else _kind(node, len(offered))
    classes, measure = _look(node, len(offered))
    return Question(
        number=node.number,
        kind=kind,
        label=label_of(element, response, pack, original=original),
        hint=words_of(node.hint, element, response, pack, original=original),
        guidance=words_of(node.guidance, element, response, pack),
        optional=not closed and not required(response, element),
        note=node.control == "note",
        fields=_fields(kind, element.text),
        choices=tuple(offered),
        chosen=frozenset(element.text.split(" ") if node.control == "select" else [element.text]),
        answers=tuple(_answers(element, node, response, pack)) if closed else (),
        classes=classes,
        measure=measure,
        problem=problem,
        message=message_of(problem, element, response, pack),
        type=node.type,
    )


def label_of(element: Element, response: Response, pack: Pack, *, original: Pack | None = None) -> Words:
    """Give the label; a form may leave it out, and then the name of the question has to do."""
    node = _node(element)
    label = words_of(node.label, element, response, pack, original=original)
    return label if label is not None and (label.text or label.media) else plain(node.name)


def message_of(problem: ProblemCode | None, element: Element, response: Response, pack: Pack) -> Words | None:
    """Give what the form itself says when its rule is broken."""
    node = _node(element)
    own = {"required": node.required_message, "constraint": node.constraint_message}.get(problem or "")
    said = words_of(own, element, response, pack)
    return said if said is not None and said.text else None


def _node(element: Element) -> Node:
    assert element.definition is not None, "A question is in the form."
    return element.definition


def _kind(node: Node, count: int) -> ControlKind:
    match node.control:
        case "select":
            return "many"
        case "select1":
            return "menu" if count >= LONG or looks(node, "minimal", "search", "autocomplete") else "one"
        case "range":
            return _scale_kind(count)
        case "trigger":
            return "trigger"
    return _typed_kind(node)


def _scale_kind(count: int) -> ControlKind:
    if count == 0:
        return "decimal"
    return "scale" if count <= SCALE_CARDS else "menu"


def _typed_kind(node: Node) -> ControlKind:
    match node.type:
        case "int":
            return "whole-number"
        case "decimal":
            return "decimal"
        case "time":
            return "time"
        case "dateTime":
            return "date-time"
        case "date":
            return _date_kind(node)
    if looks(node, "numbers"):
        return "whole-number"
    return "multiline" if looks(node, "multiline") else "text"


def _date_kind(node: Node) -> ControlKind:
    if looks(node, "year"):
        return "year"
    if looks(node, "month-year"):
        return "month"
    return "day" if looks(node, "no-calendar") else "date"


def _fields(kind: ControlKind, text: str) -> tuple[str, ...]:
    match kind:
        case "day":
            return date_fields(text)
        case "month":
            return date_fields(text)[1:]
        case "year":
            return date_fields(text)[2:]
        case "time":
            return (shown_time(text),)
        case "date-time":
            date, _, time = text.partition("T")
            return date, shown_time(time)
    return (text,)


def _offered(element: Element, node: Node, response: Response, pack: Pack, original: Pack | None) -> list[Choice]:
    if node.range is not None:
        return [Choice(value, plain(value, pack.lang)) for value in _steps(node.range)]
    return choices_of(element, response, pack, original=original)


def _steps(scale: Range) -> list[str]:
    """Give the numbers of a scale as they are stored; none of one too long to choose from."""
    start, end, stride = Decimal(scale.start), Decimal(scale.end), abs(Decimal(scale.step))
    count = int(abs(end - start) // stride) + 1
    way = stride if end >= start else -stride
    return [f"{start + place * way:f}" for place in range(count)] if count <= MOST_STEPS else []


def _answers(element: Element, node: Node, response: Response, pack: Pack) -> list[Words]:
    if node.choices is not None:
        return labels_chosen(element, response, pack)
    return [plain(element.text)] if element.text else []


def _look(node: Node, count: int) -> tuple[str, tuple[str, str] | None]:
    """Say how cards of choices stand: one below another, in columns, close together, or as a scale."""
    if node.control == "range":
        return "choices choices-pack", None
    if looks(node, "likert"):
        return "choices choices-scale", ("--count", str(count))
    if looks(node, "columns-pack", "compact"):
        return "choices choices-pack", None
    columns = next((found[1] for word in node.appearance.split(" ") if (found := COLUMNS.fullmatch(word))), None)
    if looks(node, "columns", "horizontal"):
        columns = str(MOST_COLUMNS)
    if columns:
        return "choices choices-columns", ("--columns", columns)
    return ("choices choices-many" if count >= MANY else "choices"), None
