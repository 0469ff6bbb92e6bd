"""SQL that finds responses: one page of a list, how many there are, and the way from one to the next.

A page begins behind a place of the list; what each statement walks is chosen in `walk_queries.py`.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from server.reviews.filter_queries import REACH, pieces, values
from server.reviews.filters import Filters
from server.reviews.order import NEWEST_FIRST, Column, Order, Place
from server.reviews.walk_queries import Walk, choose_walk

__all__ = ["COUNTED", "Found", "count_found", "find_page", "neighbour_of", "next_waiting", "place_of"]

COUNTED: Final = 10_000
"""Responses are counted up to here; of more it is said that there are more."""

Direction = Literal["before", "after"]


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of the list: ids in its order, where the first and last stand, and whether there is more on each side."""

    response_ids: tuple[str, ...] = ()
    first: Place | None = None
    last: Place | None = None
    more_before: bool = False
    more_behind: bool = False


KEYS: Final[Mapping[Column, tuple[str, str]]] = {
    "received": ("''", "responses_by_seq"),
    "made": ("responses.made_at", "responses_by_making"),
    "neighbourhood": ("responses.neighbourhood_id", "responses_by_neighbourhood"),
    "language": ("responses.lang", "responses_by_lang"),
    "worker": ("responses.author", "responses_by_author"),
    "problems": ("responses.problem_count", "responses_by_problems"),
}
"""What a list is sorted by before seq, and the index that stands in that order."""


@dataclass(frozen=True, kw_only=True)
class _Search:
    """One question of one reader, with the walk that answers it."""

    filters: Filters
    reader: str
    order: Order
    walk: Walk

    @property
    def seq(self) -> str:
        return self.walk.source.seq if self.walk.source else "responses.seq"

    @property
    def tables(self) -> str:
        source = self.walk.source
        if source is None:
            return f"responses INDEXED BY {KEYS[self.order.by][1]}"
        return f"{source.table} CROSS JOIN responses ON {source.joined}"

    @property
    def conditions(self) -> str:
        rest = {name: piece for name, piece in pieces(self.filters).items() if name not in self.walk.settled}
        own = [self.walk.source.where] if self.walk.source else []
        if self.walk.between:
            own.append(f"{self.seq} BETWEEN :first_seq AND :last_seq")
        return " AND ".join(f"({one})" for one in (*own, REACH, *rest.values()))

    @property
    def parameters(self) -> dict[str, str | int]:
        return {**values(self.filters, reader=self.reader), **self.walk.between}

    def behind(self, place: Place | None, direction: Direction) -> tuple[str, dict[str, str | int]]:
        """Give the condition for what stands behind a place, or before it, and the values that it names."""
        if place is None:
            return "true", {}
        sign = ">" if self.order.rising == (direction == "after") else "<"
        if self.order.by == "received":
            return f"{self.seq} {sign} :at_seq", {"at_seq": place.seq}
        key = "CAST(:at_key AS INTEGER)" if self.order.by == "problems" else ":at_key"
        named: dict[str, str | int] = {"at_key": place.key, "at_seq": place.seq}
        return f"({KEYS[self.order.by][0]}, responses.seq) {sign} ({key}, :at_seq)", named

    def sorting(self, direction: Direction) -> str:
        way = "ASC" if self.order.rising == (direction == "after") else "DESC"
        if self.order.by == "received":
            return f"{self.seq} {way}"
        return f"{KEYS[self.order.by][0]} {way}, responses.seq {way}"


def find_page(
    connection: sqlite3.Connection,
    *,
    reader: str,
    filters: Filters,
    order: Order,
    limit: int,
    place: Place | None = None,
    direction: Direction = "after",
) -> Found:
    """Find a page of the list, behind a place of it or before one; without a place, the first or the last page."""
    search = _planned(connection, reader=reader, filters=filters, order=order)
    rows = _rows(connection, search, place=place, direction=direction, limit=limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    if direction == "before":
        rows.reverse()
    if not rows:
        return Found()
    return Found(
        response_ids=tuple(response_id for response_id, _place in rows),
        first=rows[0][1],
        last=rows[-1][1],
        more_before=more if direction == "before" else place is not None,
        more_behind=more if direction == "after" else place is not None,
    )


def count_found(connection: sqlite3.Connection, *, reader: str, filters: Filters) -> int:
    """Count what fulfils the filters; COUNTED + 1 stands for all that is more than COUNTED."""
    walk = choose_walk(connection, reader=reader, filters=filters, order=None)
    search = _Search(filters=filters, reader=reader, order=NEWEST_FIRST, walk=walk)
    statement = f"""
        SELECT COUNT(*) AS responses
          FROM (SELECT 1 FROM {search.tables} WHERE {search.conditions} LIMIT {COUNTED + 1})
        """  # noqa: S608 - pieces of our own
    return int(connection.execute(statement, search.parameters).fetchone()["responses"])


def neighbour_of(
    connection: sqlite3.Connection,
    *,
    reader: str,
    filters: Filters,
    order: Order = NEWEST_FIRST,
    response_id: str,
    direction: Direction,
) -> str | None:
    """Name the response that stands before or after one in the list; None at its end, or when that one is unknown."""
    place = place_of(connection, response_id, reader=reader, order=order)
    if place is None:
        return None
    search = _planned(connection, reader=reader, filters=filters, order=order)
    rows = _rows(connection, search, place=place, direction=direction, limit=1)
    return rows[0][0] if rows else None


def next_waiting(
    connection: sqlite3.Connection,
    *,
    reader: str,
    filters: Filters,
    order: Order = NEWEST_FIRST,
    response_id: str | None = None,
) -> str | None:
    """Name the next response that waits for a decision behind one in the list, else the first; None: nothing waits."""
    waiting = replace(filters, states=("received",))
    search = _planned(connection, reader=reader, filters=waiting, order=order)
    place = place_of(connection, response_id, reader=reader, order=order) if response_id else None
    behind = _rows(connection, search, place=place, direction="after", limit=1)
    rows = behind or _rows(connection, search, place=None, direction="after", limit=2)
    return next((found for found, _place in rows if found != response_id), None)


def place_of(connection: sqlite3.Connection, response_id: str, *, reader: str, order: Order) -> Place | None:
    """Tell where a response stands in a list, whether or not the list's filters would show it."""
    row = connection.execute(
        f"""
        SELECT {KEYS[order.by][0]} AS sorted_by, responses.seq
          FROM responses
         WHERE responses.response_id = :response_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        """,  # noqa: S608 - pieces of our own
        {"response_id": response_id, "reader": reader},
    ).fetchone()
    return None if row is None else Place(key=str(row["sorted_by"]), seq=row["seq"])


def _rows(
    connection: sqlite3.Connection, search: _Search, *, place: Place | None, direction: Direction, limit: int
) -> list[tuple[str, Place]]:
    behind, named = search.behind(place, direction)
    rows = connection.execute(
        f"""
        SELECT responses.response_id, {KEYS[search.order.by][0]} AS sorted_by, responses.seq
          FROM {search.tables}
         WHERE {search.conditions} AND {behind}
         ORDER BY {search.sorting(direction)}
         LIMIT :limit
        """,  # noqa: S608 - pieces of our own
        {**search.parameters, **named, "limit": limit},
    )
    return [(row["response_id"], Place(key=str(row["sorted_by"]), seq=row["seq"])) for row in rows]


def _planned(connection: sqlite3.Connection, *, reader: str, filters: Filters, order: Order) -> _Search:
    walk = choose_walk(connection, reader=reader, filters=filters, order=order.by)
    return _Search(filters=filters, reader=reader, order=order, walk=walk)
