"""What a report of a wrong word says, and how long it may be. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

__all__ = [
    "CONSOLE",
    "KEPT_WHEN_HANDLED",
    "LANG_CHARACTERS",
    "MOST_AT_ONCE",
    "MOST_FROM_NOBODY",
    "MOST_OPEN",
    "SCREEN_CHARACTERS",
    "WORDS_CHARACTERS",
    "Listed",
    "Report",
    "Standing",
    "faults_of",
    "in_one_line",
    "read_typed",
]

LANG_CHARACTERS: Final = 35
SCREEN_CHARACTERS: Final = 200
WORDS_CHARACTERS: Final = 500
"""Of the sentence, of the better one, and of what is said about them; one each."""
MOST_AT_ONCE: Final = 50
"""Reports in one call."""
MOST_OPEN: Final = 5_000
"""Reports that wait to be looked at; more are not taken in."""
MOST_FROM_NOBODY: Final = 500
"""Of those, from callers that we do not know. The oldest goes when another comes: nobody can fill the list for all."""
CONSOLE: Final = "console"
"""The screen of reports by people who are signed in; no caller may say so."""
CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
KEPT_WHEN_HANDLED: Final = timedelta(days=90)
"""A report that somebody has dealt with is deleted after so long."""

Standing = Literal["open", "handled"]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The sentence as it was shown, in which language (BCP 47) and on which screen; '' where nothing more was said."""

    report_id: str
    lang: str
    screen: str
    shown: str
    better: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A report as the console lists it; ``neighbourhood`` is None where nobody knows."""

    report_id: str
    reported_at: str
    lang: str
    screen: str
    shown: str
    better: str
    note: str
    neighbourhood_id: str | None
    neighbourhood: str | None
    handled_at: str | None


def in_one_line(text: str) -> str:
    """Write words in one line, without what cannot be seen and cannot be kept."""
    return " ".join(CONTROLS.sub(" ", text).split())


def read_typed(typed: Mapping[str, str], *, report_id: str, lang: str, screen: str) -> Report:
    """Read what somebody typed into a page, in one line each."""
    shown, better, note = (in_one_line(typed.get(name, "")) for name in ("shown", "better", "note"))
    return Report(
        report_id=report_id,
        lang=lang[:LANG_CHARACTERS],
        screen=screen[:SCREEN_CHARACTERS],
        shown=shown,
        better=better,
        note=note,
    )


def faults_of(report: Report) -> list[Literal["shown", "better", "note"]]:
    """Name the fields that cannot stay as they are, in the order of the page."""
    found: list[Literal["shown", "better", "note"]] = []
    if not 0 < len(report.shown) <= WORDS_CHARACTERS:
        found.append("shown")
    if len(report.better) > WORDS_CHARACTERS:
        found.append("better")
    if len(report.note) > WORDS_CHARACTERS:
        found.append("note")
    return found
