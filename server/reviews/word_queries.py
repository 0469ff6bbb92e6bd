"""SQL of the words and marks by which responses are found: a part of the projection, which changes with its rows."""

import json
import sqlite3
from collections.abc import Sequence

from server.reviews.words import as_words

__all__ = ["ask_to_merge", "forget", "keep_marks", "keep_words", "merge_some", "merged", "texts_of", "to_merge"]

PAGES_AT_ONCE = 200
"""How much of the index one step of merging writes at most: others wait for it."""
TO_MERGE = "words-to-merge"


def keep_words(connection: sqlite3.Connection, *, seq: int, response_id: str, texts: str) -> None:
    """Let a response be found by the words of its texts."""
    if not texts:
        return
    connection.execute(
        "INSERT INTO response_texts (seq, response_id, texts) VALUES (:seq, :response_id, :texts)",
        {"seq": seq, "response_id": response_id, "texts": texts},
    )
    connection.execute(
        "INSERT INTO response_words (rowid, words) VALUES (:seq, :words)", {"seq": seq, "words": as_words(texts)}
    )


def keep_marks(connection: sqlite3.Connection, *, seq: int, marks: Sequence[str]) -> None:
    """Let a response be found by its marks."""
    connection.execute(
        "INSERT INTO response_marks (mark, seq) SELECT value, :seq FROM json_each(:marks)",
        {"seq": seq, "marks": json.dumps(list(marks))},
    )


def forget(connection: sqlite3.Connection, *, response_id: str) -> None:
    """Let a response be found no more. Its words stay in the index's file until ``merge_some`` is through."""
    connection.execute(
        """
        DELETE FROM response_marks
         WHERE seq = (SELECT seq FROM responses WHERE response_id = :response_id)
        """,
        {"response_id": response_id},
    )
    row = connection.execute(
        "SELECT seq, texts FROM response_texts WHERE response_id = :response_id", {"response_id": response_id}
    ).fetchone()
    if row is not None:
        connection.execute(
            "INSERT INTO response_words (response_words, rowid, words) VALUES ('delete', :seq, :words)",
            {"seq": row["seq"], "words": as_words(row["texts"])},
        )
        connection.execute("DELETE FROM response_texts WHERE seq = :seq", {"seq": row["seq"]})


def to_merge(connection: sqlite3.Connection) -> bool:
    """Tell whether words that were taken out since may still stand in the index's file."""
    row = connection.execute("SELECT 1 FROM projection_progress WHERE name = :name", {"name": TO_MERGE}).fetchone()
    return row is not None


def ask_to_merge(connection: sqlite3.Connection) -> None:
    """Note that words were taken out for good."""
    connection.execute(
        "INSERT INTO projection_progress (name, seq) VALUES (:name, 0) ON CONFLICT (name) DO NOTHING",
        {"name": TO_MERGE},
    )


def merge_some(connection: sqlite3.Connection, *, begin: bool) -> bool:
    """Merge a piece of the index into one, leaving out what was taken out; False when nothing is left to merge.

    SQLite writes the pieces anew when it merges them; until then a word that no row holds stands in an older piece. It
    says by the number of changes whether there was anything to do.
    """
    before = connection.total_changes
    connection.execute(
        "INSERT INTO response_words (response_words, rank) VALUES ('merge', :pages)",
        {"pages": -PAGES_AT_ONCE if begin else PAGES_AT_ONCE},
    )
    return connection.total_changes - before > 1


def merged(connection: sqlite3.Connection) -> None:
    """Note that nothing of what was taken out stands in the index's file."""
    connection.execute("DELETE FROM projection_progress WHERE name = :name", {"name": TO_MERGE})


def texts_of(connection: sqlite3.Connection, response_ids: Sequence[str], *, reader: str) -> dict[str, str]:
    """Give the texts that responses are found by, by response; reach as everywhere."""
    rows = connection.execute(
        """
        SELECT response_texts.response_id, response_texts.texts
          FROM response_texts
          JOIN responses USING (response_id)
         WHERE response_texts.response_id IN (SELECT value FROM json_each(:response_ids))
           AND EXISTS (SELECT 1 FROM reach WHERE reach.person_id = :reader
                          AND reach.neighbourhood_id IN ('*', responses.neighbourhood_id))
         ORDER BY response_texts.response_id
        """,
        {"response_ids": json.dumps(list(response_ids)), "reader": reader},
    )
    return {row["response_id"]: row["texts"] for row in rows}
