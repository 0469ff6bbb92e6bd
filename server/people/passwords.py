"""What a password that a person chooses must be: long, and not what others would try first. Pure.

No rule asks for digits or capitals: they make passwords that are hard to remember and easy to guess. What counts is
length, and that the password is not plain or made of the person's own names (NIST SP 800-63B, 3.1.1.2).
"""

import unicodedata
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from server.config import PASSWORD_CHARACTERS

__all__ = ["MIN_CHARACTERS", "PasswordProblem", "problem_of"]

MIN_CHARACTERS: Final = 12
DISTINCT_CHARACTERS: Final = 5
"""A password of fewer different characters, such as aaaaaabbbbbb, is guessed at once."""
NAME_CHARACTERS: Final = 4
"""Shorter names may stand in a password by chance."""
LEFT_CHARACTERS: Final = 8
"""What must be left of a password when the person's names are taken out of it."""
RUNS: Final = (
    "abcdefghijklmnopqrstuvwxyz" * 2,
    "01234567890123456789",
    "1234567890" * 2,
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn",
)
"""What a finger makes by going along the keys or the alphabet."""
COMMON_WORDS: Final = frozenset(
    "password passwort letmein welcome changeme admin administrator fieldwell secret qwerty iloveyou coordinator "
    "monkey dragon football liverpool arsenal chelsea sunshine princess survey community neighbourhood".split()
)


class PasswordProblem(StrEnum):
    """Why a chosen password will not do."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    TOO_PLAIN = "too-plain"
    HOLDS_NAME = "holds-name"
    DIFFERS = "differs"


def problem_of(password: str, again: str, *, names: Collection[str]) -> PasswordProblem | None:
    """Say what is wrong with a password typed twice; ``names`` are the person's, which it may not be made of."""
    if len(password) < MIN_CHARACTERS:
        return PasswordProblem.TOO_SHORT
    if len(password) > PASSWORD_CHARACTERS:
        return PasswordProblem.TOO_LONG
    if _is_plain(_folded(password)):
        return PasswordProblem.TOO_PLAIN
    if _is_made_of(_folded(password), names):
        return PasswordProblem.HOLDS_NAME
    return PasswordProblem.DIFFERS if password != again else None


def _is_plain(folded: str) -> bool:
    letters = folded.strip("0123456789!?.@#$*-_ ")
    few = len(set(folded)) < DISTINCT_CHARACTERS
    run = any(folded in line or folded in line[::-1] for line in RUNS)
    repeated = any((folded[:size] * len(folded)).startswith(folded) for size in range(1, len(folded) // 2 + 1))
    return few or run or repeated or not letters or letters in COMMON_WORDS


def _is_made_of(folded: str, names: Collection[str]) -> bool:
    """Tell whether little is left of a password once the names are taken out of it."""
    parts = {part for name in names for part in (_folded(name), *_folded(name).split()) if len(part) >= NAME_CHARACTERS}
    left = folded
    for part in sorted(parts, key=lambda part: (-len(part), part)):
        left = left.replace(part, "")
    return left != folded and len(left) < LEFT_CHARACTERS


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
