"""The map file of a neighbourhood: checked, kept by its hash, given in parts; nothing is left behind."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import services
from server.errors import NotAllowed
from server.maps.keeping import FOLDER, MapFiles, path_of
from server.maps.pmtiles import MapHeader, MapProblem, read_header
from server.people.rules import Person
from server.services import Services
from tests.journeys.map_file import map_file
from tests.server.console_pages import forgery_token, text_of
from tests.server.people_at_work import act, person_with, signed_in
from tests.server.records import Phone, SteppedClock, chance
from tests.server.said_assets import Desk

FORM = "/console/neighbourhoods/old-ford/map"
MAP = map_file(filling=5000)


@pytest.fixture
def person(running: Services) -> Person:
    return person_with(running, "olga", "coordinator", "old-ford")


@pytest.fixture
def desk(running: Services, client: FlaskClient, device: Phone, person: Person) -> Desk:
    return Desk(running, client, device, person)


@pytest.fixture
def browser(app: Flask, person: Person) -> FlaskClient:
    return signed_in(app, "olga")


def keep(browser: FlaskClient, content: bytes, name: str = "old-ford.pmtiles") -> TestResponse:
    form = {"csrf_token": forgery_token(browser, FORM), "file": (io.BytesIO(content), name)}
    return browser.post(FORM, data=form, content_type="multipart/form-data")


def test_a_map_is_kept_by_its_hash_and_given_in_parts(desk: Desk, browser: FlaskClient) -> None:
    assert keep(browser, MAP.content).status_code == 303
    assert path_of(desk.running.database.folder, MAP.sha256).read_bytes() == MAP.content
    whole = browser.get(f"{FORM}/file", buffered=True)
    part = browser.get(f"{FORM}/file", buffered=True, headers={"Range": "bytes=100-199"})
    assert (whole.status_code, whole.data) == (200, MAP.content)
    assert (part.status_code, part.data) == (206, MAP.content[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(MAP.content)}"


def test_a_phone_is_told_of_the_map_and_gets_it_in_parts(desk: Desk, browser: FlaskClient, client: FlaskClient) -> None:
    keep(browser, MAP.content)
    told = client.get("/places/v1", headers=desk.phone.headers).get_json()["map"]
    assert told == {"sha256": MAP.sha256, "bytes": len(MAP.content), "name": "old-ford.pmtiles"}
    address = f"/places/v1/maps/{MAP.sha256}"
    part = client.get(address, buffered=True, headers={**desk.phone.headers, "Range": "bytes=5000-"})
    assert (part.status_code, part.data) == (206, MAP.content[5000:])
    assert client.get(address).status_code == 401
    assert client.get(f"/places/v1/maps/{'0' * 64}", headers=desk.phone.headers).status_code == 404


def test_a_map_that_went_from_the_disk_is_not_promised(desk: Desk, browser: FlaskClient, client: FlaskClient) -> None:
    keep(browser, MAP.content)
    path_of(desk.running.database.folder, MAP.sha256).unlink()
    assert client.get("/places/v1", headers=desk.phone.headers).get_json()["map"] is None
    assert "Bring it again." in text_of(browser.get(FORM))


def test_another_map_takes_the_place_of_the_first_and_none_is_left_behind(desk: Desk, browser: FlaskClient) -> None:
    keep(browser, MAP.content)
    keep(browser, map_file(filling=10).content)
    folder = desk.running.database.folder / FOLDER
    assert len(list(folder.iterdir())) == 1
    act(browser, f"{FORM}/remove", page=FORM)
    assert list(folder.iterdir()) == []


class Meanwhile(io.BytesIO):
    """A file during whose reading something else happens."""

    def __init__(self, content: bytes, happens: Callable[[], object]) -> None:
        super().__init__(content)
        self.happens: Callable[[], object] | None = happens

    def read(self, size: int | None = -1, /) -> bytes:
        """Let it happen once the first piece was read."""
        piece = super().read(size)
        if self.tell() > 200 and self.happens:
            happens, self.happens = self.happens, None
            happens()
        return piece


def test_two_maps_that_one_person_brings_at_once_do_not_mix(desk: Desk, person: Person) -> None:
    running, other = desk.running, map_file(filling=9000)
    files = MapFiles(database=running.database, clock=running.clock, person=person)
    stream = Meanwhile(MAP.content, lambda: files.keep("old-ford", io.BytesIO(other.content), name="second"))
    assert files.keep("old-ford", stream, name="first") is None
    folder = running.database.folder / FOLDER
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == {f"{MAP.sha256}.pmtiles": MAP.content}


def test_who_may_no_longer_change_anything_leaves_no_file_behind(desk: Desk, person: Person) -> None:
    running = desk.running
    files = MapFiles(database=running.database, clock=running.clock, person=person)

    def demote() -> None:
        running.database.write(
            lambda connection: (
                connection.execute(
                    "UPDATE people SET role = 'viewer' WHERE person_id = :id", {"id": person.person_id}
                ).rowcount
            )
        )

    with pytest.raises(NotAllowed):
        files.keep("old-ford", Meanwhile(MAP.content, demote), name="late")
    assert list((running.database.folder / FOLDER).iterdir()) == []


def test_what_a_stop_left_of_a_map_goes_with_the_next_start(tmp_path: Path, clock: SteppedClock) -> None:
    folder = tmp_path / "data" / FOLDER
    folder.mkdir(parents=True)
    (folder / "half.new").write_bytes(MAP.content[:300])
    services.start(tmp_path / "data", clock=clock, random_bytes=chance(5)).close()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a file."),
        (b"<html>", "This is not a map file."),
        (b"PMTiles\x02" + MAP.content[8:], "PMTiles version 3"),
        (MAP.content[:50], "damaged"),
        (MAP.content[:200], "damaged"),
        (MAP.content[:99] + b"\x02" + MAP.content[100:], "holds pictures"),
    ],
)
def test_what_is_no_map_is_refused_and_leaves_nothing(
    desk: Desk, browser: FlaskClient, content: bytes, words: str
) -> None:
    reply = keep(browser, content)
    assert reply.status_code == 422
    assert words in text_of(reply)
    folder = desk.running.database.folder / FOLDER
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_header_says_its_zooms_and_edges() -> None:
    header = read_header(MAP.content[:127], size=len(MAP.content))
    assert header == MapHeader(least_zoom=12, most_zoom=12, west=-180, south=-85, east=180, north=85)
    assert read_header(MAP.content[:127], size=100) is MapProblem.DAMAGED


def test_a_device_of_the_other_place_gets_no_map(desk: Desk, browser: FlaskClient, client: FlaskClient) -> None:
    keep(browser, MAP.content)
    desk.running.database.write(
        lambda connection: connection.execute("UPDATE devices SET neighbourhood_id = 'kings-heath'")
    )
    elsewhere = replace(desk.phone)
    assert client.get("/places/v1", headers=elsewhere.headers).get_json()["map"] is None
    assert client.get(f"/places/v1/maps/{MAP.sha256}", headers=elsewhere.headers).status_code == 404
