"""The programme's signing key (Ed25519): made on first use, kept in the database.

Any server of the programme that holds the public key can check a token; only one that
holds the private key can sign.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from server.clock import Clock, as_text
from server.devices import queries
from server.store.database import Database
from sync.hashes import sha256_hex_of_bytes

__all__ = ["SEED_BYTES", "ProgrammeKeys", "ensure"]

SEED_BYTES = 32


@dataclass(frozen=True)
class ProgrammeKeys:
    """The key that signs, and every public key whose signature counts (the signing one among them)."""

    signing: Ed25519PrivateKey
    trusted: tuple[Ed25519PublicKey, ...]


def ensure(database: Database, *, clock: Clock, random_bytes: Callable[[int], bytes]) -> ProgrammeKeys:
    """Give the programme's keys; the first server of a programme makes the signing one."""
    seed = random_bytes(SEED_BYTES)
    rows = database.write(lambda connection: _with_first(connection, seed, now=as_text(clock.now())))
    private = next(row["private_key"] for row in rows if row["private_key"] is not None)
    return ProgrammeKeys(
        signing=Ed25519PrivateKey.from_private_bytes(private),
        trusted=tuple(Ed25519PublicKey.from_public_bytes(row["public_key"]) for row in rows),
    )


def _with_first(connection: sqlite3.Connection, seed: bytes, *, now: str) -> list[sqlite3.Row]:
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    queries.insert_first_key(
        connection, key_id=sha256_hex_of_bytes(public), public_key=public, private_key=seed, now=now
    )
    return queries.keys(connection)
