"""Fill a data folder with the demo. What is there already is kept, the password too; only the links are made fresh."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol
from uuid import NAMESPACE_URL, uuid5

from server.clock import as_text
from server.demo.answering import LABEL, Place, Sample
from server.demo.pen import Pen
from server.demo.samples import INTERVIEWS, make_interview
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
from server.people import accounts
from server.people import queries as people
from server.people.accounts import SignIn
from server.people.rules import proves
from server.places import queries as places
from server.places.queries import Neighbourhood
from server.reviews import queries as reviews
from server.reviews.projector import catch_up
from server.services import Services
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
SIGN_IN_NAME: Final = "coordinator"
PASSWORD_FILE: Final = "demo-password"
"""Holds the demo's password in the open, so that a second start can print it. Only made-up answers stand behind it."""
OWNER_ONLY: Final = 0o600
WORKER_NAME: Final = "Demo worker"
HOURS_BETWEEN_SAMPLES: Final = 5

OLD_FORD: Final = Neighbourhood(neighbourhood_id="old-ford", name="Old Ford", system="North East London")
KINGS_HEATH: Final = Neighbourhood(neighbourhood_id="kings-heath", name="Kings Heath", system="Northamptonshire")
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
    """What somebody needs to look around, shown once: a sign-in, and a one-time secret per neighbourhood."""

    sign_in: SignIn
    invitations: tuple[tuple[Neighbourhood, str], ...]
    samples_added: int


def prepare(running: Services) -> Demo:
    """Put the demo into the data folder of `running`; the built-in forms are published there already."""
    added = 0
    for neighbourhood, place in PLACES.items():
        add_neighbourhood(running, neighbourhood)
        added += add_samples(running, place)
    catch_up(running.database)
    sign_in = keep_sign_in(running)
    invitations = tuple((there, invite(running, there.neighbourhood_id, WORKER_NAME)) for there in PLACES)
    return Demo(sign_in=sign_in, invitations=invitations, samples_added=added)


def keep_sign_in(running: Services) -> SignIn:
    """Give the sign-in that the demo made before, while it still holds; else make one and note its password.

    A fresh password would end the session of whoever stopped the demo to try the app without it.
    """
    note = running.database.folder / PASSWORD_FILE
    noted = note.read_text("utf-8").strip() if note.is_file() else ""
    with running.database.read() as connection:
        person = people.person_by_sign_in_name(connection, SIGN_IN_NAME)
    if noted and proves(noted, person):
        return SignIn(sign_in_name=SIGN_IN_NAME, password=noted)
    made = accounts.add_or_reset(
        running.database,
        sign_in_name=SIGN_IN_NAME,
        name="Demo coordinator",
        role="coordinator",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    note.unlink(missing_ok=True)
    note.touch(mode=OWNER_ONLY, exist_ok=False)
    note.write_text(f"{made.password}\n", "utf-8")
    return made


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
    enrolled = enrolment.exchange(running.database, secret=secret, device_id=device, now=running.clock.now())
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
