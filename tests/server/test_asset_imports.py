"""Files of assets from the desk: looked at first, imported once, undone whole; hostile ones are refused."""

import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.assets import import_files
from server.assets.import_files import MOST_BYTES, MOST_ROWS, Table, TableProblem, read_file
from server.people.rules import Person
from server.services import Services
from tests.server.console_pages import forgery_token, text_of
from tests.server.people_at_work import act, person_with, signed_in
from tests.server.records import Phone
from tests.server.said_assets import Desk, said

NEW = "/console/assets/imports/new"
CHOIRS = """Name,Type,Address,Lat,Lon,Notes
Old Ford Choir,Arts and culture,By the canal,51.531,-0.036,x
গায়কদল,শিল্প ও সংস্কৃতি,,৫১.৫৩২,-০.০৩৭,
,Faith,,,,
=HYPERLINK("x"),Moon base,,999,0,
Amina,people_skills,,51.5,-0.1,
"""


@pytest.fixture
def person(running: Services) -> Person:
    return person_with(running, "olga", "coordinator", "old-ford")


@pytest.fixture
def desk(running: Services, client: FlaskClient, device: Phone, person: Person) -> Desk:
    return Desk(running, client, device, person)


@pytest.fixture
def browser(app: Flask, person: Person) -> FlaskClient:
    return signed_in(app, "olga")


def bring(browser: FlaskClient, body: bytes | str, *, place: str = "old-ford") -> TestResponse:
    content = body.encode() if isinstance(body, str) else body
    form = {"csrf_token": forgery_token(browser, NEW), "neighbourhood": place, "file": (io.BytesIO(content), "a.csv")}
    return browser.post(NEW, data=form, content_type="multipart/form-data")


def looked_at(browser: FlaskClient, body: str) -> str:
    """Bring a file; give the address of its page."""
    reply = bring(browser, body)
    assert reply.status_code == 303, text_of(reply)
    return reply.headers["Location"]


def test_nothing_is_written_before_import_is_said(desk: Desk, browser: FlaskClient) -> None:
    page = browser.get(looked_at(browser, CHOIRS))
    assert "4 of 5 rows are ready to import." in text_of(page)
    assert desk.rows("assets") == []
    assert desk.rows("asset_steps") == []


def test_rows_come_with_their_kinds_in_any_language_and_digits_of_any_script(desk: Desk, browser: FlaskClient) -> None:
    address = looked_at(browser, CHOIRS)
    act(browser, address, page=address, go="import")
    found = {asset.name: (asset.kind, asset.latitude, asset.longitude) for asset in desk.shown()}
    assert found == {
        "Old Ford Choir": ("arts_culture", 51.531, -0.036),
        "গায়কদল": ("arts_culture", 51.532, -0.037),
        '=HYPERLINK("x")': ("", None, None),
        "Amina": ("people_skills", None, None),
    }


def test_what_is_wrong_is_said_by_row(browser: FlaskClient) -> None:
    page = text_of(browser.get(looked_at(browser, CHOIRS)))
    assert "Row 4 : It has no name, so it is left out." in page.replace("4:", "4 :")
    assert "Its kind is not in our list." in page
    assert "Its position is nowhere on the earth." in page
    assert "People and their skills never get a position." in page


def test_columns_can_be_given_another_meaning(desk: Desk, browser: FlaskClient) -> None:
    address = looked_at(browser, "A,B\nChoir,Old Ford Voices\n")
    assert "0 of 1 rows are ready" in text_of(browser.get(address))
    columns = {"column-0": "names", "column-1": "name"}
    act(browser, address, page=address, go="again", **columns)
    assert "1 of 1 rows are ready" in text_of(browser.get(address))
    act(browser, address, page=address, go="import", **columns)
    assert [asset.name for asset in desk.shown()] == ["Old Ford Voices"]


