"""SQL about set-up links, and whether somebody administers."""

import sqlite3

from server.setup.rules import SetUpLink

__all__ = ["end_links", "link_by_hash", "put_link", "somebody_administers", "use_link"]


def somebody_administers(connection: sqlite3.Connection) -> bool:
    """Tell whether there is an administrator who can sign in."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM people WHERE role = 'administrator' AND ended_at IS NULL) AS there"
    ).fetchone()
    return bool(row["there"])


def put_link(connection: sqlite3.Connection, *, secret_hash: str, created_at: str, expires_at: str) -> None:
    """Keep a new link."""
    connection.execute(
        """
        INSERT INTO set_up_links (secret_hash, created_at, expires_at, used_at)
        VALUES (:secret_hash, :created_at, :expires_at, NULL)
        """,
        {"secret_hash": secret_hash, "created_at": created_at, "expires_at": expires_at},
    )


def end_links(connection: sqlite3.Connection, *, now: str) -> None:
    """Let every link that still holds run out."""
    connection.execute(
        "UPDATE set_up_links SET expires_at = :now WHERE used_at IS NULL AND expires_at > :now", {"now": now}
    )


def link_by_hash(connection: sqlite3.Connection, secret_hash: str) -> SetUpLink | None:
    """Find a link."""
    row = connection.execute(
        "SELECT expires_at, used_at FROM set_up_links WHERE secret_hash = :secret_hash", {"secret_hash": secret_hash}
    ).fetchone()
    return None if row is None else SetUpLink(**row)


def use_link(connection: sqlite3.Connection, secret_hash: str, *, now: str) -> None:
    """Note that a link was used."""
    connection.execute(
        "UPDATE set_up_links SET used_at = :now WHERE secret_hash = :secret_hash",
        {"secret_hash": secret_hash, "now": now},
    )
