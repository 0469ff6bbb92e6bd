"""A venue and its posters, put together for the console."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from server.forms import queries as forms
from server.forms.queries import TextPack
from server.programme.form_queries import is_offered
from server.venues import poster_queries as queries
from server.venues.poster_queries import Counts
from server.venues.rules import (
    Poster,
    ShownStanding,
    Venue,
    as_shown,
    may_be_changed,
    may_reopen,
    may_rotate,
    standing,
)
from server.venues.typed import last_day_of
from sync.references import POSTER_SYMBOLS

__all__ = ["ShownPoster", "shown_code", "shown_posters", "totals", "words_of_form"]

NOTHING = Counts(visits=0, responses=0, last_response_at=None)


@dataclass(frozen=True, kw_only=True)
class ShownPoster:
    """One poster as its venue's page shows it; `last_day` is the last on which it takes people in."""

    poster: Poster
    code: str
    standing: ShownStanding
    counts: Counts
    last_day: date
    titles: dict[str, str]
    autonyms: dict[str, str]
    offered: bool
    may_be_changed: bool
    may_reopen: bool
    may_rotate: bool


def shown_posters(connection: sqlite3.Connection, venue: Venue, *, reader: str, now: datetime) -> list[ShownPoster]:
    """List the posters of a venue, the newest first."""
    counts = queries.counts_of_posters(connection, venue.venue_id, reader=reader)
    return [
        _shown(connection, poster, venue, counts.get(poster.poster_id, NOTHING), now)
        for poster in queries.posters_of_venue(connection, venue.venue_id, reader=reader)
    ]


def _shown(connection: sqlite3.Connection, poster: Poster, venue: Venue, counts: Counts, now: datetime) -> ShownPoster:
    packs = words_of_form(connection, poster.form_id)
    offered = is_offered(connection, poster.form_id)
    return ShownPoster(
        poster=poster,
        code=shown_code(poster.code),
        standing=as_shown(standing(poster, counts.responses, now), offered=offered),
        counts=counts,
        last_day=last_day_of(poster.expires_at),
        titles={pack.lang: pack.title for pack in packs},
        autonyms={pack.lang: pack.autonym for pack in packs},
        offered=offered,
        may_be_changed=may_be_changed(poster),
        may_reopen=may_reopen(poster, venue, now),
        may_rotate=may_rotate(poster),
    )


def words_of_form(connection: sqlite3.Connection, form_id: str) -> list[TextPack]:
    """List the languages of the newest version of a form, on offer or not."""
    newest = next((one for one in forms.versions(connection) if one.form_id == form_id), None)
    if newest is None:
        return []
    return forms.current_texts(connection, form_id=form_id, version=newest.version)


def totals(posters: list[ShownPoster]) -> Counts:
    """Add up what came by all posters of a venue."""
    last = [shown.counts.last_response_at for shown in posters if shown.counts.last_response_at]
    return Counts(
        visits=sum(shown.counts.visits for shown in posters),
        responses=sum(shown.counts.responses for shown in posters),
        last_response_at=max(last, default=None),
    )


def shown_code(code: str) -> str:
    """Write a poster's code as people copy it: in two groups of three."""
    half = POSTER_SYMBOLS // 2
    return f"{code[:half]}-{code[half:]}"