def test_a_place_that_is_nowhere_on_earth_and_a_kind_that_is_not_known_say_so(desk: Desk, browser: FlaskClient) -> None:
    rows = "name,kind,latitude,longitude\nHall,castle,99,400\nPark,green_space,here,there\n"
    page = text_of(browser.get(looked_at(browser, rows)))
    assert "Its position is nowhere on the earth. It is imported without one." in page
    assert "Its position cannot be read. It is imported without one." in page
    assert "The kinds in our list" in page
    fine = "name,kind\nHall,faith\n"
    assert "The kinds in our list" not in text_of(browser.get(looked_at(browser, fine)))


def test_what_is_here_already_or_twice_in_the_file_is_left_out_unless_chosen(desk: Desk, browser: FlaskClient) -> None:
    desk.make(name="Old Ford Choir", kind="arts_culture")
    body = "name\nThe Old Ford choir\nLunch club\nLunch Club\nPark\n"
    address = looked_at(browser, body)
    page = text_of(browser.get(address))
    assert "2 of 4 rows are ready to import." in page
    assert "like Old Ford Choir" in page
    assert "like row 3" in page
    act(browser, address, page=address, go="import", also=["4"])
    assert [asset.name for asset in desk.shown()] == ["Lunch club", "Lunch Club", "Old Ford Choir", "Park"]


def test_a_whole_import_is_undone_but_for_what_was_used_since(desk: Desk, browser: FlaskClient) -> None:
    address = looked_at(browser, "name\nOne\nTwo hundred\nThird place\n")
    act(browser, address, page=address, go="import")
    used = next(asset.asset_id for asset in desk.shown() if asset.name == "One")
    desk.work.place([(desk.bring(said(("One", "faith"))), "a0")], on=used)
    act(browser, f"{address}/undo", page=address)
    page = text_of(browser.get(address))
    assert "2 assets are taken away again." in page
    assert "1 asset was used since and stays." in page
    assert [asset.name for asset in desk.shown()] == ["One"]


def test_the_same_button_pressed_twice_imports_once(desk: Desk, browser: FlaskClient) -> None:
    address = looked_at(browser, "name\nOne\n")
    token = forgery_token(browser, address)
    for _twice in range(2):
        browser.post(address, data={"csrf_token": token, "go": "import"})
    assert len(desk.shown()) == 1


def test_a_draft_is_its_bringers_alone_and_its_text_goes_with_the_import(
    app: Flask, desk: Desk, browser: FlaskClient
) -> None:
    address = looked_at(browser, "name\nOne\n")
    person_with(desk.running, "pia", "coordinator", "old-ford")
    other = signed_in(app, "pia")
    assert other.get(address).status_code == 404
    act(browser, address, page=address, go="import")
    assert other.get(address).status_code == 200
    assert desk.row("SELECT body FROM asset_imports")["body"] is None


def test_no_file_goes_into_a_neighbourhood_out_of_reach(browser: FlaskClient, desk: Desk) -> None:
    assert bring(browser, "name\nOne\n", place="kings-heath").status_code == 422
    assert desk.rows("asset_imports") == []


def test_points_and_areas_of_geojson_are_read(desk: Desk, browser: FlaskClient) -> None:
    square = [[[-0.04, 51.52], [-0.02, 51.52], [-0.02, 51.54], [-0.04, 51.54], [-0.04, 51.52]]]
    shapes = {
        "Park": {"type": "Polygon", "coordinates": square},
        "Hall": {"type": "Point", "coordinates": [-0.03, 51.53]},
        "Nowhere": None,
    }
    features = [
        {"type": "Feature", "properties": {"name": name, "leisure": name.lower()}, "geometry": shape}
        for name, shape in shapes.items()
    ]
    address = looked_at(browser, json.dumps({"type": "FeatureCollection", "features": features}))
    act(browser, address, page=address, go="import")
    found = {asset.name: (asset.kind, asset.latitude, asset.longitude) for asset in desk.shown()}
    assert found == {"Park": ("green_space", 51.53, -0.03), "Hall": ("", 51.53, -0.03), "Nowhere": ("", None, None)}


