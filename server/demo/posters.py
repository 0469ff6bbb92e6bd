"""A made-up venue with a poster in each neighbourhood of the demo, made by the way that a coordinator makes them."""

from typing import Final
from uuid import NAMESPACE_URL, uuid5

from server.clock import as_text
from server.demo.answering import Place
from server.people.rules import Person
from server.places import queries as places
from server.places.queries import Neighbourhood
from server.services import Services
from server.venues import poster_queries, rules, venue_queries
from server.venues.poster_changes import PosterChanges, WantedPoster
from server.venues.rules import Poster, Venue
from server.venues.typed import default_last_day, end_of, today_at
from server.venues.venue_changes import VenueChanges

__all__ = ["poster_of"]

VENUE_NAME: Final = "Demo hall (made up)"
QUOTA: Final = 10_000
"""Room for the samples of residents, and for whoever looks around."""


def poster_of(running: Services, there: Neighbourhood, place: Place, *, form_id: str, person: Person) -> Poster:
    """Give the poster of the made-up venue that is open now; make venue and poster when they are missing.

    ``person`` is an administrator. A venue that somebody closed in the console is opened again.
    """
    venue = _open_venue(running, _venue(there, place, created_at=as_text(running.clock.now())), person=person)
    poster = _open_poster(running, venue.venue_id, person=person)
    return poster or _made(running, venue, form_id=form_id, person=person)


def _open_venue(running: Services, wanted: Venue, *, person: Person) -> Venue:
    """Give the venue as it is by now: people may have given it other words."""
    changes = VenueChanges(
        database=running.database, clock=running.clock, random_bytes=running.random_bytes, person=person
    )
    with running.database.read() as connection:
        there = venue_queries.venue_by_id(connection, wanted.venue_id, reader=person.person_id)
    if there is None:
        changes.add(wanted)
        return wanted
    if there.closed_at is not None:
        changes.reopen(there)
    return there


def _made(running: Services, venue: Venue, *, form_id: str, person: Person) -> Poster:
    with running.database.read() as connection:
        languages = places.languages_of(connection, venue.neighbourhood_id)
    wanted = WantedPoster(
        poster_id="",
        form_id=form_id,
        languages=languages,
        quota=QUOTA,
        expires_at=end_of(default_last_day(today_at(running.clock.now()))),
    )
    posters = PosterChanges(
        database=running.database, clock=running.clock, random_bytes=running.random_bytes, person=person
    )
    posters.make(wanted, venue)
    made = _open_poster(running, venue.venue_id, person=person)
    assert made is not None, "The poster was made a moment ago."
    return made


def _venue(there: Neighbourhood, place: Place, *, created_at: str) -> Venue:
    return Venue(
        venue_id=str(uuid5(NAMESPACE_URL, f"urn:fieldwell:demo:venue:{there.neighbourhood_id}")),
        neighbourhood_id=there.neighbourhood_id,
        neighbourhood_name=there.name,
        name=VENUE_NAME,
        place_words="",
        latitude=place.latitude,
        longitude=place.longitude,
        created_at=created_at,
        closed_at=None,
    )


def _open_poster(running: Services, venue_id: str, *, person: Person) -> Poster | None:
    now = running.clock.now()
    with running.database.read() as connection:
        posters = poster_queries.posters_of_venue(connection, venue_id, reader=person.person_id)
    return next((one for one in posters if rules.standing(one, 0, now) == "open"), None)
