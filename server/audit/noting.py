"""Writes down who did what. Called inside the transaction that does it, so that neither is there without the other."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.audit import queries

__all__ = ["COMMAND", "NOBODY", "Actor", "note"]


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who did it, under the name they had then; ``person_id`` is None where nobody was signed in."""

    person_id: str | None
    name: str


NOBODY: Final = Actor(person_id=None, name="")
COMMAND: Final = "command-line"
"""What the detail ``by`` says where nobody was signed in because somebody typed a command."""


def note(
    connection: sqlite3.Connection,
    *,
    at: str,
    actor: Actor,
    action: str,
    subject: str,
    neighbourhood_id: str | None = None,
    details: Mapping[str, str | int | None] | None = None,
) -> None:
    """Keep one line. ``action`` is a stable word such as ``poster-closed``; ``subject`` is the id of what it is about.

    ``at`` is UTC with a Z. A secret or somebody's answer never belongs in ``details``.
    """
    queries.insert_line(
        connection,
        at=at,
        actor_id=actor.person_id,
        actor_name=actor.name,
        action=action,
        subject=subject,
        neighbourhood_id=neighbourhood_id,
        details=json.dumps(dict(details or {}), ensure_ascii=False),
    )