def with_names_of_their_own(features: int, *, names: int) -> bytes:
    """Write points of which each has properties that no other has: as cells of a table they would have no end."""
    found = [{"properties": {f"{at}-{name}": "" for name in range(names)}} for at in range(features)]
    return json.dumps({"type": "FeatureCollection", "features": found}).encode()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", TableProblem.MISSING),
        (b"name", TableProblem.NO_ROWS),
        (b"name\n\xe9t\xe9\n", TableProblem.NOT_TEXT),
        (b"name\nA\0B\n", TableProblem.NOT_TEXT),
        (b'name\n"open\n', TableProblem.NOT_A_TABLE),
        (b"{", TableProblem.NOT_GEOJSON),
        (b'{"type": "Feature"}', TableProblem.NOT_GEOJSON),
        (b'{"type": "FeatureCollection", "features": []}', TableProblem.NO_ROWS),
        (b'{"a":' * 100_000, TableProblem.NOT_GEOJSON),
        (b"name\n" + b"x\n" * (MOST_ROWS + 1), TableProblem.TOO_MANY_ROWS),
        (b",".join([b"a"] * 200) + b"\nx\n", TableProblem.TOO_MANY_COLUMNS),
        (with_names_of_their_own(MOST_ROWS, names=60), TableProblem.TOO_MANY_COLUMNS),
        (b"x" * (MOST_BYTES + 1), TableProblem.TOO_LARGE),
        (b"name\n" + b'"' + b"x" * 200_000 + b'"\n', TableProblem.NOT_A_TABLE),
    ],
    ids=lambda one: str(one)[:30],
)
def test_a_hostile_file_is_refused_with_its_reason(body: bytes, problem: TableProblem) -> None:
    assert read_file(body) is problem


def test_names_are_no_longer_gathered_once_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[object] = []
    monkeypatch.setattr(import_files, "_feature", lambda one: looked_at.append(one) or one["properties"])
    features = [{"properties": {f"n{number}-{at}": "" for at in range(60)}} for number in range(50)]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    assert read_file(text.encode()) is TableProblem.TOO_MANY_COLUMNS
    assert len(looked_at) == 2


def test_what_nests_deep_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_files.json, "loads", pytest.fail)
    assert read_file(b'{"features": ' + b"[" * 1000 + b"]" * 1000 + b"}") is TableProblem.NOT_GEOJSON


@pytest.mark.parametrize("position", [[1e400, 0], ["x", 1], [[[[[[[1, 2]]]]]]], [10**400, 1], True, {"a": 1}, []])
def test_a_hostile_position_is_none(position: object) -> None:
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [{"properties": {"name": "A"}, "geometry": {"coordinates": position}}],
        }
    )
    table = read_file(text.replace("Infinity", "1e400").encode())
    assert isinstance(table, Table)
    assert table.rows[0][:2] == ("", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    table = read_file("name;kind\r\nمكتبة;faith\r\n".encode(encoding))
    assert table == Table(columns=("name", "kind"), rows=(("مكتبة", "faith"),), first=2)


def test_a_file_of_the_most_rows_is_taken(desk: Desk, browser: FlaskClient) -> None:
    body = "name\n" + "".join(f"{'abcdefghij'[number % 10]}{number * 7919} place\n" for number in range(MOST_ROWS))
    address = looked_at(browser, body)
    ready = re.search(r"([\d,]+) of 5,000 rows are ready", text_of(browser.get(address)))
    assert ready is not None


def test_a_refused_file_is_told_in_plain_words(browser: FlaskClient) -> None:
    page = bring(browser, b"\xe9\xe9")
    assert page.status_code == 422
    assert "Save it as “CSV UTF-8” and try again." in text_of(page)
