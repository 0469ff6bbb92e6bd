"""What a poster's page is made from: the poster, who asks, and its form in the version that a visit began with."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from server.clock import from_text
from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from server.formlogic.texts import Pack, load_pack
from server.forms import queries as forms
from server.forms.manifest import ManifestEntry
from server.forms.queries import FormVersion, TextPack
from server.programme.form_queries import is_offered
from server.programme.queries import Programme, programme
from server.residents import queries
from server.residents.fitness import unfit_questions
from server.residents.state import State, moment_of
from server.reviews.languages import in_order
from server.venues.queries import Poster, count_responses
from server.venues.rules import PosterStanding, standing

__all__ = ["NOBODY", "FormInUse", "Opened", "form_of_state", "newest_form", "open_poster", "pack_in"]

KEPT_IN_MEMORY: Final = 32
"""Logics, and text packs, that stay parsed from one page to the next."""
GOING_ON: Final = timedelta(days=1)
"""How long a visit that began before its poster was closed may still be finished."""
NOBODY: Final = Programme(name="", contact="", privacy_contact="", languages=())


@dataclass(frozen=True, kw_only=True)
class FormInUse:
    """One version of a form, and its languages with those of the poster first."""

    version: FormVersion
    definition: Definition
    languages: tuple[TextPack, ...]

    def language(self, tag: str) -> TextPack | None:
        """Find one of its languages."""
        return next((one for one in self.languages if one.lang == tag), None)

    def entry(self) -> ManifestEntry:
        """Give what the app is told of it; forms on posters have no lists from files."""
        return ManifestEntry(form=self.version, texts=self.languages, lists=())


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A poster that was found, how it stands now, and who asks."""

    poster: Poster
    standing: PosterStanding
    programme: Programme

    def lets_go_on(self, state: State, *, now: datetime) -> bool:
        """Tell whether a visit may go on: what was begun at a poster is not lost when it closes or ends."""
        if self.standing in {"open", "full"}:
            return True
        begun = moment_of(state.begun)
        ends = [self.poster.closed_at, self.poster.expires_at]
        over = min(from_text(one) for one in ends if one is not None)
        if self.standing == "replaced":
            return begun is not None and now - begun < GOING_ON
        return begun is not None and begun < over and now - over < GOING_ON


def open_poster(connection: sqlite3.Connection, poster: Poster, *, now: datetime) -> Opened:
    """Look up how a poster stands."""
    return Opened(
        poster=poster,
        standing=standing(poster, count_responses(connection, poster.poster_id), now),
        programme=programme(connection) or NOBODY,
    )


def newest_form(connection: sqlite3.Connection, poster: Poster) -> FormInUse | None:
    """Give the version that a visit begins with; None when the form is not offered, or not to be answered here."""
    if not is_offered(connection, poster.form_id):
        return None
    open_versions = forms.latest_open_versions(connection)
    version = next((one for one in open_versions if one.form_id == poster.form_id), None)
    form = _in_use(connection, version, poster)
    return None if form is None or unfit_questions(form.definition) else form


def form_of_state(connection: sqlite3.Connection, poster: Poster, state: State) -> FormInUse | None:
    """Give the version that a visit began with, which may be closed by now; None when its state fits none here."""
    version = forms.form_version(connection, form_id=poster.form_id, version=state.version)
    if version is None or version.logic_sha != state.logic or not _texts_fit(connection, version, state):
        return None
    form = _in_use(connection, version, poster)
    return None if form is None or unfit_questions(form.definition) else form


def pack_in(connection: sqlite3.Connection, form: FormInUse, tag: str, state: State | None) -> tuple[str, Pack] | None:
    """Give the words of a language with their hash: those that this visit has seen before, else those of today."""
    seen = state.shown.get(tag) if state is not None else None
    today = form.language(tag)
    sha256 = seen or (today.sha256 if today else None)
    body = forms.text_pack_body(connection, sha256=sha256) if sha256 else None
    return None if sha256 is None or body is None else (sha256, _pack(body))


def _in_use(connection: sqlite3.Connection, version: FormVersion | None, poster: Poster) -> FormInUse | None:
    body = forms.logic(connection, sha256=version.logic_sha) if version else None
    if version is None or body is None:
        return None
    texts = forms.current_texts(connection, form_id=version.form_id, version=version.version)
    languages = tuple(in_order(texts, first=poster.languages))
    return FormInUse(version=version, definition=_definition(body), languages=languages) if languages else None


def _texts_fit(connection: sqlite3.Connection, version: FormVersion, state: State) -> bool:
    return all(
        queries.text_pack_fits(connection, form_id=version.form_id, version=version.version, lang=lang, sha256=sha256)
        for lang, sha256 in state.shown.items()
    )


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _definition(body: str) -> Definition:
    return load(json.loads(body))


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _pack(body: str) -> Pack:
    return load_pack(body)
