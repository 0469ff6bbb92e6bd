"""Which responses are on which page of the list."""

from dataclasses import dataclass

__all__ = ["PageOf", "page_number"]


@dataclass(frozen=True, kw_only=True)
class PageOf:
    """One page of a list of `total` entries; pages and entries are counted from 1."""

    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def skip(self) -> int:
        """How many entries stand before this page."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The number of the first entry on this page."""
        return self.skip + 1

    @property
    def last(self) -> int:
        """The number of the last entry on this page."""
        return min(self.skip + self.size, self.total)


def page_number(asked: str, *, size: int, total: int) -> int:
    """Read a page number from an address; anything else than a page that exists is the nearest one."""
    pages = PageOf(number=1, size=size, total=total).pages
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    return min(max(wanted, 1), pages)
