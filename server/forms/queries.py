"""SQL about published forms: their versions, logics and texts."""

import sqlite3
from dataclasses import dataclass

__all__ = [
    "FormVersion",
    "TextPack",
    "close_version",
    "current_texts",
    "delete_text",
    "form_version",
    "insert_logic",
    "insert_version",
    "latest_open_versions",
    "log_forms_change",
    "logic",
    "put_text",
    "put_text_pack",
    "text_pack_body",
    "versions",
]


@dataclass(frozen=True, kw_only=True)
class FormVersion:
    """One published version; times are ISO 8601 UTC text with a Z."""

    form_id: str
    version: str
    logic_sha: str
    default_lang: str
    source_name: str
    published_at: str
    closed_at: str | None


@dataclass(frozen=True, kw_only=True)
class TextPack:
    """The words of a form version in one language, without its body."""

    lang: str
    autonym: str
    sha256: str
    draft: bool
    title: str


def insert_logic(connection: sqlite3.Connection, *, sha256: str, body: str) -> None:
    """Keep a logic; one that is there already is the same by its name."""
    connection.execute(
        "INSERT INTO logics (sha256, body) VALUES (:sha256, :body) ON CONFLICT DO NOTHING",
        {"sha256": sha256, "body": body},
    )


def logic(connection: sqlite3.Connection, *, sha256: str) -> str | None:
    """Find the text of a logic."""
    row = connection.execute("SELECT body FROM logics WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    return None if row is None else str(row["body"])


def insert_version(connection: sqlite3.Connection, version: FormVersion, *, xform: str) -> None:
    """Keep a new version of a form."""
    connection.execute(
        """
        INSERT INTO form_versions (
            form_id, version, logic_sha, default_lang, xform, source_name, published_at, closed_at
        ) VALUES (:form_id, :version, :logic_sha, :default_lang, :xform, :source_name, :published_at, :closed_at)
        """,
        {**vars(version), "xform": xform},
    )


def form_version(connection: sqlite3.Connection, *, form_id: str, version: str) -> FormVersion | None:
    """Find one version of a form."""
    row = connection.execute(
        """
        SELECT form_id, version, logic_sha, default_lang, source_name, published_at, closed_at
        FROM form_versions WHERE form_id = :form_id AND version = :version
        """,
        {"form_id": form_id, "version": version},
    ).fetchone()
    return None if row is None else FormVersion(**row)


def versions(connection: sqlite3.Connection) -> list[FormVersion]:
    """List every version of every form, the newest of each form first."""
    rows = connection.execute(
        """
        SELECT form_id, version, logic_sha, default_lang, source_name, published_at, closed_at
        FROM form_versions ORDER BY form_id, published_at DESC, rowid DESC
        """
    )
    return [FormVersion(**row) for row in rows]


def latest_open_versions(connection: sqlite3.Connection) -> list[FormVersion]:
    """List the newest version of each form, leaving out forms whose newest version is closed."""
    rows = connection.execute(
        """
        SELECT form_id, version, logic_sha, default_lang, source_name, published_at, closed_at
        FROM form_versions
        WHERE closed_at IS NULL AND rowid = (
            SELECT newest.rowid FROM form_versions AS newest WHERE newest.form_id = form_versions.form_id
            ORDER BY newest.published_at DESC, newest.rowid DESC LIMIT 1
        )
        ORDER BY form_id
        """
    )
    return [FormVersion(**row) for row in rows]


def close_version(connection: sqlite3.Connection, *, form_id: str, version: str, now: str) -> bool:
    """Close a version that is open; False when there is no such one."""
    closed = connection.execute(
        """
        UPDATE form_versions SET closed_at = :now
        WHERE form_id = :form_id AND version = :version AND closed_at IS NULL
        """,
        {"form_id": form_id, "version": version, "now": now},
    )
    return closed.rowcount == 1


def put_text_pack(connection: sqlite3.Connection, pack: TextPack, *, form_id: str, version: str, body: str) -> None:
    """Keep a text pack; for one that is there, whether a person has reviewed it may change."""
    connection.execute(
        """
        INSERT INTO text_packs (sha256, form_id, version, lang, autonym, title, draft, body)
        VALUES (:sha256, :form_id, :version, :lang, :autonym, :title, :draft, :body)
        ON CONFLICT (sha256) DO UPDATE SET draft = excluded.draft, autonym = excluded.autonym
        """,
        {**vars(pack), "form_id": form_id, "version": version, "body": body},
    )


def text_pack_body(connection: sqlite3.Connection, *, sha256: str) -> str | None:
    """Find the text of a text pack."""
    row = connection.execute("SELECT body FROM text_packs WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    return None if row is None else str(row["body"])


def put_text(connection: sqlite3.Connection, *, form_id: str, version: str, lang: str, sha256: str, now: str) -> None:
    """Make a text pack the current one of its language."""
    connection.execute(
        """
        INSERT INTO form_texts (form_id, version, lang, sha256, published_at)
        VALUES (:form_id, :version, :lang, :sha256, :now)
        ON CONFLICT (form_id, version, lang) DO UPDATE SET
            sha256 = excluded.sha256, published_at = excluded.published_at
        WHERE sha256 <> excluded.sha256
        """,
        {"form_id": form_id, "version": version, "lang": lang, "sha256": sha256, "now": now},
    )


def delete_text(connection: sqlite3.Connection, *, form_id: str, version: str, lang: str) -> None:
    """Offer a language no longer; its packs stay, since responses name them."""
    connection.execute(
        "DELETE FROM form_texts WHERE form_id = :form_id AND version = :version AND lang = :lang",
        {"form_id": form_id, "version": version, "lang": lang},
    )


def current_texts(connection: sqlite3.Connection, *, form_id: str, version: str) -> list[TextPack]:
    """List the current text packs of a form version by language."""
    rows = connection.execute(
        """
        SELECT text_packs.lang, autonym, text_packs.sha256, draft, title
        FROM form_texts JOIN text_packs USING (sha256)
        WHERE form_texts.form_id = :form_id AND form_texts.version = :version
        ORDER BY text_packs.lang
        """,
        {"form_id": form_id, "version": version},
    )
    return [TextPack(**{**row, "draft": bool(row["draft"])}) for row in rows]


def log_forms_change(connection: sqlite3.Connection, *, subject: str, now: str) -> None:
    """Tell the feed that forms have changed."""
    connection.execute(
        "INSERT INTO log (kind, subject, logged_at) VALUES ('forms', :subject, :now)",
        {"subject": subject, "now": now},
    )
