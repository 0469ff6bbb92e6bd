"""Fill a data folder with the demo. What is there already is kept, the password too; only the links are made fresh."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol
from uuid import NAMESPACE_URL, uuid5

from server.clock import as_text
from server.demo.answering import LABEL, Place, Sample
from server.demo.pen import Pen
from server.demo.posters import poster_of
from server.demo.samples import INTERVIEWS, make_interview
from server.demo.sign_in import keep_sign_in
from server.demo.visits import VISITS, make_visit
from server.devices import enrolment
from server.devices.enrolment import Enrolled
from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.formlogic.definition import Definition
from server.formlogic.logic_json import load
from server.forms import queries as forms
from server.intake.accept import Bringer, accept
from server.intake.rules import examine
from server.people.accounts import SignIn
from server.people.rules import Person
from server.places import queries as places
from server.places.queries import Neighbourhood
from server.programme.queries import Programme, programme, put_programme
from server.reviews import queries as reviews
from server.reviews.projector import catch_up
from server.services import Services
from server.venues.rules import Poster
from sync.codes import ReceiptStatus

__all__ = ["SAMPLES_PER_NEIGHBOURHOOD", "Demo", "prepare"]


class MakeSample(Protocol):
    """Makes up response ``number``, from 0, to one form."""

    def __call__(self, definition: Definition, place: Place, number: int, *, now: str) -> Sample: ...


INTERVIEW: Final = "assets_and_barriers"
VISIT: Final = "tell_us_about_this_place"
MAKERS: Final[Mapping[str, MakeSample]] = {INTERVIEW: make_interview, VISIT: make_visit}
TURNS: Final = (INTERVIEW, INTERVIEW, VISIT)
SAMPLES_PER_NEIGHBOURHOOD: Final = INTERVIEWS + VISITS
WORKER_NAME: Final = "Demo worker"
HOURS_BETWEEN_SAMPLES: Final = 5

OLD_FORD: Final = Neighbourhood(neighbourhood_id="old-ford", name="Old Ford", system="North East London")
KINGS_HEATH: Final = Neighbourhood(neighbourhood_id="kings-heath", name="Kings Heath", system="Northamptonshire")
PROGRAMME: Final = Programme(
    name="Demo programme (made up)",
    contact="Nobody: this is a demo with made-up answers",
    privacy_contact="Nobody: this is a demo. Do not type in anything about real people.",
    languages=("en", "bn", "ar"),
)
PLACES: Final = {
    OLD_FORD: Place(
        neighbourhood_id="old-ford",
        languages=("bn", "en", "bn", "ar", "en", "bn"),
        latitude=51.5345,
        longitude=-0.0345,
    ),
    KINGS_HEATH: Place(
        neighbourhood_id="kings-heath", languages=("en", "en", "ar", "en", "bn"), latitude=52.2515, longitude=-0.9265
    ),
}


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What somebody needs to look around, shown once: a sign-in; a secret and a poster per neighbourhood."""

    sign_in: SignIn
    invitations: tuple[tuple[Neighbourhood, str], ...]
    posters: tuple[Poster, ...]
    samples_added: int


def prepare(running: Services) -> Demo:
    """Put the demo into the data folder of `running`; the built-in forms are published there already."""
    added = 0
    set_up_programme(running)
    for neighbourhood, place in PLACES.items():
        add_neighbourhood(running, neighbourhood)
        added += add_samples(running, place)
    catch_up(running.database)
    sign_in, person = keep_sign_in(running)
    invitations = tuple((there, invite(running, there.neighbourhood_id, WORKER_NAME)) for there in PLACES)
    posters = hang_posters(running, person)
    return Demo(sign_in=sign_in, invitations=invitations, posters=posters, samples_added=added)


def hang_posters(running: Services, person: Person) -> tuple[Poster, ...]:
    """Give a poster that is open in each neighbourhood."""
    return tuple(poster_of(running, there, place, form_id=VISIT, person=person) for there, place in PLACES.items())


def set_up_programme(running: Services) -> None:
    """Keep the made-up programme, unless somebody has given the folder another."""
    now = as_text(running.clock.now())

    def put(connection: sqlite3.Connection) -> None:
        if programme(connection) is None:
            put_programme(connection, PROGRAMME, now=now)

    running.database.write(put)


def add_neighbourhood(running: Services, neighbourhood: Neighbourhood) -> None:
    """Keep a neighbourhood, unless it is there."""
    running.database.write(lambda connection: places.add_neighbourhood(connection, neighbourhood))


def invite(running: Services, neighbourhood_id: str, name: str) -> str:
    """Make a one-time enrolment and give its secret."""
    return enrolment.create(
        running.database,
        neighbourhood_id=neighbourhood_id,
        name=name,
        clock=running.clock,
        random_bytes=running.random_bytes,
    )


def add_samples(running: Services, place: Place) -> int:
    """Take in the made-up responses of a neighbourhood by the way that a phone's would come; give how many were new."""
    device = str(uuid5(NAMESPACE_URL, f"urn:fieldwell:demo:{place.neighbourhood_id}"))
    with running.database.read() as connection:
        if reviews.device_has_responses(connection, device_id=device):
            return 0
    credentials = enrol_sampler(running, place, device)
    items = [examine(item) for item in push_items(running, place, device)]
    bringer = Bringer(credentials=credentials, standing=Standing.GOOD)
    now = as_text(running.clock.now())
    receipts = running.database.write(lambda connection: accept(connection, items, bringer=bringer, now=now))
    assert all(receipt.status is ReceiptStatus.STORED for receipt in receipts), "Samples are sound revisions."
    return len(receipts)


def enrol_sampler(running: Services, place: Place, device: str) -> Credentials:
    """Enrol the made-up phone that the samples come from."""
    secret = invite(running, place.neighbourhood_id, LABEL)
    enrolled = enrolment.exchange(
        running.database, secret=secret, device_id=device, shown=device, now=running.clock.now()
    )
    assert isinstance(enrolled, Enrolled), "The secret was made a moment ago."
    return enrolled.credentials


def push_items(running: Services, place: Place, device: str) -> list[dict[str, object]]:
    """Write the samples as the items of a push, the oldest first; interviews and visits take turns."""
    desks = {form_id: open_desk(running, place, device, form_id) for form_id in TURNS}
    now = running.clock.now()
    items = []
    for number in range(SAMPLES_PER_NEIGHBOURHOOD):
        made_at = now - timedelta(hours=HOURS_BETWEEN_SAMPLES * (SAMPLES_PER_NEIGHBOURHOOD - number))
        turn = TURNS[number % len(TURNS)]
        earlier = sum(TURNS[before % len(TURNS)] == turn for before in range(number))
        definition, pen = desks[turn]
        sample = MAKERS[turn](definition, place, earlier, now=as_text(made_at))
        items.append(pen.item(sample, made_at=made_at))
    return items


def open_desk(running: Services, place: Place, device: str, form_id: str) -> tuple[Definition, Pen]:
    """Fetch the published version of a built-in form, and a pen that writes for it."""
    with running.database.read() as connection:
        form = next(form for form in forms.latest_open_versions(connection) if form.form_id == form_id)
        logic = forms.logic(connection, sha256=form.logic_sha) or ""
        texts = forms.current_texts(connection, form_id=form.form_id, version=form.version)
    pen = Pen(
        form={"id": form.form_id, "version": form.version, "logic": form.logic_sha},
        texts={text.lang: text.sha256 for text in texts},
        neighbourhood_id=place.neighbourhood_id,
        device=device,
        random_bytes=running.random_bytes,
    )
    return load(json.loads(logic)), pen
