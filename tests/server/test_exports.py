"""Answers to take away: what is in the file, for whom, and that a spreadsheet runs nothing of it."""

import json
import sqlite3
import tracemalloc
import zipfile
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.exports.cells import number_cell, text_cell
from server.exports.reading import RESPONSES_AT_A_TIME, prepare, responses
from server.exports.wanted import Wanted
from server.people import accounts, queries
from server.reviews import projector
from server.reviews.filters import Filters
from server.services import Services
from server.store.database import Database
from tests.server.console_pages import forgery_token, sign_in, text_of
from tests.server.exporting import EVERY_STATE, as_typed, download, form_named, main_rows, tables_in
from tests.server.pushing import erase, push, statuses
from tests.server.records import Item, Phone

MEBIBYTE: Final = 1024 * 1024
VISIT = """
| survey |
| | type | name | label::English (en) | label::Bengali (bn) |
| | text | who | Who are you? | আপনি কে? |
| | begin group | place | Place | জায়গা |
| | geopoint | where | Where? | কোথায়? |
| | end group | | | |
{extra}| | select_one yes_no | again | Again? | আবার? |
| | select_multiple things | likes | What do you like? | কী ভালো? |
| | integer | times | How often? | কতবার? |
| | note | thanks | Thank you | ধন্যবাদ |
| | deviceid | phone | | |
| | begin group | equality | About you | আপনার কথা |
| | select_one yes_no | disabled | Disabled? | প্রতিবন্ধী? |
| | end group | | | |

| choices |
| | list_name | name | label::English (en) | label::Bengali (bn) |
| | yes_no | yes | Yes | হ্যাঁ |
| | yes_no | no | No | না |
| | things | park | The park | পার্ক |
| | things | choir | The choir | গানের দল |

| settings |
| | form_title | form_id | version | default_language |
| | Visit | visit | {version} | English (en) |
"""
EXTRA = "| | text | why | Why? | কেন? |\n"
ANSWERS = {
    "who": '=HYPERLINK("http://x.example","x")',
    "place": {"where": "51.53 -0.03 0 8.5"},
    "again": "yes",
    "likes": "choir",
    "times": "-5",
    "phone": "0192f000-secret",
}
ABOUT = ["_response", "_version", "_neighbourhood", "_venue", "_poster"]
ABOUT += ["_language", "_received", "_made", "_state", "_problems"]
AS_CSV_IN_BENGALI = {"format": "csv", "words": "bn"}
EQUALITY = {"salt": "0" * 32, "answers": {"equality": {"disabled": "yes"}}}


def visit(version: str = "1", extra: str = "") -> str:
    return VISIT.format(version=version, extra=extra)


def sent(client: FlaskClient, running: Services, phone: Phone, *items: Item) -> None:
    assert statuses(push(client, phone, *items)) == ["stored"] * len(items)
    projector.catch_up(running.database)


@pytest.fixture
def answered(client: FlaskClient, device: Phone, running: Services, tmp_path: Path) -> Item:
    """A response to the form ``visit``, in version 1."""
    item = device.item(ANSWERS, header=form_named(running, tmp_path, visit()))
    sent(client, running, device, item)
    return item


def test_columns_stand_in_the_order_of_the_form_behind_what_is_told_of_the_response(
    coordinator: FlaskClient, answered: Item
) -> None:
    reply = download(coordinator, "visit")
    [row] = main_rows(reply)
    asked = ["who", "place/where/latitude", "place/where/longitude", "place/where/accuracy"]
    asked += ["again", "likes", "likes/park", "likes/choir", "times"]
    assert list(row) == [*ABOUT, *asked]
    assert row["_response"] == json.loads(str(answered["header"]))["id"]
    assert (row["_neighbourhood"], row["_language"], row["_version"]) == ("Old-Ford", "bn", "1")
    assert (row["_received"], row["_made"]) == ("2026-11-20T12:00:00.000Z", "2026-11-20T10:00:00.000Z")
    assert [row[name] for name in asked[1:]] == ["51.53", "-0.03", "8.5", "yes", "choir", "0", "1", "-5"]
    assert reply.text.startswith('\ufeff"_response","_version",'), "every cell stands in quotes"
    assert all(line.startswith('"') and line.endswith('"') for line in reply.text[1:].splitlines())
    assert reply.headers["Content-Disposition"] == "attachment; filename=visit-2026-11-20.csv"
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(
    coordinator: FlaskClient, answered: Item
) -> None:
    [row] = main_rows(download(coordinator, "visit"))
    assert row["who"] == "'" + ANSWERS["who"]


