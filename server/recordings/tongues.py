"""The languages that a form can be spoken in: those that it is written in, and those that it is only spoken in. Pure.

Sylheti is spoken by many who read Bengali or nothing: it is recorded beside the Bengali words. A language that has no
code, or none that somebody knows, gets one of the codes that BCP 47 keeps for private use, made from its name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.config import SPOKEN_LANGUAGES, SPOKEN_NAME_CHARACTERS
from server.forms.languages import autonym
from server.programme.lines import one_line
from server.recordings.queries import SpokenLanguage
from sync.hashes import sha256_hex

__all__ = ["LanguageProblem", "SpokenTongue", "new_language", "tongues_of"]

CODE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
PRIVATE: Final = "mis-x-"
"""BCP 47: a language that has no code, and a private name for it."""
PRIVATE_LETTERS: Final = 8


class LanguageProblem(StrEnum):
    """Why a language is not added."""

    NAME_MISSING = "name-missing"
    NAME_LONG = "name-long"
    CODE_WRONG = "code-wrong"
    WRITTEN = "written"
    BESIDE_UNKNOWN = "beside-unknown"
    TOO_MANY = "too-many"


@dataclass(frozen=True, kw_only=True)
class SpokenTongue:
    """A language to record in. ``beside`` is the written language whose words are read; ``written``: the same one."""

    lang: str
    name: str
    beside: str
    written: bool


def tongues_of(
    written: Iterable[str], spoken: Sequence[SpokenLanguage], *, names: Mapping[str, str]
) -> list[SpokenTongue]:
    """List what a form can be recorded in; ``names`` are autonyms that are known besides CLDR's."""
    tongues = [
        SpokenTongue(lang=lang, name=names.get(lang) or autonym(lang), beside=lang, written=True) for lang in written
    ]
    known = {one.lang for one in tongues}
    return tongues + [
        SpokenTongue(lang=one.lang, name=one.name, beside=one.beside, written=False)
        for one in spoken
        if one.lang not in known
    ]


def new_language(
    form_id: str, *, name: str, code: str, beside: str, tongues: Sequence[SpokenTongue]
) -> SpokenLanguage | LanguageProblem:
    """Read what somebody typed about a language that a form is to be spoken in."""
    name, code = one_line(name), code.strip()
    written = {one.lang for one in tongues if one.written}
    if problem := problem_of(name, code, beside, written):
        return problem
    lang = canonical(code) if code else PRIVATE + sha256_hex(name.casefold())[:PRIVATE_LETTERS]
    others = {one.lang for one in tongues} - written
    if len(others | {lang}) > SPOKEN_LANGUAGES:
        return LanguageProblem.TOO_MANY
    if lang in written:
        return LanguageProblem.WRITTEN
    return SpokenLanguage(form_id=form_id, lang=lang, name=name, beside=beside)


def problem_of(name: str, code: str, beside: str, written: Iterable[str]) -> LanguageProblem | None:
    """Tell what is wrong with what somebody typed."""
    if not name:
        return LanguageProblem.NAME_MISSING
    if len(name) > SPOKEN_NAME_CHARACTERS:
        return LanguageProblem.NAME_LONG
    if code and not CODE.fullmatch(code):
        return LanguageProblem.CODE_WRONG
    return None if beside in written else LanguageProblem.BESIDE_UNKNOWN


def canonical(code: str) -> str:
    """Write a code as BCP 47 recommends: ``syl``, ``syl-Beng-GB``."""
    language, *rest = code.split("-")
    return "-".join([language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])
