"""Find the BCP 47 tag of a language column such as ``Bengali (bn)``, ``বাংলা`` or ``fr``."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

__all__ = ["UNTOLD", "autonym", "language_tag"]

UNTOLD = "und"  # BCP 47 for a language that nobody has named

_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)\s*$")
_BARE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def language_tag(name: str) -> str | None:
    """Give the tag that a column's language names: the code in brackets, a bare code, or a known language name."""
    in_brackets = _IN_BRACKETS.search(name)
    if in_brackets:
        return _canonical(in_brackets[1].replace("_", "-"))
    text = name.strip()
    if _BARE.fullmatch(text) and text.lower().split("-")[0] in Locale("en").languages:
        return _canonical(text)
    return _tags_by_name().get(text.casefold())


def _canonical(tag: str) -> str:
    """Write a tag as BCP 47 recommends: ``zh-Hans``, ``pt-BR``."""
    language, *rest = tag.split("-")
    return "-".join([language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


_OTHER_NAMES = {"bengali": "bn", "sylheti": "syl", "farsi": "fa", "mandarin": "zh", "castilian": "es", "kirundi": "rn"}


@cache
def _tags_by_name() -> dict[str, str]:
    names = {name.casefold(): code for code, name in Locale("en").languages.items() if "_" not in code}
    for code in ("en", "bn", "so", "ro", "pl", "lt", "ru", "ar", "ur", "pt", "it", "es", "fr", "hi", "sw", "id"):
        names.setdefault(autonym(code).casefold(), code)
    return {**_OTHER_NAMES, **names}


def autonym(tag: str) -> str:
    """Give a language's name in that language, the tag itself where it is not known."""
    if tag == UNTOLD:
        return tag
    try:
        return Locale.parse(tag, sep="-").display_name or tag
    except (ValueError, UnknownLocaleError):
        return tag
