"""Publishes a draft, and closes or opens versions: each with its line in the audit, in one transaction."""

import sqlite3
from collections.abc import Collection

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.form_desk import queries
from server.forms import queries as forms
from server.forms.compile import Compiled
from server.forms.publish import Outcome, Published, VersionTaken, publish
from server.people.rights import must_administer
from server.programme import form_queries
from server.store.database import Database

__all__ = ["close_version", "open_version", "publish_draft"]


def publish_draft(
    database: Database,
    compiled: Compiled,
    *,
    source_name: str,
    reviewed: Collection[str],
    actor: Actor,
    clock: Clock,
) -> Published | VersionTaken:
    """Publish and offer a form; ``reviewed`` are the languages whose words a person has checked."""

    def beside(connection: sqlite3.Connection, outcome: Outcome) -> None:
        must_administer(connection, actor)
        form_queries.offer(connection, compiled.form_id)
        details = {"version": compiled.version, "outcome": outcome.value}
        at = as_text(clock.now())
        note(connection, at=at, actor=actor, action="form-published", subject=compiled.form_id, details=details)

    return publish(database, compiled, source_name=source_name, clock=clock, reviewed=reviewed, beside=beside)


def close_version(database: Database, *, form_id: str, version: str, actor: Actor, clock: Clock) -> bool:
    """Take no more responses to a version without setting them aside; False when it was not open."""
    now = as_text(clock.now())

    def close(connection: sqlite3.Connection) -> bool:
        must_administer(connection, actor)
        done = forms.close_version(connection, form_id=form_id, version=version, now=now)
        return done and _noted(connection, "form-closed", form_id, version, actor=actor, now=now)

    return database.write(close)


def open_version(database: Database, *, form_id: str, version: str, actor: Actor, clock: Clock) -> bool:
    """Take responses to a closed version again; False when it was open."""
    now = as_text(clock.now())

    def reopen(connection: sqlite3.Connection) -> bool:
        must_administer(connection, actor)
        done = queries.reopen_version(connection, form_id=form_id, version=version)
        return done and _noted(connection, "form-reopened", form_id, version, actor=actor, now=now)

    return database.write(reopen)


def _noted(connection: sqlite3.Connection, action: str, form_id: str, version: str, *, actor: Actor, now: str) -> bool:
    forms.log_forms_change(connection, subject=f"{form_id} {version}", now=now)
    note(connection, at=now, actor=actor, action=action, subject=form_id, details={"version": version})
    return True
