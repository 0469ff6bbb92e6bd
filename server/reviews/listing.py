"""Puts together what a page of the list of responses shows: the rows, where the pages beside it begin, how many."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from server.reviews import queries, word_queries
from server.reviews.filters import Arguments, Filters, as_query, read_filters, without
from server.reviews.finding_queries import COUNTED, Found, count_found, find_page
from server.reviews.order import COLUMNS, Column, Order, order_as_query, read_order, read_place
from server.reviews.queries import ListedResponse
from server.reviews.snippets import Piece, snippet

__all__ = ["Listing", "Way", "open_listing"]

BEHIND: Final = "next"
BEFORE: Final = "previous"
"""Arguments of the address of a page: the place that it begins behind, or ends before."""
MOST_LOOSENED: Final = 6
"""Filters that are tried without, one by one, where nothing is found."""

Query = Mapping[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class Way:
    """Another address of the list: without one filter, or in another order."""

    name: str
    query: Query


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One page. ``total`` is exact unless ``many``; ``loosen`` names filters without which something is found.

    ``previous`` and ``next`` are the pages beside it, None where there is none. ``heads``: the order that each column
    leads to.
    """

    filters: Filters
    order: Order
    responses: tuple[ListedResponse, ...]
    assets: Mapping[str, list[str]]
    snippets: Mapping[str, tuple[Piece, ...]]
    total: int
    previous: Query | None
    next: Query | None
    loosen: tuple[Way, ...]

    @property
    def many(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > COUNTED

    @property
    def query(self) -> Query:
        """The address of the first page of this list."""
        return {**as_query(self.filters), **order_as_query(self.order)}

    @property
    def removable(self) -> tuple[Way, ...]:
        """The addresses of the list without each of its filters."""
        order = order_as_query(self.order)
        return tuple(Way(name=name, query={**without(self.filters, name), **order}) for name in self.filters.chosen)

    @property
    def heads(self) -> Mapping[Column, Query]:
        """The address that the head of each column leads to."""
        filters = as_query(self.filters)
        return {column: {**filters, **order_as_query(self.order.turned(column))} for column in COLUMNS}


def open_listing(connection: sqlite3.Connection, args: Arguments, *, reader: str, size: int) -> Listing:
    """Find the page that an address asks for; one before the first or behind the last is the first."""
    filters, order = read_filters(args), read_order(args)
    found = _page(connection, args, reader=reader, filters=filters, order=order, size=size)
    responses = tuple(queries.listed_responses(connection, found.response_ids, reader=reader))
    alone = not (found.more_before or found.more_behind)
    total = len(responses) if alone else count_found(connection, reader=reader, filters=filters)
    here = {**as_query(filters), **order_as_query(order)}
    return Listing(
        filters=filters,
        order=order,
        responses=responses,
        assets=queries.names_of_assets(connection, found.response_ids, reader=reader),
        snippets=_snippets(connection, found, filters.text, reader=reader),
        total=total,
        previous={**here, BEFORE: [found.first.as_text()]} if found.first and found.more_before else None,
        next={**here, BEHIND: [found.last.as_text()]} if found.last and found.more_behind else None,
        loosen=() if responses else tuple(_loosened(connection, filters, order, reader=reader)),
    )


def _page(
    connection: sqlite3.Connection, args: Arguments, *, reader: str, filters: Filters, order: Order, size: int
) -> Found:
    before, behind = read_place(args.get(BEFORE)), read_place(args.get(BEHIND))
    if before is not None:
        found = find_page(
            connection, reader=reader, filters=filters, order=order, limit=size, place=before, direction="before"
        )
        if len(found.response_ids) == size:
            return found
        behind = None  # so near the beginning that the page would not be full: the first one is
    found = find_page(connection, reader=reader, filters=filters, order=order, limit=size, place=behind)
    if behind is not None and not found.response_ids:  # nothing stands behind it any more
        return find_page(connection, reader=reader, filters=filters, order=order, limit=size)
    return found


def _snippets(
    connection: sqlite3.Connection, found: Found, search: str, *, reader: str
) -> dict[str, tuple[Piece, ...]]:
    if not search:
        return {}
    texts = word_queries.texts_of(connection, found.response_ids, reader=reader)
    return {response_id: snippet(text, search=search) for response_id, text in texts.items()}


def _loosened(connection: sqlite3.Connection, filters: Filters, order: Order, *, reader: str) -> list[Way]:
    """Name the filters without which there would be something."""
    ways = []
    for name in filters.chosen[:MOST_LOOSENED]:
        looser = replace(filters, **{name: getattr(Filters(), name)})
        if find_page(connection, reader=reader, filters=looser, order=order, limit=1).response_ids:
            ways.append(Way(name=name, query={**as_query(looser), **order_as_query(order)}))
    return ways
