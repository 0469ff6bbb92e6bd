"""The way through what waits, in the order in which it came, and what has come since a list was opened."""

import sqlite3
from dataclasses import replace
from typing import Final

from server.reviews.filters import Filters
from server.reviews.finding_queries import count_found, find_page
from server.reviews.order import Order, Place

__all__ = ["COUNTED", "count_news", "count_waiting", "next_waiting", "waiting_before"]

COUNTED: Final = 1_000
"""Beyond this many new ones are not counted: a list is opened anew long before."""
OLDEST_FIRST: Final = Order(by="received", rising=True)


def next_waiting(connection: sqlite3.Connection, filters: Filters, *, reader: str, after: int) -> str | None:
    """Find the response that has waited longest of those that came after ``after``, a seq."""
    found = find_page(
        connection,
        reader=reader,
        filters=_waiting(filters),
        order=OLDEST_FIRST,
        limit=1,
        place=Place(key="", seq=after),
    )
    return next(iter(found.response_ids), None)


def waiting_before(connection: sqlite3.Connection, filters: Filters, *, reader: str, before: int) -> str | None:
    """Find the response that waits and came last before ``before``, a seq."""
    found = find_page(
        connection,
        reader=reader,
        filters=_waiting(filters),
        order=OLDEST_FIRST,
        limit=1,
        place=Place(key="", seq=before),
        direction="before",
    )
    return next(iter(found.response_ids), None)


def count_waiting(connection: sqlite3.Connection, filters: Filters, *, reader: str) -> int:
    """Count the responses that wait, up to one more than a list counts."""
    return count_found(connection, reader=reader, filters=_waiting(filters))


def count_news(connection: sqlite3.Connection, filters: Filters, *, reader: str, since: int) -> int:
    """Count the responses that came, or came back, after ``since``, a seq."""
    found = find_page(
        connection,
        reader=reader,
        filters=filters,
        order=OLDEST_FIRST,
        limit=COUNTED,
        place=Place(key="", seq=since),
    )
    return len(found.response_ids)


def _waiting(filters: Filters) -> Filters:
    return replace(filters, states=("received",))
