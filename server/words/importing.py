"""Decides what a translator's file changes, and what is wrong with it. Pure."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from babel.messages.catalog import Catalog

from server.words.catalogues import Header, english_of
from server.words.checks import FORMULA_SIGNS, problems_of
from server.words.closest import likely_script
from server.words.entries import Entry
from server.words.given import Given, GivenFile
from server.words.names import sentence_name
from server.words.plurals import locale_known, samples_of

__all__ = ["Decision", "Wrong", "decide", "kept", "wrong_script"]

SCRIPTS: Final = {
    "arab": "ARABIC",
    "beng": "BENGALI",
    "cyrl": "CYRILLIC",
    "deva": "DEVANAGARI",
    "guru": "GURMUKHI",
    "hans": "CJK",
    "hant": "CJK",
    "latn": "LATIN",
}
"""How Unicode begins the names of a script's letters."""
SHARE_IN_SCRIPT: Final = 0.3
"""A file with fewer letters of the language's script than this is of another language."""


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What is wrong at one place of the file, and what to do about it."""

    where: str
    english: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The sentences that are good, and what is wrong with the others."""

    good: Mapping[str, Entry]
    wrong: tuple[Wrong, ...]


def decide(file: GivenFile, catalogue: Catalog) -> Decision:
    """Hold each sentence of the file against ours. Those that nobody has translated yet are passed over."""
    ours = {sentence_name(english_of(message)): english_of(message) for message in catalogue if message.id}
    english = {english_of(one): (one.id,) if isinstance(one.id, str) else tuple(one.id) for one in catalogue if one.id}
    samples = samples_of(catalogue)
    good: dict[str, Entry] = {}
    wrong: list[Wrong] = []
    for given in file.given:
        if not any(form.strip() for form in given.forms):
            continue
        key = ours.get(given.name)
        problems = ["It is not said any more, or its English was changed. Export the language again to see."]
        if key is not None:
            problems = list(problems_with(given, english[key], samples))
        if key is None or problems:
            wrong += [Wrong(where=given.where, english=given.english, problem=problem) for problem in problems]
        else:
            good[key] = Entry(english=english[key], forms=given.forms, standing=given.standing)
    return Decision(good=good, wrong=tuple(wrong))


def problems_with(given: Given, english: Sequence[str], samples: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield what is wrong with one sentence."""
    wanted = len(samples) if len(english) > 1 else 1
    if given.is_formula:
        yield "The cell holds a formula. Write the translation as text: put an apostrophe before it."
    elif given.english not in english:
        yield f"Its English is not ours, which is “{english[0]}”. Export the language again, and copy the translation."
    elif len(given.forms) != wanted:
        yield f"It has {len(given.forms)} forms and needs {wanted}, one for each row of counts. Fill in all of them."
    elif any(form.startswith(FORMULA_SIGNS) and not english[0].startswith(form[0]) for form in given.forms):
        yield "It begins with a sign that spreadsheets take for a formula. Begin it with a letter."
    else:
        yield from problems_of(english, given.forms, samples)


def wrong_script(file: GivenFile, locale: str) -> str | None:
    """Say why the file cannot be in the language that it names; None when it may be."""
    known = locale_known(locale)
    script = known and (known.script or likely_script(known.language, known.territory or "")).lower()
    wanted = SCRIPTS.get(script or "")
    letters = [letter for given in file.given for form in given.forms for letter in form if letter.isalpha()]
    if wanted is None or not letters:
        return None
    own = sum(unicodedata.name(letter, "").startswith(wanted) for letter in letters)
    if own >= SHARE_IN_SCRIPT * len(letters):
        return None
    return f"The file says that it is in {locale}, but few of its letters are {wanted.title()}. Correct its language."


def kept(good: Mapping[str, Entry], before: Mapping[str, Entry], below: Mapping[str, Entry]) -> dict[str, Entry]:
    """Give what the changed file holds afterwards: only what differs from what is said below it."""
    after = {**before, **good}
    return {key: one for key, one in after.items() if one.standing != "missing" and one != below.get(key)}


def state_after(header: Header, entries: Mapping[str, Entry]) -> Header:
    """Call a language reviewed when a person has reviewed every sentence of it."""
    every = all(entry.standing == "reviewed" for entry in entries.values())
    return Header(**{**header.__dict__, "state": "reviewed" if every else "draft"})
