"""Keeps reports, and lets those go that were dealt with long ago."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from server.clock import as_text
from server.wrong_words import queries
from server.wrong_words.rules import KEPT_WHEN_HANDLED, MOST_FROM_NOBODY, MOST_OPEN, Report

__all__ = ["forget_handled", "keep"]

T = TypeVar("T")


class Store(Protocol):
    """A database with one writer; ``write`` returns when what the job wrote is durable."""

    def read(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def write(self, job: Callable[[sqlite3.Connection], T]) -> T: ...


def keep(database: Store, reports: Sequence[Report], *, device_id: str | None, now: datetime) -> bool:
    """Keep what was reported, each once; False when too many wait already, and nothing was kept.

    ``device_id`` is what the caller's token says; a device that is not in use here is left out, and its reports take
    the places of others that came from nobody whom we know.
    """

    def job(connection: sqlite3.Connection) -> bool:
        new = [report for report in reports if not queries.is_kept(connection, report_id=report.report_id)]
        place = queries.place_of_device(connection, device_id=device_id) if device_id else None
        if place is None:
            queries.delete_from_nobody(connection, but_newest=MOST_FROM_NOBODY - len(new))
        if new and queries.count_open(connection) + len(new) > MOST_OPEN:
            return False
        for report in new:
            queries.insert_report(
                connection,
                report,
                at=as_text(now),
                device_id=device_id if place else None,
                neighbourhood_id=place,
            )
        return True

    return database.write(job)


def forget_handled(database: Store, *, now: datetime) -> None:
    """Delete reports that were dealt with long ago."""
    before = as_text(now - KEPT_WHEN_HANDLED)
    database.write(lambda connection: queries.delete_handled_before(connection, at=before))
