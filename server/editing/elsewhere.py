"""Where else the team wrote words that are taken out of a response: there they stay, and a person has to look."""

import sqlite3
from collections.abc import Sequence
from typing import Literal, get_args
from urllib.parse import parse_qs

from server.editing import queries
from server.editing.history import facts_of
from server.editing.redacting import stands_in
from server.people.rules import Person
from server.reviews.filters import ARGUMENTS
from server.saved_views.queries import views_of

__all__ = ["Place", "places_with"]

Place = Literal["change", "comment", "decision", "set-aside", "asset-step", "view"]


def places_with(
    connection: sqlite3.Connection, response_id: str, words: Sequence[str], *, person: Person
) -> list[Place]:
    """Name the places at which one of the words stands, as far as the person sees them, in the order of ``Place``."""
    reader = person.person_id
    reasons = (fact.reason for fact in facts_of(queries.versions(connection, response_id, reader=reader)))
    written: list[tuple[str, str]] = [
        *(("change", reason) for reason in reasons),
        *queries.words_of_team(connection, response_id, reader=reader),
        *(("view", text) for text in _words_of_views(connection, reader)),
    ]
    found = {place for place, text in written if stands_in(text, words)}
    places: tuple[Place, ...] = get_args(Place)
    return [place for place in places if place in found]


def _words_of_views(connection: sqlite3.Connection, reader: str) -> list[str]:
    views = views_of(connection, reader=reader)
    return [text for view in views for text in (view.name, *parse_qs(view.query).get(ARGUMENTS["text"], ()))]
