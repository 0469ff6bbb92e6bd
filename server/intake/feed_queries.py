"""SQL that reads the log back for one device: each kind of entry by its own index."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from sync.codes import ChangeState, ReviewState
from sync.hashes import sha256_hex

__all__ = [
    "AttachmentEntry",
    "Entry",
    "ErasureEntry",
    "FormsEntry",
    "ReviewEntry",
    "RevisionEntry",
    "entry_at",
    "forms_entries",
    "has_unheard_erasure",
    "held_revs",
    "newest_forms_entry",
    "newest_seq",
    "own_attachments",
    "own_erasures",
    "own_releases",
    "own_reviews",
    "own_revisions",
    "set_acknowledged",
]

ENTRY_CHARACTERS: Final = 32


@dataclass(frozen=True, kw_only=True)
class FormsEntry:
    """The forms have changed; ``subject`` names which."""

    seq: int
    subject: str
    logged_at: str


@dataclass(frozen=True, kw_only=True)
class RevisionEntry:
    """A revision is here; ``subject`` is its rev."""

    seq: int
    subject: str
    response_id: str
    quarantined_why: str | None

    @property
    def state(self) -> ChangeState:
        """How it stands."""
        return ChangeState.HELD if self.quarantined_why is None else ChangeState.SET_ASIDE


@dataclass(frozen=True, kw_only=True)
class AttachmentEntry:
    """A file is here, whole; ``subject`` is its hash."""

    seq: int
    subject: str


@dataclass(frozen=True, kw_only=True)
class ErasureEntry:
    """Content of a response was erased; ``subject`` is the rev of the erasing revision, ``header`` its text."""

    seq: int
    subject: str
    response_id: str
    header: str


STATES: Final = {
    "approve": ReviewState.APPROVED,
    "return": ReviewState.RETURNED,
    "reject": ReviewState.REJECTED,
    "reopen": ReviewState.RECEIVED,
}
"""Where each decision leads to."""


@dataclass(frozen=True, kw_only=True)
class ReviewEntry:
    """A coordinator decided about a response; ``subject`` is the id of the decision, ``rev`` what it was about."""

    seq: int
    subject: str
    response_id: str
    rev: str
    action: str
    reason: str

    @property
    def state(self) -> ReviewState:
        """Where the response stands since."""
        return STATES[self.action]


Entry = FormsEntry | RevisionEntry | AttachmentEntry | ErasureEntry | ReviewEntry


def forms_entries(connection: sqlite3.Connection, *, after_seq: int, limit: int) -> list[FormsEntry]:
    """List changes of forms."""
    rows = connection.execute(
        """
        SELECT seq, subject, logged_at FROM log
        WHERE kind <> 'revision' AND kind = 'forms' AND seq > :after_seq
        ORDER BY seq LIMIT :limit
        """,
        {"after_seq": after_seq, "limit": limit},
    )
    return [FormsEntry(**row) for row in rows]


def newest_forms_entry(connection: sqlite3.Connection) -> FormsEntry | None:
    """Find the latest change of forms."""
    row = connection.execute(
        """
        SELECT seq, subject, logged_at FROM log
        WHERE kind <> 'revision' AND kind = 'forms'
        ORDER BY seq DESC LIMIT 1
        """
    ).fetchone()
    return None if row is None else FormsEntry(**row)


def own_revisions(connection: sqlite3.Connection, *, device_id: str, after_seq: int, limit: int) -> list[RevisionEntry]:
    """List what the device's token brought, but for erasures, which have an entry of their own."""
    rows = connection.execute(
        """
        SELECT seq, rev AS subject, response_id, quarantined_why FROM revisions
        WHERE device_id = :device_id AND seq > :after_seq AND (kind <> 'erase' OR quarantined_why IS NOT NULL)
        ORDER BY seq LIMIT :limit
        """,
        {"device_id": device_id, "after_seq": after_seq, "limit": limit},
    )
    return [RevisionEntry(**row) for row in rows]


def own_releases(connection: sqlite3.Connection, *, device_id: str, after_seq: int, limit: int) -> list[RevisionEntry]:
    """List what the device's token brought, was set aside and was let in since, each where that was logged."""
    rows = connection.execute(
        """
        SELECT log.seq, revisions.rev AS subject, revisions.response_id, revisions.quarantined_why
        FROM log JOIN revisions ON revisions.rev = log.subject
        WHERE log.kind <> 'revision' AND log.kind = 'release' AND log.seq > :after_seq
          AND revisions.device_id = :device_id
        ORDER BY log.seq LIMIT :limit
        """,
        {"device_id": device_id, "after_seq": after_seq, "limit": limit},
    )
    return [RevisionEntry(**row) for row in rows]


