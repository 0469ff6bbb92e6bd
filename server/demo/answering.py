"""How a made-up person answers: through the form engine, as a phone would. Pure.

The same neighbourhood and number always give the same answers.
"""

import random
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from server.demo.words import VOICES, Voice
from server.formlogic.definition import Definition
from server.formlogic.instance import Element
from server.formlogic.response import AnswerTree, Response
from server.formlogic.surroundings import Surroundings

__all__ = ["LABEL", "Conversation", "Place", "Sample", "begin", "find"]

LABEL: Final = "Made-up sample"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where samples are made up: languages in the share they are spoken there, and the middle of the area."""

    neighbourhood_id: str
    languages: tuple[str, ...]
    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One made-up response, finalised. ``author`` says that it is made up."""

    author: str
    language: str
    answers: AnswerTree


@dataclass(frozen=True)
class Conversation:
    """One response as it is filled in: the form, what the made-up person says, and chance."""

    response: Response
    language: str
    place: Place
    chance: random.Random

    @property
    def voice(self) -> Voice:
        """What is said in the language of this conversation."""
        return VOICES[self.language]

    def answer(self, parent: Element, path: str, text: str) -> None:
        """Answer the question at a path below an element."""
        self.response.answer(find(parent, path), text)

    def choose(self, parent: Element, path: str) -> str:
        """Answer a question with any choice of its list, which bears the question's name; give the choice."""
        choice = self.chance.choice(self.response.definition.lists[path.rpartition("/")[2]])["name"]
        self.answer(parent, path, choice)
        return choice

    def next_time(self, parent: Element, name: str) -> Element:
        """Give the next time of a repeat: one that stands there still blank, else a new one."""
        definition = self.response.definition
        number = parent.definition.number if parent.definition else 0
        repeat = next(
            node for node in map(definition.nodes.__getitem__, definition.children[number]) if node.name == name
        )
        blank = next((child for child in parent.children if child.definition is repeat and not answered(child)), None)
        return blank or self.response.add(repeat, parent)

    def finished(self, author: str) -> Sample:
        """Finalise the response."""
        self.response.finish()
        return Sample(author=f"{LABEL}: {author}", language=self.language, answers=self.response.answers())


def begin(definition: Definition, place: Place, number: int, *, now: str) -> Conversation:
    """Begin response ``number`` of a form, from 0; ``now`` is ISO 8601 with an offset."""
    chance = random.Random(f"{place.neighbourhood_id} {definition.form_id} {number}")  # noqa: S311  # guards no secret
    surroundings = Surroundings(
        now=now, new_uuid=lambda: str(UUID(int=chance.getrandbits(128), version=4)), random=chance.random
    )
    language = place.languages[number % len(place.languages)]
    return Conversation(Response.begin(definition, surroundings), language, place, chance)


def answered(element: Element) -> bool:
    """Tell whether a person has answered anything within."""
    return any(part.text for part in element.walk() if part.definition and part.definition.control)


def find(parent: Element, path: str) -> Element:
    """Find the element at a path of names below another; the built-in forms have it."""
    element = parent
    for name in path.split("/"):
        element = next(child for child in element.children if child.name == name)
    return element
