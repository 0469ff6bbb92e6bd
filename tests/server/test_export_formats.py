"""Each kind of file that can be taken away: what is in it, for whom, and that memory stays the same."""

import csv
import io
import json
import tracemalloc
import zipfile
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.exports.making import Sources, make
from server.exports.wanted import Format, Wanted
from server.reviews import projector
from server.reviews.filters import STATES, Filters
from server.services import Services
from sync.hashes import sha256_hex_of_bytes
from tests.server.console_pages import received, text_of
from tests.server.exporting import download, form_named, main_rows, rows_in
from tests.server.people_at_work import person_with, signed_in
from tests.server.pushing import push, statuses
from tests.server.records import Item, Phone
from tests.server.test_exports import copies, visit
from tests.server.uploading import photo, send

MEBIBYTE: Final = 1024 * 1024
PICTURE: Final = photo(1, width=60, height=40)
SHA256: Final = sha256_hex_of_bytes(PICTURE)
WEBP: Final = b"RIFF"


@pytest.fixture
def administrator(app: Flask, running: Services) -> FlaskClient:
    person_with(running, "root", "administrator")
    return signed_in(app, "root")


@pytest.fixture
def pictured(client: FlaskClient, running: Services, device: Phone) -> Item:
    """A response to the form ``walk`` with a photo that an answer names, and one that belongs to what is apart."""
    hidden = photo(2, width=50, height=50)
    files = [
        {"name": "a.jpg", "sha256": SHA256, "bytes": len(PICTURE), "type": "image/jpeg"},
        {"name": "b.jpg", "sha256": sha256_hex_of_bytes(hidden), "bytes": len(hidden), "type": "image/jpeg"},
        {"name": "c.jpg", "sha256": "c" * 64, "bytes": 5, "type": "image/jpeg"},
    ]
    answers = {"who": "=1", "assets": [{"about": {"asset_name": "a.jpg"}}, {"about": {"asset_name": "c.jpg"}}]}
    item = device.item({**answers, "equality": {"proof": "b.jpg"}}, header={"attachments": files})
    assert statuses(push(client, device, item)) == ["stored"]
    for file in (PICTURE, hidden):
        assert send(client, device, file).status_code == 204
    projector.catch_up(running.database)
    return item


def id_of(item: Item) -> str:
    return str(json.loads(str(item["header"]))["id"])


def zipped(reply: TestResponse) -> zipfile.ZipFile:
    assert (reply.status_code, reply.mimetype) == (200, "application/zip"), reply.text
    return zipfile.ZipFile(io.BytesIO(reply.data))


def test_photos_are_drawn_anew_and_named_for_response_and_question(coordinator: FlaskClient, pictured: Item) -> None:
    with zipped(download(coordinator, "walk", format="photos")) as archive:
        assert archive.testzip() is None
        name, index = archive.namelist()
        assert name == f"{id_of(pictured)}-assets_1_-about-asset_name-{SHA256[:8]}.webp"
        assert (archive.read(name)[:4], archive.getinfo(name).compress_type) == (WEBP, zipfile.ZIP_STORED)
        rows = rows_in(archive.read(index))
    assert [(row["question"], row["name"], row["state"], row["_file"]) for row in rows] == [
        ("assets[1]/about/asset_name", "a.jpg", "here", name),
        ("assets[2]/about/asset_name", "c.jpg", "not-here-yet", ""),
    ], "the photo that belongs to answers kept apart is not there"


def test_originals_and_whole_records_are_for_administrators(
    coordinator: FlaskClient, administrator: FlaskClient, pictured: Item
) -> None:
    for kind in ("originals", "lines"):
        refused = download(coordinator, "walk", format=kind)
        assert (refused.status_code, "Only administrators" in text_of(refused)) == (422, True)
    assert download(coordinator, "walk", apart="yes").status_code == 422
    with zipped(download(administrator, "walk", format="originals")) as archive:
        name = archive.namelist()[0]
        assert (name.endswith(".jpg"), archive.read(name)) == (True, PICTURE)


def test_lines_hold_the_exact_texts_and_what_is_apart_only_if_asked_for(
    administrator: FlaskClient, client: FlaskClient, running: Services, device: Phone
) -> None:
    item = device.item({"who": "Asha"})
    apart = device.item({"who": "Bo", "equality": {"disabled": "yes"}})
    push(client, device, item, apart)
    projector.catch_up(running.database)
    lines = download(administrator, "walk", format="lines").text.splitlines()
    plain = {one["response"]: one for one in map(json.loads, lines)}
    [revision] = plain[id_of(item)]["revisions"]
    assert (revision["rev"], revision["header"], revision["parts"]) == (item["rev"], item["header"], item["parts"])
    assert plain[id_of(apart)]["revisions"][0]["parts"] == [None]
    assert len(plain[id_of(apart)]["absent"]) == 1
    assert "disabled" in download(administrator, "walk", format="lines", apart="yes").text


