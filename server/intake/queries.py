"""SQL that takes revisions in and reads the log back."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from server.intake.rules import KnownForm, Revision
from sync.messages import AttachmentReference, PartReference

__all__ = [
    "LogEntry",
    "StoredRevision",
    "append_to_log",
    "belongs_elsewhere",
    "changes",
    "count_erased_parts",
    "count_heads",
    "count_quarantined",
    "held_revs",
    "insert_attachment",
    "insert_parent",
    "insert_part",
    "insert_revision",
    "insert_revision_part",
    "known_form",
    "log_subject",
    "quarantined_why",
]


@dataclass(frozen=True, kw_only=True)
class StoredRevision:
    """A revision beside what this server knows of its coming; ``device_id`` is whose token brought it."""

    revision: Revision
    seq: int
    device_id: str
    received_at: str
    quarantined_why: str | None


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One entry of the log as a device sees it; ``response_id`` is None for a change of forms."""

    seq: int
    kind: str
    subject: str
    response_id: str | None


def append_to_log(connection: sqlite3.Connection, *, rev: str, now: str) -> int:
    """Give the next seq to ``rev``."""
    inserted = connection.execute(
        "INSERT INTO log (kind, subject, logged_at) VALUES ('revision', :rev, :now)", {"rev": rev, "now": now}
    )
    assert inserted.lastrowid is not None, "An insert gives a row id."
    return inserted.lastrowid


def insert_revision(connection: sqlite3.Connection, stored: StoredRevision) -> bool:
    """Keep a revision; False when its rev is there already."""
    header = stored.revision.header
    inserted = connection.execute(
        """
        INSERT INTO revisions (
            rev, seq, response_id, kind, origin, header, device_id, neighbourhood_id, received_at, quarantined_why
        ) VALUES (
            :rev, :seq, :response_id, :kind, :origin, :header, :device_id, :neighbourhood_id, :received_at,
            :quarantined_why
        ) ON CONFLICT (rev) DO NOTHING
        """,
        {
            "rev": stored.revision.rev,
            "seq": stored.seq,
            "response_id": header.id,
            "kind": header.kind,
            "origin": header.origin,
            "header": stored.revision.header_text,
            "device_id": stored.device_id,
            "neighbourhood_id": header.neighbourhood,
            "received_at": stored.received_at,
            "quarantined_why": stored.quarantined_why,
        },
    )
    return inserted.rowcount == 1


def insert_parent(connection: sqlite3.Connection, *, rev: str, parent: str) -> None:
    """Keep that ``rev`` follows ``parent``, which need not have arrived."""
    connection.execute(
        "INSERT INTO revision_parents (rev, parent) VALUES (:rev, :parent)", {"rev": rev, "parent": parent}
    )


def insert_part(connection: sqlite3.Connection, *, sha256: str, body: str) -> None:
    """Keep the text of a part; one that is there stays as it is, erased or not."""
    connection.execute(
        "INSERT INTO parts (sha256, body) VALUES (:sha256, :body) ON CONFLICT (sha256) DO NOTHING",
        {"sha256": sha256, "body": body},
    )


def insert_revision_part(connection: sqlite3.Connection, *, rev: str, position: int, part: PartReference) -> None:
    """Keep which part stands where in a revision."""
    connection.execute(
        """
        INSERT INTO revision_parts (rev, position, name, sha256)
        VALUES (:rev, :position, :name, :sha256)
        """,
        {"rev": rev, "position": position, "name": part.name, "sha256": part.sha256},
    )


def insert_attachment(connection: sqlite3.Connection, *, rev: str, attachment: AttachmentReference) -> None:
    """Keep that a file belongs to a revision."""
    connection.execute(
        """
        INSERT INTO revision_attachments (rev, sha256, name, bytes, type)
        VALUES (:rev, :sha256, :name, :bytes, :type)
        """,
        {"rev": rev, **vars(attachment)},
    )


