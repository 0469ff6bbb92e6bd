"""What tests of residents are made with: a poster at a venue, and a browser without script that answers at it."""

import html
import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from server.forms.publish import publish
from server.programme.queries import Programme, put_programme
from server.services import Services
from tests.server.instrument_walks import compiled

__all__ = ["CODE", "DEVICE", "POSTER", "Browser", "add_poster", "publish_instrument", "set_up_programme"]

CODE: Final = "K7PX3M"
POSTER: Final = "0192f000-0000-7000-8000-0000000000a1"
DEVICE: Final = "0192f000-0000-4000-8000-0000000000a2"
VENUE: Final = "0192f000-0000-7000-8000-0000000000a3"
NOW: Final = "2026-11-01T08:00:00.000Z"
STATE: Final = re.compile(r'<input type="hidden" name="state" value="([^"]*)"')
PAGE: Final = re.compile(r'<input type="hidden" name="page" value="([^"]*)"')
VISIT: Final = re.compile(r'<script type="application/json" id="visit">(.*?)</script>', re.DOTALL)


def set_up_programme(running: Services) -> None:
    """Say who asks."""
    team = Programme(
        name="Well Old Ford",
        contact="020 7946 0000",
        privacy_contact="privacy@old-ford.example",
        languages=("en", "bn", "ar"),
    )
    running.database.write(lambda connection: put_programme(connection, team, now=NOW))


def publish_instrument(running: Services, instrument: str, *, reviewed: Sequence[str] = ()) -> None:
    """Publish a built-in form."""
    publish(running.database, compiled(instrument), source_name=instrument, clock=running.clock, reviewed=reviewed)


def add_poster(
    running: Services, *, form_id: str = "tell_us_about_this_place", quota: int = 1000, **other: str
) -> None:
    """Hang a poster in Old Ford; ``other`` are columns of it."""
    row = {
        "poster_id": POSTER,
        "code": CODE,
        "form_id": form_id,
        "device_id": DEVICE,
        "expires_at": "2027-11-01T08:00:00.000Z",
        "closed_at": None,
        "replaced_by": None,
        **other,
    }

    def add(connection: sqlite3.Connection) -> None:
        connection.execute(
            """
            INSERT INTO venues (venue_id, neighbourhood_id, name, place_words, created_at)
            VALUES (:venue_id, 'old-ford', 'Café on the Corner', '', :now) ON CONFLICT DO NOTHING
            """,
            {"venue_id": VENUE, "now": NOW},
        )
        connection.execute(
            """
            INSERT INTO posters (poster_id, venue_id, code, form_id, languages, quota, device_id, created_at,
                                 expires_at, closed_at, replaced_by)
            VALUES (:poster_id, :venue_id, :code, :form_id, '["bn", "en", "ar"]', :quota, :device_id, :now,
                    :expires_at, :closed_at, :replaced_by)
            """,
            {**row, "venue_id": VENUE, "quota": quota, "now": NOW},
        )

    running.database.write(add)


@dataclass
class Browser:
    """Walks through a poster's pages as a browser without script does: what it has is the page it sees."""

    client: FlaskClient
    code: str = CODE
    headers: Mapping[str, str] = field(default_factory=lambda: {"Accept-Language": "en"})
    reply: TestResponse | None = None

    @property
    def text(self) -> str:
        """The page that is shown."""
        assert self.reply is not None, "a page is open"
        return self.reply.get_data(as_text=True)

    @property
    def state(self) -> dict[str, object]:
        """The state that the page carries."""
        state: dict[str, object] = json.loads(html.unescape(STATE.findall(self.text)[0]))
        return state

    @property
    def page(self) -> str:
        """The address of the page."""
        return str(PAGE.findall(self.text)[0])

    @property
    def visit(self) -> dict[str, object]:
        """What the app would take over from."""
        visit: dict[str, object] = json.loads(VISIT.findall(self.text)[0])
        return visit

    def open(self) -> "Browser":
        """Scan the poster."""
        self.reply = self.client.get(f"/v/{self.code}", headers=self.headers)
        return self

    def press(self, button: str, answers: Mapping[str, str | Sequence[str]] | None = None, **sent: str) -> "Browser":
        """Press a button of the page, with the fields of ``answers`` (`q12`) filled in; ``sent`` overrides members."""
        members = {"state": html.unescape(STATE.findall(self.text)[0]), "page": self.page, "go": button, **sent}
        fields = MultiDict([*members.items()])
        for name, value in (answers or {}).items():
            fields.setlist(name, [value] if isinstance(value, str) else list(value))
        self.reply = self.client.post(f"/v/{self.code}", data=fields, headers=self.headers)
        return self
