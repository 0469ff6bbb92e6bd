"""Looks for responses that may be the same one twice: among those that came last, or around one."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.editing import duplicate_queries as queries
from server.editing.duplicate_queries import Compared
from server.editing.duplicates import Candidate, Pair, candidate_answers, pairs
from server.people.rules import Person

__all__ = ["LOOKED_THROUGH", "Suspicion", "suspected", "suspected_of"]

LOOKED_THROUGH: Final = 1_000
"""Responses that the list looks through, those that came last."""
AROUND: Final = 60
"""Responses before and after one that its own page looks through."""


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """Two responses that look like one, the one that came first before the other."""

    pair: Pair
    earlier: Compared
    later: Compared


def suspected(connection: sqlite3.Connection, person: Person) -> list[Suspicion]:
    """Find what looks like doubles among the responses that came last, but for what was decided already."""
    found = queries.newest(connection, reader=person.person_id, limit=LOOKED_THROUGH)
    return _suspicions(connection, found[::-1], person)


def suspected_of(connection: sqlite3.Connection, response_id: str, person: Person) -> list[Suspicion]:
    """Find what looks like a double of one response among those that came around it."""
    found = queries.around(connection, response_id=response_id, reader=person.person_id, limit=AROUND)
    return [
        one for one in _suspicions(connection, found, person) if response_id in {one.pair.first_id, one.pair.second_id}
    ]


def _suspicions(connection: sqlite3.Connection, found: Sequence[Compared], person: Person) -> list[Suspicion]:
    parts = queries.parts_of(connection, [one.head_rev for one in found], reader=person.person_id)
    candidates = [_candidate(one, parts.get(one.head_rev, [])) for one in found]
    by_id = {one.response_id: one for one in found}
    decided = queries.dismissed(connection)
    seen = [pair for pair in pairs(candidates) if (pair.first_id, pair.second_id) not in decided]
    return [_suspicion(pair, by_id[pair.first_id], by_id[pair.second_id]) for pair in seen]


def _suspicion(pair: Pair, one: Compared, other: Compared) -> Suspicion:
    earlier, later = sorted((one, other), key=lambda response: response.seq)
    return Suspicion(pair=pair, earlier=earlier, later=later)


def _candidate(one: Compared, parts: Sequence[tuple[str, str]]) -> Candidate:
    return Candidate(
        response_id=one.response_id,
        form_id=one.form_id,
        neighbourhood_id=one.neighbourhood_id,
        device_id=one.device_id,
        author=one.author,
        made_at=one.made_at,
        assets=one.assets,
        answers=candidate_answers(parts),
    )
