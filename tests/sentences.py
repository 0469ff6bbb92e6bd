"""Every sentence that people see, with who hears it; the source file that says it tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Final

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.project import ROOT, project_files
from translations.extract import extract_messages

__all__ = ["CATALOGUES", "Audience", "Sentence", "Translated", "english", "translated"]

CATALOGUES: Final = project_files("LC_MESSAGES/messages.po", under="translations")


class Audience(IntEnum):
    """Who hears a sentence; one that several hear is written for the smallest number here."""

    RESIDENTS = 1
    BOTH = 2
    """Residents and workers: the questions of the app, and its pieces."""
    WORKERS = 3
    COORDINATORS = 4


# The first that the path of the source file begins with; what no line names is the console's.
HEARD_BY: Final[tuple[tuple[str, Audience], ...]] = (
    ("pwa/src/ui/home/", Audience.WORKERS),
    ("pwa/src/ui/responses/", Audience.WORKERS),
    ("pwa/src/ui/frame.tsx", Audience.WORKERS),
    ("pwa/src/ui/resident/", Audience.RESIDENTS),
    ("pwa/src/ui/visit/", Audience.RESIDENTS),
    ("pwa/src/", Audience.BOTH),
    ("server/residents/", Audience.RESIDENTS),
    ("server/templates/resident/", Audience.RESIDENTS),
    ("server/errors.py", Audience.RESIDENTS),
    ("server/venues/wording.py", Audience.RESIDENTS),
    ("server/devices/wording.py", Audience.WORKERS),
)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One English sentence, or one of its plural forms, and the files that say it."""

    text: str
    places: tuple[str, ...]

    @property
    def audience(self) -> Audience:
        return min(audience_of(place) for place in self.places)


@dataclass(frozen=True, kw_only=True)
class Translated:
    """One sentence beside all forms of its translation in one language."""

    language: str
    english: Sentence
    forms: tuple[str, ...]


def audience_of(place: str) -> Audience:
    return next((who for start, who in HEARD_BY if place.startswith(start)), Audience.COORDINATORS)


@cache
def english() -> tuple[Sentence, ...]:
    """Return every sentence; singular and plural of one are two."""
    return tuple(
        Sentence(text=text, places=places_of(message))
        for message in extract_messages()
        if message.id
        for text in dict.fromkeys(texts_of(message.id))
    )


@cache
def translated(path: str) -> tuple[Translated, ...]:
    """Return what a catalogue says for the sentences of today; what is blank in it is left out."""
    with (ROOT / path).open("rb") as file:
        catalogue = read_po(file, locale=path.split("/")[1])
    return tuple(pairs(path.split("/")[1], {message.id: message for message in catalogue if message.id}))


def pairs(language: str, known: dict[object, Message]) -> Iterator[Translated]:
    for message in extract_messages():
        found = known.get(message.id) if message.id else None
        if found is not None and found.string and all(texts_of(found.string)):
            text = texts_of(message.id)[-1]
            sentence = Sentence(text=text, places=places_of(message))
            yield Translated(language=language, english=sentence, forms=texts_of(found.string))


def places_of(message: Message) -> tuple[str, ...]:
    return tuple(sorted({place for place, _line in message.locations}))


def texts_of(words: object) -> tuple[str, ...]:
    return tuple(str(word) for word in words) if isinstance(words, (tuple, list)) else (str(words),)
