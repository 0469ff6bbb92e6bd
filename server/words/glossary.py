"""Reads the glossary for translators: which words stand for a thing in each language. Pure.

The file (translations/glossary.md) is written for people. What is read of it:

- tables of `## Terms`: the name of a term, and the English words that stand for it; those in `back quotes` are checked;
- a section `## <BCP 47 tag>` for each language: a term, and the words that may stand for it;
- the table of `## Said otherwise`: sentences that rightly say a thing in other words, each with its reason.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["Glossary", "Term", "read_glossary"]

TERMS: Final = "Terms"
SAID_OTHERWISE: Final = "Said otherwise"
CHECKED: Final = re.compile(r"`([^`]+)`")
BETWEEN_WORDS: Final = re.compile(r"[;؛,،()]")
VOWEL_SIGNS: Final = re.compile("[\u064b-\u0652\u0640]")
PLACES: Final = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
ALIKE: Final = str.maketrans("أإآة", "ااات")


@dataclass(frozen=True, kw_only=True)
class Term:
    """A thing of the product; ``english`` are the words by which a sentence is known to speak of it."""

    name: str
    english: tuple[str, ...]

    def is_in(self, sentence: str) -> bool:
        """Tell whether an English sentence speaks of it, in the singular or with an s."""
        words = PLACES.sub(" ", sentence)
        return any(re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", words, re.IGNORECASE) for word in self.english)


@dataclass(frozen=True, kw_only=True)
class Glossary:
    """The terms, the words for each by language and name of the term, and the sentences that are exempt."""

    terms: tuple[Term, ...]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    said_otherwise: frozenset[tuple[str, str, str]]

    def missed(self, lang: str, sentence: str, said: str) -> Iterator[Term]:
        """Yield the terms of an English sentence for which its translation has none of the words."""
        plain = bare(said)
        for term in self.terms:
            allowed = self.words.get(lang, {}).get(term.name, ())
            if not allowed or not term.is_in(sentence) or (lang, term.name, sentence) in self.said_otherwise:
                continue
            if not any(bare(word) in plain for word in allowed):
                yield term


def read_glossary(text: str) -> Glossary:
    """Read the glossary out of its Markdown."""
    sections = dict(sections_of(text))
    return Glossary(
        terms=tuple(
            Term(name=row[0], english=tuple(CHECKED.findall(row[1]))) for row in rows_of(sections.get(TERMS, ""))
        ),
        words={
            title: {row[0]: words_of(row[1]) for row in rows_of(body)}
            for title, body in sections.items()
            if title not in {TERMS, SAID_OTHERWISE}
        },
        said_otherwise=frozenset(
            (row[0], row[1], row[2]) for row in rows_of(sections.get(SAID_OTHERWISE, "")) if len(row) > 2
        ),
    )


def sections_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield title and body of each section; of a title such as “bn · বাংলা” the first word."""
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _end, body = section.partition("\n")
        yield title.strip() if title.strip() in {TERMS, SAID_OTHERWISE} else title.split()[0], body


def rows_of(body: str) -> Iterator[list[str]]:
    """Yield the cells of each row of a table, without its two first lines."""
    lines = [line for line in body.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def words_of(cell: str) -> tuple[str, ...]:
    """Read the words of a cell; forms in brackets are words too."""
    return tuple(word.strip() for word in BETWEEN_WORDS.split(cell) if word.strip())


def bare(text: str) -> str:
    """Take off what changes within a word as it is used: vowel signs, hamzas over alef, the bound t, capitals."""
    return VOWEL_SIGNS.sub("", unicodedata.normalize("NFC", text)).translate(ALIKE).casefold()
