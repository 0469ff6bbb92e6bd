"""Which forms a poster can carry: those on offer that a page without script can ask."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Final

from server.formlogic.logic_json import load
from server.forms import queries as forms
from server.forms.manifest import ManifestEntry, manifest
from server.forms.queries import TextPack
from server.places import queries as places
from server.residents.fitness import Unfit, unfit_questions
from server.venues.rules import Poster
from server.venues.showing import words_of_form

__all__ = ["PosterForm", "forms_for_posters", "languages_to_choose"]


NOT_ASKED: Final = "no_interview"
"""Only a worker fills it in, about somebody who was not interviewed."""


@dataclass(frozen=True, kw_only=True)
class PosterForm:
    """A form on offer. ``languages`` are those that it shares with a neighbourhood, in the neighbourhood's order.

    ``unfit`` names the questions that a page without script cannot ask; no poster carries a form that has any.
    """

    form_id: str
    titles: dict[str, str]
    languages: tuple[TextPack, ...]
    unfit: tuple[Unfit, ...]

    @property
    def fits(self) -> bool:
        """Whether a poster can carry it."""
        return not self.unfit and bool(self.languages)


def forms_for_posters(connection: sqlite3.Connection, neighbourhood_id: str) -> list[PosterForm]:
    """List the forms on offer that ask somebody something, with what each can do in a neighbourhood."""
    wanted = places.languages_of(connection, neighbourhood_id)
    return [
        _poster_form(connection, entry, wanted) for entry in manifest(connection) if entry.form.form_id != NOT_ASKED
    ]


def languages_to_choose(connection: sqlite3.Connection, poster: Poster) -> tuple[TextPack, ...]:
    """List the languages that a poster that hangs may get: those it has, then those form and neighbourhood share."""
    packs = {pack.lang: pack for pack in words_of_form(connection, poster.form_id)}
    wanted = (*poster.languages, *places.languages_of(connection, poster.neighbourhood_id))
    return tuple(packs[language] for language in dict.fromkeys(wanted) if language in packs)


def _poster_form(connection: sqlite3.Connection, entry: ManifestEntry, wanted: tuple[str, ...]) -> PosterForm:
    packs = {pack.lang: pack for pack in entry.texts}
    logic = forms.logic(connection, sha256=entry.form.logic_sha)
    assert logic is not None, "A published version names a logic that is kept."
    return PosterForm(
        form_id=entry.form.form_id,
        titles={pack.lang: pack.title for pack in entry.texts},
        languages=tuple(packs[language] for language in wanted if language in packs),
        unfit=tuple(unfit_questions(load(json.loads(logic)))),
    )
