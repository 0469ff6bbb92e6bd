"""A server with one of everything, made once: what every screen is filled with."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from flask.testing import FlaskClient

from server import services
from server.app import create_app
from server.commands import built_in_forms
from server.config import Config
from server.demo.answering import LABEL
from server.demo.prepare import WORKER_NAME, Demo, invite, prepare
from server.devices import enrolment
from server.forms.publish import publish
from server.forms.xlsform import compile_file
from server.people.accounts import SignIn
from server.places.queries import Neighbourhood, add_neighbourhood
from server.reviews.projector import catch_up
from server.services import Services
from sync.hashes import sha256_hex
from tests.journeys.central import Central
from tests.screens.walking import WORDS
from tests.server.pushing import push, statuses
from tests.server.records import DEVICE, Phone, SteppedClock, chance, compiled_walk
from tests.server.two_places import KINGS_HEATH, OLD_FORD, fill

__all__ = ["COLLEAGUE", "LANGUAGES", "World", "world"]

LANGUAGES: Final = {"en": "ltr", "bn": "ltr", "ar": "rtl"}
AUTONYMS: Final = (
    "বাংলা",
    "العربية",
    "اردو",
    "中文",
    "简体中文",
    "Русский",
    "Soomaali",
    "English",
    "Română",
    "Polski",
    "Lietuvių",
)
"""Languages are called so in every language."""
NAMES_IN_BRACKETS: Final = ("română", "polski", "lietuvių", "português", "italiano", "español", "français")
"""Beside the name that the question's language has for them."""
IN_ENGLISH_ALONE: Final = (
    "A walk",
    "walk.xml",
    "Every type",
    "Well Communities Old Ford",
    "Office for National Statistics",
    "Other",
)
"""Forms that have no other words, the file of one, an example of a programme, an office, and `or_other`."""
COLLEAGUE: Final = "Bilal"
"""Somebody else who works with the same phone."""
EVERY_TYPE: Final = Path(__file__).parents[1] / "forms/every_type.md"
SAMPLES: Final = 30
"""In each neighbourhood."""
PHONES: Final = 30
"""So many may be enrolled."""
FAR_OFF: Final = "2099-11-20T12:00:00.000Z"
NEVER_OVER: Final = (
    "UPDATE posters SET expires_at = :far_off",
    "UPDATE enrolments SET expires_at = :far_off",
    "UPDATE invitations SET expires_at = :far_off",
)
HANDSOME: Final = (
    "UPDATE neighbourhoods SET name = 'Old Ford' WHERE neighbourhood_id = 'old-ford'",
    "UPDATE neighbourhoods SET name = 'Kings Heath' WHERE neighbourhood_id = 'kings-heath'",
)
DEMO_ARGUMENTS: Final = """
    SELECT 'response_id' AS name, MAX(response_id) AS value FROM responses WHERE neighbourhood_id = 'old-ford'
    UNION ALL SELECT 'poster_id', MIN(poster_id) FROM posters
    UNION ALL SELECT 'venue_id', MIN(venue_id) FROM venues
    UNION ALL SELECT 'neighbourhood_id', 'old-ford'
"""
NAMES: Final = """
    SELECT name FROM neighbourhoods UNION SELECT name FROM venues UNION SELECT name FROM people
    UNION SELECT name FROM devices UNION SELECT name FROM enrolments UNION SELECT name FROM invitations
    UNION SELECT name FROM programme UNION SELECT contact FROM programme UNION SELECT privacy_contact FROM programme
    UNION SELECT place_words FROM venues UNION SELECT system FROM neighbourhoods UNION SELECT code FROM posters
    UNION SELECT sign_in_name FROM people UNION SELECT name FROM api_keys UNION SELECT shown_name FROM assets
    UNION SELECT name FROM saved_views UNION SELECT author FROM responses ORDER BY 1
"""


