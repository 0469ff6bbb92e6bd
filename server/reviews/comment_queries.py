"""SQL of what the team says to each other about a response, and of what happened to it.

`reader` is the id of the person who reads or writes: what lies outside of their reach is as if it were not there.
"""

import sqlite3
from dataclasses import dataclass

__all__ = [
    "Comment",
    "Happening",
    "Version",
    "comments_of_response",
    "decisions_with_names",
    "forget_why_set_aside",
    "forget_words_about",
    "insert_comment",
    "versions_of_response",
    "withdraw_comment",
]


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A comment; ``text`` is '' once it was taken back."""

    comment_id: str
    person_id: str
    name: str
    text: str
    at: str
    withdrawn_at: str | None


@dataclass(frozen=True, kw_only=True)
class Happening:
    """A decision with the name of who made it; ``undoes`` is the id of the one that it took back."""

    review_id: str
    rev: str
    action: str
    reason: str
    name: str
    at: str
    undoes: str | None


@dataclass(frozen=True, kw_only=True)
class Version:
    """One revision of a response, by whom as it says of itself, and when it came.

    ``reason`` is why the team made it; '' of what came from elsewhere. ``undoes``: it puts back what a change took.
    """

    rev: str
    kind: str
    origin: str
    author: str
    reason: str
    undoes: bool
    at: str


def comments_of_response(connection: sqlite3.Connection, response_id: str, *, reader: str) -> list[Comment]:
    """List the comments on a response, the oldest first."""
    rows = connection.execute(
        """
        SELECT comments.comment_id, comments.person_id, people.name, comments.text, comments.at, comments.withdrawn_at
          FROM comments
          JOIN people USING (person_id)
         WHERE comments.response_id = :response_id
           AND EXISTS (SELECT 1 FROM responses JOIN reach ON reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id)
                        WHERE responses.response_id = comments.response_id)
         ORDER BY comments.at, comments.comment_id
        """,
        {"response_id": response_id, "reader": reader},
    )
    return [Comment(**row) for row in rows]


def insert_comment(
    connection: sqlite3.Connection, *, comment_id: str, response_id: str, text: str, at: str, reader: str, most: int
) -> bool:
    """Keep a comment; False when the response is out of reach, has ``most`` comments already, or the id is taken."""
    inserted = connection.execute(
        """
        INSERT INTO comments (comment_id, response_id, person_id, text, at)
        SELECT :comment_id, responses.response_id, :reader, :text, :at
          FROM responses
         WHERE responses.response_id = :response_id
           AND (SELECT COUNT(*) FROM comments WHERE comments.response_id = :response_id) < :most
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        ON CONFLICT (comment_id) DO NOTHING
        """,
        {
            "comment_id": comment_id,
            "response_id": response_id,
            "text": text,
            "at": at,
            "reader": reader,
            "most": most,
        },
    )
    return inserted.rowcount == 1


def withdraw_comment(
    connection: sqlite3.Connection, *, comment_id: str, response_id: str, at: str, reader: str
) -> bool:
    """Take the words of one's own comment away; False when there is none to take back."""
    changed = connection.execute(
        """
        UPDATE comments SET text = '', withdrawn_at = :at
         WHERE comment_id = :comment_id AND response_id = :response_id AND person_id = :reader
           AND withdrawn_at IS NULL
           AND EXISTS (SELECT 1 FROM responses JOIN reach ON reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id)
                        WHERE responses.response_id = comments.response_id)
        """,
        {"comment_id": comment_id, "response_id": response_id, "at": at, "reader": reader},
    )
    return changed.rowcount == 1


def decisions_with_names(connection: sqlite3.Connection, response_id: str, *, reader: str) -> list[Happening]:
    """List what was decided about a response and by whom, the newest first."""
    rows = connection.execute(
        """
        SELECT reviews.review_id, reviews.rev, reviews.action, reviews.reason, people.name, reviews.at, reviews.undoes
          FROM reviews
          JOIN people USING (person_id)
         WHERE reviews.response_id = :response_id
           AND EXISTS (SELECT 1 FROM responses JOIN reach ON reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id)
                        WHERE responses.response_id = reviews.response_id)
         ORDER BY reviews.seq DESC
        """,
        {"response_id": response_id, "reader": reader},
    )
    return [Happening(**row) for row in rows]


def versions_of_response(connection: sqlite3.Connection, response_id: str, *, reader: str) -> list[Version]:
    """List the revisions of a response, the newest first, leaving out what is set aside."""
    rows = connection.execute(
        """
        SELECT revisions.rev, revisions.kind, revisions.origin,
               json_extract(revisions.header, '$.author') AS author,
               COALESCE(CASE WHEN revisions.kind = 'erase' THEN json_extract(revisions.header, '$.erases.reason')
                             WHEN revisions.origin = 'console' THEN json_extract(revisions.header, '$.reason') END, '')
                   AS reason,
               json_extract(revisions.header, '$.undoes') IS NOT NULL AS undoes, revisions.received_at AS at
          FROM revisions
         WHERE revisions.response_id = :response_id AND revisions.quarantined_why IS NULL
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id))
         ORDER BY revisions.seq DESC
        """,
        {"response_id": response_id, "reader": reader},
    )
    return [Version(**{**row, "undoes": bool(row["undoes"])}) for row in rows]


def forget_words_about(connection: sqlite3.Connection, *, response_id: str, now: str) -> None:
    """Take away what the team wrote about a response whose answers are erased: comments and reasons may repeat them.

    Also why assets were changed by what it said.
    """
    connection.execute(
        """
        UPDATE comments SET text = '', withdrawn_at = COALESCE(withdrawn_at, :now)
         WHERE response_id = :response_id
        """,
        {"response_id": response_id, "now": now},
    )
    connection.execute("UPDATE reviews SET reason = '' WHERE response_id = :response_id", {"response_id": response_id})
    connection.execute(
        "UPDATE asset_steps SET reason = '' WHERE reason <> '' AND instr(changes, :response_id) > 0",
        {"response_id": response_id},
    )


def forget_why_set_aside(connection: sqlite3.Connection, *, response_id: str) -> None:
    """Take away what the team wrote about revisions of a response that were set aside, and are erased."""
    connection.execute(
        """
        UPDATE set_aside_rejections SET reason = ''
         WHERE rev IN (SELECT rev FROM revisions WHERE response_id = :response_id)
        """,
        {"response_id": response_id},
    )
