"""Codes of small areas (LSOA 2021, such as E01000001), found in whatever was pasted: a list, a column, a table. Pure.

A code is checked for its shape only: which ones exist is known to the Office for National Statistics, not to a server
without the internet.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

__all__ = ["SMALL_AREAS", "TYPED_CHARACTERS", "CodesFound", "find_codes"]

SMALL_AREAS: Final = 2_000
"""More than any neighbourhood has; a whole city such as Birmingham has about 650."""
TYPED_CHARACTERS: Final = 256 * 1024
LONGEST_TOLD: Final = 20
LSOA: Final = re.compile(r"[EW]01\d{6}", re.ASCII)
OTHER_CODE: Final = re.compile(r"[A-Z]\d{8}", re.ASCII)
"""Codes of districts, wards and so on, which stand beside those of small areas in tables, and do not count."""
MEANT_AS_CODE: Final = re.compile(r"[EW][0-9OIL]{6,}|01\d{6}", re.ASCII)
"""What was surely meant as a code; other words, such as the names in a table, do not count."""


@dataclass(frozen=True, kw_only=True)
class CodesFound:
    """The codes in order; those that stood there more than once; what looks like a code and is none."""

    codes: tuple[str, ...]
    twice: tuple[str, ...]
    wrong: tuple[str, ...]


def find_codes(typed: str) -> CodesFound:
    """Find every code in a text."""
    words = [word for word in re.split(r"[^0-9A-Z]+", _folded(typed[:TYPED_CHARACTERS])) if word]
    counted = Counter(word for word in words if LSOA.fullmatch(word))
    wrong = (word for word in words if MEANT_AS_CODE.fullmatch(word) and not OTHER_CODE.fullmatch(word))
    return CodesFound(
        codes=tuple(sorted(counted)),
        twice=tuple(sorted(code for code, times in counted.items() if times > 1)),
        wrong=tuple(dict.fromkeys(word[:LONGEST_TOLD] for word in wrong)),
    )


def _folded(text: str) -> str:
    capitals = unicodedata.normalize("NFKC", text).upper()
    return "".join(str(unicodedata.decimal(character, character)) for character in capitals)
