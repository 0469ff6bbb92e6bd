"""Adding, changing, closing and reopening venues. Each is one write, with its line in the audit."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from server.audit.noting import Actor, note
from server.clock import Clock, as_text
from server.people.rules import Person
from server.store.database import Database
from server.venues import venue_queries as queries
from server.venues.rules import Venue
from sync.ids import RANDOM_BYTES, is_uuid, uuid7

__all__ = ["VenueChanges", "new_id"]


@dataclass(frozen=True, kw_only=True)
class VenueChanges:
    """What one person does with venues; what is out of their reach is as if it were not there."""

    database: Database
    clock: Clock
    random_bytes: Callable[[int], bytes]
    person: Person

    def add(self, venue: Venue) -> str:
        """Keep a new venue and give its id. The same form sent twice makes one venue."""
        return self.database.write(lambda connection: self._add(connection, venue))

    def change(self, venue: Venue) -> None:
        """Keep other words or another position for a venue."""
        self.database.write(lambda connection: self._change(connection, venue))

    def close(self, venue: Venue) -> None:
        """Close a venue, and with it its posters; a second time does nothing."""
        self.database.write(lambda connection: self._close(connection, venue))

    def reopen(self, venue: Venue) -> None:
        """Open a venue again; a second time does nothing."""
        self.database.write(lambda connection: self._reopen(connection, venue))

    def _add(self, connection: sqlite3.Connection, venue: Venue) -> str:
        there = queries.venue_by_id(connection, venue.venue_id, reader=self.person.person_id)
        if there is not None and _words(there) == _words(venue):
            return there.venue_id
        fresh = replace(venue, venue_id=new_id(self.clock, self.random_bytes))
        for one in (venue, fresh) if is_uuid(venue.venue_id) else (fresh,):
            if queries.add_venue(connection, one, reader=self.person.person_id):
                self._note(connection, "venue-added", one)
                return one.venue_id
        return fresh.venue_id

    def _change(self, connection: sqlite3.Connection, venue: Venue) -> None:
        there = queries.venue_by_id(connection, venue.venue_id, reader=self.person.person_id)
        if there is None or _words(there) == _words(venue):
            return
        if queries.change_venue(connection, venue, reader=self.person.person_id):
            self._note(connection, "venue-changed", venue)

    def _close(self, connection: sqlite3.Connection, venue: Venue) -> None:
        now = as_text(self.clock.now())
        if queries.close_venue(connection, venue.venue_id, reader=self.person.person_id, now=now):
            self._note(connection, "venue-closed", venue)

    def _reopen(self, connection: sqlite3.Connection, venue: Venue) -> None:
        if queries.reopen_venue(connection, venue.venue_id, reader=self.person.person_id):
            self._note(connection, "venue-reopened", venue)

    def _note(self, connection: sqlite3.Connection, action: str, venue: Venue) -> None:
        note(
            connection,
            at=as_text(self.clock.now()),
            actor=Actor(person_id=self.person.person_id, name=self.person.name),
            action=action,
            subject=venue.venue_id,
            neighbourhood_id=venue.neighbourhood_id,
            details={"name": venue.name},
        )


def new_id(clock: Clock, random_bytes: Callable[[int], bytes]) -> str:
    """Make an id that sorts by time."""
    return str(uuid7(int(clock.now().timestamp() * 1000), random_bytes(RANDOM_BYTES)))


def _words(venue: Venue) -> tuple[object, ...]:
    return (venue.neighbourhood_id, venue.name, venue.place_words, venue.latitude, venue.longitude)
