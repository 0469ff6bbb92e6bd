"""Takes words out of texts: what stands where they stood says that something did, and not how much. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from server.editing.fields import Field, Key
from server.editing.words import Form, is_apart
from server.formlogic.definition import Node

__all__ = ["BLOCK", "MOST_WORDS", "is_free_text", "masked", "stands_in", "typed_words"]

UNWRITTEN: Final = re.compile(r"[\u034f\u0640\u180b-\u180d\ufe00-\ufe0f]")
"""What may stand between letters without changing the word, beside what is not seen at all: what joins or stretches."""
POINTS: Final = frozenset({1, 7, *range(10, 37), *range(200, 241)})
"""Combining classes of accents and points; vowels of scripts that write them so are of others, and count."""
APOSTROPHES: Final = frozenset("'`\u00b4\u02b9\u02bb\u02bc\u02bd\u05f3\u2018\u2019\u201b\u2032\u2035\ua78c\uff07")
MINUS: Final = "\u2212"
BLOCK: Final = "███"
"""As long for every word: its length would tell something."""
MOST_WORDS: Final = 50
"""So many words or phrases are taken out at once."""
WORD_CHARACTERS: Final = 200
LETTERS_KEPT: Final = 4096
"""Characters whose folding is remembered."""
UNFIT: Final = frozenset({"geopoint", "geotrace", "geoshape", "int", "decimal", "date", "time", "dateTime", "barcode"})


def typed_words(typed: str) -> list[str]:
    """Read the words or phrases of a field, one on each line; each once, the longest first."""
    lines = (" ".join(line.split())[:WORD_CHARACTERS] for line in typed.splitlines())
    return sorted(dict.fromkeys(line for line in lines if line), key=len, reverse=True)[:MOST_WORDS]


def masked(text: str, words: Sequence[str]) -> str:
    """Put a block for each place at which one of the words stands, however it is written there."""
    read = _Read(text)
    pieces, end = [], 0
    for first, last in read.places(words):
        pieces += [read.text[end:first], BLOCK]
        end = last
    return "".join((*pieces, read.text[end:])) if pieces else text


def stands_in(text: str, words: Sequence[str]) -> bool:
    """Tell whether one of the words stands in a text."""
    return next(_Read(text).places(words), None) is not None


def is_free_text(form: Form, field: Field, node: Node | None, *, sees_apart: bool) -> bool:
    """Tell whether words can be taken out of an answer: one that was typed, and that the reader may see."""
    if is_apart(field.key) and not sees_apart:
        return False
    if node is None:
        return True
    return node.control in {None, "input"} and node.choices is None and node.type not in UNFIT and not _is_id(field.key)


def _is_id(key: Key) -> bool:
    """Tell whether a field is an id of the form's own, such as the one of an entity."""
    return key[-1].startswith("@") or key[-1] == "instanceID"


class _Read:
    """A text as it is compared: each letter folded, with the place that it stands at in the text."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        folded: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for place, character in enumerate(self.text):
            letters = _folded(character)
            if folded and (not letters or letters == folded[-1] == " "):
                self._ends[-1] = place + 1
                continue
            for letter in letters:
                folded.append(letter)
                self._starts.append(place)
                self._ends.append(place + 1)
        self.folded = "".join(folded)

    def places(self, words: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Yield from where to where words stand, in order; where one runs into another, they are one place."""
        first, last = 0, 0
        for start, end in sorted(self._each(one for one in (_Read(word).folded.strip() for word in words) if one)):
            if start < last:
                last = max(last, end)
                continue
            if last:
                yield first, last
            first, last = start, end
        if last:
            yield first, last

    def _each(self, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
        for word in wanted:
            for found in re.finditer(f"(?={re.escape(word)})", self.folded):
                yield self._starts[found.start()], self._ends[found.start() + len(word) - 1]


@lru_cache(maxsize=LETTERS_KEPT)
def _folded(character: str) -> str:
    """Give what a character counts as: in small letters, as wide as others, digits as 0-9, any gap as one space.

    Apostrophes are one, and so are hyphens; accents, points and what is not seen do not count.
    """
    if UNWRITTEN.fullmatch(character) or unicodedata.category(character) == "Cf":
        return ""
    if character in APOSTROPHES:
        return "'"
    if character == MINUS or unicodedata.category(character) == "Pd":
        return "-"
    if character.isspace():
        return " "
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    bare = "".join(one for one in letters if unicodedata.combining(one) not in POINTS)
    return unicodedata.normalize("NFC", bare).replace("\u0131", "i")
