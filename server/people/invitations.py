"""Letting people in by a link that works once, and giving them a new password in the same way.

Whoever has the link is taken for the person it was made for, so it is shown once, works once and not for long.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto

from server.audit.noting import Actor, note
from server.clock import as_text
from server.config import INVITATION_LIFETIME, RESET_LIFETIME
from server.people import invitation_queries, queries
from server.people.accounts import put_password
from server.people.asking import Asked
from server.people.codes import CODE_BYTES, hash_of_typed, make_code
from server.people.invitation_queries import Invitation
from server.people.rights import must_administer
from server.people.rules import Person
from server.store.database import Database

__all__ = ["NotUsed", "accept", "invite", "offer_reset", "withdraw"]


class NotUsed(Enum):
    """Why a link was not used."""

    GONE = auto()
    NAME_TAKEN = auto()


def invite(
    database: Database, asked: Asked, *, inviter: Actor, now: datetime, random_bytes: Callable[[int], bytes]
) -> str:
    """Make an invitation and give its code, which is never told again.

    This and the others raise NotAllowed unless an administrator asks.
    """
    code = make_code(random_bytes(CODE_BYTES))

    def put(connection: sqlite3.Connection) -> None:
        must_administer(connection, inviter)
        secret_hash = _insert(connection, code, "invitation", None, asked, inviter=inviter, now=now)
        details = {"name": asked.name, "role": asked.role, "neighbourhoods": ", ".join(asked.neighbourhoods) or "*"}
        note(
            connection,
            at=as_text(now),
            actor=inviter,
            action="person-invited",
            subject=secret_hash,
            details=details,
        )

    database.write(put)
    return code


def offer_reset(
    database: Database, person_id: str, *, actor: Actor, now: datetime, random_bytes: Callable[[int], bytes]
) -> str | None:
    """Make a link by which a person chooses a new password; earlier ones end. None when their access has ended."""
    code = make_code(random_bytes(CODE_BYTES))

    def put(connection: sqlite3.Connection) -> bool:
        must_administer(connection, actor)
        person = queries.person_by_id(connection, person_id)
        if person is None or person.ended_at is not None:
            return False
        invitation_queries.withdraw_resets(connection, person_id=person_id, at=as_text(now))
        asked = Asked(name=person.name, role=person.role, everywhere=person.everywhere, neighbourhoods=())
        _insert(connection, code, "reset", person_id, asked, inviter=actor, now=now)
        note(connection, at=as_text(now), actor=actor, action="reset-made", subject=person_id)
        return True

    return code if database.write(put) else None


def _insert(
    connection: sqlite3.Connection,
    code: str,
    purpose: str,
    person_id: str | None,
    asked: Asked,
    *,
    inviter: Actor,
    now: datetime,
) -> str:
    secret_hash = hash_of_typed(code)
    assert secret_hash is not None, "A code that was made here can be read here."
    assert inviter.person_id is not None, "Links are made by somebody who is signed in."
    assert asked.role is not None, "Whoever asks has chosen a role."
    invitation_queries.insert_invitation(
        connection,
        secret_hash=secret_hash,
        purpose=purpose,
        person_id=person_id,
        name=asked.name,
        role=asked.role,
        everywhere=asked.everywhere,
        neighbourhoods=asked.neighbourhoods,
        created_by=inviter.person_id,
        at=as_text(now),
        expires_at=as_text(now + (INVITATION_LIFETIME if purpose == "invitation" else RESET_LIFETIME)),
    )
    return secret_hash


def accept(database: Database, secret_hash: str, person: Person, *, now: datetime) -> Person | NotUsed:
    """Use a link: let a new person in, or give a known one the password hash of ``person``; the link decides which.

    Of ``person`` an invitation takes id, sign-in name and password hash, a reset the password hash.
    """
    return database.write(lambda connection: _accept(connection, secret_hash, person, at=as_text(now)))


def _accept(connection: sqlite3.Connection, secret_hash: str, person: Person, *, at: str) -> Person | NotUsed:
    invitation = invitation_queries.open_invitation(connection, secret_hash, now=at)
    if invitation is None:
        return NotUsed.GONE
    if invitation.purpose == "reset":
        return _reset(connection, invitation, person.password_hash, at=at)
    return _join(connection, invitation, person, at=at)


def _join(connection: sqlite3.Connection, invitation: Invitation, person: Person, *, at: str) -> Person | NotUsed:
    joined = Person(
        person_id=person.person_id,
        sign_in_name=person.sign_in_name,
        name=invitation.name,
        password_hash=person.password_hash,
        role=invitation.role,
        everywhere=invitation.everywhere,
    )
    if not queries.add_person(connection, joined, created_at=at):
        return NotUsed.NAME_TAKEN
    queries.set_neighbourhoods(connection, person_id=joined.person_id, neighbourhoods=invitation.neighbourhoods)
    invitation_queries.use_invitation(connection, invitation.secret_hash, person_id=joined.person_id, at=at)
    actor = Actor(person_id=joined.person_id, name=joined.name)
    details = {"role": joined.role}
    note(connection, at=at, actor=actor, action="person-joined", subject=joined.person_id, details=details)
    return joined


def _reset(connection: sqlite3.Connection, invitation: Invitation, password_hash: str, *, at: str) -> Person | NotUsed:
    person = queries.person_by_id(connection, invitation.person_id or "")
    if person is None or person.ended_at is not None:
        return NotUsed.GONE
    put_password(connection, person_id=person.person_id, password_hash=password_hash, at=at)
    invitation_queries.use_invitation(connection, invitation.secret_hash, person_id=person.person_id, at=at)
    actor = Actor(person_id=person.person_id, name=person.name)
    note(connection, at=at, actor=actor, action="reset-used", subject=person.person_id)
    return replace(person, password_hash=password_hash)


def withdraw(database: Database, secret_hash: str, *, actor: Actor, now: datetime) -> bool:
    """Let an invitation work no more; False when it does not already."""

    def take_back(connection: sqlite3.Connection) -> bool:
        must_administer(connection, actor)
        invitation = invitation_queries.open_invitation(connection, secret_hash, now=as_text(now))
        if invitation is None:
            return False
        invitation_queries.withdraw_invitation(connection, secret_hash, at=as_text(now))
        details = {"name": invitation.name}
        note(
            connection,
            at=as_text(now),
            actor=actor,
            action="person-uninvited",
            subject=secret_hash,
            details=details,
        )
        return True

    return database.write(take_back)