@dataclass(frozen=True, kw_only=True)
class World:
    """A server that runs, with a sign-in, the codes of posters, the secrets of links for phones, and what stands in
    addresses."""

    central: Central
    account: SignIn
    codes: tuple[str, ...]
    secrets: Iterator[str]
    arguments: dict[str, str]

    @property
    def url(self) -> str:
        """Give the address of the server."""
        return self.central.url

    @property
    def names(self) -> list[str]:
        """Give what people have called things, as of now."""
        found = {str(row["name"]) for row in self.central.rows(NAMES)}
        return sorted((found | {*AUTONYMS, *NAMES_IN_BRACKETS, *IN_ENGLISH_ALONE, COLLEAGUE, LABEL, WORDS}) - {""})


@contextmanager
def world(*, one_of_everything: bool = True, words: Sequence[Path] = ()) -> Iterator[World]:
    """Make it, and remove it afterwards; ``one_of_everything``: the demo alone would lack some pages of the console.

    ``words`` are catalogues that a team has added.
    """
    with TemporaryDirectory() as folder:
        central = Central(Path(folder))
        made, secrets = _filled(central.data, one_of_everything=one_of_everything)
        for catalogue in words:
            central.command("translate", "import", str(catalogue))
        central.start()
        try:
            yield World(
                central=central,
                account=made.sign_in,
                codes=tuple(poster.code for poster in made.posters),
                secrets=iter(secrets),
                arguments=OLD_FORD.arguments | ({} if one_of_everything else _of_the_demo(central)),
            )
        finally:
            central.kill()


def _filled(folder: Path, *, one_of_everything: bool) -> tuple[Demo, list[str]]:
    running = services.start(folder, clock=SteppedClock(), random_bytes=chance(1))
    try:
        for form in [*built_in_forms(), EVERY_TYPE]:
            publish(running.database, compile_file(form), source_name=form.name, clock=running.clock)
        made = prepare(running, samples=SAMPLES)
        secrets = [invite(running, "old-ford", WORKER_NAME) for _ in range(PHONES)]
        if one_of_everything:
            _add_one_of_everything(running, folder)
        for statement in (*NEVER_OVER, *(HANDSOME if one_of_everything else ())):
            running.database.write(partial(_execute, statement=statement))
        return made, secrets
    finally:
        running.close()


def _of_the_demo(central: Central) -> dict[str, str]:
    """Give what stands in the addresses of a demo's pages."""
    return {str(row["name"]): str(row["value"]) for row in central.rows(DEMO_ARGUMENTS)}


def _execute(connection: sqlite3.Connection, *, statement: str) -> None:
    connection.execute(statement, {"far_off": FAR_OFF} if ":far_off" in statement else {})


def _add_one_of_everything(running: Services, folder: Path) -> None:
    publish(running.database, compiled_walk(), source_name="walk.xml", clock=running.clock)
    for place in (OLD_FORD, KINGS_HEATH):
        there = Neighbourhood(neighbourhood_id=place.id, name=place.marker, system="")
        running.database.write(partial(add_neighbourhood, neighbourhood=there))
    client = create_app(Config(data_folder=folder), running).test_client()
    phone = _phone(running, client)
    fill(running, client, phone)
    _change_it_in_two_places(running, client, phone)


def _change_it_in_two_places(running: Services, client: FlaskClient, phone: Phone) -> None:
    """Have another phone say something else about the response that is shown; what is shown stays the first."""
    earlier = {"made_at": "2026-11-19T10:00:00.000Z"}
    other = phone.item({"who": WORDS}, response_id=OLD_FORD.arguments["response_id"], header=earlier)
    assert statuses(push(client, phone, other)) == ["conflict"]
    catch_up(running.database)


def _phone(running: Services, client: FlaskClient) -> Phone:
    """Enrol a phone that knows the form ``walk``."""
    secret = enrolment.create(
        running.database,
        neighbourhood_id="old-ford",
        name="Rahima",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    reply = client.post("/devices/v1/enrol", json={"secret": secret, "device": DEVICE})
    logic = compiled_walk()
    texts = {lang: sha256_hex(pack) for lang, pack in logic.packs.items()}
    return Phone(token=reply.get_json()["token"], logic=sha256_hex(logic.logic_text), texts=texts)
