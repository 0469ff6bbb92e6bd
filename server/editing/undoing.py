"""Which change of the team can be put back: the newest one, while the texts of before are kept."""

import json
import sqlite3
from dataclasses import dataclass

from server.editing.opening import versions_of
from server.people.rules import Person
from server.reviews.apart import APART
from server.reviews.queries import Record, record_of_revision
from sync.codes import Origin, RevisionKind

__all__ = ["Undoable", "undoable"]


@dataclass(frozen=True, kw_only=True)
class Undoable:
    """A version that the team made, and the one that it followed."""

    head: Record
    earlier: Record
    touches_apart: bool


def undoable(connection: sqlite3.Connection, response_id: str, person: Person, *, rev: str) -> Undoable | None:
    """Find the change that ``rev`` made, if it is the version that is shown; None where it cannot be put back."""
    heads = versions_of(connection, response_id, person)
    if not heads or heads[0].rev != rev:
        return None
    header = json.loads(heads[0].header)
    if (header["kind"], header["origin"], len(header["parents"])) != (RevisionKind.EDIT, Origin.CONSOLE, 1):
        return None
    earlier = record_of_revision(connection, header["parents"][0], reader=person.person_id)
    if earlier is None or not _is_kept(earlier):
        return None
    touches_apart = _apart(heads[0]) != _apart(earlier)
    if touches_apart and person.role != "administrator":
        return None
    return Undoable(head=heads[0], earlier=earlier, touches_apart=touches_apart)


def _is_kept(record: Record) -> bool:
    named = {part["name"] for part in json.loads(record.header)["parts"]}
    return named <= {part.name for part in record.parts if part.body is not None}


def _apart(record: Record) -> str | None:
    return next((part.body for part in record.parts if part.name == APART), None)
