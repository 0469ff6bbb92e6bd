"""In which order responses are listed, and a place in that list. Pure.

A page begins behind a place, not at a number: what arrives meanwhile moves nothing, and the thousandth page is as
quick as the first.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from server.reviews.filters import Arguments

__all__ = ["COLUMNS", "NEWEST_FIRST", "Column", "Order", "Place", "order_as_query", "read_order", "read_place"]

Column = Literal["received", "made", "neighbourhood", "language", "worker", "problems"]
COLUMNS: Final[tuple[Column, ...]] = get_args(Column)
RISING_AT_FIRST: Final = frozenset({"neighbourhood", "language", "worker"})
"""Words are read from A on; times and counts from the last and the most."""
KEY_CHARACTERS: Final = 500
MOST_SEQ: Final = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Order:
    """The column that responses are listed by, and whether it rises; among equals, when they were received."""

    by: Column = "received"
    rising: bool = False

    def turned(self, column: Column) -> "Order":
        """Give the order that the head of a column leads to: the other way round if the list stands in it already."""
        if column == self.by:
            return Order(by=column, rising=not self.rising)
        return Order(by=column, rising=column in RISING_AT_FIRST)

    @property
    def aria(self) -> str:
        """Name its direction as aria-sort does."""
        return "ascending" if self.rising else "descending"


NEWEST_FIRST: Final = Order()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a response stands in the list: what the list is ordered by, and its seq. ``key`` is '' by received."""

    key: str
    seq: int

    def as_text(self) -> str:
        """Write it for an address."""
        return f"{self.seq}.{self.key}" if self.key else str(self.seq)


def read_order(args: Arguments) -> Order:
    """Read ``sort``: the name of a column, behind a minus where it falls; else newest first."""
    asked = args.get("sort") or ""
    column = next((one for one in COLUMNS if one == asked.removeprefix("-")), None)
    return Order(by=column, rising=not asked.startswith("-")) if column else NEWEST_FIRST


def order_as_query(order: Order) -> dict[str, list[str]]:
    """Write an order as arguments of an address; newest first needs none."""
    return {} if order == NEWEST_FIRST else {"sort": [f"{'' if order.rising else '-'}{order.by}"]}


def read_place(asked: str | None) -> Place | None:
    """Read a place from an address; None for anything else."""
    seq, _dot, key = (asked or "").partition(".")
    if not (seq.isascii() and seq.isdigit()) or len(seq) > len(str(MOST_SEQ)) or int(seq) > MOST_SEQ:
        return None
    clean = key[:KEY_CHARACTERS].replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    return Place(key=clean, seq=int(seq))
