"""Names as they are compared: without capitals, accents, joiners and marks that people leave out. Pure.

Nothing is transliterated: a name in Bengali and one in Latin letters are never alike by their letters.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["fold", "script_of"]

KEPT: Final = 8192
ALIKE: Final = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "&": " and ",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه",
        "ک": "ك", "ؤ": "و", "ـ": "",
    }
)  # fmt: skip
"""Letters that the same word is written with, now one and now the other."""
LATIN_ACCENTS: Final = range(0x0300, 0x0370)
ARABIC_VOWELS: Final = frozenset(map(chr, (*range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE))))
APOSTROPHES: Final = frozenset("'’‘ʼ`´")
LEADING: Final = re.compile(r"^(?:the|ال)\s+")
SCRIPT: Final = re.compile(r"^[A-Z]+")


@lru_cache(maxsize=KEPT)
def fold(name: str) -> str:
    """Give a name as it is compared: its words, apart by single spaces."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(ALIKE)
    letters = "".join(_letter(character) for character in unicodedata.normalize("NFD", plain))
    words = " ".join(unicodedata.normalize("NFC", letters).split())
    return LEADING.sub("", words)


@lru_cache(maxsize=KEPT)
def script_of(name: str) -> str:
    """Name the script of the most letters, as Unicode calls it; '' for a name without letters."""
    scripts = [found[0] for one in name if one.isalpha() and (found := SCRIPT.match(unicodedata.name(one, "")))]
    return max(sorted(set(scripts)), key=scripts.count) if scripts else ""


def _letter(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if ord(character) in LATIN_ACCENTS or character in ARABIC_VOWELS or character in APOSTROPHES:
        return ""
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    # Vowel signs of Bengali and its neighbours are marks, and part of the word.
    return character if category[0] in "LM" else " "
