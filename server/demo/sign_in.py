"""The sign-in of the demo: an administrator everywhere, whatever somebody who looked around did with it."""

import sqlite3
from dataclasses import replace
from typing import Final

from server.audit.noting import NOBODY, note
from server.clock import as_text
from server.people import accounts, queries
from server.people.accounts import SignIn
from server.people.rules import Person, Role, proves
from server.services import Services

__all__ = ["keep_sign_in"]

SIGN_IN_NAME: Final = "coordinator"
NAME: Final = "Demo coordinator"
ROLE: Final[Role] = "administrator"
PASSWORD_FILE: Final = "demo-password"
"""Holds the demo's password in the open, so that a second start can print it. Only made-up answers stand behind it."""
OWNER_ONLY: Final = 0o600


def keep_sign_in(running: Services) -> tuple[SignIn, Person]:
    """Give the sign-in that the demo made before, while its password holds; else make one and note its password.

    A fresh password would end the session of whoever stopped the demo to try the app without it. A demo from before
    there were roles, or one in which somebody tried what ends access, is put right.
    """
    running.database.write(lambda connection: _put_right(connection, at=as_text(running.clock.now())))
    person = _person(running)
    note_file = running.database.folder / PASSWORD_FILE
    noted = note_file.read_text("utf-8").strip() if note_file.is_file() else ""
    if person is not None and noted and proves(noted, person):
        return SignIn(sign_in_name=SIGN_IN_NAME, password=noted), person
    made = accounts.add_or_reset(
        running.database,
        sign_in_name=SIGN_IN_NAME,
        name=NAME,
        role=ROLE,
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    note_file.unlink(missing_ok=True)
    note_file.touch(mode=OWNER_ONLY, exist_ok=False)
    note_file.write_text(f"{made.password}\n", "utf-8")
    person = _person(running)
    assert person is not None, "The demo's sign-in was made a moment ago."
    return made, person


def _person(running: Services) -> Person | None:
    with running.database.read() as connection:
        return queries.person_by_sign_in_name(connection, SIGN_IN_NAME)


def _put_right(connection: sqlite3.Connection, *, at: str) -> None:
    """Give whoever has the demo's sign-in name its role, everywhere, and access; nothing when all is so already."""
    person = queries.person_by_sign_in_name(connection, SIGN_IN_NAME)
    if person is None or replace(person, role=ROLE, everywhere=True, ended_at=None) == person:
        return
    queries.set_role(connection, person_id=person.person_id, role=ROLE, everywhere=True)
    queries.restore_access(connection, person_id=person.person_id)
    details = {"role": ROLE, "role_before": person.role}
    note(connection, at=at, actor=NOBODY, action="person-changed", subject=person.person_id, details=details)
