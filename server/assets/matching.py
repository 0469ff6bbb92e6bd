"""Which asset an observation is about: suggestions, each with a score from 0 to 100 and its reasons. Pure.

| what speaks for it | weight |
|---|---|
| the name: the same, one of the other names, or alike | 65 |
| the distance, less what both positions may be out by: 50 metres are nothing, 1,000 are too far | 25 |
| the kind: equal | 10 |

What is not known of one of the two counts neither way: the others share its weight. Names in different scripts cannot
be compared by their letters; then place and kind alone make a weak suggestion.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final, Literal

from server.assets.alike import alike, shared, trigrams
from server.assets.folding import fold, script_of

__all__ = ["MOST", "SURE", "Candidates", "NameReason", "Seen", "Suggestion", "metres_between", "suggestion"]

NameReason = Literal["same", "other-name", "alike", "different", "other-script", "unknown"]

OF_NAME: Final = 65
OF_DISTANCE: Final = 25
OF_KIND: Final = 10
LEAST: Final = 45
"""A lower score is no suggestion."""
SURE: Final = 88
LIKELY: Final = 80
"""From this score on, with names that can be compared and no other kind, it is the first thing to press."""
MOST: Final = 3
NEAR_METRES: Final = 50
FAR_METRES: Final = 1000
LEAST_ALIKE: Final = 0.35
"""Names that are in the same script and less alike than this are different, wherever they are."""
UNCOMPARED: Final = 0.6
"""What a score is worth that says nothing of the names."""
DONT_KNOW: Final = frozenset({"", "dont_know"})
METRES_PER_DEGREE: Final = 111_195
GRID_DEGREES: Final = 0.01
BEGINNING: Final = 4
HALF: Final = 0.5
TWINS_LOOKED_AT: Final = 6
COMMON: Final = 200
"""A word that more names have than this tells nothing of one of them."""
LEAST_IN_COMMON: Final = 0.1
"""Of the trigrams of the one that has fewer: names that are alike share at least so many, wherever they are."""
LOOKED_AT: Final = 24
"""Candidates that are compared letter by letter, those with the most trigrams in common first."""
NEAR_LOOKED_AT: Final = 8
"""And of those that are near, whatever they are called."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What is known of an asset or an observation; `names` begins with the one it is shown by."""

    id: str
    names: tuple[str, ...]
    kind: str
    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The names as they are compared; one in which nothing is left to compare is none."""
        return tuple(folded for name in self.names if (folded := fold(name)))

    @cached_property
    def scripts(self) -> frozenset[str]:
        """What its names are written in."""
        return frozenset(script_of(name) for name in self.folded)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One asset that it may be; `metres` is None where one of the two has no position, `kind` where one has none."""

    id: str
    score: int
    name: NameReason
    alike: int
    metres: int | None
    same_kind: bool | None

    @property
    def is_likely(self) -> bool:
        """Whether it is worth being offered before everything else."""
        return self.score >= LIKELY and self.name not in {"other-script", "unknown"} and self.same_kind is not False


class Candidates:
    """The assets of a neighbourhood, ready to be compared with many observations."""

    def __init__(self, assets: Iterable[Seen]) -> None:
        self._assets = sorted(assets, key=lambda one: one.id)
        self._sizes: list[int] = []
        self._by_trigram: defaultdict[str, list[int]] = defaultdict(list)
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        self._by_cell: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for number, asset in enumerate(self._assets):
            own = trigrams_of(asset)
            self._sizes.append(len(own))
            for trigram in own:
                self._by_trigram[trigram].append(number)
            for name in set(asset.folded):
                self._by_name[name].append(number)
            for word in {one for name in asset.names for one in words_of(name)}:
                self._by_word[word].append(number)
            if asset.latitude is not None and asset.longitude is not None:
                self._by_cell[_cell(asset.latitude, asset.longitude)].append(number)

    def suggestions(self, observation: Seen) -> list[Suggestion]:
        """Give the best few, best first; of equals the one with the smaller id."""
        found = [suggestion(observation, self._assets[number]) for number in self._worth_a_look(observation)]
        fitting = [one for one in found if one is not None and one.id != observation.id]
        return sorted(fitting, key=lambda one: (-one.score, one.id))[:MOST]

    def twins(self, row: Seen) -> list[Suggestion]:
        """Give what seems to be the same for sure, best first; quick enough for each row of a file.

        Only the few whose names share the most words, or the beginning of the first, are compared.
        """
        words = {one for name in row.names for one in words_of(name)}
        rarest = sorted((self._by_word.get(word, []) for word in sorted(words)), key=len)
        telling = [found for found in rarest if len(found) <= COMMON] or [found[:COMMON] for found in rarest[:1]]
        sharing = Counter(number for found in telling for number in found)
        best = sorted(sharing.items(), key=lambda one: (-one[1], one[0]))[:TWINS_LOOKED_AT]
        near = [number for number, _count in best if may_be_alike(row, self._assets[number])]
        found = [suggestion(row, self._assets[number]) for number in near if self._assets[number].id != row.id]
        return sorted((one for one in found if one and one.score >= SURE), key=lambda one: (-one.score, one.id))

    def _worth_a_look(self, observation: Seen) -> list[int]:
        """List those of the same name, those with the most trigrams in common, and the nearest that may be alike."""
        asked = trigrams_of(observation)
        common = Counter(number for trigram in asked for number in self._by_trigram.get(trigram, ()))
        best = sorted(common.items(), key=lambda one: (-one[1], self._sizes[one[0]], one[0]))[:LOOKED_AT]
        same = (number for name in observation.folded for number in self._by_name.get(name, ())[:LOOKED_AT])
        near = (
            number
            for number in self._near(observation)
            if common[number] >= LEAST_IN_COMMON * min(len(asked), self._sizes[number])
            or self._assets[number].scripts.isdisjoint(observation.scripts)
        )
        return sorted({*same, *(number for number, _count in best), *islice(near, NEAR_LOOKED_AT)})

    def _near(self, observation: Seen) -> list[int]:
        """List all that are in the cells around, the nearest first."""
        if observation.latitude is None or observation.longitude is None:
            return []
        x, y = _cell(observation.latitude, observation.longitude)
        around = ((x + right, y + up) for right in (-1, 0, 1) for up in (-1, 0, 1))
        near = [number for cell in around for number in self._by_cell.get(cell, ())]
        return sorted(near, key=lambda number: (metres_between(observation, self._assets[number]) or 0, number))


