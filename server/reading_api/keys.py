"""Keys for programs: 256 bits of chance, of which only the hash is kept; who makes one is asked for their right again.

fwk_<43 characters, base64url>
"""

import base64
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Literal

from server.audit.noting import Actor, note
from server.clock import as_text
from server.people.rights import must_administer
from server.reading_api import queries
from server.reading_api.queries import ApiKey
from server.store.database import Database
from sync.hashes import sha256_hex

__all__ = ["DAYS", "PREFIX", "Wish", "hash_of", "make", "revoke", "standing"]

PREFIX: Final = "fwk_"
SECRET_BYTES: Final = 32
ID_BYTES: Final = 16
SECRET_CHARACTERS: Final = 43
DAYS: Final = (30, 90, 365)
"""How long a key may work; nothing works for ever."""

KeyStanding = Literal["good", "expired", "revoked", "stopped"]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What an administrator grants; ``neighbourhoods`` are ids, () with ``everywhere``."""

    name: str
    everywhere: bool
    neighbourhoods: tuple[str, ...]
    sees_apart: bool
    days: int


def make(
    database: Database, wish: Wish, *, actor: Actor, now: datetime, random_bytes: Callable[[int], bytes]
) -> tuple[str, ApiKey]:
    """Make a key; give its secret, which is not kept, and what is."""
    secret = PREFIX + base64.urlsafe_b64encode(random_bytes(SECRET_BYTES)).decode().rstrip("=")
    assert actor.person_id is not None, "Somebody is signed in."
    key = ApiKey(
        key_id=f"key-{random_bytes(ID_BYTES).hex()}",
        name=wish.name,
        everywhere=wish.everywhere,
        sees_apart=wish.sees_apart,
        created_by=actor.person_id,
        created_at=as_text(now),
        expires_at=as_text(now + timedelta(days=wish.days)),
        last_used_at=None,
        revoked_at=None,
        maker_administers=True,
    )
    database.write(partial(_keep, key=key, wish=wish, secret_hash=sha256_hex(secret), actor=actor))
    return secret, key


def revoke(database: Database, key_id: str, *, actor: Actor, now: datetime) -> bool:
    """End a key at once; False when no such key works."""
    return database.write(partial(_revoke, key_id=key_id, actor=actor, now=as_text(now)))


def hash_of(header: str) -> str | None:
    """Give the hash of the key in an ``Authorization`` header; None where there is none that could be one."""
    scheme, _, secret = header.partition(" ")
    fits = scheme.lower() == "bearer" and secret.startswith(PREFIX) and secret.isascii()
    return sha256_hex(secret) if fits and len(secret) == len(PREFIX) + SECRET_CHARACTERS else None


def standing(key: ApiKey, *, now: datetime) -> KeyStanding:
    """Say whether a key works."""
    if key.revoked_at is not None:
        return "revoked"
    if as_text(now) >= key.expires_at:
        return "expired"
    return "good" if key.maker_administers else "stopped"


def _keep(connection: sqlite3.Connection, *, key: ApiKey, wish: Wish, secret_hash: str, actor: Actor) -> None:
    must_administer(connection, actor)
    queries.insert_key(connection, key, secret_hash=secret_hash)
    for place in wish.neighbourhoods:
        queries.insert_neighbourhood(connection, key_id=key.key_id, neighbourhood_id=place)
    details: dict[str, str | int | None] = {
        "name": key.name,
        "neighbourhoods": "*" if key.everywhere else ", ".join(wish.neighbourhoods),
        "expires": key.expires_at[: len("2026-11-20")],
    }
    if key.sees_apart:
        details["parts"] = "equality"
    note(connection, at=key.created_at, actor=actor, action="key-made", subject=key.key_id, details=details)


def _revoke(connection: sqlite3.Connection, *, key_id: str, actor: Actor, now: str) -> bool:
    must_administer(connection, actor)
    name = queries.revoke_key(connection, key_id=key_id, now=now)
    if name is None:
        return False
    note(connection, at=now, actor=actor, action="key-revoked", subject=key_id, details={"name": name})
    return True
