"""SQL about what was set aside: letting it in, rejecting it for good, putting it back in the list.

What lies outside of the reader's reach is as if it were not there.
"""

import sqlite3
from dataclasses import dataclass

__all__ = [
    "Aside",
    "Rejection",
    "aside",
    "delete_rejection",
    "erased_whole",
    "forms_logic",
    "insert_rejection",
    "is_complete",
    "is_place_known",
    "let_in",
    "others_of_response",
    "rejections_of_response",
]


@dataclass(frozen=True, kw_only=True)
class Aside:
    """A revision that is set aside, and why; ``device_id`` is whose token brought it."""

    rev: str
    seq: int
    header: str
    response_id: str
    device_id: str
    neighbourhood_id: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """Who decided that a revision stays set aside for good, when and why."""

    rev: str
    reason: str
    name: str
    at: str


def aside(connection: sqlite3.Connection, response_id: str, rev: str, *, reader: str) -> Aside | None:
    """Find a revision that is set aside."""
    row = connection.execute(
        """
        SELECT rev, seq, header, response_id, device_id, neighbourhood_id, quarantined_why AS why
          FROM revisions
         WHERE rev = :rev AND response_id = :response_id AND quarantined_why IS NOT NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
        """,
        {"rev": rev, "response_id": response_id, "reader": reader},
    ).fetchone()
    return None if row is None else Aside(**row)


def others_of_response(connection: sqlite3.Connection, response_id: str) -> list[tuple[str, str]]:
    """List neighbourhood and device of each version of a response that counts, oldest first; asked by the rules."""
    rows = connection.execute(
        """
        SELECT neighbourhood_id, device_id FROM revisions
         WHERE response_id = :response_id AND quarantined_why IS NULL AND origin <> 'console'
         ORDER BY seq
        """,
        {"response_id": response_id},
    )
    return [(row["neighbourhood_id"], row["device_id"]) for row in rows]


def forms_logic(connection: sqlite3.Connection, *, form_id: str, version: str) -> str | None:
    """Give the logic of a published form version."""
    row = connection.execute(
        "SELECT logic_sha FROM form_versions WHERE form_id = :form_id AND version = :version",
        {"form_id": form_id, "version": version},
    ).fetchone()
    return None if row is None else str(row["logic_sha"])


def is_place_known(connection: sqlite3.Connection, neighbourhood_id: str) -> bool:
    """Tell whether there is a neighbourhood of that id."""
    row = connection.execute(
        "SELECT 1 FROM neighbourhoods WHERE neighbourhood_id = :neighbourhood_id",
        {"neighbourhood_id": neighbourhood_id},
    ).fetchone()
    return row is not None


def is_complete(connection: sqlite3.Connection, rev: str, *, parts: int) -> bool:
    """Tell whether the texts of so many parts of a revision are here."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS here FROM revision_parts JOIN parts USING (sha256)
         WHERE revision_parts.rev = :rev AND parts.body IS NOT NULL
        """,
        {"rev": rev},
    ).fetchone()
    return int(row["here"]) == parts


def erased_whole(connection: sqlite3.Connection, response_id: str) -> bool:
    """Tell whether everything of a response was erased once."""
    row = connection.execute(
        """
        SELECT 1 FROM revisions
         WHERE response_id = :response_id AND kind = 'erase' AND origin = 'console'
           AND json_extract(header, '$.erases.everything')
        """,
        {"response_id": response_id},
    ).fetchone()
    return row is not None


def let_in(connection: sqlite3.Connection, rev: str, *, reader: str) -> bool:
    """Let a revision count from now on; False when it does already, or is out of reach."""
    changed = connection.execute(
        """
        UPDATE revisions SET quarantined_why = NULL
         WHERE rev = :rev AND quarantined_why IS NOT NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
        """,
        {"rev": rev, "reader": reader},
    )
    connection.execute("DELETE FROM set_aside_rejections WHERE rev = :rev", {"rev": rev})
    return changed.rowcount == 1


def insert_rejection(connection: sqlite3.Connection, rev: str, *, reason: str, reader: str, at: str) -> bool:
    """Keep that a revision stays set aside for good; False when that was decided before."""
    inserted = connection.execute(
        """
        INSERT INTO set_aside_rejections (rev, reason, person_id, at)
        SELECT rev, :reason, :reader, :at FROM revisions
         WHERE rev = :rev AND quarantined_why IS NOT NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
        ON CONFLICT (rev) DO NOTHING
        """,
        {"rev": rev, "reason": reason, "reader": reader, "at": at},
    )
    return inserted.rowcount == 1


def delete_rejection(connection: sqlite3.Connection, rev: str, *, reader: str) -> bool:
    """Put a revision back among those that wait for a decision; False when it was there."""
    deleted = connection.execute(
        """
        DELETE FROM set_aside_rejections
         WHERE rev = :rev AND EXISTS (
               SELECT 1 FROM revisions JOIN reach ON reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id)
                WHERE revisions.rev = set_aside_rejections.rev)
        """,
        {"rev": rev, "reader": reader},
    )
    return deleted.rowcount == 1


def rejections_of_response(connection: sqlite3.Connection, response_id: str, *, reader: str) -> dict[str, Rejection]:
    """Give what was rejected for good of a response, by its rev."""
    rows = connection.execute(
        """
        SELECT set_aside_rejections.rev, set_aside_rejections.reason, people.name, set_aside_rejections.at
          FROM set_aside_rejections
          JOIN revisions USING (rev)
          JOIN people USING (person_id)
         WHERE revisions.response_id = :response_id
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
         ORDER BY set_aside_rejections.rev
        """,
        {"response_id": response_id, "reader": reader},
    )
    return {row["rev"]: Rejection(**row) for row in rows}
