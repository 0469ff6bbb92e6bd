"""Notes for translators: what the code says of a sentence, and what is put into its places. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

from server.words.checks import places_in

__all__ = ["note_for"]

MEANINGS: Final = {
    "count": "a number",
    "num": "a number",
    "total": "a number",
    "most": "the largest number allowed",
    "first": "a number",
    "last": "a number",
    "name": "a name",
    "time": "a time or a date",
    "date": "a date",
    "day": "a date",
    "venue": "the name of a venue",
    "neighbourhood": "the name of a neighbourhood",
    "programme": "the name of the programme",
    "form": "the name of a form",
    "version": "the number of a version",
    "language": "the name of a language",
    "languages": "names of languages",
    "code": "a code",
}


def note_for(english: Sequence[str], comments: Iterable[str]) -> str:
    """Explain a sentence: what its writer noted, and each place, which is to stay as it is written."""
    places = [f"{place}: {meaning_of(place)}; keep it exactly so." for place in sorted(places_in(english[-1]))]
    return " ".join([*comments, *places])


def meaning_of(place: str) -> str:
    """Say what is put into a place such as {count} or %(venue)s."""
    name = place[1:-1] if place.startswith("{") else place[2:-2]
    return MEANINGS.get(name, f"something else is put here ({name.replace('_', ' ')})")
