"""Which responses may be the same one twice, and why it looks so. Pure.

Two responses are compared when they came from the same phone, bear the same name of a worker, speak of an asset of the
same name or hold the very same answers; and were finished within a day of each other, in one neighbourhood, with one
form. Points are given for what they share; from ``SUSPECTED`` on somebody is asked. Answers weigh most: people who are
interviewed one after another at one place share everything else.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Final, Literal

from server.clock import from_text
from server.editing.fields import Key, fields_of
from server.formlogic.response import AnswerTree
from server.reviews.parts import join_parts

__all__ = ["SUSPECTED", "Candidate", "Pair", "Sign", "candidate_answers", "pair_of", "pairs"]

Sign = Literal[
    "same-answers", "most-answers", "same-phone", "same-author", "minutes-apart", "hour-apart", "same-assets"
]

SUSPECTED: Final = 75
ANSWERS: Final = 60
"""Points for the very same answers; a part of them for a part."""
LEAST_SHARE: Final = 0.6
FEWEST_ANSWERS: Final = 3
"""Of fewer, that they are the same says nothing."""
POINTS: Final[dict[Sign, int]] = {
    "same-phone": 15,
    "same-author": 10,
    "minutes-apart": 15,
    "hour-apart": 5,
    "same-assets": 10,
}
NEAR: Final = timedelta(days=1)
MINUTES: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
MOST_OF_A_KIND: Final = 60
"""As many of those that share something are compared with each other; of more, the ones that came last."""
NOT_COMPARED: Final = frozenset({"meta", "start", "end", "deviceid", "instanceID", "start_time", "end_time"})


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A response as far as it is compared; ``assets`` are names, ``answers`` texts by field."""

    response_id: str
    form_id: str
    neighbourhood_id: str
    device_id: str
    author: str
    made_at: str
    assets: tuple[str, ...]
    answers: frozenset[tuple[Key, str]]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two responses that look like one, the lesser id first; ``share`` is the part of the answers that is the same."""

    first_id: str
    second_id: str
    score: int
    share: float
    signs: tuple[Sign, ...]

    def other(self, response_id: str) -> str:
        """Give the one beside."""
        return self.second_id if response_id == self.first_id else self.first_id


def pairs(candidates: Sequence[Candidate]) -> list[Pair]:
    """Find what looks like the same response twice, the most alike first."""
    found = {(pair.first_id, pair.second_id): pair for pair in _compared(candidates)}
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.first_id, pair.second_id))


def pair_of(one: Candidate, other: Candidate) -> Pair | None:
    """Compare two responses; None where nobody needs to be asked."""
    apart = abs(from_text(one.made_at) - from_text(other.made_at))
    if (one.form_id, one.neighbourhood_id) != (other.form_id, other.neighbourhood_id) or apart > NEAR:
        return None
    share = _share(one, other)
    if share < LEAST_SHARE:
        return None
    signs = tuple(_signs(one, other, apart))
    score = round(ANSWERS * share) + sum(POINTS[sign] for sign in signs)
    if score < SUSPECTED:
        return None
    first, second = sorted((one.response_id, other.response_id))
    alike: Sign = "same-answers" if share == 1 else "most-answers"
    return Pair(first_id=first, second_id=second, score=min(score, 100), share=share, signs=(alike, *signs))


def candidate_answers(parts: Iterable[tuple[str, str | None]]) -> frozenset[tuple[Key, str]]:
    """Give the answers of a version that are compared: no ids, no times that a phone notes, no equality answers."""
    try:
        answers = join_parts((name, body) for name, body in parts if name != "equality").answers
    except (ValueError, LookupError, TypeError, RecursionError):
        return frozenset()
    fields = fields_of(_without_ids(answers), root="")
    return frozenset((key, _folded(field.text)) for key, field in fields.items())


def _without_ids(answers: AnswerTree) -> AnswerTree:
    """Leave out what differs each time, so that instances are named by their places."""
    kept: AnswerTree = json.loads(
        json.dumps(answers), object_hook=lambda one: {name: given for name, given in one.items() if not _is_own(name)}
    )
    return kept


def _is_own(name: str) -> bool:
    return name.startswith("@") or name in NOT_COMPARED


def _compared(candidates: Sequence[Candidate]) -> Iterator[Pair]:
    for alike in _alike(candidates):
        for one, other in combinations(alike[-MOST_OF_A_KIND:], 2):
            pair = pair_of(one, other)
            if pair is not None:
                yield pair


def _alike(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Put those together that share something by which a double could be known, in the order in which they came."""
    shared: dict[object, list[Candidate]] = {}
    for one in candidates:
        keys: list[object] = [("phone", one.device_id), ("answers", one.answers)]
        keys += [("author", one.neighbourhood_id, one.author)] if one.author else []
        keys += [("asset", one.neighbourhood_id, _folded(name)) for name in dict.fromkeys(one.assets)]
        for key in dict.fromkeys(keys):
            shared.setdefault(key, []).append(one)
    return (found for found in shared.values() if len(found) > 1)


def _share(one: Candidate, other: Candidate) -> float:
    """Tell which part of the answers is the same on both sides."""
    there = len(one.answers | other.answers)
    if min(len(one.answers), len(other.answers)) < FEWEST_ANSWERS:
        return 0.0
    return len(one.answers & other.answers) / there


def _signs(one: Candidate, other: Candidate, apart: timedelta) -> Iterator[Sign]:
    if one.device_id == other.device_id:
        yield "same-phone"
    if one.author and one.author == other.author:
        yield "same-author"
    if apart <= MINUTES:
        yield "minutes-apart"
    elif apart <= HOUR:
        yield "hour-apart"
    if one.assets and sorted(map(_folded, one.assets)) == sorted(map(_folded, other.assets)):
        yield "same-assets"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
