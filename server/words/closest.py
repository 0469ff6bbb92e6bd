"""Which of the languages on offer serves a person best. Pure.

The twin is `closest` in `pwa/src/i18n/languages.ts`; both do what `tests/vectors/codes/languages.json` says.
"""

from collections.abc import Iterable, Iterator, Sequence

from babel.core import get_global

__all__ = ["best", "closest"]

SCRIPT_LETTERS = 4
MOST_CHARACTERS = 64
"""Of a tag that is looked up. Strangers send what they like; no real tag comes near it (RFC 5646, 4.4.1: 35)."""


def best(wishes: Iterable[str], available: Sequence[str], *, otherwise: str = "en") -> str:
    """Give what serves the first wish that anything serves."""
    return next((found for wish in wishes if (found := closest(wish, available)) is not None), otherwise)


def closest(wanted: str, available: Sequence[str]) -> str | None:
    """Give the tag on offer that serves ``wanted``, a BCP 47 tag.

    That is the same tag; else the longest beginning of it (as RFC 4647, 3.4 looks tags up); else the first of the same
    language in the same script; else None. What is longer than any tag serves nobody.
    """
    if len(wanted) > MOST_CHARACTERS:
        return None
    offered = {tag.lower(): tag for tag in reversed(available)}
    for shorter in beginnings(wanted.lower()):
        if shorter in offered:
            return offered[shorter]
    kin = language_and_script(wanted)
    return next((tag for tag in available if language_and_script(tag) == kin), None)


def beginnings(tag: str) -> Iterator[str]:
    """Yield the tag, and then what is left when its last subtag is taken off, and again."""
    subtags = tag.split("-")
    while subtags and subtags != [""]:
        yield "-".join(subtags)
        subtags.pop()
        if len(subtags) > 1 and len(subtags[-1]) == 1:
            subtags.pop()


def language_and_script(tag: str) -> tuple[str, str]:
    """Give the language, and the script that it is written in: the one that is named, else the likely one, else ''."""
    language, *rest = tag.lower().split("-")
    before_extensions = rest[: next((at for at, one in enumerate(rest) if len(one) == 1), len(rest))]
    named = next((one for one in before_extensions if len(one) == SCRIPT_LETTERS and one.isalpha()), "")
    region = next((one.upper() for one in before_extensions if len(one) == 2), "")
    return language, named or likely_script(language, region)


def likely_script(language: str, region: str) -> str:
    """Look up the likely subtags of CLDR: the script of a language in a country, else of the language."""
    likely = get_global("likely_subtags")
    found = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return next((part.lower() for part in found.split("_") if len(part) == SCRIPT_LETTERS), "")
