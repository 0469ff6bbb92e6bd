"""SQL of files of assets: as drafts of whoever brought them, and once they are imported."""

import sqlite3
from dataclasses import dataclass

__all__ = ["Draft", "draft", "forget_old_drafts", "mark_imported", "put_columns", "put_draft", "used_since"]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A file that somebody brought; `body` is None once it is imported, `columns` is a JSON array of meanings."""

    import_id: str
    neighbourhood_id: str
    person_id: str
    file_name: str
    body: str | None
    columns: str
    begun_at: str
    imported_at: str | None
    step_id: str | None


def put_draft(connection: sqlite3.Connection, draft: Draft, *, reader: str) -> bool:
    """Keep a draft for a neighbourhood within reach."""
    kept = connection.execute(
        """
        INSERT INTO asset_imports (import_id, neighbourhood_id, person_id, file_name, body, columns, begun_at)
        SELECT :import_id, neighbourhoods.neighbourhood_id, :person_id, :file_name, :body, :columns, :begun_at
          FROM neighbourhoods
         WHERE neighbourhoods.neighbourhood_id = :neighbourhood_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))
        """,
        {**vars(draft), "reader": reader},
    )
    return kept.rowcount == 1


def draft(connection: sqlite3.Connection, import_id: str, *, reader: str) -> Draft | None:
    """Find a file: a draft for whoever brought it, one that is imported for everybody within reach."""
    row = connection.execute(
        """
        SELECT import_id, neighbourhood_id, person_id, file_name, body, columns, begun_at, imported_at, step_id
          FROM asset_imports
         WHERE import_id = :import_id AND (imported_at IS NOT NULL OR person_id = :reader)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', asset_imports.neighbourhood_id))
        """,
        {"import_id": import_id, "reader": reader},
    ).fetchone()
    return None if row is None else Draft(**row)


def put_columns(connection: sqlite3.Connection, import_id: str, *, columns: str, reader: str) -> None:
    """Keep what the columns of a draft mean."""
    connection.execute(
        """
        UPDATE asset_imports SET columns = :columns
         WHERE import_id = :import_id AND person_id = :reader AND imported_at IS NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', asset_imports.neighbourhood_id))
        """,
        {"import_id": import_id, "columns": columns, "reader": reader},
    )


def mark_imported(connection: sqlite3.Connection, import_id: str, *, step_id: str, now: str, reader: str) -> bool:
    """Note that a draft is imported, and let its text go; False when it was imported before."""
    marked = connection.execute(
        """
        UPDATE asset_imports SET imported_at = :now, step_id = :step_id, body = NULL
         WHERE import_id = :import_id AND person_id = :reader AND imported_at IS NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', asset_imports.neighbourhood_id))
        """,
        {"import_id": import_id, "step_id": step_id, "now": now, "reader": reader},
    )
    return marked.rowcount == 1


def forget_old_drafts(connection: sqlite3.Connection, *, before: str) -> None:
    """Forget the files, whoever brought them, that nobody imported in time."""
    connection.execute("DELETE FROM asset_imports WHERE imported_at IS NULL AND begun_at < :before", {"before": before})


def used_since(connection: sqlite3.Connection, import_id: str, *, reader: str) -> list[str]:
    """List the assets of an import that have mentions, are merged or were changed since: undoing leaves them."""
    rows = connection.execute(
        """
        SELECT assets.asset_id
          FROM assets
         WHERE assets.import_id = :import_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', assets.neighbourhood_id))
           AND (assets.merged_into IS NOT NULL
                OR EXISTS (SELECT 1 FROM placements WHERE placements.asset_id = assets.asset_id)
                OR EXISTS (SELECT 1 FROM assets AS one WHERE one.merged_into = assets.asset_id)
                OR (SELECT COUNT(*) FROM asset_step_subjects WHERE asset_step_subjects.asset_id = assets.asset_id) > 1)
         ORDER BY assets.asset_id
        """,
        {"import_id": import_id, "reader": reader},
    )
    return [row["asset_id"] for row in rows]
