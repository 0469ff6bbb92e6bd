"""Fill in a built-in form as a person might, by the reference engine: every question that comes up gets an answer."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from server.formlogic.definition import Definition
from server.formlogic.instance import Element
from server.formlogic.logic_json import load
from server.formlogic.response import Response
from server.formlogic.surroundings import Surroundings
from server.formlogic.validate import choices
from server.forms.compile import Compiled
from server.forms.xlsform import compile_file

__all__ = ["ALL_INSTRUMENTS", "INSTRUMENTS", "Walker", "compiled", "definition", "screens"]

INSTRUMENTS: Final = ("assets_and_barriers", "tell_us_about_this_place")
"""The forms of questions; `no_interview` only counts what came of a visit."""
ALL_INSTRUMENTS: Final = (*INSTRUMENTS, "no_interview")
FOLDER: Final = Path(__file__).parents[2] / "server/forms/instruments"
SAID: Final[Mapping[str, str]] = {"string": "কথা 🎵", "int": "3", "geopoint": "51.53 -0.03 0 5", "binary": "place.jpg"}
NOW: Final = "2026-11-20T10:00:00.000Z"


@cache
def compiled(instrument: str) -> Compiled:
    """Compile a built-in form, once."""
    return compile_file(FOLDER / f"{instrument}.md")


@cache
def definition(instrument: str) -> Definition:
    """Give the logic of a built-in form."""
    return load(json.loads(compiled(instrument).logic_text))


@dataclass
class Walker:
    """Answers one form again and again; at every question it takes the choice that it has taken least so far."""

    instrument: str
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    offered: set[tuple[str, str]] = field(default_factory=set)

    def walk(self, pinned: Mapping[str, str | None] | None = None) -> Response:
        """Answer everything that comes up; ``pinned`` are the answers by question name, None to leave it blank."""
        numbers = iter(range(1, 10_000))
        surroundings = Surroundings(now=NOW, new_uuid=lambda: str(UUID(int=next(numbers))), random=lambda: 0.5)
        response = Response.begin(definition(self.instrument), surroundings)
        passed: set[str] = set()
        while (element := self._next(response, passed)) is not None:
            passed.add(element.path)
            self._answer(response, element, pinned or {})
        response.finish()
        return response

    def _next(self, response: Response, passed: set[str]) -> Element | None:
        for repeat in response.root.walk():
            self._add_missing(response, repeat)
        return next((element for element in questions(response) if element.path not in passed), None)

    def _add_missing(self, response: Response, element: Element) -> None:
        """See that every repeat that may be filled in has one instance."""
        number = element.definition.number if element.definition else 0
        for child in response.definition.children[number]:
            node = response.definition.nodes[child]
            if node.kind == "repeat" and not any(one.definition is node for one in element.children):
                response.add(node, element)

    def _answer(self, response: Response, element: Element, pinned: Mapping[str, str | None]) -> None:
        chosen = self._choose(response, element)
        text = pinned.get(element.name, chosen)
        if text is not None:
            self.taken[element.name, text] += 1
            response.answer(element, text)

    def _choose(self, response: Response, element: Element) -> str:
        names = [
            next(part.text for part in item.elements if part.name == "name") for item in choices(response, element)
        ]
        self.offered |= {(element.name, name) for name in names}
        if names:
            return min(names, key=lambda name: self.taken[element.name, name])
        return SAID[element.definition.type if element.definition else "string"]


def questions(response: Response) -> Iterator[Element]:
    """Give what is asked now, in the order of the form; notes are not asked."""
    for element in response.root.walk():
        node = element.definition
        if node is not None and node.kind == "leaf" and node.control not in (None, "note") and element.relevant:
            yield element


def screens(response: Response) -> dict[str, list[str]]:
    """Give the screens of a phone with the questions on each: one a question, or one a group that is a field list."""
    found: dict[str, list[str]] = {}
    for element in response.root.walk():
        if element.definition and element.definition.kind == "leaf" and element.definition.control and element.relevant:
            asked = [element.name] if element.definition.control != "note" else []
            found.setdefault(_screen_of(element), []).extend(asked)
    return found


def _screen_of(element: Element) -> str:
    above = element.parent
    while above is not None:
        if above.definition and "field-list" in above.definition.appearance.split():
            return above.path
        above = above.parent
    return element.path