def count_erased_parts(connection: sqlite3.Connection, *, rev: str) -> int:
    """Count the parts of a revision whose text was erased."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS erased FROM revision_parts JOIN parts USING (sha256)
        WHERE revision_parts.rev = :rev AND parts.erased_at IS NOT NULL
        """,
        {"rev": rev},
    ).fetchone()
    return int(row["erased"])


def count_heads(connection: sqlite3.Connection, *, response_id: str) -> int:
    """Count the revisions of a response that no other one follows, leaving out what is set aside."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS heads FROM revisions
        WHERE response_id = :response_id AND quarantined_why IS NULL AND NOT EXISTS (
            SELECT 1 FROM revision_parents JOIN revisions AS child ON child.rev = revision_parents.rev
            WHERE revision_parents.parent = revisions.rev AND child.quarantined_why IS NULL
              AND child.response_id = revisions.response_id
        )
        """,
        {"response_id": response_id},
    ).fetchone()
    return int(row["heads"])


def quarantined_why(connection: sqlite3.Connection, *, rev: str) -> str | None:
    """Say why a stored revision was set aside, if it was."""
    row = connection.execute("SELECT quarantined_why FROM revisions WHERE rev = :rev", {"rev": rev}).fetchone()
    why: str | None = row["quarantined_why"]
    return why


def count_quarantined(connection: sqlite3.Connection, *, device_id: str) -> int:
    """Count what is set aside of one device."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS quarantined FROM revisions
        WHERE device_id = :device_id AND quarantined_why IS NOT NULL
        """,
        {"device_id": device_id},
    ).fetchone()
    return int(row["quarantined"])


def belongs_elsewhere(connection: sqlite3.Connection, *, response_id: str, neighbourhood_id: str) -> bool:
    """Tell whether a response is here already, in another neighbourhood, leaving out what is set aside."""
    row = connection.execute(
        """
        SELECT EXISTS (
            SELECT 1 FROM revisions
            WHERE response_id = :response_id AND neighbourhood_id <> :neighbourhood_id AND quarantined_why IS NULL
        ) AS elsewhere
        """,
        {"response_id": response_id, "neighbourhood_id": neighbourhood_id},
    ).fetchone()
    return bool(row["elsewhere"])


def known_form(connection: sqlite3.Connection, *, form_id: str, version: str) -> KnownForm | None:
    """Find what is known of a form version."""
    row = connection.execute(
        "SELECT logic_sha, closed_at FROM form_versions WHERE form_id = :form_id AND version = :version",
        {"form_id": form_id, "version": version},
    ).fetchone()
    return None if row is None else KnownForm(logic_sha=row["logic_sha"], closed=row["closed_at"] is not None)


def changes(connection: sqlite3.Connection, *, device_id: str, after_seq: int, limit: int) -> list[LogEntry]:
    """List what a device may know of the log: changes of forms, and what it brought itself."""
    rows = connection.execute(
        """
        SELECT log.seq, log.kind, log.subject, revisions.response_id
        FROM log LEFT JOIN revisions ON revisions.seq = log.seq
        WHERE log.seq > :after_seq AND (log.kind = 'forms' OR revisions.device_id = :device_id)
        ORDER BY log.seq LIMIT :limit
        """,
        {"device_id": device_id, "after_seq": after_seq, "limit": limit},
    )
    return [LogEntry(**row) for row in rows]


def log_subject(connection: sqlite3.Connection, *, seq: int) -> str | None:
    """Find what stands in the log at ``seq``."""
    row = connection.execute("SELECT subject FROM log WHERE seq = :seq", {"seq": seq}).fetchone()
    return None if row is None else str(row["subject"])


def held_revs(connection: sqlite3.Connection, *, revs_json: str) -> Sequence[str]:
    """List those of the revs, given as a JSON array, that are stored."""
    rows = connection.execute(
        "SELECT rev FROM revisions WHERE rev IN (SELECT value FROM json_each(:revs)) ORDER BY rev",
        {"revs": revs_json},
    )
    return [row["rev"] for row in rows]
