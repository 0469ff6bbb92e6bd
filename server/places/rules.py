"""Names and ids of neighbourhoods. Pure."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

__all__ = ["NAME_CHARACTERS", "SYSTEM_CHARACTERS", "make_id"]

NAME_CHARACTERS: Final = 100
SYSTEM_CHARACTERS: Final = 100
ID_CHARACTERS: Final = 40
WITHOUT_LETTERS: Final = "neighbourhood"
"""What an id is made of when a name has no Latin letters."""


def make_id(name: str, *, taken: Collection[str]) -> str:
    """Make the id that stands in every response for ever: from the name as it is now, and like no other.

    An id never changes afterwards, whatever the name becomes.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    wish = re.sub("[^a-z0-9]+", "-", plain)[:ID_CHARACTERS].strip("-") or WITHOUT_LETTERS
    if wish not in taken:
        return wish
    number = next(number for number in range(2, len(taken) + 3) if f"{wish}-{number}" not in taken)
    return f"{wish}-{number}"
