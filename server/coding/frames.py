"""The columns of each code book and what may stand in them. Closed lists, so that a slip of the pen is found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["FRAMES", "Frame"]

ASSET_KINDS: Final = "individual|association|institution|physical|economic|cultural|natural"
ACCESS: Final = "approachability|acceptability|availability|affordability|appropriateness"
COM_B: Final = (
    "capability-physical|capability-psychological|opportunity-physical|opportunity-social"
    "|motivation-reflective|motivation-automatic"
)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One column of a code book: which words it takes (a regular expression), and how many of them a code has."""

    words: str
    least: int = 1
    most: int = 1

    def fits(self, words: tuple[str, ...]) -> bool:
        """Tell whether a code may have these words."""
        return self.least <= len(words) <= self.most and all(re.fullmatch(self.words, word) for word in words)


FRAMES: Final[Mapping[str, Mapping[str, Frame]]] = {
    "assets": {
        "osm_tags": Frame(words=r"[a-z_:]+=(\*|[a-z_]+)", least=0, most=12),
        "asset_kind": Frame(words=ASSET_KINDS),
        "located": Frame(words="yes|no"),
    },
    "barriers": {
        "access": Frame(words=ACCESS),
        "com_b": Frame(words=COM_B),
        "level": Frame(words="community|organisation|system"),
        "seed": Frame(words="ownership|inclusivity|connection", least=0),
    },
    "benefits": {"five_ways": Frame(words="connect|be-active|take-notice|keep-learning|give", least=0)},
}
"""Code book → column → what it takes."""
