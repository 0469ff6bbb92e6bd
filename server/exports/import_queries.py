"""SQL that takes responses back in: what is here already, and decisions with who made them."""

import json
import sqlite3
from collections.abc import Collection

from server.exports.record_queries import ReviewRow

__all__ = [
    "content_of",
    "ensure_person",
    "has_review",
    "has_revision",
    "insert_review",
    "is_erased",
    "is_named_elsewhere",
    "newest_decision_at",
]


def has_revision(connection: sqlite3.Connection, *, rev: str) -> bool:
    """Tell whether a revision is here."""
    return connection.execute("SELECT 1 FROM revisions WHERE rev = :rev", {"rev": rev}).fetchone() is not None


def has_review(connection: sqlite3.Connection, *, review_id: str) -> bool:
    """Tell whether a decision is here."""
    row = connection.execute("SELECT 1 FROM reviews WHERE review_id = :review_id", {"review_id": review_id})
    return row.fetchone() is not None


def newest_decision_at(connection: sqlite3.Connection, *, response_id: str) -> str:
    """Tell when the newest decision about a response was made; '' where there is none."""
    row = connection.execute(
        "SELECT COALESCE(MAX(at), '') AS newest FROM reviews WHERE response_id = :response_id",
        {"response_id": response_id},
    ).fetchone()
    return str(row["newest"])


def is_erased(connection: sqlite3.Connection, *, response_id: str) -> bool:
    """Tell whether a response was erased altogether, so that no words about it are kept."""
    row = connection.execute(
        """
        SELECT 1 FROM revisions
         WHERE response_id = :response_id AND kind = 'erase'
           AND NOT EXISTS (SELECT 1 FROM revision_parts WHERE revision_parts.rev = revisions.rev)
        """,
        {"response_id": response_id},
    ).fetchone()
    return row is not None


def content_of(connection: sqlite3.Connection, *, response_id: str) -> set[str]:
    """Name the texts and files of a response, of all its revisions that are here."""
    rows = connection.execute(
        """
        SELECT json_extract(one.value, '$.sha256') AS sha256
          FROM revisions, json_each(revisions.header, '$.parts') AS one
         WHERE revisions.response_id = :response_id
        UNION
        SELECT json_extract(one.value, '$.sha256')
          FROM revisions, json_each(revisions.header, '$.attachments') AS one
         WHERE revisions.response_id = :response_id
        """,
        {"response_id": response_id},
    )
    return {row["sha256"] for row in rows}


def is_named_elsewhere(connection: sqlite3.Connection, *, names: Collection[str], response_id: str) -> bool:
    """Tell whether another response names any of these texts and files, in a revision that is not erased."""
    row = connection.execute(
        """
        WITH erased AS (
            SELECT response_id, MAX(revisions.seq) AS until FROM log JOIN revisions USING (seq)
            WHERE log.kind <> 'revision' AND log.kind = 'erase' AND json_extract(header, '$.erases.everything')
            GROUP BY response_id
        )
        SELECT 1
          FROM (SELECT rev, sha256 FROM revision_parts UNION ALL SELECT rev, sha256 FROM revision_attachments) AS other
          JOIN revisions AS theirs USING (rev)
          LEFT JOIN erased USING (response_id)
         WHERE other.sha256 IN (SELECT value FROM json_each(:names)) AND theirs.response_id <> :response_id
           AND theirs.seq > COALESCE(erased.until, 0)
        """,
        {"names": json.dumps(sorted(names)), "response_id": response_id},
    ).fetchone()
    return row is not None


def ensure_person(connection: sqlite3.Connection, *, person_id: str, name: str, now: str) -> None:
    """Keep who decided; somebody who is not here gets no access by that, and no password proves them."""
    connection.execute(
        """
        INSERT INTO people (
            person_id, sign_in_name, name, password_hash, role, created_at, everywhere, ended_at
        ) VALUES (:person_id, 'imported ' || :person_id, :name, '', 'viewer', :now, 0, :now)
        ON CONFLICT DO NOTHING
        """,
        {"person_id": person_id, "name": name, "now": now},
    )


def insert_review(connection: sqlite3.Connection, row: ReviewRow, *, seq: int) -> None:
    """Keep a decision; what it took back is named only if that is here."""
    connection.execute(
        """
        INSERT INTO reviews (review_id, seq, response_id, rev, action, reason, person_id, at, undoes)
        VALUES (:review_id, :seq, :response_id, :rev, :action, :reason, :person_id, :at,
                (SELECT review_id FROM reviews WHERE review_id = :undoes))
        """,
        {
            "review_id": row.review_id,
            "seq": seq,
            "response_id": row.response_id,
            "rev": row.rev,
            "action": row.action,
            "reason": row.reason,
            "person_id": row.person_id,
            "at": row.at,
            "undoes": row.undoes,
        },
    )
