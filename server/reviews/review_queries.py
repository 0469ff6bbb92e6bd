"""SQL of decisions about responses: how they stand, and what was decided.

`reader` is the id of the person who decides or reads: what lies outside of their reach is as if it were not there.
"""

import json
import sqlite3
from collections.abc import Sequence

from server.reviews.decisions import Decision, Standing
from server.reviews.rows import WITHDRAWN

__all__ = [
    "corrected",
    "decision_by_id",
    "decisions_of_batch",
    "decisions_of_response",
    "follows",
    "insert_decision",
    "last_decision",
    "set_state",
    "standings",
]


def standings(connection: sqlite3.Connection, response_ids: Sequence[str], *, reader: str) -> dict[str, Standing]:
    """Tell how responses stand, by their id."""
    rows = connection.execute(
        """
        SELECT responses.response_id, responses.head_rev, responses.heads, responses.neighbourhood_id,
               head.poster_id IS NOT NULL AS from_poster,
               CASE WHEN head.kind <> 'erase' OR EXISTS (SELECT 1 FROM revision_parts WHERE rev = head.rev)
                    THEN responses.state
                    WHEN json_extract(head.header, '$.erases.reason') = :withdrawn THEN 'withdrawn'
                    ELSE 'erased' END AS state
          FROM responses
          JOIN revisions AS head ON head.rev = responses.head_rev
         WHERE responses.response_id IN (SELECT value FROM json_each(:response_ids))
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY responses.response_id
        """,
        {"response_ids": json.dumps(list(response_ids)), "reader": reader, "withdrawn": WITHDRAWN},
    )
    return {row["response_id"]: Standing(**{**row, "from_poster": bool(row["from_poster"])}) for row in rows}


def insert_decision(connection: sqlite3.Connection, decision: Decision) -> None:
    """Keep a decision, whose place in the log is taken already."""
    connection.execute(
        """
        INSERT INTO reviews (
            review_id, seq, response_id, rev, action, reason, person_id, at, undoes, batch_id
        ) VALUES (
            :review_id, :seq, :response_id, :rev, :action, :reason, :person_id, :at, :undoes, :batch_id
        )
        """,
        vars(decision),
    )


def set_state(connection: sqlite3.Connection, *, response_id: str, rev: str, state: str, reader: str) -> None:
    """List a response in a state, as long as the revision that was decided about is its head."""
    connection.execute(
        """
        UPDATE responses SET state = :state
         WHERE response_id = :response_id AND head_rev = :rev
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
        """,
        {"response_id": response_id, "rev": rev, "state": state, "reader": reader},
    )


def decisions_of_response(connection: sqlite3.Connection, response_id: str, *, reader: str) -> list[Decision]:
    """List what was decided about a response, the newest first."""
    rows = connection.execute(
        """
        SELECT reviews.review_id, reviews.seq, reviews.response_id, reviews.rev, reviews.action, reviews.reason,
               reviews.person_id, reviews.at, reviews.undoes, COALESCE(reviews.batch_id, reviews.review_id) AS batch_id
          FROM reviews
         WHERE reviews.response_id = :response_id
           AND EXISTS (SELECT 1 FROM revisions JOIN reach ON reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id)
                        WHERE revisions.rev = reviews.rev)
         ORDER BY reviews.seq DESC
        """,
        {"response_id": response_id, "reader": reader},
    )
    return [Decision(**row) for row in rows]


def last_decision(connection: sqlite3.Connection, response_id: str) -> Decision | None:
    """Find what was decided last about a response, whoever may see it: an erasure keeps that."""
    row = connection.execute(
        """
        SELECT review_id, seq, response_id, rev, action, reason, person_id, at, undoes,
               COALESCE(batch_id, review_id) AS batch_id
          FROM reviews
         WHERE response_id = :response_id
         ORDER BY seq DESC LIMIT 1
        """,
        {"response_id": response_id},
    ).fetchone()
    return None if row is None else Decision(**row)


def decision_by_id(connection: sqlite3.Connection, review_id: str, *, reader: str) -> Decision | None:
    """Find one decision."""
    row = connection.execute(
        """
        SELECT reviews.review_id, reviews.seq, reviews.response_id, reviews.rev, reviews.action, reviews.reason,
               reviews.person_id, reviews.at, reviews.undoes, COALESCE(reviews.batch_id, reviews.review_id) AS batch_id
          FROM reviews
         WHERE reviews.review_id = :review_id
           AND EXISTS (SELECT 1 FROM revisions JOIN reach ON reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id)
                        WHERE revisions.rev = reviews.rev)
        """,
        {"review_id": review_id, "reader": reader},
    ).fetchone()
    return None if row is None else Decision(**row)


def corrected(connection: sqlite3.Connection, response_ids: Sequence[str], *, reader: str) -> set[str]:
    """Tell which responses were returned and have come back since, and wait again."""
    rows = connection.execute(
        """
        SELECT responses.response_id
          FROM responses
          JOIN reviews ON reviews.response_id = responses.response_id
         WHERE responses.response_id IN (SELECT value FROM json_each(:response_ids))
           AND responses.state = 'received' AND reviews.action = 'return' AND reviews.rev <> responses.head_rev
           AND NOT EXISTS (SELECT 1 FROM reviews AS later
                            WHERE later.response_id = reviews.response_id AND later.seq > reviews.seq)
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY responses.response_id
        """,
        {"response_ids": json.dumps(list(response_ids)), "reader": reader},
    )
    return {row["response_id"] for row in rows}


def decisions_of_batch(connection: sqlite3.Connection, batch_id: str, *, reader: str) -> list[Decision]:
    """List the decisions that were made together, in the order in which they were."""
    rows = connection.execute(
        """
        SELECT reviews.review_id, reviews.seq, reviews.response_id, reviews.rev, reviews.action, reviews.reason,
               reviews.person_id, reviews.at, reviews.undoes, reviews.batch_id
          FROM reviews
         WHERE reviews.batch_id = :batch_id
           AND EXISTS (SELECT 1 FROM revisions JOIN reach ON reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', revisions.neighbourhood_id)
                        WHERE revisions.rev = reviews.rev)
         ORDER BY reviews.seq
        """,
        {"batch_id": batch_id, "reader": reader},
    )
    return [Decision(**row) for row in rows]


def follows(connection: sqlite3.Connection, *, rev: str, parent: str) -> bool:
    """Tell whether a revision was made from another."""
    row = connection.execute(
        "SELECT 1 FROM revision_parents WHERE rev = :rev AND parent = :parent", {"rev": rev, "parent": parent}
    ).fetchone()
    return row is not None
