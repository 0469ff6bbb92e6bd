"""Which words a text is found by, in every script. Pure; the index and what is searched for both come through here.

Spelling that people leave out or vary does not count: capitals, accents, the vowel signs of Arabic and Hebrew, the
stretching of Arabic letters, the forms of alef, ya, kaf and ha, the article of an Arabic word with what is written
together with it, the dot below of Bengali, the digits of a script.
Scripts that put no spaces between words (Chinese, Japanese, Thai and their like) are kept as single letters, which are
looked for side by side. What this module makes of a text is what its index was made with: change it, and a migration
has to have the index made anew.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["Run", "Word", "as_match", "as_words", "find_words", "searched"]

WORD_CHARACTERS: Final = 64
"""Of a longer word the beginning counts."""
WORDS_AT_ONCE: Final = 20
"""Words that one search looks for; those behind them are passed over."""
LETTERS_KEPT: Final = 4096
ARTICLES: Final = re.compile("^(?:[\u0648\u0641]?[\u0628\u0643]?\u0627\u0644|[\u0648\u0641]?\u0644\u0644)(?=.{3})")
"""How an Arabic word begins that has the article: al-, and-the-, by-the-, to-the-; three letters have to be left."""
NUKTA: Final = 7
POINTS_AND_VOWELS: Final = range(10, 37)
FIRST_ACCENT: Final = 200
SILENT: Final = frozenset("\u0640\u200c\u200d\u2060\ufeff\u00ad'\u2019\u02bc\u2018\u055a")
"""Passed over within a word: tatweel, joiners, soft hyphens, apostrophes."""
ALIKE: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th"}
    | dict.fromkeys("\u0671\u0672\u0673\u0675", "\u0627")
    | dict.fromkeys("\u0649\u06cc\u06cd\u06d0\u06d1", "\u064a")
    | dict.fromkeys("\u06a9\u06aa", "\u0643")
    | dict.fromkeys("\u0629\u06be\u06c1\u06c2\u06c3\u06d5", "\u0647")
)
UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word as it is looked up, and where it stands in the text, in code points; ``alone``: a letter of UNSPACED."""

    text: str
    start: int
    end: int
    alone: bool = False


@dataclass(frozen=True, kw_only=True)
class Run:
    """A word that is looked for, or letters of UNSPACED side by side; ``begun``: it may be longer than what is here."""

    words: tuple[Word, ...]
    begun: bool

    def stands_at(self, text: Sequence[Word], place: int) -> bool:
        """Tell whether it stands in a text from the word at ``place`` on."""
        there = text[place : place + len(self.words)]
        if self.begun and len(there) == len(self.words) == 1:
            return there[0].text.startswith(self.words[0].text)
        return [word.text for word in there] == [word.text for word in self.words]


def as_words(text: str) -> str:
    """Give the words of a text with a space between each, for the index."""
    return " ".join(word.text for word in find_words(text))


def as_match(text: str) -> str:
    """Write what was typed as a query of FTS5: all words, in any order, the last one perhaps only begun.

    Every word stands between quotes and holds letters and digits only, so nothing typed is taken for an operator.
    A text without any word matches nothing.
    """
    quoted = [f'"{" ".join(word.text for word in run.words)}"{"*" if run.begun else ""}' for run in searched(text)]
    return " AND ".join(quoted) or '""'


def searched(text: str) -> tuple[Run, ...]:
    """Read what was typed into a field of search."""
    runs = list(_runs(text))[:WORDS_AT_ONCE]
    return tuple(
        Run(words=tuple(run), begun=number == len(runs) and _may_go_on(run[-1])) for number, run in enumerate(runs, 1)
    )


def find_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order."""
    letters, start, end = "", 0, 0
    for place, character in enumerate(text):
        folded = _folded(character)
        if folded is None or (folded and _is_unspaced(character)):
            if letters:
                yield Word(text=_without_article(letters)[:WORD_CHARACTERS], start=start, end=end)
            letters = ""
            if folded:
                yield Word(text=folded, start=place, end=place + 1, alone=True)
        elif folded or letters:
            start = start if letters else place
            letters, end = letters + folded, place + 1
    if letters:
        yield Word(text=_without_article(letters)[:WORD_CHARACTERS], start=start, end=end)


def _may_go_on(word: Word) -> bool:
    """Tell whether a word that was typed last may be the beginning of a longer one; a single letter is too little."""
    return not word.alone and len(word.text) > 1


def _runs(text: str) -> Iterator[list[Word]]:
    """Yield each word by itself, and letters of UNSPACED that stand side by side together."""
    run: list[Word] = []
    for word in find_words(text):
        if run and not (word.alone and run[-1].alone and word.start == run[-1].end):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _without_article(letters: str) -> str:
    return ARTICLES.sub("", letters)


@lru_cache(maxsize=LETTERS_KEPT)
def _folded(character: str) -> str | None:
    """Give what a character counts as; '' for one that is passed over within a word, None for one that ends it."""
    if character in SILENT:
        return ""
    kept = "".join(_plain(one) for one in unicodedata.normalize("NFKD", character.casefold()))
    if kept:
        return kept if all(_in_word(one) for one in kept) else None
    return "" if unicodedata.category(character)[0] == "M" else None


def _plain(character: str) -> str:
    """Leave accents out and give digits as 0-9 and variants of a letter as that letter."""
    attached = unicodedata.combining(character)
    if attached == NUKTA or attached in POINTS_AND_VOWELS or attached >= FIRST_ACCENT or character in SILENT:
        return ""
    digit = unicodedata.decimal(character, None)
    return character.translate(ALIKE) if digit is None else str(digit)


def _in_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


@lru_cache(maxsize=LETTERS_KEPT)
def _is_unspaced(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in UNSPACED)
