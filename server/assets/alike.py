"""How alike two folded names are, from 0 to 1, by plain measures that know no language. Pure."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

__all__ = ["alike", "shared", "trigrams"]

KEPT: Final = 16384

CLOSE: Final = 0.9
"""Jaro-Winkler below this says little: many words of five letters share that much."""
FEWEST_FOR_SPELLING: Final = 4
LEAST_FOR_SPELLING: Final = 0.15
"""With fewer trigrams in common, two spellings are as good as never close."""
PREFIX: Final = 4
PREFIX_SCALE: Final = 0.1
TAKEN: Final = ""
PART_OF: Final = 0.85
"""All words of the one name are in the other: “Roman Road market” and “Market”."""


def alike(one: str, other: str) -> float:
    """Compare two folded names: by the trigrams of their words in any order, and by their spelling."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    in_any_order = shared(trigrams(one), trigrams(other))
    best = max(in_any_order, part_of(one, other))
    if in_any_order >= LEAST_FOR_SPELLING and may_be_close(one, other):
        spelled = jaro_winkler(one, other)
        best = max(best, (spelled + in_any_order) / 2 if spelled >= CLOSE else 0.0)
    return min(best, 0.99)


@lru_cache(maxsize=KEPT)
def trigrams(folded: str) -> frozenset[str]:
    """Cut a name into its runs of three letters, each word with its edges; the second of the same is one of its own."""
    return _bag(
        padded[start : start + 3]
        for word in folded.split()
        for padded in (f"  {word} ",)
        for start in range(len(word) + 1)
    )


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share that two bags have in common (Dice)."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


@lru_cache(maxsize=KEPT)
def words(folded: str) -> frozenset[str]:
    return frozenset(folded.split())


def part_of(one: str, other: str) -> float:
    """Judge whether all words of the shorter name are in the longer; a single short word says little."""
    fewer, more = sorted((words(one), words(other)), key=len)
    if not fewer <= more or len(" ".join(fewer)) < FEWEST_FOR_SPELLING:
        return 0.0
    return PART_OF * (0.6 + 0.4 * len(fewer) / len(more))


def jaro_winkler(one: str, other: str) -> float:
    """Compare two spellings: letters in common within reach of each other, and a common beginning."""
    score = jaro(one, other)
    prefix = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), PREFIX)
    return score + min(prefix, PREFIX) * PREFIX_SCALE * (1 - score)


def may_be_close(one: str, other: str) -> bool:
    """Tell whether two spellings can be as like as CLOSE at all, by how many letters they share in whatever order."""
    if min(len(one), len(other)) < FEWEST_FOR_SPELLING:
        return False
    both = len(letters(one) & letters(other))
    most = (both / len(one) + both / len(other) + 1) / 3
    return most + PREFIX * PREFIX_SCALE * (1 - most) >= CLOSE


@lru_cache(maxsize=KEPT)
def letters(folded: str) -> frozenset[str]:
    return _bag(folded)


def jaro(one: str, other: str) -> float:
    """Compare two spellings by the letters that they have in common, near the same place."""
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    free: list[str] = list(other)
    common: list[str] = []
    for at, letter in enumerate(one):
        try:
            place = free.index(letter, max(0, at - reach), at + reach + 1)
        except ValueError:
            continue
        free[place] = TAKEN
        common.append(letter)
    if not common:
        return 0.0
    theirs = (letter for letter, left in zip(other, free, strict=True) if left == TAKEN)
    moved = sum(left != right for left, right in zip(common, theirs, strict=True)) / 2
    matches = len(common)
    return (matches / len(one) + matches / len(other) + (matches - moved) / matches) / 3


def _bag(pieces: Iterable[str]) -> frozenset[str]:
    """Number what comes more than once, so that a set of it is a bag."""
    seen: Counter[str] = Counter()
    numbered = []
    for piece in pieces:
        numbered.append(f"{piece}{seen[piece] or ''}")
        seen[piece] += 1
    return frozenset(numbered)
