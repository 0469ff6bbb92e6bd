"""SQL of the projection: reads the record, writes the rows that are computed from it."""

import sqlite3
from dataclasses import replace

from server.reviews.projection import Head
from server.reviews.rows import WITHDRAWN, AssetRow, BarrierRow, ProblemRow, ResponseRow
from sync.schemas import read_header

__all__ = [
    "as_answered",
    "delete_rows",
    "heads",
    "insert_asset",
    "insert_barrier",
    "insert_problem",
    "insert_response",
    "logic",
    "parts",
    "progress",
    "responses_after",
    "set_progress",
    "show_assets_again",
]

PROGRESS = "responses"


def progress(connection: sqlite3.Connection) -> int:
    """Tell up to which seq the log has been projected."""
    row = connection.execute("SELECT seq FROM projection_progress WHERE name = :name", {"name": PROGRESS}).fetchone()
    return 0 if row is None else int(row["seq"])


def set_progress(connection: sqlite3.Connection, *, seq: int) -> None:
    """Keep up to which seq the log has been projected."""
    connection.execute(
        """
        INSERT INTO projection_progress (name, seq) VALUES (:name, :seq)
        ON CONFLICT (name) DO UPDATE SET seq = excluded.seq
        """,
        {"name": PROGRESS, "seq": seq},
    )


def show_assets_again(connection: sqlite3.Connection) -> None:
    """Work out what is shown of every asset: merged ones, then what they are merged into."""
    connection.execute(
        """
        INSERT INTO asset_shown_again (asset_id)
        SELECT asset_id FROM assets ORDER BY merged_into IS NULL, asset_id
        """
    )


def responses_after(connection: sqlite3.Connection, *, seq: int, limit: int) -> list[tuple[int, str]]:
    """List the next revisions of the log as seq and response id, leaving out what is set aside."""
    rows = connection.execute(
        """
        SELECT seq, response_id FROM revisions
        WHERE seq > :seq AND quarantined_why IS NULL ORDER BY seq LIMIT :limit
        """,
        {"seq": seq, "limit": limit},
    )
    return [(row["seq"], row["response_id"]) for row in rows]


def heads(connection: sqlite3.Connection, *, response_id: str) -> list[Head]:
    """List the revisions of a response that no other one follows, leaving out what is set aside."""
    rows = connection.execute(
        """
        SELECT rev, header, seq, device_id, received_at FROM revisions
        WHERE response_id = :response_id AND quarantined_why IS NULL AND NOT EXISTS (
            SELECT 1 FROM revision_parents JOIN revisions AS child ON child.rev = revision_parents.rev
            WHERE revision_parents.parent = revisions.rev AND child.quarantined_why IS NULL
              AND child.response_id = revisions.response_id
        )
        ORDER BY rev
        """,
        {"response_id": response_id},
    )
    return [Head(**{**row, "header": read_header(row["header"])}) for row in rows]


def parts(connection: sqlite3.Connection, *, rev: str) -> list[tuple[str, str | None]]:
    """List the names and texts of a revision's parts in order; None for a text that was erased.

    Behind them stand the parts that it no longer names because they were erased from the response.
    """
    rows = connection.execute(
        """
        SELECT name, body FROM (
            SELECT revision_parts.name, parts.body, revision_parts.position
            FROM revision_parts JOIN parts USING (sha256)
            WHERE revision_parts.rev = :rev
            UNION ALL
            SELECT earlier.name, NULL AS body, 1000 + MIN(earlier.position) AS position
            FROM revisions AS shown
            JOIN revisions AS other ON other.response_id = shown.response_id
            JOIN revision_parts AS earlier ON earlier.rev = other.rev
            JOIN parts USING (sha256)
            WHERE shown.rev = :rev AND other.quarantined_why IS NULL AND parts.erased_at IS NOT NULL
              AND earlier.name NOT IN (SELECT name FROM revision_parts WHERE rev = :rev)
            GROUP BY earlier.name
        )
        ORDER BY position, name
        """,
        {"rev": rev},
    )
    return [(row["name"], row["body"]) for row in rows]


