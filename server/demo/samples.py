"""Made-up interviews by outreach workers, with the form *Assets and barriers*. Pure."""

from typing import Final

from server.demo.answering import Conversation, Place, Sample, begin, find
from server.demo.equality import answer_equality
from server.demo.words import WORKERS
from server.formlogic.definition import Definition
from server.formlogic.instance import Element

__all__ = ["INTERVIEWS", "make_interview"]

INTERVIEWS: Final = 20
"""In each neighbourhood."""
REFUSES: Final = 11
"""Which one says no to taking part, as some people do."""
SKIPS_A_QUESTION: Final = 6
"""Which one lacks an answer that the form asks for, so that a problem can be seen."""

TIMES_HERE: Final = ("under_1_year", "years_1_to_5", "years_6_to_10", "over_10_years", "not_say")
TIES: Final = ("live", "live work", "live family_friends", "work", "live care", "use")
BENEFITS: Final = ("connect", "connect belonging", "be_active rest_nature", "keep_learning", "help_advice safety")
SPREAD_DEGREES: Final = 0.006


def make_interview(definition: Definition, place: Place, number: int, *, now: str) -> Sample:
    """Make up interview `number`, from 0; `now` is ISO 8601 with an offset."""
    talk = begin(definition, place, number, now=now)
    talk.answer(talk.response.root, "before_we_start/agree", "no" if number == REFUSES else "yes")
    if number != REFUSES:
        hold(talk, time_is_told=number != SKIPS_A_QUESTION)
        answer_equality(talk)
    return talk.finished(WORKERS[number % len(WORKERS)])


def hold(talk: Conversation, *, time_is_told: bool) -> None:
    """Ask everything but the equality questions."""
    asked = find(talk.response.root, "interview")
    if time_is_told:
        talk.answer(asked, "about_you/time_here", talk.chance.choice(TIMES_HERE))
    talk.answer(asked, "about_you/ties", talk.chance.choice(TIES))
    talk.answer(asked, "any_asset", "yes")
    for told in talk.chance.sample(talk.voice.helps, talk.chance.choice((1, 1, 2, 3))):
        tell_of_asset(talk, asked, *told)
    if talk.chance.random() < 0.6:
        talk.answer(asked, "to_finish/one_change", talk.chance.choice(talk.voice.changes))


def tell_of_asset(talk: Conversation, asked: Element, kind: str, name: str, words: str) -> None:
    """Tell of one thing that helps, where it is, and what keeps people from it."""
    asset = talk.next_time(asked, "assets")
    talk.answer(asset, "asset/asset_name", name)
    talk.answer(asset, "asset/kind", kind)
    if words:
        tell_where(talk, asset, words)
    talk.answer(asset, "good/benefits", talk.chance.choice(BENEFITS))
    talk.answer(asset, "good/times_used", str(talk.chance.randrange(13)))
    for code, said in talk.chance.sample(talk.voice.hinders, talk.chance.choice((0, 1, 1, 2))):
        barrier = talk.next_time(asset, "barriers")
        talk.answer(barrier, "barrier/barrier_code", code)
        talk.answer(barrier, "barrier/barrier_words", said)


def tell_where(talk: Conversation, asset: Element, words: str) -> None:
    """Tell where it is: by the phone's position or in words."""
    if talk.chance.random() < 0.5:
        talk.answer(asset, "place/place_way", "words")
        talk.answer(asset, "place/place_words", words)
        return
    latitude = talk.place.latitude + talk.chance.uniform(-SPREAD_DEGREES, SPREAD_DEGREES)
    longitude = talk.place.longitude + talk.chance.uniform(-SPREAD_DEGREES, SPREAD_DEGREES)
    talk.answer(asset, "place/place_way", "position")
    talk.answer(asset, "place/position", f"{latitude:.5f} {longitude:.5f} 0 {talk.chance.randrange(4, 30)}")
