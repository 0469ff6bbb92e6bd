"""What all families of screens share: a screen that is shown now, and how a family shows its screens one by one."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from playwright.sync_api import CDPSession, Page

__all__ = ["Family", "Shown", "Wanted", "everything"]


class Shown(NamedTuple):
    """A screen is on the page now, in this language; whoever looks may change its size and look, no more."""

    page: Page
    name: str
    lang: str
    asleep: CDPSession | None = None
    """Where scripts are switched off: what can wake them."""


class Wanted(NamedTuple):
    """Which languages, and the screens whose names contain ``only``; where there are ``names``, those alone."""

    langs: Sequence[str]
    only: str = ""
    names: frozenset[str] = frozenset()

    def includes(self, name: str) -> bool:
        """Tell whether somebody wants to look at it."""
        return self.only in name and (not self.names or name in self.names)


Family = Callable[[Wanted], Iterator[Shown]]


def everything(*langs: str) -> Wanted:
    """Want every screen in these languages."""
    return Wanted(langs)
