"""SQL of the keys for programs. What a key reaches, the view ``reach`` says, as it does for people."""

import sqlite3
from dataclasses import dataclass

__all__ = [
    "ApiKey",
    "ListedKey",
    "all_keys",
    "insert_key",
    "insert_neighbourhood",
    "key_by_hash",
    "key_by_id",
    "revoke_key",
    "touch_key",
]


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key, without its secret; times are ISO 8601 UTC text with a Z."""

    key_id: str
    name: str
    everywhere: bool
    sees_apart: bool
    created_by: str
    created_at: str
    expires_at: str
    last_used_at: str | None
    revoked_at: str | None
    maker_administers: bool
    """Whether who made it may still make keys: whoever leaves keeps no way in."""


@dataclass(frozen=True, kw_only=True)
class ListedKey:
    """A key as the list shows it, with who made it and the names of its neighbourhoods."""

    key: ApiKey
    maker: str
    neighbourhoods: tuple[str, ...]


def insert_key(connection: sqlite3.Connection, key: ApiKey, *, secret_hash: str) -> None:
    """Keep a key."""
    connection.execute(
        """
        INSERT INTO api_keys (
            key_id, secret_hash, name, everywhere, sees_apart, created_by, created_at, expires_at
        ) VALUES (
            :key_id, :secret_hash, :name, :everywhere, :sees_apart, :created_by, :created_at, :expires_at
        )
        """,
        {
            "key_id": key.key_id,
            "secret_hash": secret_hash,
            "name": key.name,
            "everywhere": int(key.everywhere),
            "sees_apart": int(key.sees_apart),
            "created_by": key.created_by,
            "created_at": key.created_at,
            "expires_at": key.expires_at,
        },
    )


def insert_neighbourhood(connection: sqlite3.Connection, *, key_id: str, neighbourhood_id: str) -> None:
    """Let a key reach a neighbourhood."""
    connection.execute(
        "INSERT INTO api_key_neighbourhoods (key_id, neighbourhood_id) VALUES (:key_id, :neighbourhood_id)",
        {"key_id": key_id, "neighbourhood_id": neighbourhood_id},
    )


def key_by_hash(connection: sqlite3.Connection, *, secret_hash: str) -> ApiKey | None:
    """Find a key by the hash of its secret."""
    row = connection.execute(
        """
        SELECT key_id, name, everywhere, sees_apart, created_by, created_at, expires_at, last_used_at, revoked_at,
               EXISTS (SELECT 1 FROM people WHERE people.person_id = api_keys.created_by
                          AND people.role = 'administrator' AND people.ended_at IS NULL) AS maker_administers
          FROM api_keys WHERE secret_hash = :secret_hash
        """,
        {"secret_hash": secret_hash},
    ).fetchone()
    return None if row is None else _key(row)


def key_by_id(connection: sqlite3.Connection, *, key_id: str) -> ApiKey | None:
    """Find a key by its id."""
    row = connection.execute(
        """
        SELECT key_id, name, everywhere, sees_apart, created_by, created_at, expires_at, last_used_at, revoked_at,
               EXISTS (SELECT 1 FROM people WHERE people.person_id = api_keys.created_by
                          AND people.role = 'administrator' AND people.ended_at IS NULL) AS maker_administers
          FROM api_keys WHERE key_id = :key_id
        """,
        {"key_id": key_id},
    ).fetchone()
    return None if row is None else _key(row)


def all_keys(connection: sqlite3.Connection) -> list[ListedKey]:
    """List every key, those that work first, then the newest first."""
    rows = connection.execute(
        """
        SELECT key_id, api_keys.name, api_keys.everywhere, sees_apart, created_by, api_keys.created_at, expires_at,
               last_used_at, revoked_at, people.name AS maker,
               people.role = 'administrator' AND people.ended_at IS NULL AS maker_administers
          FROM api_keys JOIN people ON people.person_id = api_keys.created_by
         ORDER BY revoked_at IS NOT NULL, api_keys.created_at DESC, key_id
        """
    ).fetchall()
    places: dict[str, list[str]] = {}
    for place in connection.execute(
        """
        SELECT key_id, neighbourhoods.name
          FROM api_key_neighbourhoods JOIN neighbourhoods USING (neighbourhood_id)
         ORDER BY key_id, neighbourhoods.name
        """
    ):
        places.setdefault(place["key_id"], []).append(place["name"])
    return [
        ListedKey(key=_key(row), maker=row["maker"], neighbourhoods=tuple(places.get(row["key_id"], [])))
        for row in rows
    ]


def revoke_key(connection: sqlite3.Connection, *, key_id: str, now: str) -> str | None:
    """End a key; give its name, None when no such key works."""
    row = connection.execute(
        "UPDATE api_keys SET revoked_at = :now WHERE key_id = :key_id AND revoked_at IS NULL RETURNING name",
        {"key_id": key_id, "now": now},
    ).fetchone()
    return None if row is None else str(row["name"])


def touch_key(connection: sqlite3.Connection, *, key_id: str, now: str) -> None:
    """Note that a key was used."""
    connection.execute("UPDATE api_keys SET last_used_at = :now WHERE key_id = :key_id", {"key_id": key_id, "now": now})


def _key(row: sqlite3.Row) -> ApiKey:
    return ApiKey(
        key_id=row["key_id"],
        name=row["name"],
        everywhere=bool(row["everywhere"]),
        sees_apart=bool(row["sees_apart"]),
        created_by=row["created_by"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        last_used_at=row["last_used_at"],
        revoked_at=row["revoked_at"],
        maker_administers=bool(row["maker_administers"]),
    )
