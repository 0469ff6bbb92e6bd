"""Keeps a revision that the team made: by the way that all come in, with its rows, its state and its line in the audit.

One transaction does all of it. Whoever changes a version that is not the shown one any more is told so, and nothing is
written.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from server.audit.noting import Actor, note
from server.clock import as_text
from server.editing import queries
from server.editing.revision import Made
from server.intake.own import accept_own
from server.people.rights import must_administer, must_change
from server.people.rules import Person
from server.reviews.deciding import carry_state
from server.reviews.projection_queries import heads
from server.reviews.projector import project_again

__all__ = ["Keeping", "Kept", "keep"]

Kept = Literal["kept", "moved"]
Action = Literal["response-edited", "edit-undone", "response-merged", "response-redacted"]


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """Who keeps what, when, and what it is called in the audit.

    ``seen`` are the versions that none followed when the person looked; ``all_seen``: there may be no other by now.
    ``touches_apart``: it changes answers that only administrators read.
    """

    response_id: str
    seen: Collection[str]
    all_seen: bool
    person: Person
    server_id: str
    now: datetime
    action: Action
    touches_apart: bool = False

    @property
    def actor(self) -> Actor:
        """The person as the audit log names them."""
        return Actor(person_id=self.person.person_id, name=self.person.name)


def keep(connection: sqlite3.Connection, made: Made, keeping: Keeping) -> Kept:
    """Store a revision, unless the response has moved on; raises NotAllowed where the right is gone by now."""
    must_change(connection, keeping.actor)
    if keeping.touches_apart:
        must_administer(connection, keeping.actor)
    stands = queries.standing(connection, keeping.response_id, reader=keeping.person.person_id)
    there = {one.rev for one in heads(connection, response_id=keeping.response_id)}
    if made.rev in there:
        return "kept"  # the same form was sent twice
    if stands is None or stands.head_rev not in keeping.seen or not _as_seen(there, keeping):
        return "moved"
    accept_own(connection, made.item(), server_id=keeping.server_id, now=keeping.now)
    project_again(connection, response_id=keeping.response_id)
    if keeping.action != "response-merged":
        carry_state(connection, keeping.response_id, made.rev, keeping.person, keeping.now)
    note(
        connection,
        at=as_text(keeping.now),
        actor=keeping.actor,
        action=keeping.action,
        subject=keeping.response_id,
        neighbourhood_id=stands.neighbourhood_id,
    )
    return "kept"


def _as_seen(there: Collection[str], keeping: Keeping) -> bool:
    """Tell whether the versions are those that the person looked at."""
    return set(there) == set(keeping.seen) if keeping.all_seen else set(keeping.seen) <= set(there)
