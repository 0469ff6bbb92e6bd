"""SQL of erasures: what there is to erase of a response, and its removal."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "Content",
    "ErasureRow",
    "WaitingDevice",
    "attachments_of_response",
    "erase_attachment",
    "erase_part",
    "erasures",
    "has_attachment",
    "has_part",
    "has_revision",
    "header_of_newest",
    "insert_erased_attachment",
    "not_named_elsewhere",
    "part_names",
    "parts_of_response",
    "parts_yet_to_come",
    "revs_of_response",
    "revs_under_reference",
    "waiting_devices",
]


@dataclass(frozen=True, kw_only=True)
class Content:
    """A part or a file of a response, by its hash.

    ``also_of`` is another response that names it as well, in a revision that is not erased.
    ``is_shown`` is False where only revisions name it after which everything of the response was erased.
    """

    sha256: str
    is_shown: bool
    also_of: str | None


@dataclass(frozen=True, kw_only=True)
class ErasureRow:
    """One erasure as the log has it; ``quarantined_why`` where all that it erases was set aside."""

    seq: int
    rev: str
    response_id: str
    header: str
    received_at: str
    quarantined_why: str | None


@dataclass(frozen=True, kw_only=True)
class WaitingDevice:
    """A phone that brought something of an erased response and has not read of the erasure yet."""

    device_id: str
    name: str
    last_seen_at: str | None


def revs_of_response(connection: sqlite3.Connection, *, response_id: str) -> list[str]:
    """List all revisions of a response, set aside or not."""
    rows = connection.execute(
        "SELECT rev FROM revisions WHERE response_id = :response_id ORDER BY seq", {"response_id": response_id}
    )
    return [row["rev"] for row in rows]


def revs_under_reference(connection: sqlite3.Connection, *, response_id: str, reference_hash: str) -> list[str]:
    """List what was made of a response under a reference code, and what joined it after that; not what others tried.

    Who tried to join a response that was not theirs had it set aside.
    """
    rows = connection.execute(
        """
        WITH RECURSIVE own (rev) AS (
            SELECT rev FROM revisions WHERE response_id = :response_id AND reference_hash = :reference_hash
            UNION
            SELECT later.rev
            FROM own JOIN revision_parents ON revision_parents.parent = own.rev
                 JOIN revisions AS later ON later.rev = revision_parents.rev
            WHERE later.response_id = :response_id AND later.quarantined_why IS NULL
        )
        SELECT rev FROM own ORDER BY rev
        """,
        {"response_id": response_id, "reference_hash": reference_hash},
    )
    return [row["rev"] for row in rows]


def part_names(connection: sqlite3.Connection, *, response_id: str) -> list[str]:
    """List the names that parts of a response have, in any of its revisions."""
    rows = connection.execute(
        """
        SELECT DISTINCT json_extract(part.value, '$.name') AS name
        FROM revisions, json_each(revisions.header, '$.parts') AS part
        WHERE revisions.response_id = :response_id ORDER BY name
        """,
        {"response_id": response_id},
    )
    return [row["name"] for row in rows]


def parts_of_response(
    connection: sqlite3.Connection, *, response_id: str, names: Sequence[str], revs: Sequence[str]
) -> list[Content]:
    """List the parts of those names, in those revisions of the response, whose text is here, oldest first."""
    rows = connection.execute(
        """
        WITH erased AS (
            SELECT response_id, MAX(revisions.seq) AS until FROM log JOIN revisions USING (seq)
            WHERE log.kind <> 'revision' AND log.kind = 'erase' AND json_extract(header, '$.erases.everything')
            GROUP BY response_id
        )
        SELECT mine.sha256, MAX(revisions.seq > COALESCE(erased.until, 0)) AS is_shown, (
            SELECT MIN(theirs.response_id)
            FROM revision_parts AS other JOIN revisions AS theirs USING (rev) LEFT JOIN erased USING (response_id)
            WHERE other.sha256 = mine.sha256 AND theirs.response_id <> :response_id
              AND theirs.seq > COALESCE(erased.until, 0)
        ) AS also_of
        FROM revisions JOIN revision_parts AS mine USING (rev) JOIN parts USING (sha256)
             LEFT JOIN erased USING (response_id)
        WHERE revisions.rev IN (SELECT value FROM json_each(:revs)) AND parts.erased_at IS NULL
          AND mine.name IN (SELECT value FROM json_each(:names))
        GROUP BY mine.sha256 ORDER BY MIN(revisions.seq), mine.sha256
        """,
        {"response_id": response_id, "names": json.dumps(list(names)), "revs": json.dumps(list(revs))},
    )
    return _contents(rows)


def parts_yet_to_come(connection: sqlite3.Connection, *, names: Sequence[str], revs: Sequence[str]) -> list[Content]:
    """List the parts of those names that those headers name and of whose text nothing is here: to be barred too."""
    rows = connection.execute(
        """
        SELECT json_extract(part.value, '$.sha256') AS sha256, 0 AS is_shown, NULL AS also_of
        FROM revisions, json_each(revisions.header, '$.parts') AS part
        WHERE revisions.rev IN (SELECT value FROM json_each(:revs))
          AND json_extract(part.value, '$.name') IN (SELECT value FROM json_each(:names))
          AND json_extract(part.value, '$.sha256') NOT IN (SELECT sha256 FROM parts)
        GROUP BY json_extract(part.value, '$.sha256') ORDER BY MIN(revisions.seq), sha256
        """,
        {"names": json.dumps(list(names)), "revs": json.dumps(list(revs))},
    )
    return _contents(rows)


def attachments_of_response(connection: sqlite3.Connection, *, response_id: str, revs: Sequence[str]) -> list[Content]:
    """List the files that those revisions name and that are not erased, arrived or not, oldest first."""
    rows = connection.execute(
        """
        WITH erased AS (
            SELECT response_id, MAX(revisions.seq) AS until FROM log JOIN revisions USING (seq)
            WHERE log.kind <> 'revision' AND log.kind = 'erase' AND json_extract(header, '$.erases.everything')
            GROUP BY response_id
        )
        SELECT mine.sha256, MAX(revisions.seq > COALESCE(erased.until, 0)) AS is_shown, (
            SELECT MIN(theirs.response_id)
            FROM revision_attachments AS other JOIN revisions AS theirs USING (rev) LEFT JOIN erased USING (response_id)
            WHERE other.sha256 = mine.sha256 AND theirs.response_id <> :response_id
              AND theirs.seq > COALESCE(erased.until, 0)
        ) AS also_of
        FROM revisions JOIN revision_attachments AS mine USING (rev) LEFT JOIN attachments USING (sha256)
             LEFT JOIN erased USING (response_id)
        WHERE revisions.rev IN (SELECT value FROM json_each(:revs)) AND attachments.erased_at IS NULL
        GROUP BY mine.sha256 ORDER BY MIN(revisions.seq), mine.sha256
        """,
        {"response_id": response_id, "revs": json.dumps(list(revs))},
    )
    return _contents(rows)


def not_named_elsewhere(connection: sqlite3.Connection, *, names: Sequence[str], response_id: str) -> list[str]:
    """Leave out of names of files what another response names, in a revision that is not erased."""
    rows = connection.execute(
        """
        WITH erased AS (
            SELECT response_id, MAX(revisions.seq) AS until FROM log JOIN revisions USING (seq)
            WHERE log.kind <> 'revision' AND log.kind = 'erase' AND json_extract(header, '$.erases.everything')
            GROUP BY response_id
        )
        SELECT value AS sha256 FROM json_each(:names) WHERE NOT EXISTS (
            SELECT 1
            FROM revision_attachments AS other JOIN revisions AS theirs USING (rev) LEFT JOIN erased USING (response_id)
            WHERE other.sha256 = value AND theirs.response_id <> :response_id
              AND theirs.seq > COALESCE(erased.until, 0)
        )
        """,
        {"names": json.dumps(list(names)), "response_id": response_id},
    )
    return [row["sha256"] for row in rows]


def header_of_newest(connection: sqlite3.Connection, *, revs: Sequence[str]) -> tuple[str, str | None] | None:
    """Give the header of the revision among those that came last, and why it was set aside, if it was."""
    row = connection.execute(
        """
        SELECT header, quarantined_why FROM revisions
        WHERE rev IN (SELECT value FROM json_each(:revs)) ORDER BY quarantined_why IS NOT NULL, seq DESC LIMIT 1
        """,
        {"revs": json.dumps(list(revs))},
    ).fetchone()
    return None if row is None else (row["header"], row["quarantined_why"])


def has_revision(connection: sqlite3.Connection, *, rev: str) -> bool:
    """Tell whether a revision is here."""
    return connection.execute("SELECT 1 FROM revisions WHERE rev = :rev", {"rev": rev}).fetchone() is not None


def has_part(connection: sqlite3.Connection, *, sha256: str, erased: bool) -> bool:
    """Tell whether a part is known here; with ``erased``, whether it is known as erased."""
    row = connection.execute("SELECT erased_at FROM parts WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    return row is not None and (row["erased_at"] is not None or not erased)


def has_attachment(connection: sqlite3.Connection, *, sha256: str, erased: bool) -> bool:
    """Tell whether a file is known here; with ``erased``, whether it is known as erased."""
    row = connection.execute("SELECT erased_at FROM attachments WHERE sha256 = :sha256", {"sha256": sha256}).fetchone()
    return row is not None and (row["erased_at"] is not None or not erased)


def erase_part(connection: sqlite3.Connection, *, sha256: str, now: str) -> None:
    """Take the text of a part away, or bar it from coming; one that was erased before stays as it is."""
    connection.execute(
        """
        INSERT INTO parts (sha256, body, erased_at) VALUES (:sha256, NULL, :now)
        ON CONFLICT (sha256) DO UPDATE SET body = NULL, erased_at = excluded.erased_at WHERE erased_at IS NULL
        """,
        {"sha256": sha256, "now": now},
    )


def erase_attachment(connection: sqlite3.Connection, *, sha256: str, now: str) -> None:
    """Keep that a file that had arrived is erased; one that was erased before stays as it is."""
    connection.execute(
        """
        UPDATE attachments SET stored_at = NULL, erased_at = :now
        WHERE sha256 = :sha256 AND erased_at IS NULL
        """,
        {"sha256": sha256, "now": now},
    )


def insert_erased_attachment(connection: sqlite3.Connection, *, sha256: str, seq: int, now: str) -> None:
    """Bar a file that never arrived from coming; its length is what a revision says of it, 0 where none is here."""
    connection.execute(
        """
        INSERT INTO attachments (sha256, seq, bytes, erased_at)
        SELECT :sha256, :seq, COALESCE(MAX(bytes), 0), :now FROM revision_attachments WHERE sha256 = :sha256
        """,
        {"sha256": sha256, "seq": seq, "now": now},
    )


def erasures(connection: sqlite3.Connection) -> list[ErasureRow]:
    """List the erasures that this server made or applied, oldest first; what a device calls one is not among them."""
    rows = connection.execute(
        """
        SELECT log.seq, revisions.rev, revisions.response_id, revisions.header, revisions.received_at,
               revisions.quarantined_why
        FROM log JOIN revisions ON revisions.seq = log.seq
        WHERE log.kind = 'erase' AND log.kind <> 'revision' ORDER BY log.seq
        """
    )
    return [ErasureRow(**row) for row in rows]


def waiting_devices(connection: sqlite3.Connection, *, response_id: str, seq: int) -> list[WaitingDevice]:
    """List the devices that brought something of a response and have not read the log as far as ``seq``."""
    rows = connection.execute(
        """
        SELECT devices.device_id, devices.name, devices.last_seen_at FROM devices
        WHERE devices.acknowledged_seq < :seq AND devices.device_id IN (
            SELECT revisions.device_id FROM revisions
            WHERE revisions.response_id = :response_id AND revisions.seq < :seq
        )
        ORDER BY devices.name, devices.device_id
        """,
        {"response_id": response_id, "seq": seq},
    )
    return [WaitingDevice(**row) for row in rows]


def _contents(rows: sqlite3.Cursor) -> list[Content]:
    return [Content(sha256=row["sha256"], is_shown=bool(row["is_shown"]), also_of=row["also_of"]) for row in rows]
