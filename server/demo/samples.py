"""Made-up interviews by outreach workers, with the form *Assets and barriers*: what ``story`` tells. Pure."""

from typing import Final

from server.demo.answering import Conversation, Place, Sample, begin, find
from server.demo.equality import answer_equality
from server.demo.story import STORIES, Thing
from server.demo.words import OWN_TONGUES, WORKERS
from server.formlogic.definition import Definition
from server.formlogic.instance import Element

__all__ = ["hindrance", "make_interview", "some_things"]

ONE_IN: Final = 20
"""Of so many interviews one is of each odd kind below."""
REFUSES: Final = 11
"""Which one says no to taking part, as some people do."""
SKIPS_A_QUESTION: Final = 6
"""Which one lacks an answer that the form asks for, so that a problem can be seen."""

TIMES_HERE: Final = ("under_1_year", "years_1_to_5", "years_6_to_10", "over_10_years", "not_say")
TIES: Final = ("live", "live work", "live family_friends", "work", "live care", "use")
BENEFITS: Final = ("connect", "connect belonging", "be_active rest_nature", "keep_learning", "help_advice safety")
SPREAD_DEGREES: Final = 0.0004
"""How far apart the positions of one thing lie: phones differ, and people stand at different doors."""
OF_ITS_OWN: Final = 0.6
"""The share of barriers that are those of the thing spoken of; any others are as likely as each other."""
IN_ANOTHER_TONGUE: Final = 0.15
"""The share of words in English interviews that people say in a language of their own."""


def make_interview(definition: Definition, place: Place, number: int, *, now: str) -> Sample:
    """Make up interview `number`, from 0; `now` is ISO 8601 with an offset."""
    talk = begin(definition, place, number, now=now)
    talk.answer(talk.response.root, "before_we_start/agree", "no" if number % ONE_IN == REFUSES else "yes")
    if number % ONE_IN != REFUSES:
        hold(talk, time_is_told=number % ONE_IN != SKIPS_A_QUESTION)
        answer_equality(talk)
    return talk.finished(WORKERS[number % len(WORKERS)])


def hold(talk: Conversation, *, time_is_told: bool) -> None:
    """Ask everything but the equality questions."""
    asked = find(talk.response.root, "interview")
    if time_is_told:
        talk.answer(asked, "about_you/time_here", talk.chance.choice(TIMES_HERE))
    talk.answer(asked, "about_you/ties", talk.chance.choice(TIES))
    talk.answer(asked, "any_asset", "yes")
    for thing in some_things(talk, talk.chance.choice((1, 1, 2, 3))):
        tell_of_asset(talk, asked, thing)
    if talk.chance.random() < 0.6:
        talk.answer(asked, "to_finish/one_change", talk.chance.choice(talk.voice.changes))


def some_things(talk: Conversation, count: int) -> list[Thing]:
    """Choose different things of the neighbourhood, those that are spoken of more often more likely."""
    left = list(STORIES[talk.place.neighbourhood_id])
    chosen = []
    for _ in range(count):
        [thing] = talk.chance.choices(left, weights=[one.share for one in left])
        left.remove(thing)
        chosen.append(thing)
    return chosen


def tell_of_asset(talk: Conversation, asked: Element, thing: Thing) -> None:
    """Tell of one thing that helps, where it is, and what keeps people from it."""
    asset = talk.next_time(asked, "assets")
    talk.answer(asset, "asset/asset_name", talk.chance.choice(thing.names[talk.language]))
    talk.answer(asset, "asset/kind", thing.kind)
    if thing.where:
        tell_where(talk, asset, thing)
    talk.answer(asset, "good/benefits", talk.chance.choice(BENEFITS))
    talk.answer(asset, "good/times_used", str(talk.chance.randrange(13)))
    hindrances = dict(hindrance(talk, thing) for _ in range(talk.chance.choice((0, 1, 1, 2))))
    for code, said in hindrances.items():
        barrier = talk.next_time(asset, "barriers")
        talk.answer(barrier, "barrier/barrier_code", code)
        talk.answer(barrier, "barrier/barrier_words", said)


def hindrance(talk: Conversation, thing: Thing) -> tuple[str, str]:
    """Tell what is in the way, as code and words."""
    if talk.language == "en" and talk.chance.random() < IN_ANOTHER_TONGUE:
        return talk.chance.choice(OWN_TONGUES[talk.place.neighbourhood_id])
    voiced = talk.voice.hinders
    own = [code for code in thing.hinders if code in voiced]
    code = talk.chance.choice(own if own and talk.chance.random() < OF_ITS_OWN else list(voiced))
    return code, talk.chance.choice(voiced[code])


def tell_where(talk: Conversation, asset: Element, thing: Thing) -> None:
    """Tell where it is: by the phone's position or in words."""
    if talk.chance.random() < 0.3:
        talk.answer(asset, "place/place_way", "words")
        talk.answer(asset, "place/place_words", thing.where[talk.language])
        return
    latitude = talk.place.latitude + thing.north + talk.chance.gauss(0, SPREAD_DEGREES)
    longitude = talk.place.longitude + thing.east + talk.chance.gauss(0, SPREAD_DEGREES)
    talk.answer(asset, "place/place_way", "position")
    talk.answer(asset, "place/position", f"{latitude:.5f} {longitude:.5f} 0 {talk.chance.randrange(4, 30)}")
