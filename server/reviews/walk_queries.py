"""Chooses what a search walks, and holds the SQL of each way.

A list of a million stays quick because each statement walks one index and no more of it than it has to. Which one is
decided here and not by SQLite, which keeps no counts of its own: the filter that fewest responses fulfil, if those are
few; else the index that the list is sorted by, in which what is wanted is then never far apart.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from server.reviews.filter_queries import pieces, values
from server.reviews.filters import Filters
from server.reviews.order import Column

__all__ = ["Source", "Walk", "choose_walk"]

FEW: Final = 5_000
MANY: Final = 200_000


@dataclass(frozen=True, kw_only=True)
class Source:
    """A table whose rows name the seqs of what fulfils one filter. ``ordered``: the rows of an index come by seq."""

    table: str
    seq: str
    where: str
    ordered: bool = True

    @property
    def joined(self) -> str:
        """Tell which row of ``responses`` one of its rows is about."""
        return "responses.rowid = found.rowid" if self.seq == "found.seq" else f"responses.seq = {self.seq}"


def _column(index: str, where: str, *, ordered: bool = True) -> Source:
    return Source(table=f"responses AS found INDEXED BY {index}", seq="found.seq", where=where, ordered=ordered)


SOURCES: Final[Mapping[str, Source]] = {
    "text": Source(table="response_words", seq="response_words.rowid", where="response_words MATCH :text"),
    "kind": Source(table="response_marks", seq="response_marks.seq", where="response_marks.mark = 'kind:' || :kind"),
    "barrier": Source(
        table="response_marks", seq="response_marks.seq", where="response_marks.mark = 'barrier:' || :barrier"
    ),
    "venue": _column("responses_by_venue", "found.venue_id = :venue"),
    "author": _column("responses_by_author", "found.author = :author"),
    "device": _column("responses_by_device", "found.device_id = :device"),
    "conflicts": _column("responses_in_conflict", "found.heads > 1"),
    "problems": _column("responses_by_problems", "found.problem_count > 0", ordered=False),
    "since": _column(
        "responses_by_receipt",
        "found.received_at >= :since AND found.received_at < :until",
        ordered=False,
    ),
    "until": _column(
        "responses_by_receipt", "found.received_at >= :since AND found.received_at < :until", ordered=False
    ),
    "form": _column("responses_by_form", "found.form_id = :form"),
    "lang": _column("responses_by_lang", "found.lang = :lang"),
    "states": _column("responses_by_state", "found.state IN (SELECT value FROM json_each(:states))", ordered=False),
    "neighbourhood": _column("responses_by_neighbourhood", "found.neighbourhood_id = :neighbourhood"),
    "poster": _column("responses_from_posters", "found.poster_id IS NOT NULL"),
}
"""The rarest kinds of filter first: among equals the first is walked."""
OF_REACH: Final = _column(
    "responses_by_neighbourhood",
    "found.neighbourhood_id IN (SELECT neighbourhood_id FROM reach WHERE person_id = :reader)",
    ordered=False,
)
SETTLED: Final = frozenset(SOURCES) - {"venue", "states", "since", "until"}
"""Filters that ask nothing more than their source: not whether the venue is in reach or anything is left to read."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Where a statement begins: at a source, or at the index that the list is sorted by.

    ``settled`` names the filters that the source fulfils whole. ``between``: no other seqs (first_seq to last_seq).
    """

    source: Source | None = None
    settled: frozenset[str] = frozenset()
    between: Mapping[str, int] = field(default_factory=dict)


def choose_walk(connection: sqlite3.Connection, *, reader: str, filters: Filters, order: Column | None) -> Walk:
    """Choose what to walk: the filter that few fulfil; else the rarest that stands by seq, if the list does too.

    Without an order nothing is listed but counted: then the rarest filter is walked, however it stands.
    """
    named = values(filters, reader=reader)
    sources = dict(_sources(connection, filters, reader=reader))
    counts = {name: _count(connection, source, named, most=FEW) for name, source in sources.items()}
    rarest = min(counts, key=lambda name: counts[name], default="")
    if rarest and counts[rarest] <= FEW:
        return _walk(rarest, sources[rarest])
    between = _between(connection, named) if {"since", "until"} & set(sources) else {}
    ordered = {name: source for name, source in sources.items() if source.ordered or order is None}
    if order not in {"received", None} or not ordered:
        return Walk(between=between)
    if len(ordered) > 1:
        counts = {name: _count(connection, source, named, most=MANY) for name, source in ordered.items()}
    best = min(ordered, key=lambda name: counts[name])
    return replace(_walk(best, ordered[best]), between=between)


def _walk(name: str, source: Source) -> Walk:
    return Walk(source=source, settled=frozenset({name}) & SETTLED)


def _sources(connection: sqlite3.Connection, filters: Filters, *, reader: str) -> Iterator[tuple[str, Source]]:
    wanted = pieces(filters)
    yield from ((name, source) for name, source in SOURCES.items() if name in wanted)
    everywhere = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM reach WHERE person_id = :reader AND neighbourhood_id = '*') AS everywhere",
        {"reader": reader},
    ).fetchone()
    if not everywhere["everywhere"]:
        yield "reach", OF_REACH


def _count(connection: sqlite3.Connection, source: Source, named: Mapping[str, str], *, most: int) -> int:
    """Count the rows of a source up to one more than `most`; the reach is asked where the rows themselves are read."""
    statement = f"SELECT COUNT(*) AS found FROM (SELECT 1 FROM {source.table} WHERE {source.where} LIMIT {most + 1})"  # noqa: S608 - pieces of our own
    return int(connection.execute(statement, named).fetchone()["found"])


def _between(connection: sqlite3.Connection, named: Mapping[str, str]) -> dict[str, int]:
    """Give the first and the last seq of what was received in the days asked for."""
    row = connection.execute(
        """
        SELECT COALESCE(MIN(seq), 0) AS first_seq, COALESCE(MAX(seq), 0) AS last_seq
          FROM responses INDEXED BY responses_by_receipt
         WHERE received_at >= :since AND received_at < :until
        """,
        {"since": named["since"], "until": named["until"]},
    ).fetchone()
    return dict(row)
