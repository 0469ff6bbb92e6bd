"""What a code is called in a language. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from server.coding.codebook import CodeBook, load

__all__ = ["Label", "book", "label"]


@dataclass(frozen=True)
class Label:
    """Words, and the language that they are in: English where a label has not been translated."""

    text: str
    lang: str


@lru_cache(maxsize=8)
def book(name: str) -> CodeBook:
    """Give a code book as it lies in the package; it does not change while the server runs."""
    return load(name)


def label(name: str, code: str, lang: str) -> Label:
    """Say what a code of a book is called; one that no book has shows itself, and belongs to no language."""
    found = next((one for one in book(name).codes if one.id == code), None)
    if found is None:
        return Label(code, "")
    for wanted in (lang, lang.partition("-")[0]):
        if wanted in found.labels:
            return Label(found.labels[wanted], wanted)
    return Label(found.labels["en"], "en")
