"""SQL that takes revisions in."""

import sqlite3
from dataclasses import dataclass

from server.intake.rules import Beginning, KnownForm, PosterUse, Revision
from sync.messages import AttachmentReference, PartReference

__all__ = [
    "StoredRevision",
    "append_to_log",
    "beginning_of_response",
    "count_erased_parts",
    "count_heads",
    "count_parts",
    "count_quarantined",
    "has_other_devices",
    "has_part",
    "insert_attachment",
    "insert_parent",
    "insert_part",
    "insert_revision",
    "insert_revision_part",
    "known_form",
    "others_of_response",
    "poster_use",
    "project_from",
    "quarantined_text_bytes",
    "standing_of_revision",
]


@dataclass(frozen=True, kw_only=True)
class StoredRevision:
    """A revision beside what this server knows of its coming; ``device_id`` is whose token brought it."""

    revision: Revision
    seq: int
    device_id: str
    received_at: str
    quarantined_why: str | None


def append_to_log(connection: sqlite3.Connection, *, kind: str, subject: str, now: str) -> int:
    """Give the next seq to ``subject``: the rev of a revision, or what else the log tells of."""
    inserted = connection.execute(
        "INSERT INTO log (kind, subject, logged_at) VALUES (:kind, :subject, :now)",
        {"kind": kind, "subject": subject, "now": now},
    )
    assert inserted.lastrowid is not None, "An insert gives a row id."
    return inserted.lastrowid


