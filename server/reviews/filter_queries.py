"""The one place that turns filters into SQL conditions on the table ``responses``, the reader's reach always included.

    wanted = conditions(filters, reader=person_id)
    connection.execute(f"SELECT … FROM responses WHERE {wanted.sql} ORDER BY …", wanted.parameters)

The pieces are constants of this module; every value is bound.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from server.reviews.filters import NO_INTERVIEW, Filters, State
from server.reviews.words import as_match

__all__ = ["REACH", "Conditions", "conditions", "pieces", "values"]

REACH: Final = """('*' IN (SELECT neighbourhood_id FROM reach WHERE person_id = :reader)
    OR responses.neighbourhood_id IN (SELECT neighbourhood_id FROM reach WHERE person_id = :reader))"""
"""Both lists are made once for a statement, not once for a row."""
NEVER: Final = "~"
"""Stands behind every moment."""
REJECTED: Final[State] = "rejected"
"""Left out unless it is asked for."""

PIECES: Final = {
    "neighbourhood": "responses.neighbourhood_id = :neighbourhood",
    "venue": """responses.venue_id = :venue AND EXISTS (
        SELECT 1 FROM venues
         WHERE venues.venue_id = :venue AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                       AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id)))""",
    "author": "responses.author = :author",
    "device": "responses.device_id = :device",
    "form": "responses.form_id = :form",
    "lang": "responses.lang = :lang",
    "not_rejected": "responses.state <> :rejected",
    "states": "responses.gone = '' AND responses.state IN (SELECT value FROM json_each(:states))",
    "kind": """EXISTS (SELECT 1 FROM response_marks
        WHERE response_marks.mark = 'kind:' || :kind AND response_marks.seq = responses.seq)""",
    "barrier": """EXISTS (SELECT 1 FROM response_marks
        WHERE response_marks.mark = 'barrier:' || :barrier AND response_marks.seq = responses.seq)""",
    "since": "responses.received_at >= :since",
    "until": "responses.received_at < :until",
    "problems": "responses.problem_count > 0",
    "conflicts": "responses.heads > 1",
    "poster": "responses.poster_id IS NOT NULL",
    "phone": "responses.poster_id IS NULL",
    "text": "responses.seq IN (SELECT rowid FROM response_words WHERE response_words MATCH :text)",
    "ordinary": "responses.form_id <> :no_interview",
}


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What stands behind WHERE, and the values that it names."""

    sql: str
    parameters: Mapping[str, str]


def conditions(filters: Filters, *, reader: str) -> Conditions:
    """Turn filters into conditions on ``responses``; nothing outside of the reader's reach fulfils them."""
    wanted = [REACH, *pieces(filters).values()]
    return Conditions(sql=" AND ".join(f"({one})" for one in wanted), parameters=values(filters, reader=reader))


def pieces(filters: Filters) -> dict[str, str]:
    """Give the condition of each filter, and of what is left out unless it is asked for, by its name."""
    return {name: PIECES[name] for name in _names(filters)}


def values(filters: Filters, *, reader: str) -> dict[str, str]:
    """Give the values that the conditions name."""
    return {
        "reader": reader,
        "no_interview": NO_INTERVIEW,
        "rejected": REJECTED,
        "neighbourhood": filters.neighbourhood,
        "venue": filters.venue,
        "author": filters.author,
        "device": filters.device,
        "form": filters.form,
        "lang": filters.lang,
        "states": json.dumps(filters.states),
        "kind": filters.kind,
        "barrier": filters.barrier,
        "since": _beginning(filters.since),
        "until": _beginning(_day_after(filters.until)) or NEVER,
        "text": as_match(filters.text),
    }


def _names(filters: Filters) -> Iterator[str]:
    if not filters.states:
        yield "not_rejected"
    if not filters.form:
        yield "ordinary"
    for name in filters.chosen:
        match name:
            case "marks":
                yield from filters.marks
            case "origin":
                yield filters.origin
            case _:
                yield name


def _day_after(day: date | None) -> date | None:
    """Give the day that follows; the last day of the calendar is followed by itself."""
    return day if day is None or day == date.max else day + timedelta(days=1)


def _beginning(day: date | None) -> str:
    """Give the first moment of a day as times are kept."""
    return f"{day.isoformat()}T00:00:00.000Z" if day else ""
