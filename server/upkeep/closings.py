"""What a restore takes over from the data that it replaces: only what people had ended, and who is to look at what.

A backup knows nothing of what came after it. Left at that, whoever was let go since could sign in again, and a lost
phone would be in good standing. So everything that was ended stays ended. Nothing else is taken over: what was done
with roles, reach and passwords since may be just why somebody goes back to a backup. Those are as they were then, and
the names of the people are told.

Replaced posters are closed here, without their successors, which the backup does not know.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from server.store.snapshot import opened_untouched
from server.upkeep import closing_queries as sql
from server.upkeep import queries
from server.upkeep.closing_queries import Ended, SignIn

__all__ = ["Carried", "Closings", "carry_over", "read_closings"]


@dataclass(frozen=True, kw_only=True)
class Closings:
    """What had ended in the data that are replaced, and what was in use there."""

    people: tuple[Ended, ...]
    devices: tuple[Ended, ...]
    posters: tuple[Ended, ...]
    venues: tuple[Ended, ...]
    sign_ins: tuple[SignIn, ...]
    phones: dict[str, str]
    codes: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Carried:
    """How much stays ended that the backup had open.

    ``as_then`` are people with another password, role or reach than before; the rest was in use, and is not any more.
    """

    people: int
    phones: int
    posters: int
    venues: int
    as_then: tuple[str, ...]
    gone_people: tuple[str, ...]
    gone_phones: tuple[str, ...]
    gone_codes: tuple[str, ...]


def read_closings(database: Path, *, server_id: str) -> Closings | None:
    """Read the database that is to be replaced, and leave it as it is.

    None when there is none, when it cannot be read, when it is of another server, or of a version before there were
    roles and reach.
    """
    if not database.is_file():
        return None
    try:
        with opened_untouched(database) as connection:
            facts = queries.facts(connection)
            return _read(connection) if facts is not None and facts.server_id == server_id else None
    except sqlite3.Error:
        return None


def carry_over(connection: sqlite3.Connection, before: Closings) -> Carried:
    """End what had ended, inside the caller's transaction, and say what the restored data have otherwise."""
    then = {one.person_id: one for one in sql.sign_ins(connection)}
    phones, codes = sql.workers_phones(connection), sql.open_posters(connection)
    others = [one for one in before.sign_ins if then.get(one.person_id) != one]
    return Carried(
        people=sql.end_people(connection, before.people),
        phones=sql.end_devices(connection, before.devices),
        posters=sql.end_posters(connection, before.posters),
        venues=sql.end_venues(connection, before.venues),
        as_then=tuple(one.sign_in_name for one in others if one.person_id in then),
        gone_people=tuple(one.sign_in_name for one in others if one.person_id not in then),
        gone_phones=tuple(name for device, name in before.phones.items() if device not in phones),
        gone_codes=tuple(code for poster, code in before.codes.items() if poster not in codes),
    )


def _read(connection: sqlite3.Connection) -> Closings:
    return Closings(
        people=tuple(sql.ended_people(connection)),
        devices=tuple(sql.ended_devices(connection)),
        posters=tuple(sql.ended_posters(connection)),
        venues=tuple(sql.ended_venues(connection)),
        sign_ins=tuple(sql.sign_ins(connection)),
        phones=sql.workers_phones(connection),
        codes=sql.open_posters(connection),
    )