def insert_revision(connection: sqlite3.Connection, stored: StoredRevision) -> bool:
    """Keep a revision; False when its rev is there already."""
    header = stored.revision.header
    inserted = connection.execute(
        """
        INSERT INTO revisions (
            rev, seq, response_id, kind, origin, header, device_id, neighbourhood_id, received_at, quarantined_why,
            poster_id, reference_hash
        ) VALUES (
            :rev, :seq, :response_id, :kind, :origin, :header, :device_id, :neighbourhood_id, :received_at,
            :quarantined_why, :poster_id, :reference_hash
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
            "poster_id": header.poster,
            "reference_hash": header.reference,
        },
    )
    return inserted.rowcount == 1


def insert_parent(connection: sqlite3.Connection, *, rev: str, parent: str) -> None:
    """Keep that ``rev`` follows ``parent``, which need not have arrived."""
    connection.execute(
        "INSERT INTO revision_parents (rev, parent) VALUES (:rev, :parent)", {"rev": rev, "parent": parent}
    )


def insert_part(connection: sqlite3.Connection, *, sha256: str, body: str | None, now: str) -> bool:
    """Keep the text of a part, or that it was erased elsewhere; False when one is there, which stays, erased or not."""
    inserted = connection.execute(
        """
        INSERT INTO parts (sha256, body, erased_at) VALUES (:sha256, :body, :erased_at)
        ON CONFLICT (sha256) DO NOTHING
        """,
        {"sha256": sha256, "body": body, "erased_at": now if body is None else None},
    )
    return inserted.rowcount == 1


def insert_revision_part(connection: sqlite3.Connection, *, rev: str, position: int, part: PartReference) -> None:
    """Keep which part stands where in a revision."""
    connection.execute(
        """
        INSERT INTO revision_parts (rev, position, name, sha256)
        VALUES (:rev, :position, :name, :sha256)
        ON CONFLICT (rev, name) DO NOTHING
        """,
        {"rev": rev, "position": position, "name": part.name, "sha256": part.sha256},
    )


def has_part(connection: sqlite3.Connection, *, sha256: str) -> bool:
    """Tell whether a part is known here: its text, or that it was erased."""
    return connection.execute("SELECT 1 FROM parts WHERE sha256 = :sha256", {"sha256": sha256}).fetchone() is not None


def has_other_devices(connection: sqlite3.Connection, *, response_id: str, device_id: str) -> bool:
    """Tell whether anybody but the device brought a revision of the response, set aside or not."""
    row = connection.execute(
        "SELECT 1 FROM revisions WHERE response_id = :response_id AND device_id <> :device_id LIMIT 1",
        {"response_id": response_id, "device_id": device_id},
    ).fetchone()
    return row is not None


def count_parts(connection: sqlite3.Connection, *, rev: str) -> int:
    """Count the parts of a revision that are known here; its header may name more, which have yet to come."""
    row = connection.execute("SELECT COUNT(*) AS known FROM revision_parts WHERE rev = :rev", {"rev": rev}).fetchone()
    return int(row["known"])


def project_from(connection: sqlite3.Connection, *, seq: int) -> None:
    """Have what stands at ``seq`` and behind it projected again: something was added to it."""
    connection.execute(
        "UPDATE projection_progress SET seq = :before WHERE seq > :before",
        {"before": seq - 1},
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


def standing_of_revision(connection: sqlite3.Connection, *, rev: str) -> tuple[int, str | None]:
    """Give the seq of a stored revision, and why it was set aside, if it was."""
    row = connection.execute("SELECT seq, quarantined_why FROM revisions WHERE rev = :rev", {"rev": rev}).fetchone()
    return row["seq"], row["quarantined_why"]


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


def quarantined_text_bytes(connection: sqlite3.Connection, *, device_id: str) -> int:
    """Sum up the texts, in bytes, that are set aside of one device."""
    row = connection.execute(
        """
        WITH aside AS (
            SELECT rev, header FROM revisions WHERE device_id = :device_id AND quarantined_why IS NOT NULL
        )
        SELECT (SELECT COALESCE(SUM(LENGTH(CAST(header AS BLOB))), 0) FROM aside) + (
            SELECT COALESCE(SUM(LENGTH(CAST(parts.body AS BLOB))), 0)
            FROM aside JOIN revision_parts USING (rev) JOIN parts USING (sha256)
        ) AS bytes
        """,
        {"device_id": device_id},
    ).fetchone()
    return int(row["bytes"])


def others_of_response(connection: sqlite3.Connection, *, response_id: str) -> list[str]:
    """List the neighbourhoods of a response's revisions that are here, one for each, leaving out what is set aside."""
    rows = connection.execute(
        """
        SELECT neighbourhood_id FROM revisions
        WHERE response_id = :response_id AND quarantined_why IS NULL
        ORDER BY seq
        """,
        {"response_id": response_id},
    )
    return [row[0] for row in rows]


def beginning_of_response(connection: sqlite3.Connection, *, response_id: str) -> Beginning | None:
    """Find the first revision of a response that is here, set aside or not; an erasure is none."""
    row = connection.execute(
        """
        SELECT device_id, poster_id, reference_hash FROM revisions
        WHERE response_id = :response_id AND kind <> 'erase'
        ORDER BY seq LIMIT 1
        """,
        {"response_id": response_id},
    ).fetchone()
    return None if row is None else Beginning(**row)


def known_form(connection: sqlite3.Connection, *, form_id: str, version: str) -> KnownForm | None:
    """Find what is known of a form version."""
    row = connection.execute(
        "SELECT logic_sha, closed_at FROM form_versions WHERE form_id = :form_id AND version = :version",
        {"form_id": form_id, "version": version},
    ).fetchone()
    return None if row is None else KnownForm(logic_sha=row["logic_sha"], closed=row["closed_at"] is not None)


def poster_use(
    connection: sqlite3.Connection, *, poster_id: str, device_id: str, response_id: str, day: str, daily: int
) -> PosterUse | None:
    """Find what is known of a poster: whether the device visited it, and whether other responses fill its quota.

    They do so too when ``daily`` of them came from the device since ``day`` began; the poster's own device, which
    stands for every browser without script, may bring any number.
    """
    row = connection.execute(
        """
        SELECT venues.neighbourhood_id, posters.form_id,
               EXISTS (SELECT 1 FROM device_posters
                        WHERE device_posters.poster_id = posters.poster_id
                          AND device_posters.device_id = :device_id) AS visited,
               posters.quota <= (
                   SELECT COUNT(DISTINCT response_id) FROM revisions
                    WHERE revisions.poster_id = posters.poster_id AND quarantined_why IS NULL
                      AND response_id <> :response_id)
               OR (posters.device_id <> :device_id AND :daily <= (
                   SELECT COUNT(DISTINCT response_id) FROM revisions INDEXED BY revisions_by_device
                    WHERE revisions.device_id = :device_id AND revisions.poster_id = posters.poster_id
                      AND quarantined_why IS NULL AND received_at >= :day
                      AND response_id <> :response_id)) AS is_full
          FROM posters JOIN venues USING (venue_id)
         WHERE posters.poster_id = :poster_id
        """,
        {"poster_id": poster_id, "device_id": device_id, "response_id": response_id, "day": day, "daily": daily},
    ).fetchone()
    if row is None:
        return None
    return PosterUse(
        visited=bool(row["visited"]),
        neighbourhood_id=row["neighbourhood_id"],
        form_id=row["form_id"],
        is_full=bool(row["is_full"]),
    )
