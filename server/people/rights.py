"""Asks for a person's rights once more, inside the transaction that rests on them.

A page asks when it is opened; between that and the write somebody may have taken the right away.
"""

import sqlite3

from server.audit.noting import Actor
from server.errors import NotAllowed
from server.people import queries
from server.people.rules import may_change

__all__ = ["must_administer", "must_change"]


def must_administer(connection: sqlite3.Connection, actor: Actor) -> None:
    """Raise NotAllowed, which takes the write back, unless the actor is an administrator at this moment.

    Where nobody is signed in, a command runs: whoever has the data folder may do everything.
    """
    if actor.person_id is not None and not queries.is_administrator(connection, actor.person_id):
        raise NotAllowed("not-an-administrator", f"{actor.name} is no administrator any more.")


def must_change(connection: sqlite3.Connection, actor: Actor) -> None:
    """Raise NotAllowed, which takes the write back, unless the actor may do more than read at this moment.

    Where nobody is signed in, a command runs: whoever has the data folder may do everything.
    """
    if actor.person_id is None:
        return
    person = queries.person_by_id(connection, actor.person_id)
    if person is None or not person.is_active or not may_change(person):
        raise NotAllowed("not-a-coordinator", f"{actor.name} may only read now.")
