"""Fill a data folder with the demo. What is there already is kept; only the password and the links are made fresh."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from server.clock import as_text
from server.demo.samples import LABEL, SAMPLES_PER_NEIGHBOURHOOD, Place, Sample, make_sample
from server.devices import enrolment
from server.devices.enrolment import Enrolled
from server.devices.rules import Standing
from server.devices.tokens import Credentials
from server.formlogic.logic_json import load
from server.forms import queries as forms
from server.intake.accept import Bringer, accept
from server.intake.rules import examine
from server.people import accounts
from server.people.accounts import SignIn
from server.places import queries as places
from server.places.queries import Neighbourhood
from server.reviews import queries as reviews
from server.reviews.projector import catch_up
from server.services import Services
from sync.codes import Origin, ReceiptStatus, RevisionKind
from sync.hashes import sha256_hex
from sync.ids import RANDOM_BYTES, uuid7

__all__ = ["DEMO_FORM", "Demo", "prepare"]

DEMO_FORM: Final = "assets_and_barriers"
SIGN_IN_NAME: Final = "coordinator"
WORKER_NAME: Final = "Demo worker"
HOURS_BETWEEN_SAMPLES: Final = 5
SALT_BYTES: Final = 16

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
    """Put the demo into the data folder of `running`; the built-in form is published there already."""
    added = 0
    for neighbourhood, place in PLACES.items():
        add_neighbourhood(running, neighbourhood)
        added += add_samples(running, place)
    catch_up(running.database)
    sign_in = accounts.add_or_reset(
        running.database,
        sign_in_name=SIGN_IN_NAME,
        name="Demo coordinator",
        role="coordinator",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    invitations = tuple((there, invite(running, there.neighbourhood_id, WORKER_NAME)) for there in PLACES)
    return Demo(sign_in=sign_in, invitations=invitations, samples_added=added)


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
    """Write the samples as the items of a push, the oldest first."""
    with running.database.read() as connection:
        form = next(form for form in forms.latest_open_versions(connection) if form.form_id == DEMO_FORM)
        logic = forms.logic(connection, sha256=form.logic_sha) or ""
        texts = forms.current_texts(connection, form_id=form.form_id, version=form.version)
    definition = load(json.loads(logic))
    pen = Pen(
        form={
            "id": form.form_id,
            "version": form.version,
            "logic": form.logic_sha,
        },
        texts={text.lang: text.sha256 for text in texts},
        neighbourhood_id=place.neighbourhood_id,
        device=device,
        random_bytes=running.random_bytes,
    )
    now = running.clock.now()
    ages = [HOURS_BETWEEN_SAMPLES * (SAMPLES_PER_NEIGHBOURHOOD - number) for number in range(SAMPLES_PER_NEIGHBOURHOOD)]
    moments = [now - timedelta(hours=hours) for hours in ages]
    return [
        pen.item(make_sample(definition, place, number, now=as_text(made_at)), made_at=made_at)
        for number, made_at in enumerate(moments)
    ]


@dataclass(frozen=True, kw_only=True)
class Pen:
    """Writes finalised answers as revisions, as the made-up phone would."""

    form: Mapping[str, str]
    texts: Mapping[str, str]
    neighbourhood_id: str
    device: str
    random_bytes: Callable[[int], bytes]

    def item(self, sample: Sample, *, made_at: datetime) -> dict[str, object]:
        """Write one item of a push: the texts of header and part, and the name that the header hashes to."""
        part = as_json_text({"salt": self.random_bytes(SALT_BYTES).hex(), "answers": sample.answers})
        header = as_json_text(self.header(sample, part, made_at=made_at))
        return {"rev": sha256_hex(header), "header": header, "parts": [part]}

    def header(self, sample: Sample, part: str, *, made_at: datetime) -> dict[str, object]:
        """Say everything about a response but its answers."""
        milliseconds = int(made_at.timestamp() * 1000)
        return {
            "v": 1,
            "id": str(uuid7(milliseconds, self.random_bytes(RANDOM_BYTES))),
            "parents": [],
            "kind": RevisionKind.CREATE,
            "origin": Origin.DEVICE,
            "form": {**self.form, "texts": {sample.language: self.texts[sample.language]}},
            "lang": sample.language,
            "neighbourhood": self.neighbourhood_id,
            "author": sample.author,
            "device": self.device,
            "made_at": as_text(made_at),
            "parts": [{"name": "main", "sha256": sha256_hex(part)}],
            "attachments": [],
        }


def as_json_text(value: object) -> str:
    """Write JSON as a phone does: no needless spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
