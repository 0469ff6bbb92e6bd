"""Making, changing, rotating, closing and reopening posters. Each is one write, with its line in the audit."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.people.rules import Person
from server.store.database import Database
from server.venues import poster_queries as queries
from server.venues.rules import Poster, Venue, may_reopen, may_rotate
from server.venues.typed import default_last_day, end_of, last_day_of, today_at
from server.venues.venue_changes import new_id
from sync.ids import is_uuid
from sync.references import POSTER_SYMBOLS, SYMBOLS

__all__ = ["PosterChanges", "WantedPoster"]

DEVICE_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class WantedPoster:
    """A poster as somebody wants it; ``expires_at`` is UTC text with a Z."""

    poster_id: str
    form_id: str
    languages: tuple[str, ...]
    quota: int
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class PosterChanges:
    """What one person does with posters; what is out of their reach is as if it were not there."""

    database: Database
    clock: Clock
    random_bytes: Callable[[int], bytes]
    person: Person

    def make(self, wanted: WantedPoster, venue: Venue) -> str:
        """Make a poster for a venue that is open, and give its id. The same form sent twice makes one poster."""
        return self.database.write(lambda connection: self._make(connection, wanted, venue))

    def change(self, wanted: WantedPoster) -> None:
        """Keep another last day, quota or languages for a poster that hangs; its code, form and device stay."""
        self.database.write(lambda connection: self._change(connection, wanted))

    def rotate(self, poster: Poster) -> None:
        """Give a poster a successor with a new code; a second time does nothing."""
        self.database.write(lambda connection: self._rotate(connection, poster.poster_id))

    def close(self, poster: Poster) -> None:
        """Close a poster; a second time does nothing."""
        self.database.write(lambda connection: self._close(connection, poster))

    def reopen(self, poster: Poster, venue: Venue) -> None:
        """Open a closed poster again while it may be; a second time does nothing."""
        self.database.write(lambda connection: self._reopen(connection, poster, venue))

    def _make(self, connection: sqlite3.Connection, wanted: WantedPoster, venue: Venue) -> str:
        there = queries.poster_within(connection, wanted.poster_id, reader=self.person.person_id)
        if there is not None and _wish(there) == (venue.venue_id, wanted):
            return wanted.poster_id
        fresh = replace(wanted, poster_id=new_id(self.clock, self.random_bytes))
        for one in (wanted, fresh) if is_uuid(wanted.poster_id) else (fresh,):
            poster = self._new(connection, one, venue_id=venue.venue_id, model=venue)
            if queries.add_poster(connection, poster, reader=self.person.person_id):
                self._note(connection, "poster-made", poster)
                return poster.poster_id
        return fresh.poster_id

    def _change(self, connection: sqlite3.Connection, wanted: WantedPoster) -> None:
        reader = self.person.person_id
        there = queries.poster_within(connection, wanted.poster_id, reader=reader)
        before, after = (_facts(one) for one in (there, wanted)) if there else ({}, {})
        if there is None or before == after:
            return
        if queries.change_poster(
            connection,
            wanted.poster_id,
            languages=wanted.languages,
            quota=wanted.quota,
            expires_at=wanted.expires_at,
            reader=reader,
        ):
            changed = [name for name in after if after[name] != before[name]]
            told = {name: after[name] for name in changed} | {f"{name}_before": before[name] for name in changed}
            self._note(connection, "poster-changed", there, told)

    def _rotate(self, connection: sqlite3.Connection, poster_id: str) -> None:
        old = queries.poster_within(connection, poster_id, reader=self.person.person_id)
        if old is None or not may_rotate(old):
            return
        now = self.clock.now()
        ended = old.expires_at <= as_text(now)
        wanted = WantedPoster(
            poster_id=new_id(self.clock, self.random_bytes),
            form_id=old.form_id,
            languages=old.languages,
            quota=old.quota,
            expires_at=end_of(default_last_day(today_at(now))) if ended else old.expires_at,
        )
        new = self._new(connection, wanted, venue_id=old.venue_id, model=old)
        if queries.add_poster(connection, new, reader=self.person.person_id):
            queries.replace_poster(connection, old.poster_id, by=new.poster_id, reader=self.person.person_id)
            self._note(connection, "poster-rotated", old, {"successor": new.code})

    def _close(self, connection: sqlite3.Connection, poster: Poster) -> None:
        now = as_text(self.clock.now())
        if queries.close_poster(connection, poster.poster_id, reader=self.person.person_id, now=now):
            self._note(connection, "poster-closed", poster)

    def _reopen(self, connection: sqlite3.Connection, poster: Poster, venue: Venue) -> None:
        now = self.clock.now()
        if may_reopen(poster, venue, now) and queries.reopen_poster(
            connection, poster.poster_id, reader=self.person.person_id, now=as_text(now)
        ):
            self._note(connection, "poster-reopened", poster)

    def _new(
        self, connection: sqlite3.Connection, wanted: WantedPoster, *, venue_id: str, model: Venue | Poster
    ) -> Poster:
        return Poster(
            **vars(wanted),
            venue_id=venue_id,
            venue_name=model.name if isinstance(model, Venue) else model.venue_name,
            neighbourhood_id=model.neighbourhood_id,
            neighbourhood_name=model.neighbourhood_name,
            code=next(code for code in self._codes() if not queries.code_is_taken(connection, code)),
            device_id=str(UUID(bytes=self.random_bytes(DEVICE_BYTES), version=4)),
            created_at=as_text(self.clock.now()),
            closed_at=None,
            replaced_by=None,
        )

    def _codes(self) -> Iterator[str]:
        while True:
            yield "".join(SYMBOLS[byte % len(SYMBOLS)] for byte in self.random_bytes(POSTER_SYMBOLS))

    def _note(
        self, connection: sqlite3.Connection, action: str, poster: Poster, more: Mapping[str, str | int] | None = None
    ) -> None:
        note(
            connection,
            at=as_text(self.clock.now()),
            actor=Actor(person_id=self.person.person_id, name=self.person.name),
            action=action,
            subject=poster.poster_id,
            neighbourhood_id=poster.neighbourhood_id,
            details={"code": poster.code, "venue": poster.venue_name, **(more or {})},
        )


def _wish(poster: Poster) -> tuple[str, WantedPoster]:
    """Give what somebody wanted when they made a poster."""
    return poster.venue_id, WantedPoster(
        poster_id=poster.poster_id,
        form_id=poster.form_id,
        languages=poster.languages,
        quota=poster.quota,
        expires_at=poster.expires_at,
    )


def _facts(poster: Poster | WantedPoster) -> dict[str, str | int]:
    """Give what may change while a poster hangs, as the audit log tells it."""
    return {
        "languages": ", ".join(poster.languages),
        "last_day": last_day_of(poster.expires_at).isoformat(),
        "quota": poster.quota,
    }
