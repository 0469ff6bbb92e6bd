"""The map: its points are those of the list, within reach; people are never on it, nor what nobody approved."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.assets.list_queries import AssetFilter, count_assets
from server.coding.labels import book
from server.maps.cells import LEVELS, Window, level_of, read_window
from server.maps.clusters import clusters
from server.maps.point_queries import PointFilter, totals
from server.people.rules import Person
from server.services import Services
from tests.server.console_pages import text_of
from tests.server.people_at_work import person_with, signed_in
from tests.server.records import Phone
from tests.server.said_assets import Desk, said

WORLD = {"west": "-180", "south": "-90", "east": "180", "north": "90"}


@pytest.fixture
def person(running: Services) -> Person:
    return person_with(running, "olga", "coordinator", "old-ford")


@pytest.fixture
def desk(running: Services, client: FlaskClient, device: Phone, person: Person) -> Desk:
    return Desk(running, client, device, person)


@pytest.fixture
def browser(app: Flask, person: Person) -> FlaskClient:
    return signed_in(app, "olga")


def points(browser: FlaskClient, zoom: int, **asked: str) -> list[dict[str, object]]:
    reply = browser.get("/console/map/points", query_string={**WORLD, "zoom": str(zoom), **asked})
    found: list[dict[str, object]] = reply.get_json()["clusters"]
    return found


def scattered(desk: Desk) -> None:
    """Bring 40 mentions around Old Ford, and make assets of some."""
    for number in range(10):
        places = [
            (f"Place {number} {at}", "faith", f"{51.52 + number / 500} {-0.04 + at / 300} 0 5") for at in range(4)
        ]
        response = desk.bring(said(*places), approved=number % 5 != 0)
        if number % 2:
            desk.make((response, "a0"))


@pytest.mark.parametrize("zoom", range(0, 20, 3))
def test_at_each_zoom_the_clusters_hold_what_the_list_counts(desk: Desk, zoom: int) -> None:
    scattered(desk)
    reader = desk.person.person_id
    wanted = PointFilter(neighbourhood_id=None, kind="", states=("approved", "received"))
    window = Window(west=-180, south=-90, east=180, north=90, zoom=zoom)
    with desk.running.database.read() as connection:
        found = clusters(connection, window, wanted, reader=reader)
        counted = totals(connection, wanted, reader=reader)
        listed = count_assets(connection, AssetFilter(state="open"), reader=reader)
    assert sum(one.assets for one in found) == counted.assets_on_map == counted.assets == listed == 5
    assert sum(one.mentions for one in found) == counted.mentions_on_map == counted.mentions == 35
    assert desk.waiting("approved", "received") == 35


def test_a_cluster_stands_amid_its_points(desk: Desk, browser: FlaskClient) -> None:
    desk.bring(said(("One", "faith", "51.50 -0.10 0 5"), ("Two", "faith", "51.52 -0.12 0 5")))
    (cluster,) = points(browser, 2)
    assert (cluster["points"], cluster["lat"], cluster["lon"], cluster["name"]) == (2, 51.51, -0.11, "2 mentions")


def test_a_point_alone_has_its_name_and_its_page_at_every_zoom(desk: Desk, browser: FlaskClient) -> None:
    asset_id = desk.make(name="Hall", kind="faith", latitude=51.5, longitude=-0.1)
    response = desk.bring(said(("গায়কদল", "arts_culture", "51.6 -0.2 0 300")))
    for zoom in (10, 15, 18):
        told = {str(one["name"]): one for one in points(browser, zoom)}
        assert told["Hall"]["address"] == f"/console/assets/{asset_id}"
        assert told["গায়কদল"]["address"] == f"/console/responses/{response}"
        assert told["গায়কদল"]["within"] == 300
        assert "within" not in told["Hall"]


def test_two_at_the_same_door_are_told_by_name_from_near_by(desk: Desk, browser: FlaskClient) -> None:
    desk.make(name="Hall", latitude=51.5, longitude=-0.1)
    desk.bring(said(("Lunch club", "food_growing", "51.5 -0.1 0 5")))
    assert "members" not in points(browser, 16)[0]
    (cluster,) = points(browser, 17)
    members = cluster["members"]
    assert isinstance(members, list)
    assert [(one["name"], one["what"]) for one in members] == [("Hall", "asset"), ("Lunch club", "mention")]


def test_people_and_their_skills_are_never_on_the_map(desk: Desk, browser: FlaskClient) -> None:
    response = desk.bring(said(("Amina bakes", "people_skills", "51.5 -0.1 0 5")))
    assert points(browser, 12) == []
    desk.make((response, "a0"))
    assert points(browser, 12) == []
    assert "51.5" not in str([desk.rows(table) for table in ("unplaced_observations", "place_cells")])
    hidden = [code.id for code in book("assets").codes if code.frames.get("located") == ("no",)]
    assert hidden == ["people_skills"], "The triggers of schema_of_assets name this kind."


def test_only_what_is_approved_is_on_the_map_unless_all_is_asked_for(desk: Desk, browser: FlaskClient) -> None:
    desk.bring(said(("One", "faith", "51.5 -0.1 0 5")), approved=False)
    assert points(browser, 12) == []
    assert len(points(browser, 12, also="unapproved")) == 1


def test_a_closed_asset_is_on_no_map(desk: Desk, browser: FlaskClient) -> None:
    desk.make(name="Hall", latitude=51.5, longitude=-0.1, state="closed")
    assert points(browser, 12) == []


def test_nothing_of_another_neighbourhood_is_on_the_map(app: Flask, desk: Desk) -> None:
    scattered(desk)
    person_with(desk.running, "kim", "viewer", "kings-heath")
    other = signed_in(app, "kim")
    for zoom in (2, 12, 18):
        assert points(other, zoom, also="unapproved") == []
    assert "0 open assets" in text_of(other.get("/console/map"))


def test_a_window_is_read_strictly() -> None:
    assert read_window({**WORLD, "zoom": "3"}) == Window(west=-180, south=-90, east=180, north=90, zoom=3)
    for wrong in ({"zoom": "x"}, {"west": "nan"}, {"west": "190", "east": "180"}, {"north": "1e999"}):
        assert read_window({**WORLD, "zoom": "3", **wrong}) is None
    assert all(level_of(zoom) in {*LEVELS, 20} for zoom in range(23))


def test_the_page_lists_what_the_map_shows_without_script(desk: Desk, browser: FlaskClient) -> None:
    desk.make(name="Hall", latitude=51.5, longitude=-0.1)
    desk.bring(said(("One", "faith")))
    page = text_of(browser.get("/console/map"))
    assert "1 open asset , 1 on the map" in page.replace("asset,", "asset ,")
    assert "1 mention not yet placed, 0 on the map" in page
    assert "Hall" in page


def test_assets_that_are_open_reach_phones_with_their_names(desk: Desk, client: FlaskClient) -> None:
    asset_id = desk.make(
        (desk.bring(said(("গায়কদল", "arts_culture"))), "a0"), name="Choir", latitude=51.5, longitude=-0.1
    )
    desk.make(name="Closed hall", state="closed")
    skill = desk.make((desk.bring(said(("Amina", "people_skills", "51.5 -0.1 0 5"))), "a0"))
    told = client.get("/places/v1", headers=desk.phone.headers).get_json()["assets"]
    choir = {"names": ["গায়কদল"], "kind": "arts_culture", "lat": 51.5, "lon": -0.1}
    assert told == [
        {"id": skill, "name": "Amina", "names": [], "kind": "people_skills", "lat": None, "lon": None, "words": ""},
        {"id": asset_id, "name": "Choir", "words": "", **choir},
    ]


@pytest.mark.parametrize("state", ["received", "returned", "rejected"])
def test_what_nobody_approved_is_told_to_no_phone_and_on_no_map(
    desk: Desk, browser: FlaskClient, client: FlaskClient, state: str
) -> None:
    response = desk.bring(said(("Slander", "faith", "51.5 -0.1 0 5")), approved=False)
    desk.make((response, "a0"))
    if state != "received":
        desk.decide(response, {"returned": "return", "rejected": "reject"}[state])
    assert client.get("/places/v1", headers=desk.phone.headers).get_json()["assets"] == []
    assert points(browser, 12) == []
    assert len(points(browser, 12, also="unapproved")) == (1 if state == "received" else 0)
    assert "Slander" not in text_of(browser.get("/console/assets"))


def test_what_the_desk_typed_goes_on_without_what_nobody_approved(desk: Desk, client: FlaskClient) -> None:
    response = desk.bring(said(("The choir", "faith", "51.5 -0.1 0 5")), approved=False)
    asset_id = desk.make((response, "a0"), name="Old Ford Voices")
    typed: dict[str, object] = {
        "id": asset_id,
        "name": "Old Ford Voices",
        "names": [],
        "kind": "",
        "lat": None,
        "lon": None,
        "words": "",
    }
    assert client.get("/places/v1", headers=desk.phone.headers).get_json()["assets"] == [typed]
    desk.decide(response, "approve")
    approved = typed | {"names": ["The choir"], "kind": "faith", "lat": 51.5, "lon": -0.1}
    assert client.get("/places/v1", headers=desk.phone.headers).get_json()["assets"] == [approved]


def test_barriers_are_counted_and_lead_to_their_responses(desk: Desk, browser: FlaskClient) -> None:
    desk.bring(said(("Hall", "faith"), barriers=("cost", "not_safe", "none")))
    desk.bring(said(("Park", "green_space"), barriers=("cost",)), approved=False)
    page = browser.get("/console/barriers")
    assert "Barriers are named 2 times" in text_of(page)
    assert "1 time people said that nothing keeps them away." in text_of(page)
    assert "barrier=cost&amp;state=approved" in page.text
    assert "Barriers are named 3 times" in text_of(browser.get("/console/barriers?also=unapproved"))
    assert "Barriers are named 1 time" in text_of(browser.get("/console/barriers?barrier=not_safe"))
