"""Writes down what phones say of themselves, and never holds up the call that carried it: the next one says it too."""

from contextlib import suppress
from datetime import datetime

from server.clock import as_text
from server.devices import queries
from server.devices.report import Report, is_due
from server.store.database import Database
from server.store.errors import QueueFull

__all__ = ["note_report"]


def note_report(database: Database, *, device_id: str, report: Report | None, now: datetime) -> None:
    """Queue a report for the writer when it is due; a device that is not known here is passed over."""
    if report is None:
        return
    with database.read() as connection:
        noted = queries.noted_report(connection, device_id=device_id)
    if noted is None or not is_due(report, noted, now=now):
        return
    with suppress(QueueFull):
        database.submit(
            lambda connection: queries.note_report(connection, device_id=device_id, report=report, now=as_text(now))
        )
