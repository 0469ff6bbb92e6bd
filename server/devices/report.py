"""What a phone says of itself in the header `Fieldwell-Phone`; the words are in sync/README.md. Pure.

Fieldwell-Phone: app=0.1.0; unsent=3
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from server.clock import from_text

__all__ = ["HEADER", "HEADER_CHARACTERS", "NOTED_EVERY", "Noted", "Report", "is_due", "read_report"]

HEADER: Final = "Fieldwell-Phone"
HEADER_CHARACTERS: Final = 200
"""What stands behind so many characters is not looked at."""
NOTED_EVERY: Final = timedelta(minutes=1)
"""The same report is written down no oftener."""

VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,39}", re.ASCII)
COUNT: Final = re.compile(r"[0-9]{1,6}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Report:
    """The version of the app, and how many finished responses no server has acknowledged; None: it does not say."""

    app_version: str | None
    unsent: int | None


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What a device said last, and when (ISO 8601 UTC); None: never."""

    report: Report
    told_at: str | None


def read_report(header: str) -> Report | None:
    """Read the header; None when it says nothing that can be read. Members that are not known are passed over."""
    members = (member.partition("=") for member in header[:HEADER_CHARACTERS].split(";"))
    said = {name.strip().lower(): value.strip() for name, _, value in reversed(list(members))}
    version, count = said.get("app", ""), said.get("unsent", "")
    report = Report(
        app_version=version if VERSION.fullmatch(version) else None,
        unsent=int(count) if COUNT.fullmatch(count) else None,
    )
    return None if report.app_version is None and report.unsent is None else report


def is_due(report: Report, noted: Noted, *, now: datetime) -> bool:
    """Tell whether a report is to be written down: it says something new, or the last one is a minute old."""
    if report != noted.report or noted.told_at is None:
        return True
    return not timedelta() <= now - from_text(noted.told_at) < NOTED_EVERY
