"""SQL about the programme itself."""

import json
import sqlite3
from dataclasses import dataclass

__all__ = ["Programme", "programme", "put_programme"]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """Who asks. ``contact`` is how to reach the team, ``privacy_contact`` whom to ask about one's data: a line each.

    ``languages`` are BCP 47 tags in the order that pickers show them.
    """

    name: str
    contact: str
    privacy_contact: str
    languages: tuple[str, ...]


def programme(connection: sqlite3.Connection) -> Programme | None:
    """Give the programme; None when nobody has set it up."""
    row = connection.execute("SELECT name, contact, privacy_contact, languages FROM programme WHERE id = 1").fetchone()
    if row is None:
        return None
    return Programme(
        name=row["name"],
        contact=row["contact"],
        privacy_contact=row["privacy_contact"],
        languages=tuple(json.loads(row["languages"])),
    )


def put_programme(connection: sqlite3.Connection, programme: Programme, *, now: str) -> None:
    """Keep the programme as it is now; ``now`` (UTC with a Z) is when it was set up, if it was not before."""
    connection.execute(
        """
        INSERT INTO programme (id, name, contact, privacy_contact, languages, set_up_at)
        VALUES (1, :name, :contact, :privacy_contact, :languages, :now)
        ON CONFLICT (id) DO UPDATE SET
            name = excluded.name, contact = excluded.contact,
            privacy_contact = excluded.privacy_contact, languages = excluded.languages
        """,
        {**vars(programme), "languages": json.dumps(programme.languages), "now": now},
    )
