"""What can be wrong with a translation, seen against its English sentence. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["FORMULA_SIGNS", "places_in", "problems_of"]

PLACE: Final = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
COUNTS: Final = frozenset({"{count}", "%(num)s", "%(num)d", "%(count)s"})
STRAY_PERCENT: Final = re.compile(r"%(?!\(\w+\)[sd])")
DIRECTION_MARKS: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARKUP: Final = re.compile(r"[<>]|&[A-Za-z#]")
"""Pages put sentences in as they are. None of ours holds any of it."""
MOST_TIMES_AS_LONG: Final = 4
ROOM_FOR_SHORT_ONES: Final = 100
"""Characters. Every phone fetches all that is said in a language, and keeps it."""
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def places_in(sentence: str) -> Counter[str]:
    """Count the places of a sentence in which something is put, such as {count}."""
    return Counter(PLACE.findall(sentence))


def problems_of(english: Sequence[str], forms: Sequence[str], samples: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield what is wrong with a translation, and what to do about it.

    ``samples`` holds the counts that each form is used for: one for none, one or two may leave the count out, since
    the word itself says it.
    """
    for number, form in enumerate(forms):
        counts = samples[number] if len(english) > 1 and number < len(samples) else (0, 1, 2, 3)
        named = f" (form {number + 1} of {len(forms)})" if len(forms) > 1 else ""
        for problem in problems_of_form(english[-1], form, may_drop_count=len(counts) == 1 and counts[0] <= 2):
            yield problem + named


def problems_of_form(english: str, form: str, *, may_drop_count: bool) -> Iterator[str]:
    """Yield what is wrong with one form."""
    wanted, given = places_in(english), places_in(form)
    strange = sorted((given - wanted).elements())
    missing = sorted((wanted - given).elements())
    if may_drop_count:
        missing = [place for place in missing if place not in COUNTS]
    if len(form) > MOST_TIMES_AS_LONG * len(english) + ROOM_FOR_SHORT_ONES:
        yield "It is very much longer than the English sentence. Say it in fewer words."
    if not form.strip():
        yield "The translation is blank. Write one, or leave the sentence out."
        return
    if missing:
        yield f"{', '.join(missing)} is missing. Put it where the word belongs, written exactly so."
    if strange:
        yield f"{', '.join(strange)} is not in the English sentence. Take it out, or correct how it is written."
    if MARKUP.search(form) and not MARKUP.search(english):
        yield "It holds < or >, or & before a letter, which pages read as a command. Write it in words."
    if is_percent_alone(form) and not is_percent_alone(english):
        yield f"A % stands alone. {'Write %% for a per cent sign.' if '%' in english else 'Write it in words.'}"
    if DIRECTION_MARKS.search(form) and not DIRECTION_MARKS.search(english):
        yield "It holds an invisible mark of direction. Type the sentence afresh; the pages see to the direction."


def is_percent_alone(sentence: str) -> bool:
    """Tell whether a % begins no place and is not doubled: a page fails when it puts something into the sentence."""
    return STRAY_PERCENT.search(sentence.replace("%%", "")) is not None
