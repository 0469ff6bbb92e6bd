"""Fill a data folder with the demo. What is there already is kept, the password too; only the links are made fresh."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import NAMESPACE_URL, uuid5

from server.clock import as_text
from server.demo.answering import LABEL, Place, Sample
from server.demo.pen import Pen
from server.demo.placing import place_samples
from server.demo.posters import poster_of
from server.demo.reviewing import review_samples
from server.demo.samples import make_interview
from server.demo.sign_in import keep_sign_in
from server.demo.timing import moments
from server.demo.visits import make_visit
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
from server.places.area_queries import put_boundary
from server.places.queries import Neighbourhood
from server.programme.queries import Programme, programme, put_programme
from server.residents.queries import add_device_poster
from server.reviews import queries as reviews
from server.reviews.projector import catch_up
from server.services import Services
from server.venues.rules import Poster
from sync.codes import ReceiptStatus

__all__ = ["MOST_SAMPLES", "SAMPLES_PER_NEIGHBOURHOOD", "Demo", "prepare"]


class MakeSample(Protocol):
    """Makes up response ``number``, from 0, to one form."""

    def __call__(self, definition: Definition, place: Place, number: int, *, now: str) -> Sample: ...


INTERVIEW: Final = "assets_and_barriers"
VISIT: Final = "tell_us_about_this_place"
MAKERS: Final[Mapping[str, MakeSample]] = {INTERVIEW: make_interview, VISIT: make_visit}
TURNS: Final = (INTERVIEW, INTERVIEW, VISIT)
SAMPLES_PER_NEIGHBOURHOOD: Final = 300
MOST_SAMPLES: Final = 10_000
BATCH: Final = 5
"""Samples that arrive together, when the last of them was made."""
CORNERS: Final = (
    (0.0046, -0.0038), (0.0052, 0.0016), (0.0030, 0.0058), (-0.0012, 0.0049), (-0.0041, 0.0027), (-0.0038, -0.0031),
    (-0.0006, -0.0060),
)  # fmt: skip
"""Of the made-up boundaries: degrees north and east of the middle."""
WORKER_NAME: Final = "Demo worker"

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


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Samples of one phone that arrive together; ``at`` is ISO 8601 UTC text with a Z."""

    at: str
    bringer: Bringer
    items: list[dict[str, object]]


def prepare(running: Services, *, samples: int = SAMPLES_PER_NEIGHBOURHOOD) -> Demo:
    """Put the demo into the data folder of `running`; the built-in forms are published there already.

    ``samples`` is how many responses each neighbourhood has.
    """
    set_up_programme(running)
    for neighbourhood, place in PLACES.items():
        add_neighbourhood(running, neighbourhood, place)
    sign_in, person = keep_sign_in(running)
    posters = hang_posters(running, person)
    added = add_samples(running, samples, posters)
    catch_up(running.database)
    if added:
        review_samples(running, person)
        for place in PLACES.values():
            place_samples(running, place, person)
    invitations = tuple((there, invite(running, there.neighbourhood_id, WORKER_NAME)) for there in PLACES)
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


def add_neighbourhood(running: Services, neighbourhood: Neighbourhood, place: Place) -> None:
    """Keep a neighbourhood with its boundary, unless it is there."""

    def add(connection: sqlite3.Connection) -> None:
        if places.add_neighbourhood(connection, neighbourhood):
            put_boundary(connection, neighbourhood.neighbourhood_id, boundary_of(place))

    running.database.write(add)


def boundary_of(place: Place) -> str:
    """Draw a made-up boundary around the middle of a place, as GeoJSON text."""
    corners = [[place.longitude + east, place.latitude + north] for north, east in CORNERS]
    return json.dumps({"type": "Polygon", "coordinates": [[*corners, corners[0]]]})


def invite(running: Services, neighbourhood_id: str, name: str) -> str:
    """Make a one-time enrolment and give its secret."""
    return enrolment.create(
        running.database,
        neighbourhood_id=neighbourhood_id,
        name=name,
        clock=running.clock,
        random_bytes=running.random_bytes,
    )


def add_samples(running: Services, samples: int, posters: Sequence[Poster]) -> int:
    """Take in the made-up responses by the way that phones' would come, in order of time; give how many were new."""
    hung = zip(PLACES.values(), posters, strict=True)
    batches = [batch for place, poster in hung for batch in batches_of(running, place, samples, poster)]
    for batch in sorted(batches, key=lambda batch: batch.at):
        take_in(running, batch)
    return sum(len(batch.items) for batch in batches)


def batches_of(running: Services, place: Place, samples: int, poster: Poster) -> list[Batch]:
    """Make up what the phone of a neighbourhood sends, a few at a time; nothing when it has sent something before."""
    device = str(uuid5(NAMESPACE_URL, f"urn:fieldwell:demo:{place.neighbourhood_id}"))
    with running.database.read() as connection:
        if reviews.device_has_responses(connection, device_id=device):
            return []
    bringer = Bringer(credentials=enrol_sampler(running, place, device), standing=Standing.GOOD)
    visit(running, device, poster)
    made = push_items(running, place, device, samples, poster)
    few = [made[start : start + BATCH] for start in range(0, len(made), BATCH)]
    return [Batch(at=part[-1][0], bringer=bringer, items=[item for _, item in part]) for part in few]


def take_in(running: Services, batch: Batch) -> None:
    """Take samples in as if they had arrived at that moment of the past."""
    items = [examine(item) for item in batch.items]
    receipts = running.database.write(lambda connection: accept(connection, items, bringer=batch.bringer, now=batch.at))
    assert all(receipt.status is ReceiptStatus.STORED for receipt in receipts), "Samples are sound revisions."


def enrol_sampler(running: Services, place: Place, device: str) -> Credentials:
    """Enrol the made-up phone that the samples come from."""
    secret = invite(running, place.neighbourhood_id, LABEL)
    enrolled = enrolment.exchange(
        running.database, secret=secret, device_id=device, shown=device, now=running.clock.now()
    )
    assert isinstance(enrolled, Enrolled), "The secret was made a moment ago."
    return enrolled.credentials


def visit(running: Services, device: str, poster: Poster) -> None:
    """Let the made-up phone scan the poster that its samples of residents come by."""
    now = as_text(running.clock.now())
    running.database.write(
        lambda connection: add_device_poster(connection, device_id=device, poster_id=poster.poster_id, now=now)
    )


def push_items(
    running: Services, place: Place, device: str, samples: int, poster: Poster
) -> list[tuple[str, dict[str, object]]]:
    """Write the samples as the items of a push with when each was made, oldest first; the forms take turns."""
    desks = {form_id: open_desk(running, place, device, form_id, poster) for form_id in TURNS}
    now = running.clock.now()
    items = []
    for number, made_at in enumerate(moments(samples, now=now, neighbourhood_id=place.neighbourhood_id)):
        turn = TURNS[number % len(TURNS)]
        earlier = sum(TURNS[before % len(TURNS)] == turn for before in range(number))
        definition, pen = desks[turn]
        sample = MAKERS[turn](definition, place, earlier, now=as_text(made_at))
        items.append((as_text(made_at), pen.item(sample, made_at=made_at)))
    return items


def open_desk(running: Services, place: Place, device: str, form_id: str, poster: Poster) -> tuple[Definition, Pen]:
    """Fetch the published version of a built-in form, and a pen that writes for it; by the poster if it is its form."""
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
        poster=poster.poster_id if form_id == poster.form_id else None,
    )
    return load(json.loads(logic)), pen
