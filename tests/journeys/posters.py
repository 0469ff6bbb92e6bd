"""A poster at a venue of the journeys' neighbourhood, and who asks at it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from tests.journeys.central import Central

__all__ = ["CODE", "POSTER", "PRIVACY_CONTACT", "PROGRAMME", "VENUE", "hang_poster"]

FORM: Final = Path(__file__).parents[2] / "server/forms/instruments/tell_us_about_this_place.md"
CODE: Final = "K7PX3M"
POSTER: Final = "0192f000-0000-7000-8000-0000000000a1"
DEVICE: Final = "0192f000-0000-4000-8000-0000000000a2"
VENUE_ID: Final = "0192f000-0000-7000-8000-0000000000a3"
VENUE: Final = "Café on the Corner"
PROGRAMME: Final = "Well Old Ford"
PRIVACY_CONTACT: Final = "privacy@old-ford.example"
NOW: Final = "2026-11-01T08:00:00.000Z"


def hang_poster(central: Central) -> str:
    """Publish the form for residents and hang a poster for it, on a server that does not run; give its address."""
    central.command("form", "publish", str(FORM))
    with closing(sqlite3.connect(central.data / "fieldwell.sqlite3")) as database, database:
        database.execute(
            """
            INSERT INTO programme (id, name, contact, privacy_contact, languages, set_up_at)
            VALUES (1, :name, '020 7946 0000', :privacy, '["bn", "en", "ar"]', :now)
            ON CONFLICT (id) DO UPDATE SET name = :name, privacy_contact = :privacy
            """,
            {"name": PROGRAMME, "privacy": PRIVACY_CONTACT, "now": NOW},
        )
        database.execute(
            """
            INSERT INTO venues (venue_id, neighbourhood_id, name, place_words, created_at)
            VALUES (:venue, 'old-ford', :name, '', :now)
            """,
            {"venue": VENUE_ID, "name": VENUE, "now": NOW},
        )
        database.execute(
            """
            INSERT INTO posters
                (poster_id, venue_id, code, form_id, languages, quota, device_id, created_at, expires_at)
            VALUES
                (:poster, :venue, :code, 'tell_us_about_this_place', '["bn", "en", "ar"]', 1000, :device, :now,
                 '2036-11-01T08:00:00.000Z')
            """,
            {"poster": POSTER, "venue": VENUE_ID, "code": CODE, "device": DEVICE, "now": NOW},
        )
    return f"{central.url}/v/{CODE}"
