"""SQL about published forms as their makers see them: versions, their languages, and how often they were answered."""

import sqlite3
from dataclasses import dataclass

__all__ = ["VersionInUse", "reopen_version", "versions_in_use", "xform_of"]


@dataclass(frozen=True, kw_only=True)
class VersionInUse:
    """A published version; times are ISO 8601 UTC text with a Z. ``responses`` are those within the reader's reach."""

    form_id: str
    version: str
    logic_sha: str
    default_lang: str
    source_name: str
    published_at: str
    closed_at: str | None
    languages: int
    drafts: int
    responses: int


def versions_in_use(connection: sqlite3.Connection, *, reader: str, form_id: str | None = None) -> list[VersionInUse]:
    """List the versions of a form, or of all, the newest of each form first."""
    rows = connection.execute(
        """
        SELECT form_versions.form_id, form_versions.version, logic_sha, default_lang, source_name,
               form_versions.published_at, closed_at,
               (SELECT COUNT(*) FROM form_texts
                 WHERE form_texts.form_id = form_versions.form_id
                   AND form_texts.version = form_versions.version) AS languages,
               (SELECT COUNT(*) FROM form_texts JOIN text_packs USING (sha256)
                 WHERE form_texts.form_id = form_versions.form_id
                   AND form_texts.version = form_versions.version AND text_packs.draft = 1) AS drafts,
               (SELECT COUNT(*) FROM responses
                 WHERE responses.form_id = form_versions.form_id AND responses.version = form_versions.version
                   AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                                  AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))) AS responses
          FROM form_versions
         WHERE :form_id IS NULL OR form_versions.form_id = :form_id
         ORDER BY form_versions.form_id, form_versions.published_at DESC, form_versions.rowid DESC
        """,
        {"reader": reader, "form_id": form_id},
    )
    return [VersionInUse(**row) for row in rows]


def xform_of(connection: sqlite3.Connection, *, form_id: str, version: str) -> str | None:
    """Give the XForm that a version was compiled from."""
    row = connection.execute(
        "SELECT xform FROM form_versions WHERE form_id = :form_id AND version = :version",
        {"form_id": form_id, "version": version},
    ).fetchone()
    return None if row is None else str(row["xform"])


def reopen_version(connection: sqlite3.Connection, *, form_id: str, version: str) -> bool:
    """Take responses to a closed version again; False when it was not closed."""
    opened = connection.execute(
        """
        UPDATE form_versions SET closed_at = NULL
         WHERE form_id = :form_id AND version = :version AND closed_at IS NOT NULL
        """,
        {"form_id": form_id, "version": version},
    )
    return opened.rowcount == 1
