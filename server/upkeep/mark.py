"""The mark of the last verified backup, `backup.json` in the data folder: what makes answers safe, where it lies."""

import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from server.intake.backup_mark import FILE_NAME
from server.intake.feed_queries import entry_at
from server.store.disk import write_whole
from server.store.identity import ServerIdentity

__all__ = ["Mark", "as_note", "fitting", "read_mark", "reset_unless_it_fits", "write_mark"]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Up to ``seq``, where ``entry`` stands in the log, everything is in the backup in ``folder``."""

    server_id: str
    epoch: str
    seq: int
    entry: str
    made_at: str
    sha256: str
    folder: str


def write_mark(data: Path, mark: Mark) -> None:
    """Put the mark in place, whole."""
    write_whole(data / FILE_NAME, as_note(mark))


def as_note(mark: Mark) -> bytes:
    """Write a mark down, as it stands in the file."""
    return json.dumps(asdict(mark), indent=2).encode() + b"\n"


def read_mark(data: Path) -> Mark | None:
    """Read the mark; None when there is none that can be read."""
    try:
        content = json.loads((data / FILE_NAME).read_bytes())
        return Mark(**content)
    except (OSError, ValueError, TypeError):
        return None


def reset_unless_it_fits(data: Path, connection: sqlite3.Connection, *, identity: ServerIdentity) -> None:
    """Let nothing count as safe when the mark is of another log: an older database may have been put here by hand."""
    mark = read_mark(data)
    if mark is None:
        return
    right = fitting(mark, connection, identity=identity)
    if right != mark:
        write_mark(data, right)


def fitting(mark: Mark, connection: sqlite3.Connection, *, identity: ServerIdentity) -> Mark:
    """Give the mark when it is of this log, else one by which nothing is safe.

    Where the backups lie is kept: the ledger there knows what the older database does not.
    """
    of_this_log = (mark.server_id, mark.epoch) == (identity.server_id, identity.epoch)
    if of_this_log and entry_at(connection, seq=mark.seq) == mark.entry:
        return mark
    return replace(mark, server_id=identity.server_id, epoch=identity.epoch, seq=0, entry="")
