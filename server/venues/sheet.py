"""What stands on a printed poster: which languages get their sentences, and how large they can be. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from server.public_url import is_of_this_computer
from server.venues.rules import Poster

__all__ = [
    "PAPERS",
    "Paper",
    "Room",
    "chosen_languages",
    "is_long",
    "poster_link",
    "reached_from_here_only",
    "room_for",
    "typed_address",
]

Paper = Literal["a4", "a5", "labels"]
PAPERS: Final[Mapping[str, Paper]] = {"a4": "a4", "a5": "a5", "labels": "labels"}
BLOCKS: Final = 3
"""More would leave too little room for each: the other languages are named by what their speakers call them."""
FALLBACK: Final = "en"

Room = Literal["roomy", "fair", "tight"]
FAIR_LETTERS: Final = 90
TIGHT_LETTERS: Final = 260
"""Letters of the names and the contact together, from where on everything is set smaller."""
LONG_NAME_LETTERS: Final = 32


@dataclass(frozen=True)
class ChosenLanguages:
    """Languages with sentences of their own, and those that are only named."""

    spoken: tuple[str, ...]
    named: tuple[str, ...]


def chosen_languages(poster: Poster, worded: Sequence[str]) -> ChosenLanguages:
    """Choose who gets sentences: the first languages of the poster in which sentences exist, else English."""
    spoken = tuple(language for language in poster.languages if language in worded)[:BLOCKS]
    named = tuple(language for language in poster.languages if language not in spoken)
    return ChosenLanguages(spoken or (FALLBACK,), named)


def room_for(*texts: str) -> Room:
    """Tell how large a poster can be set on which these texts stand: nothing may be pushed off the paper."""
    letters = sum(map(len, texts))
    if letters <= FAIR_LETTERS:
        return "roomy"
    return "fair" if letters <= TIGHT_LETTERS else "tight"


def is_long(name: str) -> bool:
    """Tell whether a venue's name takes more than a line when it is set large."""
    return len(name) > LONG_NAME_LETTERS


def poster_link(address: str, poster: Poster) -> str:
    """Give the link that the QR code holds."""
    return f"{address}/v/{poster.code}"


def typed_address(address: str) -> str:
    """Give the address that people type; a browser adds https:// by itself."""
    return f"{address.removeprefix('https://')}/v"


def reached_from_here_only(address: str) -> bool:
    """Tell whether an address names the very computer that it is opened on."""
    return is_of_this_computer(address)
