"""Made-up responses to the built-in form, given through the form engine as a phone would give them. Pure.

The same neighbourhood and number always give the same answers. All say in the author's name that they are made up.
"""

import random
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from server.demo.words import VOICES, WORKERS, Voice
from server.formlogic.definition import Definition
from server.formlogic.instance import Element
from server.formlogic.response import AnswerTree, Response
from server.formlogic.surroundings import Surroundings

__all__ = ["LABEL", "SAMPLES_PER_NEIGHBOURHOOD", "Place", "Sample", "make_sample"]

LABEL: Final = "Made-up sample"
SAMPLES_PER_NEIGHBOURHOOD: Final = 20
REFUSES: Final = 11
"""Which sample says no to taking part, as some people do."""
SKIPS_A_QUESTION: Final = 6
"""Which sample lacks an answer that the form asks for, so that a problem can be seen."""

TIMES_HERE: Final = ("under_1_year", "years_1_to_5", "years_6_to_10", "over_10_years", "not_say")
TIES: Final = ("live", "live work", "live family_friends", "work", "live care", "use")
BENEFITS: Final = ("connect", "connect belonging", "be_active rest_nature", "keep_learning", "help_advice safety")
SPREAD_DEGREES: Final = 0.006


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where samples are made up: languages in the share they are spoken there, and the middle of the area."""

    neighbourhood_id: str
    languages: tuple[str, ...]
    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One made-up response, finalised."""

    author: str
    language: str
    answers: AnswerTree


def make_sample(definition: Definition, place: Place, number: int, *, now: str) -> Sample:
    """Make up response `number`, from 0; `now` is ISO 8601 with an offset."""
    chance = random.Random(f"{place.neighbourhood_id} {number}")  # noqa: S311  # made-up answers guard no secret
    language = place.languages[number % len(place.languages)]
    author = f"{LABEL}: {WORKERS[number % len(WORKERS)]}"
    surroundings = Surroundings(
        now=now, new_uuid=lambda: str(UUID(int=chance.getrandbits(128), version=4)), random=chance.random
    )
    interview = Interview(Response.begin(definition, surroundings), VOICES[language], place, chance)
    interview.hold(number)
    return Sample(author=author, language=language, answers=interview.response.answers())


@dataclass(frozen=True)
class Interview:
    """One conversation: what is asked and what the made-up person says."""

    response: Response
    voice: Voice
    place: Place
    chance: random.Random

    def hold(self, number: int) -> None:
        """Ask everything, unless the person does not want to take part."""
        self.answer(self.response.root, "before_we_start/agree", "no" if number == REFUSES else "yes")
        if number == REFUSES:
            return
        asked = find(self.response.root, "interview")
        if number != SKIPS_A_QUESTION:
            self.answer(asked, "about_you/time_here", self.chance.choice(TIMES_HERE))
        self.answer(asked, "about_you/ties", self.chance.choice(TIES))
        self.answer(asked, "any_asset", "yes")
        for told in self.chance.sample(self.voice.helps, self.chance.choice((1, 1, 2, 3))):
            self.tell_of_asset(asked, *told)
        if self.chance.random() < 0.6:
            self.answer(asked, "to_finish/one_change", self.chance.choice(self.voice.changes))

    def tell_of_asset(self, asked: Element, kind: str, name: str, words: str) -> None:
        """Tell of one thing that helps, where it is, and what keeps people from it."""
        asset = self.next_time(asked, "assets")
        self.answer(asset, "asset/asset_name", name)
        self.answer(asset, "asset/kind", kind)
        if words:
            self.tell_where(asset, words)
        self.answer(asset, "good/benefits", self.chance.choice(BENEFITS))
        self.answer(asset, "good/times_used", str(self.chance.randrange(13)))
        for code, said in self.chance.sample(self.voice.hinders, self.chance.choice((0, 1, 1, 2))):
            barrier = self.next_time(asset, "barriers")
            self.answer(barrier, "barrier/barrier_code", code)
            self.answer(barrier, "barrier/barrier_words", said)

    def tell_where(self, asset: Element, words: str) -> None:
        """Tell where it is: by the phone's position or in words."""
        if self.chance.random() < 0.5:
            self.answer(asset, "place/place_way", "words")
            self.answer(asset, "place/place_words", words)
            return
        latitude = self.place.latitude + self.chance.uniform(-SPREAD_DEGREES, SPREAD_DEGREES)
        longitude = self.place.longitude + self.chance.uniform(-SPREAD_DEGREES, SPREAD_DEGREES)
        self.answer(asset, "place/place_way", "position")
        self.answer(asset, "place/position", f"{latitude:.5f} {longitude:.5f} 0 {self.chance.randrange(4, 30)}")

    def next_time(self, parent: Element, name: str) -> Element:
        """Give the next time of a repeat: one that stands there still blank, else a new one."""
        repeat = next(
            self.response.definition.nodes[number]
            for number in children_of(self.response.definition, parent)
            if self.response.definition.nodes[number].name == name
        )
        blank = next((child for child in parent.children if child.definition is repeat and not answered(child)), None)
        return blank or self.response.add(repeat, parent)

    def answer(self, parent: Element, path: str, text: str) -> None:
        """Answer the question at a path below an element."""
        self.response.answer(find(parent, path), text)


def children_of(definition: Definition, element: Element) -> tuple[int, ...]:
    """Give the numbers of the nodes that may stand in an element."""
    return definition.children[element.definition.number if element.definition else 0]


def answered(element: Element) -> bool:
    """Tell whether a person has answered anything within."""
    return any(part.text for part in element.walk() if part.definition and part.definition.control)


def find(parent: Element, path: str) -> Element:
    """Find the element at a path of names below another; the built-in form has it."""
    element = parent
    for name in path.split("/"):
        element = next(child for child in element.children if child.name == name)
    return element
