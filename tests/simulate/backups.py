"""The backups that lie beside central: what each holds, and which of them a person may still put back.

A backup may be put back until it is a month behind: since it was made, central's clock has gone
forward by the 30 days that phones keep their copies after these are safe. The clock that counts
is the one that phones are told, wrong as it may be.
"""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from server.clock import as_text
from server.intake.feed_queries import entry_at
from server.upkeep import queries
from server.upkeep.mark import Mark
from sync.hashes import sha256_hex_of_bytes

__all__ = ["Backup", "Shelf", "copied"]

MONTH: Final = timedelta(days=30)
WHOLE: Final = """
    SELECT rev FROM revisions WHERE NOT EXISTS (
        SELECT 1 FROM revision_parts LEFT JOIN parts USING (sha256)
        WHERE revision_parts.rev = revisions.rev AND parts.body IS NULL AND parts.erased_at IS NULL
    )
"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Backup:
    """A verified copy: the database, the files by their paths, and the mark that central notes of it.

    ``revs`` and ``names`` are the revisions and files that it holds whole, by SQL and hashes of our own.
    ``line`` numbers the backups that its log goes on from, itself included.
    """

    number: int
    line: frozenset[int]
    database: bytes
    files: Mapping[str, bytes]
    mark: Mark
    revs: frozenset[str]
    names: frozenset[str]


def copied(
    connection: sqlite3.Connection, files: Mapping[str, bytes], *, number: int, line: Collection[int], now: datetime
) -> Backup:
    """Copy a database with the files beside it, and work out how far the copy reaches, as `server.upkeep.backup`."""
    facts = queries.facts(connection)
    assert facts is not None, "Central has been started."
    stored = queries.stored_attachments(connection)
    whole = {sha256_hex_of_bytes(content) for content in files.values()}
    absent = [one.seq for one in stored if one.sha256 not in whole]
    covered = queries.last_seq_before(connection, seq=min(absent, default=facts.seq + 1))
    return Backup(
        number=number,
        line=frozenset({*line, number}),
        database=connection.serialize(),
        files=files,
        mark=Mark(
            server_id=facts.server_id,
            epoch=facts.epoch,
            seq=covered,
            entry=entry_at(connection, seq=covered),
            made_at=as_text(now),
            sha256="",
            folder="",
        ),
        revs=frozenset(row["rev"] for row in connection.execute(WHOLE)),
        names=frozenset(one.sha256 for one in stored if one.sha256 in whole),
    )


class Shelf:
    """All backups that were ever made, and how old they are by the clock that phones were told."""

    def __init__(self) -> None:
        self.backups: list[Backup] = []
        self._lowest: dict[int, datetime] = {}
        self._put_away: set[int] = set()

    def add(self, backup: Backup, *, now: datetime) -> None:
        """Keep a backup that was made and verified now."""
        self.backups.append(backup)
        self._lowest[backup.number] = now

    def look_at(self, clock: datetime) -> None:
        """Take note of central's clock: it may go on, or jump either way."""
        for number, lowest in self._lowest.items():
            self._lowest[number] = min(lowest, clock)
            if clock - lowest >= MONTH:
                self._put_away.add(number)

    def may_be_put_back(self) -> list[Backup]:
        """List those that are not a month behind, oldest first."""
        return [one for one in self.backups if one.number not in self._put_away]

    def keep_the_line_of(self, backup: Backup) -> None:
        """Put away what neither goes on from a backup nor led to it: a copy by hand leaves phones no sign of it."""
        self._put_away.update(
            one.number for one in self.backups if backup.number not in one.line and one.number not in backup.line
        )

    def hold(self, line: Collection[int], *, revs: Collection[str], files: Collection[str]) -> bool:
        """Tell whether one backup of a line holds all these."""
        return any(
            one.number in line and one.revs.issuperset(revs) and one.names.issuperset(files) for one in self.backups
        )
