"""A visit's answers in the reference engine: begun, taken up again, given, and written as a draft. Pure."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from server.formlogic.choice_names import choice_names
from server.formlogic.definition import Definition, Node
from server.formlogic.functions_choice import chosen
from server.formlogic.instance import Element
from server.formlogic.response import AnswerTree, Response
from server.formlogic.surroundings import Surroundings
from server.formlogic.texts import Pack
from server.formlogic.validate import choices, readonly
from server.formlogic.values import is_blank
from server.residents.state import State
from server.residents.typed import ascii_decimal, ascii_number, date_text, date_time_text, time_text

__all__ = [
    "DONE",
    "Given",
    "Offset",
    "answerable",
    "begin",
    "draft_of",
    "finished",
    "give",
    "looks",
    "take_up",
    "values_offered",
]

DONE = "OK"
"""What ODK stores for something that was agreed to."""

Given = Mapping[int, Sequence[str]]
"""What a page's fields held, by the number of the question; a field may come several times."""
Offset = Callable[[str, str], str]
"""The offset from UTC (``+01:00``) that clocks here show on a date ('': today) at a time."""


def begin(definition: Definition, pack: Pack, *, seed: str, begun: str) -> Response:
    """Begin an empty response in the words of a language."""
    response = Response.begin(definition, _surroundings(seed, begun))
    response.speak(choice_names(pack, response))
    return response


def take_up(definition: Definition, pack: Pack, state: State) -> Response:
    """Take a response up from the state of a visit; what is in no question of the form is passed over."""
    response = Response.from_answers(definition, state.answers, _surroundings(state.seed, state.begun))
    response.settle()
    response.speak(choice_names(pack, response))
    return response


def give(response: Response, questions: Sequence[Element], given: Given, offset: Offset) -> None:
    """Answer the questions of a page with what its fields held, and settle; a field that did not come is blank."""
    for element in questions:
        node = element.definition
        if node is not None and answerable(response, element):
            element.text = _answer(response, element, node, _Fields(given.get(node.number, ()), offset))
    response.settle()


def answerable(response: Response, element: Element) -> bool:
    """Tell whether a person may answer here: no note, and nothing that the form itself puts in."""
    return element.definition is not None and element.definition.control != "note" and not readonly(response, element)


def draft_of(element: Element) -> dict[str, "str | AnswerTree | list[AnswerTree]"]:
    """Give all that was answered below an element, also where it is not relevant now."""
    answers: dict[str, str | AnswerTree | list[AnswerTree]] = {}
    for child in element.children:
        if child.definition is None:
            continue
        if child.definition.kind == "leaf":
            if not is_blank(child.text):
                answers[child.name] = child.text
        elif within := draft_of(child):
            answers[child.name] = within
    return answers


def values_offered(response: Response, element: Element) -> list[str]:
    """Give the values that may be chosen here, in the order of the list."""
    source = element.definition.choices if element.definition else None
    if source is None:
        return []
    items = (item.named(source.value) for item in choices(response, element))
    return [columns[0].text for columns in items if columns]


def looks(node: Node, *words: str) -> bool:
    """Tell whether a form wants a question to look one of these ways."""
    return not set(words).isdisjoint(node.appearance.split(" "))


def finished(response: Response, made_at: str) -> Response:
    """Note when the response was finished, where the form asks for it."""
    response.surroundings = replace(response.surroundings, now=made_at)
    response.finish()
    return response


@dataclass(frozen=True)
class _Fields:
    """What the fields of one question held."""

    values: Sequence[str]
    offset: Offset

    @property
    def first(self) -> str:
        return self.values[0] if self.values else ""

    def time(self, date: str, place: int) -> str:
        """Read a time of day, with the offset that clocks here show on that date."""
        typed = self.values[place] if 0 <= place < len(self.values) else ""
        return time_text(typed, lambda time: self.offset(date, time))


def _answer(response: Response, element: Element, node: Node, fields: _Fields) -> str:
    match node.control:
        case "select":
            wanted = {value for field in fields.values for value in chosen(field)}
            return " ".join(value for value in values_offered(response, element) if value in wanted)
        case "select1":
            return fields.first
        case "trigger":
            return DONE if fields.first else ""
    return _typed(node, fields)


def _typed(node: Node, fields: _Fields) -> str:
    match node.type:
        case "int":
            return ascii_number(fields.first)
        case "decimal":
            return ascii_decimal(fields.first)
        case "date":
            return date_text(fields.values)
        case "time":
            return fields.time("", 0)
        case "dateTime":
            date = date_text(fields.values[:-1])
            return date_time_text(date, fields.time(date, len(fields.values) - 1))
    if looks(node, "numbers"):
        return ascii_number(fields.first)
    return fields.first.replace("\r\n", "\n").replace("\r", "\n")


def _surroundings(seed: str, begun: str) -> Surroundings:
    """Make the time stand and draw chance from the seed, so that the same state gives the same response."""
    source = random.Random(seed)  # noqa: S311 - a form may ask for chance; the seed itself guards what is secret
    return Surroundings(
        now=begun, new_uuid=lambda: str(UUID(int=source.getrandbits(128), version=4)), random=source.random
    )