def test_words_of_a_language_stand_above_and_for_choices(coordinator: FlaskClient, answered: Item) -> None:
    [row] = main_rows(download(coordinator, "visit", words="bn"))
    assert list(row)[len(ABOUT) :] == [
        "আপনি কে?",
        "কোথায়? (latitude)",
        "কোথায়? (longitude)",
        "কোথায়? (accuracy)",
        "আবার?",
        "কী ভালো?",
        "কী ভালো?: পার্ক",
        "কী ভালো?: গানের দল",
        "কতবার?",
    ]
    assert (row["আবার?"], row["কী ভালো?"]) == ("হ্যাঁ", "গানের দল")


def test_versions_are_merged_and_what_only_the_older_asks_stands_where_it_stood(
    coordinator: FlaskClient, device: Phone, running: Services, tmp_path: Path, client: FlaskClient
) -> None:
    older = form_named(running, tmp_path, visit(extra=EXTRA))
    newer = form_named(running, tmp_path, visit(version="2"))
    sent(client, running, device, device.item({"why": "Because"}, header=older), device.item(ANSWERS, header=newer))
    rows = main_rows(download(coordinator, "visit"))
    assert [(row["_version"], row["why"]) for row in rows] == [("1", "Because"), ("2", "")]
    names = list(rows[0])
    assert names.index("why") == names.index("place/where/accuracy") + 1


def test_equality_answers_phones_and_reference_codes_are_not_in_it(
    client: FlaskClient, device: Phone, running: Services, tmp_path: Path, coordinator: FlaskClient
) -> None:
    named = form_named(running, tmp_path, visit())
    reference = "5e" * 32
    item = device.item({**ANSWERS, "equality": {"disabled": "yes"}}, header={**named, "reference": reference})
    sent(client, running, device, item)
    whole = download(coordinator, "visit").text
    assert ANSWERS["times"] in whole
    assert not any(secret in whole for secret in ("equality", "disabled", reference, device.device, "secret"))


def test_repeats_are_tables_of_their_own_that_name_the_row_they_stand_in(
    client: FlaskClient, device: Phone, running: Services, coordinator: FlaskClient
) -> None:
    barriers = [{"code": "cost", "words": "-"}, {"code": "full"}]
    assets = [{"about": {"asset_name": "Choir"}, "barriers": barriers}, {"about": {"asset_name": "@Park"}}]
    item = device.item({"who": "Asha", "assets": assets})
    sent(client, running, device, item)
    found = tables_in(download(coordinator, "walk"))
    assert list(found) == ["main.csv", "assets.csv", "assets-barriers.csv"]
    [main] = found["main.csv"]
    key = main["_response"]
    assert [(row["_key"], row["_parent"], row["about/asset_name"]) for row in found["assets.csv"]] == [
        (f"{key}/assets[1]", key, "Choir"),
        (f"{key}/assets[2]", key, "'@Park"),
    ]
    assert [(row["_response"], row["_parent"], row["code"], row["words"]) for row in found["assets-barriers.csv"]] == [
        (key, f"{key}/assets[1]", "cost", "'-"),
        (key, f"{key}/assets[1]", "full", ""),
    ]


def test_a_reader_takes_away_no_more_than_they_may_see(app: Flask, running: Services, answered: Item) -> None:
    assert len(main_rows(download(scoped(app, running, "old-ford"), "visit"))) == 1
    far = scoped(app, running, "kings-heath")
    assert "There is nothing to download" in text_of(far.get("/console/download"))
    assert download(far, "visit").status_code == 422
    assert download(far, "visit", neighbourhood="old-ford").status_code == 404


def scoped(app: Flask, running: Services, place: str) -> FlaskClient:
    """Give the browser of a coordinator who may see one neighbourhood and no other."""
    made = accounts.add_or_reset(
        running.database,
        sign_in_name=place,
        name=place,
        role="coordinator",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )

    def confine(connection: sqlite3.Connection) -> None:
        person = queries.person_by_sign_in_name(connection, made.sign_in_name)
        assert person is not None
        queries.set_role(connection, person_id=person.person_id, role="coordinator", everywhere=False)
        queries.set_neighbourhoods(connection, person_id=person.person_id, neighbourhoods=[place])

    running.database.write(confine)
    browser = app.test_client()
    assert sign_in(browser, made.sign_in_name, made.password).status_code == 302
    return browser


