"""Short names for English sentences, by which the app looks up translations. Pure.

The twin is `pwa/src/i18n/sentence-name.ts`; both do what `tests/vectors/codes/sentence-names.json` says.
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["Said", "packed", "sentence_name"]

Said = str | Mapping[str, str]
"""A translation, or one for each plural category of CLDR that the language has."""

START: Final = 0x811C9DC5
PRIME: Final = 0x01000193
WORD: Final = 0xFFFFFFFF
DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def sentence_name(sentence: str) -> str:
    """Give FNV-1a over UTF-16 units, 32 bits, in base 36: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv."""
    units = sentence.encode("utf-16-le", "surrogatepass")
    value = START
    for at in range(0, len(units), 2):
        value = ((value ^ int.from_bytes(units[at : at + 2], "little")) * PRIME) & WORD
    return in_base_36(value)


def packed(by_sentence: Mapping[str, Said]) -> dict[str, Said]:
    """Put short names for the sentences; the build has made sure that no two of ours have the same."""
    return {sentence_name(sentence): said for sentence, said in sorted(by_sentence.items())}


def in_base_36(value: int) -> str:
    """Write a whole number that is not negative."""
    digits = ""
    while True:
        value, last = divmod(value, len(DIGITS))
        digits = DIGITS[last] + digits
        if value == 0:
            return digits