def own_attachments(
    connection: sqlite3.Connection, *, device_id: str, after_seq: int, limit: int
) -> list[AttachmentEntry]:
    """List files that are here and that a revision names which the device's token brought."""
    rows = connection.execute(
        """
        SELECT seq, sha256 AS subject FROM attachments
        WHERE seq > :after_seq AND stored_at IS NOT NULL AND EXISTS (
            SELECT 1 FROM revision_attachments AS named JOIN revisions USING (rev)
            WHERE named.sha256 = attachments.sha256 AND revisions.device_id = :device_id
        )
        ORDER BY seq LIMIT :limit
        """,
        {"device_id": device_id, "after_seq": after_seq, "limit": limit},
    )
    return [AttachmentEntry(**row) for row in rows]


def own_erasures(connection: sqlite3.Connection, *, device_id: str, after_seq: int, limit: int) -> list[ErasureEntry]:
    """List erasures of responses that the device's token brought a revision of."""
    rows = connection.execute(
        """
        SELECT log.seq, log.subject, erasing.response_id, erasing.header
        FROM log JOIN revisions AS erasing ON erasing.seq = log.seq
        WHERE log.kind <> 'revision' AND log.kind = 'erase' AND log.seq > :after_seq AND EXISTS (
            SELECT 1 FROM revisions AS own
            WHERE own.response_id = erasing.response_id AND own.device_id = :device_id
        )
        ORDER BY log.seq LIMIT :limit
        """,
        {"device_id": device_id, "after_seq": after_seq, "limit": limit},
    )
    return [ErasureEntry(**row) for row in rows]


def own_reviews(connection: sqlite3.Connection, *, device_id: str, after_seq: int, limit: int) -> list[ReviewEntry]:
    """List decisions about responses that a worker's device brought a revision of; a resident is told none.

    A revision that is set aside makes nothing its bringer's: anybody could send one under another's response.

    Found by what the device brought, and looked for only when there is a newer one at all: a phone asks every few
    minutes, and one that is new would otherwise look through all that was ever decided.
    """
    newest = connection.execute("SELECT COALESCE(MAX(seq), 0) AS newest FROM reviews").fetchone()
    if int(newest["newest"]) <= after_seq:
        return []
    rows = connection.execute(
        """
        SELECT reviews.seq, reviews.review_id AS subject, reviews.response_id, reviews.rev, reviews.action,
               reviews.reason
        FROM (
            SELECT DISTINCT revisions.response_id FROM devices JOIN revisions USING (device_id)
            WHERE devices.device_id = :device_id AND devices.role = 'worker' AND revisions.quarantined_why IS NULL
        ) AS own CROSS JOIN reviews ON reviews.response_id = own.response_id
        WHERE reviews.seq > :after_seq
        ORDER BY reviews.seq LIMIT :limit
        """,
        {"device_id": device_id, "after_seq": after_seq, "limit": limit},
    )
    return [ReviewEntry(**row) for row in rows]


def entry_at(connection: sqlite3.Connection, *, seq: int) -> str:
    """Tell the entry at ``seq`` from any other that could stand there: a hash of all it says; '' where none is."""
    row = connection.execute("SELECT kind, subject, logged_at FROM log WHERE seq = :seq", {"seq": seq}).fetchone()
    return "" if row is None else sha256_hex(" ".join(row))[:ENTRY_CHARACTERS]


def newest_seq(connection: sqlite3.Connection) -> int:
    """Find the log's end; 0 when there is nothing in it."""
    row = connection.execute("SELECT COALESCE(MAX(seq), 0) AS newest FROM log").fetchone()
    return int(row["newest"])


def held_revs(connection: sqlite3.Connection, *, revs_json: str, device_id: str) -> list[RevisionEntry]:
    """List those of a JSON array of revs that are here and the device's own, by seq.

    Its own is what its token brought, and what says in its header that the device made it: somebody else may have
    brought that. Whoever asks knows the rev, so nobody can have it told of what it has not got.
    """
    rows = connection.execute(
        """
        SELECT seq, rev AS subject, response_id, quarantined_why FROM revisions
        WHERE rev IN (SELECT value FROM json_each(:revs))
          AND (device_id = :device_id OR json_extract(header, '$.device') = :device_id)
        ORDER BY seq
        """,
        {"revs": revs_json, "device_id": device_id},
    )
    return [RevisionEntry(**row) for row in rows]


def has_unheard_erasure(connection: sqlite3.Connection, *, device_id: str, until_seq: int) -> bool:
    """Tell whether an erasure stands between what the device has acknowledged and ``until_seq``."""
    row = connection.execute(
        """
        SELECT EXISTS (
            SELECT 1 FROM log
            WHERE kind <> 'revision' AND kind = 'erase' AND seq <= :until_seq AND seq > devices.acknowledged_seq
        ) AS unheard
        FROM devices WHERE device_id = :device_id
        """,
        {"device_id": device_id, "until_seq": until_seq},
    ).fetchone()
    return row is not None and bool(row["unheard"])


def set_acknowledged(connection: sqlite3.Connection, *, device_id: str, seq: int) -> None:
    """Keep how far a device has heard; it never goes back."""
    connection.execute(
        """
        UPDATE devices SET acknowledged_seq = :seq
        WHERE device_id = :device_id AND acknowledged_seq < :seq
        """,
        {"device_id": device_id, "seq": seq},
    )
