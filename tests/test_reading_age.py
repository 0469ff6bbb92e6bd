"""Sentences for residents and workers are at a reading age of 9 to 11, as the Flesch–Kincaid grade counts it."""

from collections import defaultdict
from typing import Final

import pytest

from tests.reading_age import grade, prose, syllables, words_of
from tests.sentences import Audience, english

# Age 9 to 11 is grade 4 to 6. Residents read on a phone, in a hurry, often in a language that is not their first: all
# of their sentences together stay below the easy end of it, and a worker's at it. Coordinators get a year more, for
# “boundary” and “neighbourhood” are theirs.
BOUNDS: Final = {Audience.RESIDENTS: 3.5, Audience.BOTH: 3.5, Audience.WORKERS: 4.0, Audience.COORDINATORS: 5.0}
# No part of the screens is left behind: each folder of source for residents and workers stays below the upper end.
FOLDER: Final = 6.0
# One sentence alone may be harder, to the age of 13; of fewer than eight words the formula says nothing.
SENTENCE: Final = 8.0
WORDS: Final = 8

# Sentence → why it may be harder than that.
HARDER: Final = {
    "Latitude goes from -90 to 90 and longitude from -180 to 180.": "the console says it, of a position that was typed",
    "Write the position as two numbers with a comma between them, such as 51.531, -0.036.": "the console says it, too",
    "Fieldwell meets the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA in part.": "the law's own names",
    "In the United Kingdom, ask the Equality Advisory and Support Service:": "the name of an office",
}


@pytest.mark.parametrize("audience", BOUNDS)
def test_an_audience_gets_what_it_can_read(audience: Audience) -> None:
    sentences = [part for sentence in english() if sentence.audience == audience for part in prose(sentence.text)]
    assert len(sentences) > 50
    assert grade(sentences) <= BOUNDS[audience]


def test_no_screen_is_harder_than_the_others() -> None:
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for sentence in english():
        for place in sentence.places if sentence.audience < Audience.COORDINATORS else ():
            folders[place.rpartition("/")[0]].extend(prose(sentence.text))
    hard = {folder: grade(parts) for folder, parts in folders.items() if len(parts) > 4 and grade(parts) > FOLDER}
    assert hard == {}


def test_no_sentence_for_the_doorstep_is_hard() -> None:
    hard = {
        part: round(grade([part]), 1)
        for sentence in english()
        if sentence.audience < Audience.COORDINATORS
        for part in prose(sentence.text)
        if len(words_of(part)) >= WORDS and grade([part]) > SENTENCE
    }
    assert sorted(set(hard) - set(HARDER)) == [], "Shorter words, or two sentences."
    assert sorted(set(HARDER) - set(hard)) == [], "These need no exception any more."


def test_syllables_are_counted_as_people_say_them() -> None:
    said = "answers 2 asked 1 boxes 2 closed 1 connection 3 deleted 3 here 1 interview 3 little 2 needed 2 phone 1"
    said += " phones 1 pages 2 people 2 photo 2 places 2 saved 1 table 2 the 1 coordinator 5 area 3 2026 2"
    counted = said.split()
    assert [(word, syllables(word)) for word in counted[::2]] == [
        (word, int(count)) for word, count in zip(counted[::2], counted[1::2], strict=True)
    ]


def test_the_grade_is_that_of_the_formula() -> None:
    """Six words of one syllable in one sentence: 0.39 × 6 + 11.8 × 1 − 15.59."""
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45)
    assert grade(["Notwithstanding the interoperability of institutional arrangements."]) > 20


def test_only_what_ends_like_a_sentence_counts() -> None:
    assert prose("Send my answers") == []
    assert prose("Saved. Go on to the next question. Then stop") == ["Go on to the next question."]
