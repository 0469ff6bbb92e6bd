"""Venues and posters as a coordinator makes them: by the forms of the console."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.forms.publish import publish
from server.services import Services
from server.venues.queries import poster_by_id
from server.venues.rules import Poster
from tests.server.instrument_walks import compiled

__all__ = ["FORM", "SAMPLE", "Pages", "kept_poster", "publish_form_for_posters", "speak"]

FORM = "tell_us_about_this_place"
SAMPLE = {"name": "Idea Store Bow", "place_words": "By the lift", "position": "", "neighbourhood": "old-ford"}


def publish_form_for_posters(running: Services) -> None:
    """Put the built-in form on offer that a poster can carry."""
    publish(running.database, compiled(FORM), source_name=f"{FORM}.md", clock=running.clock)


def speak(running: Services, *languages: str) -> None:
    """Say which languages people speak in Old Ford, in order."""
    listed = ", ".join(f'"{language}"' for language in languages)
    running.database.write(
        lambda connection: (
            connection.execute(
                "UPDATE neighbourhoods SET languages = :languages WHERE neighbourhood_id = 'old-ford'",
                {"languages": f"[{listed}]"},
            ).rowcount
        )
    )


def kept_poster(running: Services, poster_id: str) -> Poster:
    """Give a poster as it is kept."""
    with running.database.read() as connection:
        poster = poster_by_id(connection, poster_id)
    assert poster is not None
    return poster


@dataclass(frozen=True)
class Pages:
    """A browser at the pages of venues and posters."""

    browser: FlaskClient

    def send(self, address: str, *, at: str | None = None, **form: str | Sequence[str]) -> TestResponse:
        """Fill in the form at an address and send it, with the hidden fields that it came with."""
        page = self.browser.get(at or address).text
        hidden = dict(re.findall(r'<input type="hidden" name="(id|csrf_token)" value="([^"]*)"', page))
        return self.browser.post(address, data={**hidden, **form})

    def add_venue(self, **form: str) -> str:
        """Add a venue and give the address of its page."""
        reply = self.send("/console/venues/new", **{**SAMPLE, **form})
        assert reply.status_code == 303, reply.text
        return reply.location

    def try_poster(self, venue: str, **form: str | Sequence[str]) -> TestResponse:
        """Send the form for a poster."""
        wanted = {"form": FORM, "languages": ["en"], "last_day": "2027-05-20", "quota": "1000", **form}
        return self.send(f"{venue}/posters/new", at=f"{venue}/posters/new?form={FORM}", **wanted)

    def make_poster(self, venue: str, **form: str | Sequence[str]) -> str:
        """Make a poster and give its id."""
        reply = self.try_poster(venue, **form)
        assert reply.status_code == 303, reply.text
        return reply.location.partition("#poster-")[2]
