"""What lies on the disk of central and of a phone, read with SQL of our own."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Held", "PhoneHolds", "held_by", "kept_by", "nothing_kept"]


@dataclass(frozen=True, kw_only=True)
class Held:
    """What central has on its disk: rev → seq; the files that its tables say are here, or were erased."""

    revs: Mapping[str, int]
    quarantined: Mapping[str, str]
    files: frozenset[str]
    erased_files: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class PhoneHolds:
    """What a phone has on its disk: rev → state, and the same of files; ``reasons`` is what a person is shown."""

    revs: Mapping[str, str]
    reasons: Mapping[str, str | None]
    files: Mapping[str, str]
    files_with_bytes: frozenset[str]


def held_by(connection: sqlite3.Connection) -> Held:
    """Read what central has."""
    revisions = connection.execute("SELECT rev, seq, quarantined_why FROM revisions ORDER BY seq").fetchall()
    files = connection.execute("SELECT sha256, erased_at FROM attachments ORDER BY seq").fetchall()
    return Held(
        revs={row["rev"]: row["seq"] for row in revisions},
        quarantined={row["rev"]: row["quarantined_why"] for row in revisions if row["quarantined_why"] is not None},
        files=frozenset(row["sha256"] for row in files if row["erased_at"] is None),
        erased_files=frozenset(row["sha256"] for row in files if row["erased_at"] is not None),
    )


def kept_by(connection: sqlite3.Connection) -> PhoneHolds:
    """Read what a phone has."""
    revisions = connection.execute("SELECT rev, state, code FROM revisions ORDER BY place").fetchall()
    files = connection.execute(
        "SELECT sha256, state, content IS NOT NULL AS there FROM attachments ORDER BY place"
    ).fetchall()
    return PhoneHolds(
        revs={row["rev"]: row["state"] for row in revisions},
        reasons={row["rev"]: row["code"] for row in revisions},
        files={row["sha256"]: row["state"] for row in files},
        files_with_bytes=frozenset(row["sha256"] for row in files if row["there"]),
    )


def nothing_kept() -> PhoneHolds:
    """Give what a new phone has."""
    return PhoneHolds(revs={}, reasons={}, files={}, files_with_bytes=frozenset())