def suggestion(observation: Seen, asset: Seen) -> Suggestion | None:
    """Compare the two; None when they are not alike enough to be suggested."""
    reason, likeness = compared_names(observation, asset)
    if reason == "different":
        return None
    metres = metres_between(observation, asset)
    same_kind = None if DONT_KNOW & {observation.kind, asset.kind} else observation.kind == asset.kind
    weighed = [(likeness, OF_NAME)] if reason not in {"other-script", "unknown"} else []
    if metres is not None:
        weighed.append((nearness(metres), OF_DISTANCE))
    if same_kind is not None:
        weighed.append((float(same_kind), OF_KIND))
    total = sum(weight for _share, weight in weighed)
    if total == 0 or (reason in {"other-script", "unknown"} and metres is None):
        return None
    score = 100 * sum(share * weight for share, weight in weighed) / total
    score *= 1 if reason not in {"other-script", "unknown"} else UNCOMPARED
    if round(score) < LEAST:
        return None
    return Suggestion(
        id=asset.id,
        score=round(score),
        name=reason,
        alike=round(100 * likeness),
        metres=None if metres is None else round(metres),
        same_kind=same_kind,
    )


def trigrams_of(seen: Seen) -> frozenset[str]:
    """Give the trigrams of all its names."""
    return frozenset[str]().union(*map(trigrams, seen.folded))


def words_of(name: str) -> list[str]:
    """Give the words of a name, and how its first one begins."""
    words = fold(name).split()
    return [*words, f"{words[0][:BEGINNING]}…"] if words else []


def may_be_alike(one: Seen, other: Seen) -> bool:
    """Tell whether two are worth comparing letter by letter: half of their trigrams are the same."""
    ours, theirs = ([trigrams(name) for name in seen.folded] for seen in (one, other))
    return any(shared(mine, its) >= HALF for mine in ours for its in theirs)


def compared_names(said: Seen, known: Seen) -> tuple[NameReason, float]:
    """Compare what somebody said with all names of an asset."""
    ours, theirs = said.folded, known.folded
    if not ours or not theirs:
        return "unknown", 0.0
    if not set(ours).isdisjoint(theirs):
        return ("same" if ours[0] == theirs[0] else "other-name"), 1.0
    if said.scripts.isdisjoint(known.scripts):
        return "other-script", 0.0
    best = max(alike(one, other) for one in ours for other in theirs)
    return ("alike" if best >= LEAST_ALIKE else "different"), best


def nearness(metres: float) -> float:
    """Give 1 up to 50 metres, falling to 0 at 1,000."""
    return min(1.0, max(0.0, (FAR_METRES - metres) / (FAR_METRES - NEAR_METRES)))


def metres_between(one: Seen, other: Seen) -> float | None:
    """Give how far two positions are apart at least, if each is out by as much as it may be."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    down = (one.latitude - other.latitude) * METRES_PER_DEGREE
    across = (one.longitude - other.longitude) * METRES_PER_DEGREE
    across *= math.cos(math.radians((one.latitude + other.latitude) / 2))
    return max(0.0, math.hypot(down, across) - (one.accuracy or 0.0) - (other.accuracy or 0.0))


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(longitude / GRID_DEGREES / 1.6), math.floor(latitude / GRID_DEGREES)
