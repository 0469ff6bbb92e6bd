"""A response as a person reads it: each question in the reader's language, each answer as it was given.

Pure. Every piece of text says which language it is really in, so that a page can mark it.
"""

import itertools
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.formlogic.definition import ROOT, ChoiceSource, Definition, Item, Node
from server.formlogic.expressions import ExpressionError, evaluate
from server.formlogic.functions_choice import chosen
from server.formlogic.instance import Element
from server.formlogic.response import AnswerTree, Response
from server.formlogic.texts import Pack, Text
from server.formlogic.trees import Call, Expression, String, inner
from server.formlogic.values import is_blank, to_string
from server.reviews.parts import Joined
from server.reviews.passages import Complaint, Fragment, Line, Passage, Position, Reading, Section, UnknownAnswer

__all__ = ["read"]

FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"


def read(
    definition: Definition,
    response: Response,
    parts: Joined,
    pack: Pack,
    problems: Mapping[str, Sequence[str]],
) -> Reading:
    """Read `response`, settled from `parts`, in the words of `pack`; `problems` gives codes by path.

    What is calculated and never shown to a person is left out, and so are groups that were erased; an answer that was
    given is always there.
    """
    reader = Reader(pack=pack, response=response, problems=problems, anchors=itertools.count(1), erased=parts.erased)
    passages = reader.passages(response.root, parts.answers)
    found = strangers(definition, response.root, parts.answers)
    unknown = tuple(UnknownAnswer(reader.next_anchor(), path, text) for path, text in found)
    return Reading(passages, unknown)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What is the same for every question while one response is read."""

    pack: Pack
    response: Response
    problems: Mapping[str, Sequence[str]]
    anchors: Iterator[int]
    erased: Collection[str]

    def next_anchor(self) -> str:
        """Name a place on the page. Paths will not do: they may hold any character."""
        return f"answer-{next(self.anchors)}"

    def passages(self, parent: Element, answers: AnswerTree) -> tuple[Passage, ...]:
        """Read what stands in one element, beside the answers given within it."""
        found = (self.passage(child, given_to(child, answers)) for child in parent.children)
        return tuple(passage for passage in found if passage is not None)

    def passage(self, element: Element, given: object) -> Passage | None:
        """Read one element; None when there is nothing for a person to see."""
        node = element.definition
        if node is None:
            return None
        if node.kind == "leaf":
            return self.line(element, node, given if isinstance(given, str) else "")
        if element.parent is self.response.root and node.name in self.erased:
            return None
        passages = self.passages(element, given if isinstance(given, dict) else {})
        if not passages:
            return None
        return Section(
            heading=self.words(node.label, element),
            position=element.same_name_siblings().index(element) + 1 if node.kind == "repeat" else None,
            passages=passages,
        )

    def line(self, element: Element, node: Node, given: str) -> Line | None:
        """Read one question. One that was not asked is left out, unless something was answered all the same."""
        codes = self.problems.get(element.path, ())
        asked = node.control not in {None, "note"} and element.relevant
        shown_anyway = node.control not in {None, "note"} and not is_blank(given)
        if not (asked or shown_anyway or codes):
            return None
        return Line(
            anchor=self.next_anchor(),
            path=element.path,
            question=self.words(node.label, element) or Fragment(node.name),
            answers=self.answers(node, element, given),
            chosen=node.choices is not None,
            upload=node.control == "upload",
            position=position_of(given) if node.type == "geopoint" else None,
            problems=tuple(Complaint(code, self.message(code, node, element)) for code in codes),
        )

    def answers(self, node: Node, element: Element, given: str) -> tuple[Fragment, ...]:
        """Give the answer as typed, or the labels of what was chosen."""
        if is_blank(given):
            return ()
        if node.choices is None:
            return (Fragment(given),)
        values = chosen(given) if node.control in {"select", "rank"} else [given]
        items = items_by_value(node, {**self.response.file_lists, **self.response.definition.lists})
        return tuple(self.label(items.get(value, {}), node.choices, element) or Fragment(value) for value in values)

    def label(self, item: Item, source: ChoiceSource, element: Element) -> Fragment | None:
        """Give the words of a choice; a list from a file holds them itself, in whichever language it is."""
        words = item.get(source.text, "")
        if source.literal:
            return None if is_blank(words) else Fragment(words)
        return self.words(words, element)

    def message(self, code: str, node: Node, element: Element) -> Fragment | None:
        """Give what the form says when its own rule is broken."""
        match code:
            case "required":
                return self.words(node.required_message, element)
            case "constraint":
                return self.words(node.constraint_message, element)
        return None

    def words(self, text_id: str | None, element: Element) -> Fragment | None:
        """Give a text of the form in the pack's language, with the language it is really in."""
        text = self.pack.texts.get(text_id) if text_id else None
        if text is None:
            return None
        words = rendered(text, self.response, element)
        return Fragment(words, text.lang) if not is_blank(words) else None


def rendered(text: Text, response: Response, element: Element) -> str:
    """Put the values that a text shows into it, each set apart so that its direction stays its own affair."""
    shown = (part if isinstance(part, str) else isolated(part, response, element) for part in text.parts)
    return "".join(shown)


def isolated(part: Expression, response: Response, element: Element) -> str:
    """Give a value between isolates (Unicode UAX 9); one that these answers cannot give shows as an ellipsis."""
    try:
        value = to_string(evaluate(part, response.context(element)))
    except ExpressionError:
        return "…"
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if value else value


def given_to(element: Element, answers: AnswerTree) -> object:
    """Give what was answered to one element: for a repeat, what belongs to this time of it."""
    given: object = answers.get(element.name)
    if isinstance(given, list):
        times = [one for one in given if isinstance(one, dict)]
        index = element.same_name_siblings().index(element)
        return times[index] if index < len(times) else None
    return given


def items_by_value(node: Node, lists: Mapping[str, Sequence[Item]]) -> dict[str, Item]:
    """Give every choice the question may ever offer, by value: one that a filter hides now is read all the same."""
    if node.choices is None:
        return {}
    names = [
        call.arguments[0].text
        for call in inner(node.choices.nodes)
        if isinstance(call, Call) and call.name == "instance" and isinstance(call.arguments[0], String)
    ]
    column = node.choices.value
    found: dict[str, Item] = {}
    for item in (one for name in names for one in lists.get(name, ()) if column in one):
        found.setdefault(item[column], item)
    return found


def position_of(given: str) -> Position | None:
    """Read a geopoint, `latitude longitude altitude accuracy`; None when it is not one."""
    numbers = given.split()
    if not 2 <= len(numbers) <= 4:
        return None
    return Position(numbers[0], numbers[1], numbers[3] if len(numbers) == 4 else None)


def strangers(definition: Definition, element: Element, answers: AnswerTree) -> Iterator[tuple[str, str]]:
    """Find answers that no question of the form asked for, with their paths."""
    known = names_within(definition, element)
    for name, given in answers.items():
        if name not in known:
            yield f"{element.path}/{name}", given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    for child in element.children:
        within = given_to(child, answers)
        if isinstance(within, dict):
            yield from strangers(definition, child, within)


def names_within(definition: Definition, element: Element) -> set[str]:
    """Name what may stand in an element; a repeat without a single time has no element of its own."""
    number = element.definition.number if element.definition else ROOT
    return {definition.nodes[child].name for child in definition.children[number]}