def test_one_neighbourhood_can_be_chosen(
    coordinator: FlaskClient, answered: Item, client: FlaskClient, device: Phone, running: Services
) -> None:
    assert len(main_rows(download(coordinator, "visit", neighbourhood="old-ford"))) == 1
    reply = download(coordinator, "visit", neighbourhood="kings-heath")
    assert (reply.status_code, "No response is like that" in text_of(reply)) == (422, True)
    assert download(coordinator, "visit", neighbourhood="nowhere").status_code == 404


def test_days_in_the_wrong_order_are_told_at_the_first_of_them(coordinator: FlaskClient, answered: Item) -> None:
    page = coordinator.get("/console/download?form=visit&from=2026-12-01&to=2026-01-01").get_data(as_text=True)
    assert '<a href="#from">The first day is after the last day.</a>' in page
    assert 'aria-describedby="from-problem"' in page


def test_nobody_downloads_without_signing_in(client: FlaskClient, answered: Item) -> None:
    asked = {"csrf_token": forgery_token(client, "/console/sign-in"), "form": "visit"}
    for reply in (client.post("/console/download", data=asked), client.get("/console/download")):
        assert "/console/sign-in" in reply.headers["Location"]


def test_who_took_what_is_noted_before_the_first_byte_leaves(
    coordinator: FlaskClient, answered: Item, database: Database
) -> None:
    download(coordinator, "visit", words="bn", state=["approved", "received"])
    with database.read() as connection:
        rows = connection.execute("SELECT * FROM audit WHERE action = 'export-made' ORDER BY seq").fetchall()
    assert [(row["actor_name"], row["subject"], json.loads(row["details"])) for row in rows] == [
        ("Carol", "visit", {"responses": 1, "states": "received approved", "filters": None, **AS_CSV_IN_BENGALI})
    ]


def test_what_was_erased_is_gone_and_what_is_set_aside_is_not_there_yet(
    coordinator: FlaskClient, client: FlaskClient, running: Services, device: Phone, answered: Item
) -> None:
    header = json.loads(str(answered["header"]))
    push(client, device, device.item(ANSWERS, header={"form": header["form"], "neighbourhood": "kings-heath"}))
    sent(client, running, device, device.item({"who": "Stays"}, header={"form": header["form"]}))
    erase(running, header["id"])
    projector.catch_up(running.database)
    assert [row["who"] for row in main_rows(download(coordinator, "visit"))] == ["Stays"]


@pytest.mark.parametrize(
    "part",
    [
        '{"salt":"00000000000000000000000000000000","answers":{"who":["x"],"place":"x","likes":{"a":"b"},"x":null}}',
        '{"salt":"00000000000000000000000000000000","answers":{"who":{},"place":[{"where":"=1 2"}],"times":true}}',
    ],
)
def test_odd_answers_leave_cells_blank_and_keep_the_row(
    coordinator: FlaskClient, client: FlaskClient, running: Services, device: Phone, answered: Item, part: str
) -> None:
    form = json.loads(str(answered["header"]))["form"]
    sent(client, running, device, device.item(part=part, header={"form": form}))
    rows = main_rows(download(coordinator, "visit"))
    asked = ("who", "place/where/latitude", "likes", "likes/park", "times")
    assert {tuple(row[name] != "" for name in asked) for row in rows} == {(True,) * len(asked), (False,) * len(asked)}