def test_the_dictionary_tells_of_every_question_in_every_language(
    coordinator: FlaskClient, client: FlaskClient, running: Services, device: Phone, tmp_path: Path
) -> None:
    form_named(running, tmp_path, visit())
    named = form_named(running, tmp_path, visit(version="2", extra="| | text | why | Why? | কেন? |\n"))
    push(client, device, device.item({"who": "x"}, header=named))
    projector.catch_up(running.database)
    rows = {row["name"]: row for row in rows_in(download(coordinator, "visit", format="dictionary").data)}
    assert list(rows) == ["who", "place/where", "why", "again", "likes", "times"]
    assert (rows["why"]["versions"], rows["who"]["versions"]) == ("2", "2; 1")
    assert (rows["again"]["label::bn"], rows["again"]["choices::bn"]) == ("আবার?", "yes = হ্যাঁ; no = না")
    assert (rows["times"]["type"], rows["likes"]["choices"]) == ("int", "park; choir")


@pytest.mark.parametrize(
    ("multiple", "columns"),
    [("both", ["likes", "likes/park", "likes/choir"]), ("one", ["likes"]), ("each", ["likes/park", "likes/choir"])],
)
def test_several_answers_have_the_columns_that_were_chosen(
    coordinator: FlaskClient,
    client: FlaskClient,
    running: Services,
    device: Phone,
    tmp_path: Path,
    multiple: str,
    columns: list[str],
) -> None:
    push(client, device, device.item({"likes": "park"}, header=form_named(running, tmp_path, visit())))
    projector.catch_up(running.database)
    [row] = main_rows(download(coordinator, "visit", multiple=multiple))
    assert [name for name in row if name.startswith("likes")] == columns
    cells = {"likes": "park", "likes/park": "1", "likes/choir": "0"}
    assert [row[name] for name in columns] == [cells[name] for name in columns]


def test_only_what_is_approved_is_taken_unless_other_states_are_chosen(
    coordinator: FlaskClient, pictured: Item, running: Services
) -> None:
    assert download(coordinator, "walk", state=["approved"]).status_code == 422
    asked = coordinator.get("/console/download?form=walk")
    assert "No response is like that" in text_of(asked)
    running.database.write(lambda connection: connection.execute("UPDATE responses SET state = 'approved'"))
    assert download(coordinator, "walk", state=[]).status_code == 200


def test_the_page_says_what_the_file_holds_before_it_is_taken(coordinator: FlaskClient, pictured: Item) -> None:
    page = text_of(coordinator.get("/console/download?form=walk&state=received&format=photos"))
    assert "Responses 1" in page
    assert "Files 2" in page
    assert "nobody can call it back" in page
    bare = text_of(coordinator.get("/console/download"))
    assert ("What you get" in bare, "See what you get" in bare) == (False, True)


def test_no_file_of_photos_is_offered_where_there_are_none(
    coordinator: FlaskClient, client: FlaskClient, running: Services, device: Phone
) -> None:
    received(client, running, device, device.item({"who": "Asha"}))
    page = text_of(coordinator.get("/console/download?form=walk&state=received&format=photos"))
    assert "These responses have no photos or other files here." in page
    assert "What you get" not in page
    assert download(coordinator, "walk", format="photos").status_code == 422


def test_the_responses_of_a_list_can_be_taken_alone(
    coordinator: FlaskClient, client: FlaskClient, running: Services, device: Phone, tmp_path: Path
) -> None:
    named = form_named(running, tmp_path, visit())
    here, other = (device.item({"who": who}, header={**named, "author": who}) for who in ("Asha", "Bo"))
    push(client, device, here, other)
    projector.catch_up(running.database)
    rows = main_rows(download(coordinator, "visit", worker="Bo"))
    assert [row["who"] for row in rows] == ["Bo"]
    page = coordinator.get("/console/download?form=visit&state=received&worker=Bo")
    assert "Only the responses of the list that you came from" in text_of(page)
    assert 'name="worker" value="Bo"' in page.text


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "lines", "photos"])
def test_no_kind_of_file_takes_more_memory_for_20_000_responses_than_for_1_000(
    client: FlaskClient, running: Services, device: Phone, folder: Path, kind: Format
) -> None:
    item = device.item({"who": "x" * 200, "assets": [{"about": {"asset_name": "Choir"}}]})
    push(client, device, item)
    projector.catch_up(running.database)
    peaks = []
    for first, last in ((1, 999), (1_000, 19_999)):
        running.database.write(partial(copies, response_id=id_of(item), first=first, last=last))
        peaks.append(peak_of(running, kind))
    assert peaks[1] < peaks[0] + MEBIBYTE


def peak_of(running: Services, kind: Format) -> int:
    """Make a file and drop its pieces; give the most memory that this took, in bytes."""
    sources = Sources(
        database=running.database,
        pictures=running.pictures,
        files=running.attachments.files,
        folder=running.database.folder,
    )
    wanted = Wanted(reader=reader_of(running), filters=Filters(form="walk", states=STATES), format=kind)
    tracemalloc.start()
    for _piece in make(sources, wanted, day="2026-11-20").pieces:
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def reader_of(running: Services) -> str:
    with running.database.read() as connection:
        found = connection.execute("SELECT person_id FROM people WHERE person_id = 'person-root'").fetchone()
    return str(found[0]) if found else person_with(running, "root", "administrator").person_id


def test_a_csv_reader_finds_as_many_columns_in_every_row(coordinator: FlaskClient, pictured: Item) -> None:
    with zipped(download(coordinator, "walk")) as archive:
        for name in archive.namelist():
            lines = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            assert len({len(line) for line in lines}) == 1
