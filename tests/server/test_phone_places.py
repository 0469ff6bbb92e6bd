"""What a worker's phone is told of its neighbourhood."""

import gzip
import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from server.maps.phone_places import MOST_BYTES, places_as_json
from server.services import Services
from tests.server.posters import CODE, add_poster, set_up_programme
from tests.server.records import Phone
from tests.server.two_places import KINGS_HEATH, OLD_FORD, enrolled, fill

ADDRESS = "/places/v1"
RESIDENTS = "0192f000-0000-4000-8000-0000000000b1"


def headers(phone: Phone) -> dict[str, str]:
    return {"Authorization": f"Bearer {phone.token}"}


@pytest.fixture
def in_kings_heath(running: Services, client: FlaskClient, device: Phone) -> Phone:
    fill(running, client, device)
    second = {**KINGS_HEATH.arguments, "device_id": "0192f000-0000-7000-9000-0000000000ff"}
    return enrolled(running, client, device, replace(KINGS_HEATH, arguments=second))


def test_a_phone_is_told_of_its_own_neighbourhood_and_of_no_other(client: FlaskClient, in_kings_heath: Phone) -> None:
    reply = client.get(ADDRESS, headers=headers(in_kings_heath))
    told = reply.get_json()
    assert told["neighbourhood"] == {"id": KINGS_HEATH.id, "name": f"{KINGS_HEATH.marker} town", "outline": None}
    assert told["venues"] == [{"id": KINGS_HEATH.arguments["venue_id"], "name": f"Venue {KINGS_HEATH.marker}"}]
    assert not any(trace in reply.text for trace in OLD_FORD.traces)


def test_what_a_phone_has_already_is_not_sent_again(client: FlaskClient, device: Phone) -> None:
    first = client.get(ADDRESS, headers=headers(device))
    again = client.get(ADDRESS, headers={**headers(device), "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_packed_it_says_the_same(client: FlaskClient, device: Phone) -> None:
    packed = client.get(ADDRESS, headers={**headers(device), "Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(packed.data)) == client.get(ADDRESS, headers=headers(device)).get_json()


def test_nobody_without_a_token_is_told_anything(client: FlaskClient) -> None:
    assert client.get(ADDRESS).status_code == 401


def test_a_phone_of_a_resident_is_told_nothing(client: FlaskClient, running: Services, device: Phone) -> None:
    set_up_programme(running)
    add_poster(running, form_id="walk")
    visit = client.post("/devices/v1/visit", json={"code": CODE, "device": RESIDENTS})
    resident = replace(device, device=RESIDENTS, token=visit.get_json()["token"])
    assert client.get(ADDRESS, headers=headers(resident)).status_code == 403


def test_a_worker_is_told_whom_to_ring(client: FlaskClient, running: Services, device: Phone) -> None:
    set_up_programme(running)
    told = client.get(ADDRESS, headers=headers(device)).get_json()
    assert told["contacts"] == [{"name": "Well Old Ford", "text": "020 7946 0000"}]


def test_more_than_the_limit_is_cut_at_the_end_of_the_assets() -> None:
    assets = [{"id": str(number), "words": "ঢ" * 1000} for number in range(1000)]
    text = places_as_json(
        neighbourhood_id="n", name="N", boundary=None, venues=(), assets=assets, map_file=None, contacts=()
    )
    assert len(text.encode()) <= MOST_BYTES
    told = json.loads(text)["assets"]
    assert told == assets[: len(told)]
    assert 600 < len(told) < 1000
