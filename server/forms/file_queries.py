"""SQL about the files of published forms: their lists and their media."""

import sqlite3
from dataclasses import dataclass

__all__ = [
    "Media",
    "PublishedList",
    "all_lists",
    "current_lists",
    "end_other_lists",
    "list_body",
    "media",
    "pin_media",
    "put_list",
    "put_list_body",
    "put_media",
]


@dataclass(frozen=True, kw_only=True)
class PublishedList:
    """The current rows of a list of a form version, without its body."""

    list_id: str
    file: str
    sha256: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class Media:
    """An image, a sound or a video; ``type`` is its media type."""

    type: str
    body: bytes


def put_list_body(connection: sqlite3.Connection, *, sha256: str, rows: int, body: str) -> None:
    """Keep a list blob; one that is there already is the same by its name."""
    connection.execute(
        "INSERT INTO list_blobs (sha256, rows, body) VALUES (:sha256, :rows, :body) ON CONFLICT DO NOTHING",
        {"sha256": sha256, "rows": rows, "body": body},
    )


def end_other_lists(
    connection: sqlite3.Connection, one: PublishedList, *, form_id: str, version: str, now: str
) -> None:
    """Let no other blob than ``one`` be current for its list; the others stay, since answers chose from them."""
    connection.execute(
        """
        UPDATE form_lists SET replaced_at = :now
        WHERE form_id = :form_id AND version = :version AND list_id = :list_id AND sha256 <> :sha256
          AND replaced_at IS NULL
        """,
        {"list_id": one.list_id, "sha256": one.sha256, "form_id": form_id, "version": version, "now": now},
    )


def put_list(connection: sqlite3.Connection, one: PublishedList, *, form_id: str, version: str, now: str) -> None:
    """Make a blob the current one of a list; no other one of that list may be current."""
    connection.execute(
        """
        INSERT INTO form_lists (form_id, version, list_id, sha256, file, published_at)
        VALUES (:form_id, :version, :list_id, :sha256, :file, :now)
        ON CONFLICT (form_id, version, list_id, sha256) DO UPDATE SET
            replaced_at = NULL, file = excluded.file, published_at = excluded.published_at
        WHERE replaced_at IS NOT NULL OR file <> excluded.file
        """,
        {
            "list_id": one.list_id,
            "sha256": one.sha256,
            "file": one.file,
            "form_id": form_id,
            "version": version,
            "now": now,
        },
    )


def current_lists(connection: sqlite3.Connection, *, form_id: str, version: str) -> list[PublishedList]:
    """List what a form version has for its lists from files, by the list's id."""
    rows = connection.execute(
        """
        SELECT list_id, file, sha256, rows FROM form_lists JOIN list_blobs USING (sha256)
        WHERE form_id = :form_id AND version = :version AND replaced_at IS NULL
        ORDER BY list_id
        """,
        {"form_id": form_id, "version": version},
    )
    return [PublishedList(**row) for row in rows]


def all_lists(connection: sqlite3.Connection, *, logic_sha: str) -> list[tuple[str, str]]:
    """Give every list that a logic was ever published with, as list id and blob: the current first, then the newest."""
    rows = connection.execute(
        """
        SELECT list_id, body FROM form_lists JOIN list_blobs USING (sha256) JOIN form_versions USING (form_id, version)
        WHERE logic_sha = :logic_sha
        ORDER BY list_id, replaced_at IS NOT NULL, form_lists.published_at DESC, sha256
        """,
        {"logic_sha": logic_sha},
    )
    return [(row["list_id"], row["body"]) for row in rows]


def list_body(connection: sqlite3.Connection, *, sha256: str) -> str | None:
    """Find the text of a list blob."""
    row = connection.execute("SELECT body FROM list_blobs WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    return None if row is None else str(row["body"])


def put_media(connection: sqlite3.Connection, one: Media, *, sha256: str) -> None:
    """Keep a media file; one that is there already is the same by its name."""
    connection.execute(
        "INSERT INTO media_files (sha256, type, body) VALUES (:sha256, :type, :body) ON CONFLICT DO NOTHING",
        {"sha256": sha256, "type": one.type, "body": one.body},
    )


def pin_media(connection: sqlite3.Connection, *, pack: str, name: str, sha256: str) -> None:
    """Say that a text pack shows a media file; a pack never changes, so what is there already is the same."""
    connection.execute(
        "INSERT INTO text_pack_media (pack, name, sha256) VALUES (:pack, :name, :sha256) ON CONFLICT DO NOTHING",
        {"pack": pack, "name": name, "sha256": sha256},
    )


def media(connection: sqlite3.Connection, *, sha256: str) -> Media | None:
    """Find a media file."""
    row = connection.execute("SELECT type, body FROM media_files WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    return None if row is None else Media(**row)