def logic(connection: sqlite3.Connection, *, sha256: str) -> str:
    """Give the text of a logic that a projected response names; raises LookupError when it is not here."""
    row = connection.execute("SELECT body FROM logics WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    if row is None:
        raise LookupError(f"The logic {sha256} is not in this database.")
    return str(row["body"])


def delete_rows(connection: sqlite3.Connection, *, table: str, response_id: str) -> None:
    """Take away what ``table``, one of the projection's own, holds of a response."""
    connection.execute(_DELETE[table], {"response_id": response_id})


_DELETE = {
    "responses": "DELETE FROM responses WHERE response_id = :response_id",
    "asset_observations": "DELETE FROM asset_observations WHERE response_id = :response_id",
    "barrier_observations": "DELETE FROM barrier_observations WHERE response_id = :response_id",
    "problems": "DELETE FROM problems WHERE response_id = :response_id",
}


def insert_response(connection: sqlite3.Connection, row: ResponseRow) -> None:
    """List a response: its state is what was decided last, if that was about its head; its venue is its poster's.

    A worker's own phone names the venue in the header.
    """
    connection.execute(
        """
        INSERT INTO responses (
            response_id, head_rev, heads, form_id, version, logic_sha, lang, neighbourhood_id, device_id, author,
            made_at, received_at, seq, state, poster_id, venue_id, asset_count, barrier_count, problem_count, outcome,
            gone
        ) VALUES (
            :response_id, :head_rev, :heads, :form_id, :version, :logic_sha, :lang, :neighbourhood_id, :device_id,
            :author, :made_at, :received_at, :seq,
            COALESCE((
                SELECT CASE WHEN reviews.rev <> :head_rev THEN 'received'
                            WHEN reviews.action = 'approve' THEN 'approved'
                            WHEN reviews.action = 'return' THEN 'returned'
                            WHEN reviews.action = 'reject' THEN 'rejected'
                            ELSE 'received' END
                  FROM reviews WHERE reviews.response_id = :response_id ORDER BY reviews.seq DESC LIMIT 1
            ), 'received'),
            (SELECT poster_id FROM revisions WHERE rev = :head_rev),
            (SELECT venues.venue_id
               FROM revisions AS head
               LEFT JOIN posters ON posters.poster_id = head.poster_id
               JOIN venues ON venues.venue_id = COALESCE(posters.venue_id, json_extract(head.header, '$.venue'))
              WHERE head.rev = :head_rev),
            :asset_count, :barrier_count, :problem_count, :outcome,
            COALESCE((
                SELECT CASE WHEN head.kind <> 'erase' OR EXISTS (SELECT 1 FROM revision_parts WHERE rev = head.rev)
                            THEN ''
                            WHEN json_extract(head.header, '$.erases.reason') = :withdrawn THEN 'withdrawn'
                            ELSE 'erased' END
                  FROM revisions AS head WHERE head.rev = :head_rev
            ), '')
        )
        """,
        {**vars(row), "withdrawn": WITHDRAWN},
    )


def as_answered(connection: sqlite3.Connection, row: ResponseRow) -> ResponseRow:
    """List what the team changed under whoever answered, and where it stood before: it came when the answers came.

    The shown version says who changed it; what was answered last says whose answers they are. Of what is erased
    altogether, the erasure speaks.
    """
    answered = connection.execute(
        """
        SELECT json_extract(answered.header, '$.author') AS author, answered.device_id,
               json_extract(answered.header, '$.made_at') AS made_at, answered.received_at, answered.seq
          FROM revisions AS head
          JOIN revisions AS answered ON answered.response_id = head.response_id
         WHERE head.rev = :head_rev AND head.origin = 'console'
           AND EXISTS (SELECT 1 FROM revision_parts WHERE revision_parts.rev = head.rev)
           AND answered.origin <> 'console' AND answered.quarantined_why IS NULL
         ORDER BY answered.seq DESC LIMIT 1
        """,
        {"head_rev": row.head_rev},
    ).fetchone()
    return row if answered is None else replace(row, **answered)


def insert_asset(connection: sqlite3.Connection, row: AssetRow) -> None:
    """Keep an observation of an asset."""
    connection.execute(
        """
        INSERT INTO asset_observations (
            observation_id, response_id, path, position, label, kind, place_words, latitude, longitude, accuracy,
            properties
        ) VALUES (
            :observation_id, :response_id, :path, :position, :label, :kind, :place_words, :latitude, :longitude,
            :accuracy, :properties
        )
        """,
        vars(row),
    )


def insert_barrier(connection: sqlite3.Connection, row: BarrierRow) -> None:
    """Keep an observation of a barrier."""
    connection.execute(
        """
        INSERT INTO barrier_observations (
            observation_id, response_id, asset_observation_id, path, position, code, words, properties
        ) VALUES (
            :observation_id, :response_id, :asset_observation_id, :path, :position, :code, :words, :properties
        )
        """,
        vars(row),
    )


def insert_problem(connection: sqlite3.Connection, row: ProblemRow) -> None:
    """Keep a problem of a response."""
    connection.execute("INSERT INTO problems (response_id, path, code) VALUES (:response_id, :path, :code)", vars(row))
