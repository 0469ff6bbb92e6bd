"""Every statement about revisions, cursors and settings that the outbox gives its database."""

import json
import sqlite3
from collections.abc import Collection, Sequence

from sync.replies import ReviewChange

__all__ = [
    "confirm_revision",
    "count_states",
    "erase_parts",
    "erase_revisions_without_parts",
    "finalised",
    "forget_reviews",
    "forget_reviews_of_erased",
    "forget_revisions",
    "insert_part",
    "insert_revision",
    "keep_cursor",
    "keep_review",
    "keep_setting",
    "mark_revisions_safe",
    "note_receipt",
    "note_safe_since",
    "offer_revisions_again",
    "parts_of",
    "read_cursor",
    "read_setting",
    "reason",
    "refuse",
    "reviews",
    "states_of_revisions",
    "unconfirmed_revisions",
    "wish_revisions",
]

Connection = sqlite3.Connection


def read_setting(connection: Connection, *, name: str) -> str | None:
    """Find a setting."""
    row = connection.execute("SELECT value FROM settings WHERE name = :name", {"name": name}).fetchone()
    return None if row is None else str(row["value"])


def keep_setting(connection: Connection, *, name: str, value: str) -> None:
    """Keep a setting."""
    connection.execute(
        "INSERT INTO settings (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value",
        {"name": name, "value": value},
    )


def read_cursor(connection: Connection, *, server_id: str) -> str | None:
    """Find how far a server's log was read."""
    row = connection.execute(
        "SELECT cursor FROM cursors WHERE server_id = :server_id", {"server_id": server_id}
    ).fetchone()
    return None if row is None else str(row["cursor"])


def keep_cursor(connection: Connection, *, server_id: str, cursor: str) -> None:
    """Keep how far a server's log was read."""
    connection.execute(
        """
        INSERT INTO cursors (server_id, cursor) VALUES (:server_id, :cursor)
        ON CONFLICT (server_id) DO UPDATE SET cursor = :cursor
        """,
        {"server_id": server_id, "cursor": cursor},
    )


def insert_revision(connection: Connection, *, rev: str, response_id: str, header: str) -> bool:
    """Keep a finalised revision; False when it is here already."""
    done = connection.execute(
        """
        INSERT INTO revisions (rev, response_id, header, state) VALUES (:rev, :response_id, :header, 'finalised')
        ON CONFLICT (rev) DO NOTHING
        """,
        {"rev": rev, "response_id": response_id, "header": header},
    )
    return done.rowcount == 1


def insert_part(connection: Connection, *, rev: str, position: int, sha256: str, body: str | None) -> None:
    """Keep a part's text."""
    connection.execute(
        "INSERT INTO parts (rev, position, sha256, body) VALUES (:rev, :position, :sha256, :body)",
        {"rev": rev, "position": position, "sha256": sha256, "body": body},
    )


def finalised(connection: Connection, *, limit: int, set_aside: Collection[str]) -> Sequence[sqlite3.Row]:
    """List what is to be pushed, oldest first."""
    return connection.execute(
        """
        SELECT rev, header FROM revisions
        WHERE state = 'finalised' AND rev NOT IN (SELECT value FROM json_each(:set_aside))
        ORDER BY place LIMIT :limit
        """,
        {"limit": limit, "set_aside": json.dumps(list(set_aside))},
    ).fetchall()


def parts_of(connection: Connection, *, rev: str) -> tuple[str | None, ...]:
    """List the texts of a revision's parts in the order of its header; None where one was erased."""
    rows = connection.execute("SELECT body FROM parts WHERE rev = :rev ORDER BY position", {"rev": rev})
    return tuple(row["body"] for row in rows)


def unconfirmed_revisions(connection: Connection, *, limit: int, set_aside: Collection[str]) -> list[str]:
    """List revisions that were sent and that no log has told of yet."""
    rows = connection.execute(
        """
        SELECT rev FROM revisions
        WHERE state = 'sent' AND rev NOT IN (SELECT value FROM json_each(:set_aside))
        ORDER BY place LIMIT :limit
        """,
        {"limit": limit, "set_aside": json.dumps(list(set_aside))},
    )
    return [row["rev"] for row in rows]


def note_receipt(connection: Connection, *, rev: str, seq: int | None, why: str | None) -> None:
    """Move on a revision that waits for a receipt; one that has got further stays. ``why`` it was set aside."""
    connection.execute(
        """
        UPDATE revisions SET state = 'sent', seq = :seq, why = :why
        WHERE rev = :rev AND (state = 'finalised' OR state = 'sent' AND seq IS NULL)
        """,
        {"rev": rev, "seq": seq, "why": why},
    )


def refuse(connection: Connection, *, rev: str, code: str) -> None:
    """Keep that a finalised revision can never be taken as it is."""
    connection.execute(
        "UPDATE revisions SET state = 'refused', code = :code WHERE rev = :rev AND state = 'finalised'",
        {"rev": rev, "code": code},
    )


def confirm_revision(connection: Connection, *, rev: str, state: str, seq: int) -> None:
    """Keep what a log says of a revision; one that is safe or erased stays."""
    connection.execute(
        """
        UPDATE revisions SET state = :state, seq = :seq
        WHERE rev = :rev AND state NOT IN ('safe', 'erased')
        """,
        {"rev": rev, "state": state, "seq": seq},
    )


