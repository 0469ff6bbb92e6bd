"""Puts names in the order in which readers of a language look for them. Pure.

Python brings no collation of Unicode. Of its algorithm (UTS 10) this does what lists of a few hundred names need:
letters go before accents, accents before capitals, figures by their value, and letters that a language counts as
letters of their own where its alphabet has them, as CLDR tailors them. Scripts stand in the order of Unicode.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

__all__ = ["SortKey", "compare_names", "sort_key"]

KEYS_KEPT = 4096

SortKey = tuple[tuple[str, ...], str, str]

OF_ALL: Final = "ий تٹ بپ جچ دڈ رڑ زژ قکگ نں وہھءیے তৎ"
OWN_LETTERS: Final[Mapping[str, str]] = {
    "es": "nñ",
    "lt": "cč sš zž",
    "pl": "aą cć eę lł nń oó sś zźż",
    "ro": "aăâ iî sș tț",
}
"""A letter, and behind it those that follow it in the alphabet; ``OF_ALL`` holds in every language."""
ALIKE: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
FIGURES: Final = re.compile(r"\d+|\D")
LONGEST_FIGURE: Final = 20
NUKTA: Final = 7
ARABIC_VOWEL_SIGNS: Final = range(27, 37)
FIRST_ACCENT: Final = 200
BEHIND: Final = "\uffff"


def sort_key(text: str, lang: str = "") -> SortKey:
    """Give the key to sort a name by, for somebody who reads ``lang`` (BCP 47)."""
    own = own_letters(lang.partition("-")[0].lower())
    plain = unicodedata.normalize("NFC", text).casefold()
    letters = tuple(weight for piece in FIGURES.findall(plain) for weight in weights(piece, own))
    return letters, unicodedata.normalize("NFD", plain), text.swapcase()


def compare_names(one: str, other: str) -> int:
    """Compare two names for SQLite, in the order that every language shares: less than, equal to or greater than 0."""
    first, second = _shared_key(one), _shared_key(other)
    return (first > second) - (first < second)


@lru_cache(maxsize=KEYS_KEPT)
def _shared_key(text: str) -> SortKey:
    return sort_key(text)


def own_letters(language: str) -> Mapping[str, str]:
    """Give the weight of each letter that stands behind another in the alphabet."""
    groups = f"{OF_ALL} {OWN_LETTERS.get(language, '')}".split()
    return {letter: f"{group[0]}{BEHIND}{at}" for group in groups for at, letter in enumerate(group) if at}


def weights(piece: str, own: Mapping[str, str]) -> Iterator[str]:
    """Yield what a letter, or a whole number, weighs; signs and spaces go before figures, and those before letters."""
    if piece[0].isdecimal():
        yield f"1{int(piece) if len(piece) <= LONGEST_FIGURE else piece:0>{LONGEST_FIGURE}}"
    elif piece in own:
        yield f"2{own[piece]}"
    else:
        for letter in unicodedata.normalize("NFKD", piece.translate(ALIKE)):
            if not is_accent(letter):
                yield f"{2 if letter.isalpha() or unicodedata.category(letter)[0] == 'M' else 0}{letter}"


def is_accent(letter: str) -> bool:
    """Tell an accent, a dot or a vowel sign that people leave out from one that is a letter (as in Bengali)."""
    attached = unicodedata.combining(letter)
    return attached == NUKTA or attached in ARABIC_VOWEL_SIGNS or attached >= FIRST_ACCENT
