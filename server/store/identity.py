"""Who this server is: a name for ever, and an epoch, one life of its log."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from server.clock import Clock, as_text
from server.store.database import Database

__all__ = ["ServerIdentity", "begin_epoch", "ensure"]


@dataclass(frozen=True)
class ServerIdentity:
    """``server_id`` and ``epoch`` are UUID texts; cursors that name others are answered with a reset."""

    server_id: str
    epoch: str


def ensure(database: Database, *, clock: Clock, random_bytes: Callable[[int], bytes]) -> ServerIdentity:
    """Give this server's identity, which is made on first use."""
    fresh = ServerIdentity(server_id=_random_uuid(random_bytes), epoch=_random_uuid(random_bytes))
    return database.write(lambda connection: _keep_first(connection, fresh, now=as_text(clock.now())))


def begin_epoch(connection: sqlite3.Connection, *, random_bytes: Callable[[int], bytes]) -> ServerIdentity:
    """Begin another life of the log, inside the caller's transaction: cursors of the last one no longer fit."""
    connection.execute("UPDATE server_identity SET epoch = :epoch WHERE id = 1", {"epoch": _random_uuid(random_bytes)})
    row = connection.execute("SELECT server_id, epoch FROM server_identity WHERE id = 1").fetchone()
    return ServerIdentity(server_id=row["server_id"], epoch=row["epoch"])


def _keep_first(connection: sqlite3.Connection, fresh: ServerIdentity, *, now: str) -> ServerIdentity:
    connection.execute(
        """
        INSERT INTO server_identity (id, server_id, epoch, created_at)
        VALUES (1, :server_id, :epoch, :now)
        ON CONFLICT DO NOTHING
        """,
        {"server_id": fresh.server_id, "epoch": fresh.epoch, "now": now},
    )
    row = connection.execute("SELECT server_id, epoch FROM server_identity WHERE id = 1").fetchone()
    return ServerIdentity(server_id=row["server_id"], epoch=row["epoch"])


def _random_uuid(random_bytes: Callable[[int], bytes]) -> str:
    return str(UUID(bytes=random_bytes(16), version=4))
