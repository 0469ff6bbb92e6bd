"""SQL about the links by which a person comes in, or gets a new password. Only the hash of a link's code is kept."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from server.people.rules import Role

__all__ = [
    "Invitation",
    "insert_invitation",
    "open_invitation",
    "open_invitations",
    "use_invitation",
    "withdraw_every_invitation",
    "withdraw_invitation",
    "withdraw_invitations_by",
    "withdraw_resets",
]


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A link that is open. ``person_id`` is there for a reset; ``neighbourhoods`` are ids, none for everywhere."""

    secret_hash: str
    purpose: str
    person_id: str | None
    name: str
    role: Role
    everywhere: bool
    neighbourhoods: tuple[str, ...]
    created_by: str
    expires_at: str


def insert_invitation(
    connection: sqlite3.Connection,
    *,
    secret_hash: str,
    purpose: str,
    person_id: str | None,
    name: str,
    role: Role,
    everywhere: bool,
    neighbourhoods: Sequence[str],
    created_by: str,
    at: str,
    expires_at: str,
) -> None:
    """Keep a new link."""
    connection.execute(
        """
        INSERT INTO invitations (secret_hash, purpose, person_id, name, role, everywhere, neighbourhoods, created_by,
                                 created_at, expires_at)
        VALUES (:secret_hash, :purpose, :person_id, :name, :role, :everywhere, :neighbourhoods, :created_by,
                :at, :expires_at)
        """,
        {
            "secret_hash": secret_hash,
            "purpose": purpose,
            "person_id": person_id,
            "name": name,
            "role": role,
            "everywhere": int(everywhere),
            "neighbourhoods": json.dumps(list(neighbourhoods)),
            "created_by": created_by,
            "at": at,
            "expires_at": expires_at,
        },
    )


def open_invitation(connection: sqlite3.Connection, secret_hash: str, *, now: str) -> Invitation | None:
    """Find a link that is neither used nor withdrawn nor past its time."""
    row = connection.execute(
        """
        SELECT secret_hash, purpose, person_id, name, role, everywhere, neighbourhoods, created_by, expires_at
          FROM invitations
         WHERE secret_hash = :secret_hash AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > :now
        """,
        {"secret_hash": secret_hash, "now": now},
    ).fetchone()
    return None if row is None else _as_invitation(row)


def open_invitations(connection: sqlite3.Connection, *, now: str) -> list[Invitation]:
    """List the invitations that may still be used, the one that ends first first; resets are not listed."""
    rows = connection.execute(
        """
        SELECT secret_hash, purpose, person_id, name, role, everywhere, neighbourhoods, created_by, expires_at
          FROM invitations
         WHERE purpose = 'invitation' AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > :now
         ORDER BY expires_at, secret_hash
        """,
        {"now": now},
    )
    return [_as_invitation(row) for row in rows]


def _as_invitation(row: sqlite3.Row) -> Invitation:
    return Invitation(
        secret_hash=row["secret_hash"],
        purpose=row["purpose"],
        person_id=row["person_id"],
        name=row["name"],
        role=row["role"],
        everywhere=bool(row["everywhere"]),
        neighbourhoods=tuple(json.loads(row["neighbourhoods"])),
        created_by=row["created_by"],
        expires_at=row["expires_at"],
    )


def use_invitation(connection: sqlite3.Connection, secret_hash: str, *, person_id: str, at: str) -> None:
    """Note that a link was used, and by whom."""
    connection.execute(
        "UPDATE invitations SET used_at = :at, person_id = :person_id WHERE secret_hash = :secret_hash",
        {"secret_hash": secret_hash, "person_id": person_id, "at": at},
    )


def withdraw_invitation(connection: sqlite3.Connection, secret_hash: str, *, at: str) -> None:
    """Let a link work no more."""
    connection.execute(
        """
        UPDATE invitations SET withdrawn_at = :at
         WHERE secret_hash = :secret_hash AND used_at IS NULL AND withdrawn_at IS NULL
        """,
        {"secret_hash": secret_hash, "at": at},
    )


def withdraw_resets(connection: sqlite3.Connection, *, person_id: str, at: str) -> None:
    """Let no link work any more that would give a person a new password."""
    connection.execute(
        """
        UPDATE invitations SET withdrawn_at = :at
         WHERE person_id = :person_id AND purpose = 'reset' AND used_at IS NULL AND withdrawn_at IS NULL
        """,
        {"person_id": person_id, "at": at},
    )


def withdraw_invitations_by(connection: sqlite3.Connection, *, person_id: str, at: str) -> None:
    """Let no link work any more that a person made for others."""
    connection.execute(
        """
        UPDATE invitations SET withdrawn_at = :at
         WHERE created_by = :person_id AND used_at IS NULL AND withdrawn_at IS NULL
        """,
        {"person_id": person_id, "at": at},
    )


def withdraw_every_invitation(connection: sqlite3.Connection, *, at: str) -> None:
    """Let no link work any more: what a backup says of them may be wrong by now."""
    connection.execute(
        "UPDATE invitations SET withdrawn_at = :at WHERE used_at IS NULL AND withdrawn_at IS NULL", {"at": at}
    )
