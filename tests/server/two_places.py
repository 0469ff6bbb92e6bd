"""Two neighbourhoods with one of everything, so that a page that mixes them up can be caught.

Every text that belongs to a neighbourhood holds its marker, and every id is known by the name that addresses give it.
"""

import json
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient

from server.devices import enrolment
from server.form_desk.drafts import GivenFile, draft_name
from server.reviews.projector import catch_up
from server.services import Services
from sync.hashes import sha256_hex, sha256_hex_of_bytes
from tests.server.people_at_work import person_with
from tests.server.pushing import push, statuses
from tests.server.records import Phone
from tests.server.uploading import photo, sent_whole

__all__ = ["DRAFT_ID", "KINGS_HEATH", "OLD_FORD", "Place", "fill", "rows_of"]

DRAFT: Final = (GivenFile(name="walk.xml", content=(Path(__file__).parent / "walk.xml").read_bytes()),)
DRAFT_ID: Final = draft_name(DRAFT)
"""The upload that waits to be published; it belongs to no neighbourhood."""
LATER: Final = "2027-11-20T12:00:00.000Z"
NOW: Final = "2026-11-20T12:00:00.000Z"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A neighbourhood, the marker in all its texts, and what stands in addresses, by the name of the argument."""

    id: str
    marker: str
    arguments: dict[str, str]

    @property
    def traces(self) -> tuple[str, ...]:
        """Everything by which a row or a page could be known to be about this neighbourhood."""
        return (self.marker, self.id, *self.arguments.values())


def a_place(name: str, marker: str, number: int) -> Place:
    unique = f"{number:012x}"
    arguments = {
        "neighbourhood_id": name,
        "response_id": f"0192f000-0000-7000-8000-{unique}",
        "report_id": f"0192f000-0000-7000-8200-{unique}",
        "aside_id": f"0192f000-0000-7000-8100-{unique}",
        "device_id": f"0192f000-0000-7000-9000-{unique}",
        "venue_id": f"venue-of-{unique}",
        "view_id": f"view-of-{unique}",
        "asset_id": f"asset-of-{unique}",
        "step_id": f"step-of-{unique}",
        "import_id": f"import-of-{unique}",
        "poster_id": f"poster-of-{unique}",
        "enrolment_id": sha256_hex(f"enrolment {marker}"),
        "sheet": f"sheet-of-{unique}",
        "person_id": f"person-{marker.lower()}",
        "session_id": f"session-of-{unique}",
        "key_id": f"key-of-{unique}",
        "invitation_hash": sha256_hex(f"invitation {marker}"),
        "sha256": sha256_hex_of_bytes(photo(number, width=60, height=40)),
    }
    return Place(id=name, marker=marker, arguments=arguments)


OLD_FORD: Final = a_place("old-ford", "Zebraford", 1)
KINGS_HEATH: Final = a_place("kings-heath", "Quokkaheath", 2)


def fill(running: Services, client: FlaskClient, phone: Phone) -> None:
    """Put one of everything into both neighbourhoods; `phone` knows the form."""
    for number, place in enumerate((OLD_FORD, KINGS_HEATH), start=1):
        person_with(running, place.marker.lower(), "viewer", place.id)
        running.database.write(lambda connection, place=place: put_rows(connection, place))  # type: ignore[misc]
        answer(running, client, phone, place, photo(number, width=60, height=40))
    running.form_desk.keep(DRAFT, given_by="Somebody")
    catch_up(running.database)


def answer(running: Services, client: FlaskClient, phone: Phone, place: Place, picture: bytes) -> None:
    """Enrol the phone of a neighbourhood, and push a response with a picture, and one record that is set aside."""
    there = enrolled(running, client, phone, place)
    named = [
        {
            "name": f"{place.marker}.jpg",
            "sha256": place.arguments["sha256"],
            "bytes": len(picture),
            "type": "image/jpeg",
        }
    ]
    header = {"attachments": named, "author": f"Author {place.marker}"}
    asset = {"about": {"asset_name": place.marker, "meta": {"entity": {"@create": "1", "label": place.marker}}}}
    answers = {"who": f"Answer {place.marker}", "assets": [asset]}
    given = there.item(answers, response_id=place.arguments["response_id"], header=header)
    strange = {"id": "x", "version": "1", "logic": "0" * 64, "texts": {}}
    aside = there.item(
        {"who": f"Aside {place.marker}"}, response_id=place.arguments["aside_id"], header={"form": strange}
    )
    assert statuses(push(client, there, given, aside)) == ["stored", "quarantined"]
    sent_whole(client, there, picture)


def enrolled(running: Services, client: FlaskClient, phone: Phone, place: Place) -> Phone:
    secret = enrolment.create(
        running.database,
        neighbourhood_id=place.id,
        name=f"Worker {place.marker}",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    device = place.arguments["device_id"]
    token = client.post("/devices/v1/enrol", json={"secret": secret, "device": device}).get_json()["token"]
    return replace(phone, token=token, device=device, neighbourhood=place.id)


def put_rows(connection: sqlite3.Connection, place: Place) -> None:
    """Put in what is made in the console."""
    values = {**place.arguments, "marker": place.marker, "now": NOW, "later": LATER}
    values["code"] = place.marker[:6].upper()
    values["poster_device"] = place.arguments["device_id"].replace("-9000-", "-a000-")
    values["sheet_hash"] = sha256_hex(f"sheet {place.marker}")
    values["chosen"] = json.dumps([place.id])
    values["key_hash"] = sha256_hex(f"key {place.marker}")
    values["session_hash"] = sha256_hex(f"session {place.marker}")
    for statement in STATEMENTS:
        connection.execute(statement, values)


STATEMENTS: Final = (
    """
    INSERT INTO word_reports (report_id, reported_at, lang, screen, shown, better, note, neighbourhood_id)
    VALUES (:report_id, :now, 'bn', 'home', 'Word ' || :marker, 'Better ' || :marker, '', :neighbourhood_id)
    """,
    """
    INSERT INTO comments (comment_id, response_id, person_id, text, at)
    VALUES ('comment ' || :marker, :response_id, :person_id, 'Comment ' || :marker, :now)
    """,
    "UPDATE neighbourhoods SET name = :marker || ' town' WHERE neighbourhood_id = :neighbourhood_id",
    "INSERT INTO small_areas (neighbourhood_id, code) VALUES (:neighbourhood_id, 'E0100' || :marker)",
    """
    INSERT INTO venues (venue_id, neighbourhood_id, name, place_words, created_at)
    VALUES (:venue_id, :neighbourhood_id, 'Venue ' || :marker, 'By the ' || :marker, :now)
    """,
    """
    INSERT INTO assets (asset_id, neighbourhood_id, name, kind, place_words, created_at, shown_name)
    VALUES (:asset_id, :neighbourhood_id, 'Asset ' || :marker, 'faith', 'At the ' || :marker, :now, 'Asset ' || :marker)
    """,
    """
    INSERT INTO asset_steps (step_id, at, person_id, neighbourhood_id, action, reason, changes)
    VALUES (:step_id, :now, :person_id, :neighbourhood_id, 'changed', 'Because ' || :marker, '[]')
    """,
    "INSERT INTO asset_step_subjects (asset_id, seq) SELECT :asset_id, seq FROM asset_steps WHERE step_id = :step_id",
    """
    INSERT INTO asset_imports (import_id, neighbourhood_id, person_id, file_name, body, columns, begun_at, imported_at,
                               step_id)
    VALUES (:import_id, :neighbourhood_id, :person_id, 'File ' || :marker, NULL, '[]', :now, :now, :step_id)
    """,
    """
    INSERT INTO posters (poster_id, venue_id, code, form_id, languages, quota, device_id, created_at, expires_at)
    VALUES (:poster_id, :venue_id, :code, 'walk', '["en"]', 10, :poster_device, :now, :later)
    """,
    """
    INSERT INTO enrolments (secret_hash, neighbourhood_id, role, name, created_at, expires_at)
    VALUES (:enrolment_id, :neighbourhood_id, 'worker', 'Invited ' || :marker, :now, :later)
    """,
    """
    INSERT INTO enrolments (secret_hash, neighbourhood_id, role, name, created_at, expires_at, sheet)
    VALUES (:sheet_hash, :neighbourhood_id, 'worker', '', :now, :later, :sheet)
    """,
    """
    INSERT INTO invitations (secret_hash, purpose, name, role, everywhere, neighbourhoods, created_by, created_at,
                             expires_at)
    VALUES (:invitation_hash, 'invitation', 'Guest ' || :marker, 'viewer', 0, :chosen, :person_id, :now, :later)
    """,
    """
    INSERT INTO api_keys (key_id, secret_hash, name, everywhere, sees_apart, created_by, created_at, expires_at)
    VALUES (:key_id, :key_hash, 'Key ' || :marker, 0, 0, :person_id, :now, :later)
    """,
    """
    INSERT INTO api_key_neighbourhoods (key_id, neighbourhood_id) VALUES (:key_id, :neighbourhood_id)
    """,
    """
    INSERT INTO saved_views (view_id, owner_id, name, query, team, neighbourhood_id, saved_at)
    VALUES (:view_id, :person_id, :marker, 'neighbourhood=' || :neighbourhood_id, 1, :neighbourhood_id, :now)
    """,
    """
    INSERT INTO sessions (session_hash, session_id, person_id, browser, begun_at, last_seen_at)
    VALUES (:session_hash, :session_id, :person_id, 'Firefox', :now, :now)
    """,
)


def rows_of(running: Services, place: Place) -> set[str]:
    """Give every row of the database that is about a neighbourhood, its answers and its lines in the log included."""
    with running.database.read() as connection:
        tables = [
            row["name"]
            for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        ]
        rows = {
            f"{table}: {tuple(row)}"
            for table in tables
            for row in connection.execute(f"SELECT * FROM {table}")  # noqa: S608  # the schema's own names
        }
    return {row for row in rows if any(trace in row for trace in place.traces)}
