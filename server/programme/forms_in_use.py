"""Choosing forms: what is chosen is published and offered; what is chosen no longer stays published, but unoffered.

A server that was upgraded may bring a form in another version; it is published when somebody asks for it.
"""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.forms import queries as form_texts
from server.forms.problems import FormRefused
from server.forms.publish import Outcome, VersionTaken, publish
from server.forms.queries import latest_open_versions
from server.forms.xlsform import compile_file, read_source
from server.people.rights import must_administer
from server.programme import form_queries
from server.programme.changes import offer_form, unoffer_form
from server.store.database import Database

__all__ = [
    "FormToRead",
    "NotChosen",
    "OfferedForm",
    "built_in",
    "choose",
    "form_to_read",
    "forms_to_choose_from",
    "taken_away",
]

INSTRUMENTS: Final = Path(__file__).parents[1] / "forms" / "instruments"


@dataclass(frozen=True, kw_only=True)
class OfferedForm:
    """A form that can be chosen: one that comes with the server, or one that was published.

    ``version`` is the newest that is open, None before the first. ``other`` is the version that comes with this
    server, when another one is in use and this one was never published here.
    """

    form_id: str
    built_in: bool
    version: str | None
    other: str | None
    offered: bool


@dataclass(frozen=True)
class NotChosen:
    """A form that could not be published, and why, for whoever makes forms."""

    form_id: str
    why: str


def built_in() -> Mapping[str, Path]:
    """Give the forms that come with the server, by the id that each has."""
    return {path.stem: path for path in sorted(INSTRUMENTS.glob("*.md")) if path.name != "README.md"}


def forms_to_choose_from(connection: sqlite3.Connection) -> tuple[OfferedForm, ...]:
    """List the forms: those of the server first."""
    published = {form.form_id: form.version for form in latest_open_versions(connection)}
    left_out = form_queries.forms_not_offered(connection)
    come_along = built_in()
    ids = (*come_along, *(form_id for form_id in published if form_id not in come_along))
    return tuple(
        OfferedForm(
            form_id=form_id,
            built_in=form_id in come_along,
            version=published.get(form_id),
            other=_other_version(connection, form_id) if form_id in come_along and form_id in published else None,
            offered=form_id in published and form_id not in left_out,
        )
        for form_id in ids
    )


@dataclass(frozen=True)
class FormToRead:
    """The logic of a form and its words by language, as JSON text."""

    logic: str
    packs: Mapping[str, str]


def form_to_read(connection: sqlite3.Connection, form_id: str) -> FormToRead | None:
    """Give the newest open version of a form; of one that comes with the server and is not published, that."""
    version = next((one for one in latest_open_versions(connection) if one.form_id == form_id), None)
    if version is None:
        return _made_ready(form_id) if form_id in built_in() else None
    logic = form_texts.logic(connection, sha256=version.logic_sha)
    texts = form_texts.current_texts(connection, form_id=form_id, version=version.version)
    bodies = {text.lang: form_texts.text_pack_body(connection, sha256=text.sha256) for text in texts}
    packs = {lang: body for lang, body in bodies.items() if body is not None}
    return FormToRead(logic, packs) if logic is not None and packs else None


@cache
def _made_ready(form_id: str) -> FormToRead:
    """Compile a form of the server, once: it takes seconds, and the files do not change while the server runs."""
    compiled = compile_file(built_in()[form_id])
    return FormToRead(compiled.logic_text, compiled.packs)


def taken_away(connection: sqlite3.Connection, chosen: Collection[str]) -> tuple[OfferedForm, ...]:
    """List the forms on offer that are chosen no longer."""
    return tuple(form for form in forms_to_choose_from(connection) if form.offered and form.form_id not in chosen)


def choose(
    database: Database, chosen: Collection[str], *, renewed: Collection[str] = (), actor: Actor, clock: Clock
) -> list[NotChosen]:
    """Offer the chosen forms and no others, those ``renewed`` in the version that comes with this server.

    Publishing one takes a few seconds. Give those that could not be.
    """
    with database.read() as connection:
        forms = forms_to_choose_from(connection)
    refused = []
    for form in forms:
        if form.form_id not in chosen:
            if form.offered:
                unoffer_form(database, form.form_id, actor=actor, clock=clock)
        elif form.version is not None and not (form.other and form.form_id in renewed):
            offer_form(database, form.form_id, actor=actor, clock=clock)
        elif why := publish_built_in(database, form.form_id, actor=actor, clock=clock):
            refused.append(NotChosen(form.form_id, why))
    return refused


def _other_version(connection: sqlite3.Connection, form_id: str) -> str | None:
    source = read_source(built_in()[form_id])
    assert source.workbook is not None, "The forms of the server are written as sheets."
    version = source.workbook.setting("version")
    return None if form_queries.is_published(connection, form_id, version) else version


def publish_built_in(database: Database, form_id: str, *, actor: Actor, clock: Clock) -> str | None:
    """Publish a form that comes with the server; give why not, if it cannot be."""
    path = built_in()[form_id]

    def beside(connection: sqlite3.Connection, _outcome: Outcome) -> None:
        must_administer(connection, actor)
        form_queries.offer(connection, form_id)
        note(connection, at=as_text(clock.now()), actor=actor, action="form-published", subject=form_id)

    try:
        outcome = publish(database, compile_file(path), source_name=path.name, clock=clock, beside=beside)
    except FormRefused as refused:
        return str(refused)
    return str(outcome) if isinstance(outcome, VersionTaken) else None
