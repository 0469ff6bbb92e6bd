"""How hard a text is to read: the Flesch–Kincaid grade, and a plain count of syllables for it.

    grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59

J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of new readability formulas (Automated
Readability Index, Fog Count and Flesch Reading Ease Formula) for Navy enlisted personnel. Research Branch Report
8-75, Naval Air Station Memphis, 1975. A grade is a school year of the United States: grade 4 to 6 is age 9 to 11.

The formula was made from pages of prose. It says nothing about a button, so only what ends like a sentence counts;
and it swings wildly on a handful of words, so the grade is taken over all sentences of an audience together.
"""

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["grade", "prose", "syllables", "words_of"]

# Of vowels that stand together one is heard; these words have more, or fewer, than the rules below find.
HEARD: Final = {"area": 3, "being": 2, "coordinator": 5, "idea": 3, "somebody": 3, "something": 2, "video": 3}
COUNTS: Final = r"%\((num|count|most|number|total)\)[sd]|\{(count|megabytes|kilobytes|place)\}"
HOLES: Final = r"%\(\w+\)[sd]|\{\w+\}"


def syllables(word: str) -> int:
    """Count groups of vowels; a last e, es or ed is silent unless what is before it cannot be said without it."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if not letters:
        return 2  # figures: about as long as "twelve", "fifty", "nineteen"
    if letters in HEARD:
        return HEARD[letters]
    said = re.sub(r"(?<=[^td])ed$|(?<=[^aeiouylscxzhg])es$|(?<=[^aeioul])e$|(?<=[aeiou]l)e$", "", letters)
    return max(1, len(re.findall(r"[aeiouy]+", said)))


def words_of(text: str) -> list[str]:
    """Return the words of a sentence; a place that is filled in is one word: figures, or a name of three syllables."""
    return re.findall(r"[\w’'-]+", re.sub(HOLES, "Rahima", re.sub(COUNTS, "12", text)))


def prose(text: str) -> list[str]:
    """Return the sentences in a text; what has no stop at its end is a label, and not one of them."""
    return [part for part in re.split(r"(?<=[.?:…])\s+", text) if re.search(r"[.?:…]”?$", part) and " " in part]


def grade(sentences: Iterable[str]) -> float:
    """Return the Flesch–Kincaid grade of sentences together."""
    counted = [words_of(sentence) for sentence in sentences]
    words = sum(len(found) for found in counted)
    heard = sum(syllables(word) for found in counted for word in found)
    return 0.39 * words / len(counted) + 11.8 * heard / words - 15.59