TEXTS = [
    "=1",
    "+1",
    "-1",
    "@a",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
    "＝1",
    "﹣1",
    "'",
    "'a",
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_begins_a_formula_and_each_can_be_had_as_typed(text: str) -> None:
    assert text_cell(text) == f"'{text}"
    assert as_typed(text_cell(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "1-1", "যা", "مرحبا", "1", "a'", "\u202e", '"=1'])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert text_cell(text) == text


@pytest.mark.parametrize(("typed", "cell"), [("-5", "-5"), ("0.50", "0.50"), ("-1+1", "'-1+1"), ("+5", "'+5")])
def test_a_number_stays_one_and_what_is_none_is_a_text(typed: str, cell: str) -> None:
    assert number_cell(typed) == cell


def copies(connection: sqlite3.Connection, response_id: str, first: int, last: int) -> None:
    """List one response many times over, as others of the same answers."""
    connection.execute(
        """
        WITH RECURSIVE number (value) AS (SELECT :first UNION ALL SELECT value + 1 FROM number WHERE value < :last)
        INSERT INTO responses (
               response_id, head_rev, heads, form_id, version, logic_sha, lang, neighbourhood_id, device_id, author,
               made_at, received_at, seq, state, asset_count, barrier_count, problem_count)
        SELECT printf('ffffffff-0000-7000-8000-%012d', number.value), head_rev, heads, form_id, version, logic_sha,
               lang, neighbourhood_id, device_id, author, made_at, received_at, seq + 1000000 + number.value, state,
               asset_count, barrier_count, problem_count
          FROM responses, number WHERE response_id = :response_id
        """,
        {"first": first, "last": last, "response_id": response_id},
    )


def test_an_export_of_30_000_takes_no_more_memory_than_one_of_3_000(
    coordinator: FlaskClient, client: FlaskClient, running: Services, device: Phone, tmp_path: Path
) -> None:
    item = device.item({"who": "x" * 200, "assets": [{"about": {"asset_name": "Choir"}}]})
    sent(client, running, device, item)
    response_id = json.loads(str(item["header"]))["id"]
    peaks = []
    for first, last in ((1, 2_999), (3_000, 29_999)):
        running.database.write(partial(copies, response_id=response_id, first=first, last=last))
        peaks.append(peak_of_download(coordinator, "walk", tmp_path / "walk.zip"))
        with zipfile.ZipFile(tmp_path / "walk.zip") as archive:
            lines = [archive.read(name).count(b"\r\n") for name in ("main.csv", "assets.csv")]
        assert lines == [last + 2, last + 2], "one for each response, and the headings"
    assert peaks[1] < peaks[0] + MEBIBYTE


def peak_of_download(browser: FlaskClient, form: str, kept: Path) -> int:
    """Keep a download in a file as it comes; give the most memory that this took, in bytes."""
    token = forgery_token(browser, "/console/account")
    tracemalloc.start()
    asked = {"csrf_token": token, "form": form, "state": EVERY_STATE}
    reply = browser.post("/console/download", data=asked, buffered=False)
    with kept.open("wb") as file:
        file.writelines(reply.iter_encoded())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_whoever_reads_slowly_or_goes_away_keeps_no_read_of_the_database_open(
    coordinator: FlaskClient, client: FlaskClient, running: Services, device: Phone, folder: Path
) -> None:
    item = device.item({"who": "x" * 60_000})
    sent(client, running, device, item)
    response_id = json.loads(str(item["header"]))["id"]
    running.database.write(lambda connection: copies(connection, response_id, 1, 999))
    token = forgery_token(coordinator, "/console/account")
    asked = {"csrf_token": token, "form": "walk", "state": EVERY_STATE}
    reply = coordinator.post("/console/download", data=asked, buffered=False)
    pieces = reply.iter_encoded()
    next(pieces)
    sent(client, running, device, device.item())
    assert running.database.empty_log(), "no reader is in the way of the log"
    reply.close()
    assert not [path for path in folder.iterdir() if path.name.startswith("tmp")]


def test_a_response_that_is_edited_meanwhile_is_there_once(
    client: FlaskClient, running: Services, device: Phone
) -> None:
    items = [device.item({"who": str(number)}) for number in range(RESPONSES_AT_A_TIME + 1)]
    sent(client, running, device, *items)
    reader = accounts.add_or_reset(
        running.database,
        sign_in_name="carol",
        name="Carol",
        role="viewer",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    with running.database.read() as connection:
        person = queries.person_by_sign_in_name(connection, reader.sign_in_name)
        assert person is not None
        wanted = Wanted(reader=person.person_id, filters=Filters(form="walk"))
        export = prepare(connection, wanted)
    exported = responses(running.database, export)
    seen = [row.key for row in next(exported)]
    for item in (items[0], items[-1]):
        edited = json.loads(str(item["header"]))["id"]
        sent(client, running, device, device.item({"who": "!"}, response_id=edited, parents=[str(item["rev"])]))
    seen += [row.key for rows in exported for row in rows]
    assert sorted(seen) == sorted(json.loads(str(item["header"]))["id"] for item in items)
