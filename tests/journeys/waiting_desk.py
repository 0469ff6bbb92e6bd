"""A coordinator's desk with responses that wait, on a real server."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from server import services
from server.app import create_app
from server.config import Config
from server.devices import enrolment
from server.forms.publish import publish
from server.people import accounts
from server.people.accounts import SignIn
from server.places.area_queries import put_boundary
from server.places.queries import Neighbourhood, add_neighbourhood
from server.reviews import projector
from server.services import Services
from sync.hashes import sha256_hex
from tests.journeys.central import Central
from tests.server.pushing import push, statuses
from tests.server.records import DEVICE, Phone, SteppedClock, chance, compiled_walk

__all__ = ["Desk", "desk_with"]

Answers = Sequence[Mapping[str, object]]
Corners = Sequence[Sequence[float]]


class Desk(NamedTuple):
    """A server whose responses wait, and who may sign in there."""

    central: Central
    account: SignIn


@contextmanager
def desk_with(
    folder: Path, answers: Sequence[Mapping[str, object]], *, corners: Corners | None = None
) -> Iterator[Desk]:
    """Take in a response for each of the answers, then serve them; ``corners`` bound the neighbourhood."""
    central = Central(folder)
    running = services.start(central.data, clock=SteppedClock(), random_bytes=chance(1))
    try:
        account = _filled(running, central.data, answers, corners)
    finally:
        running.close()
    central.start()
    try:
        yield Desk(central, account)
    finally:
        central.kill()


def _filled(running: Services, folder: Path, answers: Answers, corners: Corners | None) -> SignIn:
    place = Neighbourhood(neighbourhood_id="old-ford", name="Old Ford", system="Test")
    running.database.write(partial(add_neighbourhood, neighbourhood=place))
    if corners is not None:
        boundary = json.dumps({"type": "Polygon", "coordinates": [corners]})
        running.database.write(lambda connection: put_boundary(connection, "old-ford", boundary))
    compiled = compiled_walk()
    publish(running.database, compiled, source_name="walk.xml", clock=running.clock)
    clock, random_bytes = running.clock, running.random_bytes
    account = accounts.add_or_reset(
        running.database,
        sign_in_name="carol",
        name="Carol",
        role="coordinator",
        clock=clock,
        random_bytes=random_bytes,
    )
    secret = enrolment.create(
        running.database, neighbourhood_id="old-ford", name="Rahima", clock=clock, random_bytes=random_bytes
    )
    client = create_app(Config(data_folder=folder), running).test_client()
    token = client.post("/devices/v1/enrol", json={"secret": secret, "device": DEVICE}).get_json()["token"]
    texts = {lang: sha256_hex(pack) for lang, pack in compiled.packs.items()}
    phone = Phone(token=token, logic=sha256_hex(compiled.logic_text), texts=texts)
    assert statuses(push(client, phone, *map(phone.item, answers))) == ["stored"] * len(answers)
    projector.catch_up(running.database)
    return account
