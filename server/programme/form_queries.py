"""SQL about which published forms are offered: given to phones and printed on posters."""

import sqlite3
from dataclasses import dataclass

__all__ = [
    "HangingPoster",
    "forms_not_offered",
    "hanging_posters",
    "is_offered",
    "is_published",
    "offer",
    "stop_offering",
]


@dataclass(frozen=True, kw_only=True)
class HangingPoster:
    """A poster that takes people in, as long as its form is on offer."""

    form_id: str
    code: str
    venue_id: str
    venue_name: str


def is_offered(connection: sqlite3.Connection, form_id: str) -> bool:
    """Tell whether a form is published and offered, with its newest version open."""
    row = connection.execute(
        """
        SELECT closed_at FROM form_versions
         WHERE form_id = :form_id
           AND NOT EXISTS (SELECT 1 FROM forms_not_offered WHERE forms_not_offered.form_id = :form_id)
         ORDER BY published_at DESC, rowid DESC LIMIT 1
        """,
        {"form_id": form_id},
    ).fetchone()
    return row is not None and row["closed_at"] is None


def is_published(connection: sqlite3.Connection, form_id: str, version: str) -> bool:
    """Tell whether a version of a form was ever published here."""
    row = connection.execute(
        "SELECT 1 FROM form_versions WHERE form_id = :form_id AND version = :version",
        {"form_id": form_id, "version": version},
    ).fetchone()
    return row is not None


def hanging_posters(connection: sqlite3.Connection, *, reader: str, now: str) -> list[HangingPoster]:
    """List the posters that are neither closed nor replaced nor at their end, by venue."""
    rows = connection.execute(
        """
        SELECT posters.form_id, posters.code, posters.venue_id, venues.name AS venue_name
          FROM posters JOIN venues USING (venue_id)
         WHERE posters.closed_at IS NULL AND venues.closed_at IS NULL AND posters.replaced_by IS NULL
           AND posters.expires_at > :now
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', venues.neighbourhood_id))
         ORDER BY venues.name COLLATE names, posters.code
        """,
        {"reader": reader, "now": now},
    )
    return [HangingPoster(**row) for row in rows]


def forms_not_offered(connection: sqlite3.Connection) -> frozenset[str]:
    """List the forms that are published, but not offered."""
    rows = connection.execute("SELECT form_id FROM forms_not_offered ORDER BY form_id")
    return frozenset(row["form_id"] for row in rows)


def stop_offering(connection: sqlite3.Connection, form_id: str, *, now: str) -> bool:
    """Offer a form no longer; False when it was not offered. Answers to it are still taken in."""
    stopped = connection.execute(
        "INSERT INTO forms_not_offered (form_id, since) VALUES (:form_id, :now) ON CONFLICT (form_id) DO NOTHING",
        {"form_id": form_id, "now": now},
    )
    return stopped.rowcount == 1


def offer(connection: sqlite3.Connection, form_id: str) -> bool:
    """Offer a form again; False when it was offered all along."""
    begun = connection.execute("DELETE FROM forms_not_offered WHERE form_id = :form_id", {"form_id": form_id})
    return begun.rowcount == 1
