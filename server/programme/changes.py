"""Changing the programme: each with its line in the log of what people did, in one transaction.

All raise NotAllowed unless an administrator asks.
"""

import sqlite3
from dataclasses import replace

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.forms.queries import log_forms_change
from server.people.rights import must_administer
from server.programme import form_queries, queries
from server.programme.checklist_queries import has_chosen_languages
from server.programme.language_order import rearranged
from server.programme.queries import Programme
from server.store.database import Database

__all__ = ["offer_form", "rearrange_languages", "save_programme", "unoffer_form"]

FIRST_LANGUAGES = ("en",)
SUBJECT = "programme"


def save_programme(
    database: Database, *, name: str, contact: str, privacy_contact: str, actor: Actor, clock: Clock
) -> None:
    """Keep the words of the programme; its languages stay. Saving the same again changes and notes nothing."""
    now = as_text(clock.now())

    def save(connection: sqlite3.Connection) -> None:
        must_administer(connection, actor)
        before = queries.programme(connection)
        after = Programme(
            name=name,
            contact=contact,
            privacy_contact=privacy_contact,
            languages=before.languages if before else FIRST_LANGUAGES,
        )
        if after == before:
            return
        queries.put_programme(connection, after, now=now)
        action = "programme-changed" if before else "programme-set-up"
        details = {"name": name, "contact": contact, "privacy_contact": privacy_contact}
        note(connection, at=now, actor=actor, action=action, subject=SUBJECT, details=details)

    database.write(save)


def rearrange_languages(
    database: Database, press: str, *, offered: tuple[str, ...], actor: Actor, clock: Clock
) -> bool:
    """Do what a button of the list of languages says; False when there is no programme yet.

    Done for the first time is a choice too, and noted, though it changes nothing.
    """
    now = as_text(clock.now())

    def rearrange(connection: sqlite3.Connection) -> bool:
        must_administer(connection, actor)
        before = queries.programme(connection)
        if before is None:
            return False
        languages = rearranged(before.languages, press, offered=offered)
        settled = press == "done" and not has_chosen_languages(connection)
        if languages != before.languages or settled:
            queries.put_programme(connection, replace(before, languages=languages), now=now)
            details = {"languages": " ".join(languages)}
            note(connection, at=now, actor=actor, action="languages-changed", subject=SUBJECT, details=details)
        return True

    return database.write(rearrange)


def offer_form(database: Database, form_id: str, *, actor: Actor, clock: Clock) -> None:
    """Give a published form to phones again; tell phones that forms have changed."""
    now = as_text(clock.now())

    def offer(connection: sqlite3.Connection) -> None:
        must_administer(connection, actor)
        if form_queries.offer(connection, form_id):
            log_forms_change(connection, subject=form_id, now=now)
            note(connection, at=now, actor=actor, action="form-offered", subject=form_id)

    database.write(offer)


def unoffer_form(database: Database, form_id: str, *, actor: Actor, clock: Clock) -> None:
    """Give a form to phones no longer. Answers to it are still taken in."""
    now = as_text(clock.now())

    def stop(connection: sqlite3.Connection) -> None:
        must_administer(connection, actor)
        if form_queries.stop_offering(connection, form_id, now=now):
            log_forms_change(connection, subject=form_id, now=now)
            note(connection, at=now, actor=actor, action="form-not-offered", subject=form_id)

    database.write(stop)
