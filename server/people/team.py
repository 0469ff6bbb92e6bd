"""Changing what people may do: role, reach, ended access, access given back. There is always an administrator.

All raise NotAllowed unless an administrator asks.
"""

import sqlite3
from collections.abc import Sequence
from enum import Enum, auto

from server.audit.noting import Actor, note
from server.people import invitation_queries, queries, session_queries
from server.people.rights import must_administer
from server.people.rules import Person, Role

__all__ = ["Outcome", "bring_back", "change", "end_access"]


class Outcome(Enum):
    """What came of it."""

    DONE = auto()
    UNKNOWN = auto()
    LAST_ADMINISTRATOR = auto()


def change(
    connection: sqlite3.Connection,
    person_id: str,
    *,
    role: Role,
    everywhere: bool,
    neighbourhoods: Sequence[str],
    actor: Actor,
    at: str,
) -> Outcome:
    """Give a person another role and reach; both hold from their next request on."""
    must_administer(connection, actor)
    person = queries.person_by_id(connection, person_id)
    if person is None or person.ended_at is not None:
        return Outcome.UNKNOWN
    if role != "administrator" and _is_last_administrator(connection, person):
        return Outcome.LAST_ADMINISTRATOR
    before = queries.neighbourhoods_of(connection, person_id)
    queries.set_role(connection, person_id=person_id, role=role, everywhere=everywhere)
    queries.set_neighbourhoods(connection, person_id=person_id, neighbourhoods=neighbourhoods)
    if role != "administrator":  # what they may no longer do must not go on in a link that they made before
        invitation_queries.withdraw_invitations_by(connection, person_id=person_id, at=at)
    details = {
        "role": role,
        "role_before": person.role,
        "neighbourhoods": "*" if everywhere else ", ".join(neighbourhoods),
        "neighbourhoods_before": "*" if person.everywhere else ", ".join(before),
    }
    note(connection, at=at, actor=actor, action="person-changed", subject=person_id, details=details)
    return Outcome.DONE


def end_access(connection: sqlite3.Connection, person_id: str, *, actor: Actor, at: str) -> Outcome:
    """Let a person in no more: their sessions end, and so do links made for them or by them."""
    must_administer(connection, actor)
    person = queries.person_by_id(connection, person_id)
    if person is None or person.ended_at is not None:
        return Outcome.UNKNOWN
    if _is_last_administrator(connection, person):
        return Outcome.LAST_ADMINISTRATOR
    queries.end_access(connection, person_id=person_id, at=at)
    session_queries.end_sessions(connection, person_id=person_id, at=at)
    invitation_queries.withdraw_resets(connection, person_id=person_id, at=at)
    invitation_queries.withdraw_invitations_by(connection, person_id=person_id, at=at)
    note(connection, at=at, actor=actor, action="access-ended", subject=person_id)
    return Outcome.DONE


def bring_back(connection: sqlite3.Connection, person_id: str, *, actor: Actor, at: str) -> Outcome:
    """Let a person in again, as what they were."""
    must_administer(connection, actor)
    person = queries.person_by_id(connection, person_id)
    if person is None or person.ended_at is None:
        return Outcome.UNKNOWN
    queries.restore_access(connection, person_id=person_id)
    note(connection, at=at, actor=actor, action="access-restored", subject=person_id)
    return Outcome.DONE


def _is_last_administrator(connection: sqlite3.Connection, person: Person) -> bool:
    return person.role == "administrator" and queries.count_administrators(connection) == 1
