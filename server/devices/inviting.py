"""Inviting phones from the console: a link on a screen, or a sheet of codes for a training day. Each works once."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from server.audit.noting import Actor, note
from server.clock import as_text
from server.devices import console_queries as queries
from sync.hashes import sha256_hex

__all__ = [
    "LINK_HOURS",
    "LONGEST_SHEET_HOURS",
    "MOST_CODES",
    "USUAL_SHEET_HOURS",
    "Invited",
    "Outcome",
    "Wish",
    "invite",
    "read_count",
]

LINK_HOURS: Final = 24
"""How long a link works that is shown on a screen: the phone stands beside it."""
USUAL_SHEET_HOURS: Final = 12
LONGEST_SHEET_HOURS: Final = 72
MOST_CODES: Final = 60
"""Codes of one sheet: a training day has no more phones."""
MOST_DIGITS: Final = 4


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Where phones are to work, and for how many hours their codes are good. ``sheet`` is '' for a link alone."""

    neighbourhood_id: str
    hours: int
    sheet: str


@dataclass(frozen=True, kw_only=True)
class Invited:
    """One code: the secret, which is told this one time, and the name that its phone gets."""

    secret: str
    name: str


class Outcome(StrEnum):
    """What came of asking for codes; but for the first, nothing was kept."""

    MADE = "made"
    MADE_BEFORE = "made-before"
    OUT_OF_REACH = "out-of-reach"


def invite(
    connection: sqlite3.Connection, invited: Sequence[Invited], wish: Wish, *, actor: Actor, now: datetime
) -> Outcome:
    """Keep the codes, and who made them; a sheet is made once, however often it is asked for."""
    if wish.sheet and queries.has_sheet(connection, sheet=wish.sheet):
        return Outcome.MADE_BEFORE
    kept = [_keep(connection, one, wish, actor=actor, now=now) for one in invited]
    if not all(kept):
        return Outcome.OUT_OF_REACH
    note(
        connection,
        at=as_text(now),
        actor=actor,
        action="sheet-made" if wish.sheet else "phone-invited",
        subject=wish.sheet or sha256_hex(invited[0].secret),
        neighbourhood_id=wish.neighbourhood_id,
        details={**({} if wish.sheet else {"name": invited[0].name}), "codes": len(invited), "hours": wish.hours},
    )
    return Outcome.MADE


def read_count(text: str, *, least: int, most: int) -> int | None:
    """Read a whole number in any script's digits; None when it is none, or not from ``least`` to ``most``."""
    typed = text.strip()
    if not typed.isdecimal() or len(typed) > MOST_DIGITS:
        return None
    return int(typed) if least <= int(typed) <= most else None


def _keep(connection: sqlite3.Connection, one: Invited, wish: Wish, *, actor: Actor, now: datetime) -> bool:
    return queries.insert_invitation(
        connection,
        reader=actor.person_id or "",
        secret_hash=sha256_hex(one.secret),
        neighbourhood_id=wish.neighbourhood_id,
        name=one.name,
        now=as_text(now),
        expires_at=as_text(now + timedelta(hours=wish.hours)),
        sheet=wish.sheet,
    )