def wish_revisions(connection: Connection, *, revs: Collection[str]) -> None:
    """Put back in the outbox what a server lacks."""
    connection.execute(
        """
        UPDATE revisions SET state = 'finalised', seq = NULL
        WHERE state = 'sent' AND rev IN (SELECT value FROM json_each(:revs))
        """,
        {"revs": json.dumps(list(revs))},
    )


def offer_revisions_again(connection: Connection) -> None:
    """Another log is not known to hold anything: what was told of is unconfirmed again."""
    connection.execute(
        """
        UPDATE revisions SET state = 'sent', seq = NULL, safe_at = NULL
        WHERE state IN ('sent', 'set-aside', 'held', 'safe')
        """
    )


def mark_revisions_safe(connection: Connection, *, safe_seq: int) -> None:
    """Move on revisions that a verified backup covers together with all their files."""
    connection.execute(
        """
        UPDATE revisions SET state = 'safe'
        WHERE state = 'held' AND seq <= :safe_seq AND NOT EXISTS (
            SELECT 1 FROM revision_attachments JOIN attachments USING (sha256)
            WHERE revision_attachments.rev = revisions.rev AND attachments.state NOT IN ('safe', 'erased')
        )
        """,
        {"safe_seq": safe_seq},
    )


def note_safe_since(connection: Connection, *, time: str) -> None:
    """Keep since when, by the server's time, revisions are safe."""
    connection.execute("UPDATE revisions SET safe_at = :time WHERE state = 'safe' AND safe_at IS NULL", {"time": time})


def forget_revisions(connection: Connection, *, safe_before: str) -> None:
    """Delete the copies of revisions that have been safe for long."""
    connection.execute(
        "DELETE FROM revisions WHERE state = 'safe' AND safe_at <= :safe_before", {"safe_before": safe_before}
    )


def erase_parts(connection: Connection, *, response_id: str, parts: Collection[str]) -> None:
    """Delete the texts of parts of a response."""
    connection.execute(
        """
        UPDATE parts SET body = NULL
        WHERE sha256 IN (SELECT value FROM json_each(:parts))
          AND rev IN (SELECT rev FROM revisions WHERE response_id = :response_id)
        """,
        {"response_id": response_id, "parts": json.dumps(list(parts))},
    )


def erase_revisions_without_parts(connection: Connection, *, response_id: str) -> None:
    """Mark the revisions of a response of which no text is left."""
    connection.execute(
        """
        UPDATE revisions SET state = 'erased'
        WHERE response_id = :response_id AND state <> 'refused'
          AND NOT EXISTS (SELECT 1 FROM parts WHERE parts.rev = revisions.rev AND body IS NOT NULL)
        """,
        {"response_id": response_id},
    )


def reason(connection: Connection, *, rev: str) -> str | None:
    """Find why a server has refused a revision or set it aside."""
    row = connection.execute("SELECT code, why FROM revisions WHERE rev = :rev", {"rev": rev}).fetchone()
    found: str | None = None if row is None else row["code"] or row["why"]
    return found


def keep_review(connection: Connection, review: ReviewChange) -> None:
    """Keep what was decided about a response, in the place of what was decided before."""
    connection.execute(
        """
        INSERT INTO reviews (response_id, rev, state, reason) VALUES (:response_id, :rev, :state, :reason)
        ON CONFLICT (response_id) DO UPDATE SET rev = excluded.rev, state = excluded.state, reason = excluded.reason
        """,
        {"response_id": review.id, "rev": review.rev, "state": review.state.value, "reason": review.reason},
    )


def forget_reviews(connection: Connection) -> None:
    """Forget all that was decided: the log that told of it is no more, and the one that is tells all it knows."""
    connection.execute("DELETE FROM reviews")


def forget_reviews_of_erased(connection: Connection, *, response_id: str) -> None:
    """Forget what was decided about a response of which no answer is left here."""
    connection.execute(
        """
        DELETE FROM reviews WHERE response_id = :response_id AND NOT EXISTS (
            SELECT 1 FROM revisions WHERE revisions.response_id = :response_id AND revisions.state <> 'erased')
        """,
        {"response_id": response_id},
    )


def reviews(connection: Connection) -> dict[str, tuple[str, str, str]]:
    """List what was decided last, by response: the revision it was about, the state, the reason."""
    rows = connection.execute("SELECT response_id, rev, state, reason FROM reviews ORDER BY response_id")
    return {row["response_id"]: (row["rev"], row["state"], row["reason"]) for row in rows}


def count_states(connection: Connection) -> dict[str, int]:
    """Count revisions by state."""
    rows = connection.execute("SELECT state, COUNT(*) AS number FROM revisions GROUP BY state ORDER BY state")
    return {row["state"]: row["number"] for row in rows}


def states_of_revisions(connection: Connection) -> dict[str, str]:
    """List revisions with their states, oldest first."""
    rows = connection.execute("SELECT rev, state FROM revisions ORDER BY place")
    return {row["rev"]: row["state"] for row in rows}
