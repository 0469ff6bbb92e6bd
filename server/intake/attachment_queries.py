"""SQL about files that belong to responses: who named them, which have arrived, which are erased."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from server.intake.queries import append_to_log
from sync.limits import ATTACHMENT_BYTES

__all__ = [
    "LOG_KIND",
    "NamedAttachment",
    "erased_attachments",
    "held_attachments",
    "insert_whole",
    "lift_bars",
    "missing_attachments",
    "named_attachment",
    "quarantined_attachment_bytes",
    "state_of",
]

LOG_KIND: Final = "attachment"


@dataclass(frozen=True, kw_only=True)
class NamedAttachment:
    """A file as a device's revisions name it: its length, and whether all that name it are set aside."""

    bytes: int
    quarantined: bool


def missing_attachments(connection: sqlite3.Connection, *, rev: str) -> list[str]:
    """List the files that ``rev`` names and that have not arrived; not those too large to arrive, nor erased ones."""
    rows = connection.execute(
        """
        SELECT named.sha256 AS sha256
        FROM revision_attachments AS named
        LEFT JOIN attachments USING (sha256)
        WHERE named.rev = :rev AND attachments.sha256 IS NULL AND named.bytes <= :limit
        GROUP BY named.sha256
        ORDER BY MIN(named.name)
        """,
        {"rev": rev, "limit": ATTACHMENT_BYTES},
    )
    return [row["sha256"] for row in rows]


def held_attachments(connection: sqlite3.Connection, *, names_json: str, device_id: str) -> list[tuple[str, int]]:
    """List those of a JSON array of names that are here or were erased, each with its seq, by seq.

    Only of those that a revision of the device's own names: any picture can be hashed, and so asked about.
    """
    rows = connection.execute(
        """
        SELECT sha256, seq FROM attachments
        WHERE sha256 IN (SELECT value FROM json_each(:names_json)) AND EXISTS (
            SELECT 1 FROM revision_attachments AS named JOIN revisions USING (rev)
            WHERE named.sha256 = attachments.sha256
              AND (revisions.device_id = :device_id OR json_extract(revisions.header, '$.device') = :device_id)
        )
        ORDER BY seq
        """,
        {"names_json": names_json, "device_id": device_id},
    )
    return [(row["sha256"], row["seq"]) for row in rows]


def lift_bars(connection: sqlite3.Connection, *, rev: str, response_id: str) -> None:
    """Let files that ``rev`` names come in again that were erased with other responses, and not with its own."""
    connection.execute(
        """
        DELETE FROM attachments
        WHERE erased_at IS NOT NULL
          AND sha256 IN (SELECT sha256 FROM revision_attachments WHERE rev = :rev)
          AND sha256 NOT IN (
            SELECT erased.value
            FROM revisions JOIN log USING (seq), json_each(revisions.header, '$.erases.attachments') AS erased
            WHERE revisions.response_id = :response_id AND log.kind = 'erase'
          )
        """,
        {"rev": rev, "response_id": response_id},
    )


def named_attachment(connection: sqlite3.Connection, *, sha256: str, device_id: str) -> NamedAttachment | None:
    """Find the file as revisions that ``device_id`` brought name it; None when none of them does.

    Where they differ about its length, the greatest counts: the hash will tell.
    """
    row = connection.execute(
        """
        SELECT MAX(named.bytes) AS bytes, MIN(revisions.quarantined_why IS NOT NULL) AS quarantined
        FROM revision_attachments AS named
        JOIN revisions USING (rev)
        WHERE named.sha256 = :sha256 AND revisions.device_id = :device_id
        """,
        {"sha256": sha256, "device_id": device_id},
    ).fetchone()
    if row["bytes"] is None:
        return None
    return NamedAttachment(bytes=row["bytes"], quarantined=bool(row["quarantined"]))


def state_of(connection: sqlite3.Connection, *, sha256: str) -> str | None:
    """Tell whether the file is ``here``, was ``erased``, or None when it has not arrived."""
    row = connection.execute(
        "SELECT CASE WHEN erased_at IS NULL THEN 'here' ELSE 'erased' END AS state FROM attachments"
        " WHERE sha256 = :sha256",
        {"sha256": sha256},
    ).fetchone()
    return None if row is None else str(row["state"])


def erased_attachments(connection: sqlite3.Connection) -> list[str]:
    """List the files that were erased."""
    rows = connection.execute("SELECT sha256 FROM attachments WHERE erased_at IS NOT NULL ORDER BY seq")
    return [row["sha256"] for row in rows]


def quarantined_attachment_bytes(connection: sqlite3.Connection, *, device_id: str) -> int:
    """Sum up the files that are here and that only set-aside revisions of ``device_id`` name."""
    row = connection.execute(
        """
        SELECT COALESCE(SUM(bytes), 0) AS bytes FROM (
            SELECT attachments.sha256, attachments.bytes AS bytes
            FROM revisions
            JOIN revision_attachments AS named USING (rev)
            JOIN attachments USING (sha256)
            WHERE revisions.device_id = :device_id AND attachments.stored_at IS NOT NULL
            GROUP BY attachments.sha256
            HAVING MIN(revisions.quarantined_why IS NOT NULL) = 1
        )
        """,
        {"device_id": device_id},
    ).fetchone()
    return int(row["bytes"])


def insert_whole(connection: sqlite3.Connection, *, sha256: str, size: int, now: str) -> bool:
    """Log that a file is here, whole and durable, and keep that; False when it is known already, or was erased."""
    if state_of(connection, sha256=sha256) is not None:
        return False  # the one writer runs this: nothing comes between the question and the insert
    seq = append_to_log(connection, kind=LOG_KIND, subject=sha256, now=now)
    connection.execute(
        "INSERT INTO attachments (sha256, seq, bytes, stored_at) VALUES (:sha256, :seq, :size, :now)",
        {"sha256": sha256, "seq": seq, "size": size, "now": now},
    )
    return True
