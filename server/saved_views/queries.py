"""SQL of saved views. A view that names a neighbourhood, or a venue of one, is there for those who reach that."""

import sqlite3

from server.saved_views.rules import SavedView

__all__ = [
    "begin_with",
    "begin_with_none",
    "count_own",
    "delete_view",
    "insert_view",
    "neighbourhood_of_venue",
    "start_query",
    "view_by_id",
    "views_of",
]


def views_of(connection: sqlite3.Connection, *, reader: str) -> list[SavedView]:
    """List the views that a person sees: their own and the team's, by name."""
    rows = connection.execute(
        """
        SELECT saved_views.view_id, saved_views.owner_id, saved_views.name, saved_views.query, saved_views.team,
               saved_views.owner_id = :reader AS own, start_views.view_id IS NOT NULL AS is_start
          FROM saved_views
          LEFT JOIN start_views ON start_views.view_id = saved_views.view_id AND start_views.person_id = :reader
         WHERE (saved_views.team = 1 OR saved_views.owner_id = :reader)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND (saved_views.neighbourhood_id IS NULL
                               OR reach.neighbourhood_id IN ('*', saved_views.neighbourhood_id)))
         ORDER BY saved_views.name COLLATE names, saved_views.view_id
        """,
        {"reader": reader},
    )
    return [_view(row) for row in rows]


def view_by_id(connection: sqlite3.Connection, view_id: str, *, reader: str) -> SavedView | None:
    """Find one view that a person sees."""
    row = connection.execute(
        """
        SELECT saved_views.view_id, saved_views.owner_id, saved_views.name, saved_views.query, saved_views.team,
               saved_views.owner_id = :reader AS own, start_views.view_id IS NOT NULL AS is_start
          FROM saved_views
          LEFT JOIN start_views ON start_views.view_id = saved_views.view_id AND start_views.person_id = :reader
         WHERE saved_views.view_id = :view_id AND (saved_views.team = 1 OR saved_views.owner_id = :reader)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND (saved_views.neighbourhood_id IS NULL
                               OR reach.neighbourhood_id IN ('*', saved_views.neighbourhood_id)))
        """,
        {"view_id": view_id, "reader": reader},
    ).fetchone()
    return None if row is None else _view(row)


def start_query(connection: sqlite3.Connection, *, reader: str) -> str | None:
    """Give the query of the view that a person's list begins with, while they see that view."""
    row = connection.execute(
        """
        SELECT saved_views.query
          FROM start_views
          JOIN saved_views USING (view_id)
         WHERE start_views.person_id = :reader AND (saved_views.team = 1 OR saved_views.owner_id = :reader)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND (saved_views.neighbourhood_id IS NULL
                               OR reach.neighbourhood_id IN ('*', saved_views.neighbourhood_id)))
        """,
        {"reader": reader},
    ).fetchone()
    return None if row is None else str(row["query"])


def count_own(connection: sqlite3.Connection, *, owner: str) -> int:
    """Count the views that a person has saved."""
    row = connection.execute(
        "SELECT COUNT(*) AS views FROM saved_views WHERE owner_id = :owner", {"owner": owner}
    ).fetchone()
    return int(row["views"])


def neighbourhood_of_venue(connection: sqlite3.Connection, venue_id: str, *, reader: str) -> str | None:
    """Name the neighbourhood of a venue in reach."""
    row = connection.execute(
        """
        SELECT neighbourhood_id FROM venues
         WHERE venue_id = :venue_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
        """,
        {"venue_id": venue_id, "reader": reader},
    ).fetchone()
    return None if row is None else str(row["neighbourhood_id"])


def insert_view(connection: sqlite3.Connection, view: SavedView, *, neighbourhood_id: str | None, now: str) -> None:
    """Keep a view; a neighbourhood that is not there, or not in its owner's reach, is not kept beside it."""
    connection.execute(
        """
        INSERT INTO saved_views (view_id, owner_id, name, query, team, neighbourhood_id, saved_at)
        VALUES (:view_id, :owner_id, :name, :query, :team,
                (SELECT neighbourhood_id FROM neighbourhoods
                  WHERE neighbourhood_id = :neighbourhood_id
                    AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :owner_id
                                   AND reach.neighbourhood_id IN ('*', neighbourhoods.neighbourhood_id))), :now)
        """,
        {
            "view_id": view.view_id,
            "owner_id": view.owner_id,
            "name": view.name,
            "query": view.query,
            "team": int(view.team),
            "neighbourhood_id": neighbourhood_id,
            "now": now,
        },
    )


def delete_view(connection: sqlite3.Connection, view_id: str) -> None:
    """Delete a view, for everybody; lists that began with it begin with all responses again."""
    connection.execute("DELETE FROM saved_views WHERE view_id = :view_id", {"view_id": view_id})


def begin_with(connection: sqlite3.Connection, *, person_id: str, view_id: str) -> None:
    """Begin a person's list with a view."""
    connection.execute(
        """
        INSERT INTO start_views (person_id, view_id) VALUES (:person_id, :view_id)
            ON CONFLICT (person_id) DO UPDATE SET view_id = excluded.view_id
        """,
        {"person_id": person_id, "view_id": view_id},
    )


def begin_with_none(connection: sqlite3.Connection, *, person_id: str) -> None:
    """Begin a person's list with all responses."""
    connection.execute("DELETE FROM start_views WHERE person_id = :person_id", {"person_id": person_id})


def _view(row: sqlite3.Row) -> SavedView:
    flags = {name: bool(row[name]) for name in ("team", "own", "is_start")}
    return SavedView(**{**dict(row), **flags})
