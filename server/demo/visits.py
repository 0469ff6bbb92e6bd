"""Made-up answers by residents at a venue, with the form *Tell us about this place*. Pure."""

from typing import Final

from server.demo.answering import Conversation, Place, Sample, begin, find
from server.demo.equality import answer_equality
from server.demo.samples import hindrance, some_things
from server.formlogic.definition import Definition

__all__ = ["make_visit"]

RESIDENT: Final = "a resident at a venue"

BENEFITS: Final = ("connect", "be_active", "take_notice rest_nature", "help_advice", "food_money", "dont_know")
NOT_FOR: Final = ("newcomers", "little_english", "disabled small_children", "young", "little_money", "nobody")
TELLS_OF_SOMETHING_ELSE: Final = 0.5


def make_visit(definition: Definition, place: Place, number: int, *, now: str) -> Sample:
    """Make up what resident `number` tells, from 0; `now` is ISO 8601 with an offset."""
    talk = begin(definition, place, number, now=now)
    talk.answer(talk.response.root, "before_we_start/agree", "yes")
    tell(talk)
    answer_equality(talk)
    return talk.finished(RESIDENT)


def tell(talk: Conversation) -> None:
    """Tell of the venue: what is good, for whom it is not, what is in the way, what to change."""
    visit = find(talk.response.root, "visit")
    talk.choose(visit, "how_often")
    talk.answer(visit, "benefits", talk.chance.choice(BENEFITS))
    talk.choose(visit, "welcome")
    talk.answer(visit, "not_for", talk.chance.choice(NOT_FOR))
    [thing] = some_things(talk, 1)
    code, said = hindrance(talk, thing)
    talk.answer(visit, "barrier/barrier_code", code)
    talk.answer(visit, "barrier/barrier_words", said)
    talk.answer(visit, "one_change", talk.chance.choice(talk.voice.changes))
    if talk.chance.random() < TELLS_OF_SOMETHING_ELSE:
        talk.answer(visit, "another/asset_name", talk.chance.choice(thing.names[talk.language]))
        talk.answer(visit, "another/kind", thing.kind)
