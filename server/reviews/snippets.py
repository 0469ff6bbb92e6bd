"""Shows where in a text the words stand that somebody searched for. Pure.

A snippet is one line of a response with some words around the first hit. It is cut into pieces, each with whether it is
a hit, so that a page can mark them inside one stretch of text: the direction of the line stays that of its letters.
"""

from dataclasses import dataclass
from typing import Final

from server.reviews.words import Word, find_words, searched

__all__ = ["Piece", "snippet"]

AROUND: Final = 60
"""Code points that are shown before the first hit at most, and twice as many behind it."""
MORE: Final = "…"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some letters of a text, and whether they were searched for."""

    text: str
    hit: bool = False


def snippet(texts: str, *, search: str) -> tuple[Piece, ...]:
    """Cut the line with the most of the words out of ``texts``, one text in each line; () where none stands."""
    best: tuple[tuple[int, int], ...] = ()
    shown = ""
    for line in texts.splitlines():
        hits = _hits(line, search)
        if len({line[start:end].casefold() for start, end in hits}) > len(
            {shown[start:end].casefold() for start, end in best}
        ):
            best, shown = hits, line
    return _pieces(shown, best) if best else ()


def _hits(line: str, search: str) -> tuple[tuple[int, int], ...]:
    """Give where the words that were searched for begin and end."""
    runs, words = searched(search), list(find_words(line))
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        length = max((len(run.words) for run in runs if run.stands_at(words, place)), default=0)
        if length:
            found.append((words[place].start, _end(words, place, length)))
        place += length or 1
    return tuple(found)


def _end(words: list[Word], place: int, length: int) -> int:
    return words[place + length - 1].end


def _pieces(line: str, hits: tuple[tuple[int, int], ...]) -> tuple[Piece, ...]:
    first = _after_space(line, hits[0][0] - AROUND)
    last = _before_space(line, hits[0][0] + 2 * AROUND)
    pieces, at = [Piece(text=MORE)] if first else [], first
    for start, end in hits:
        if end > last:
            break
        pieces += [Piece(text=line[at:start]), Piece(text=line[start:end], hit=True)]
        at = end
    pieces.append(Piece(text=line[at : max(last, at)]))
    pieces.append(Piece(text=MORE if max(last, at) < len(line) else ""))
    return tuple(piece for piece in pieces if piece.text)


def _after_space(line: str, place: int) -> int:
    """Move a place at which a line is cut to the beginning of the next word, if one is near."""
    if place <= 0:
        return 0
    space = line.find(" ", place, place + AROUND // 2)
    return place if space < 0 else space + 1


def _before_space(line: str, place: int) -> int:
    if place >= len(line):
        return len(line)
    space = line.rfind(" ", place - AROUND // 2, place)
    return place if space < 0 else space
