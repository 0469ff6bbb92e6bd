"""From records to rows: what is listed, mapped and counted, and that it can all be made again."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from server.forms.publish import publish
from server.reviews import projection_queries, projector
from server.reviews.projection import Head, displayed_head
from server.services import Services
from server.store.database import Database
from server.store.schema_of_projections import TABLES
from sync.hashes import sha256_hex
from sync.schemas import read_header
from tests.server.pushing import push
from tests.server.records import Phone, compiled_walk

RESPONSE = "0192f000-0000-7000-8000-000000000001"
Row = dict[str, object]


def rows(database: Database, table: str) -> list[Row]:
    projector.catch_up(database)
    with database.read() as connection:
        found = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608  # our own table
    return sorted(found, key=lambda row: json.dumps([row.get("position"), row]))


def asset(number: int, *barriers: Mapping[str, object], **about: str) -> dict[str, object]:
    """Answer one instance of the repeat ``assets``."""
    name = f"Asset {number}"
    entity = {"@dataset": "asset_observations", "@create": "1", "@id": f"asset-{number}", "label": name}
    return {"about": {"asset_name": name, **about, "meta": {"entity": entity}}, "barriers": list(barriers)}


def barrier(number: int, code: str, *, create: str = "1") -> dict[str, object]:
    """Answer one instance of the repeat ``barriers``."""
    entity = {"@dataset": "barrier_observations", "@create": create, "@id": f"barrier-{number}", "label": code}
    return {"code": code, "words": "ওরা ঢুকতে দেয় না", "meta": {"entity": entity}}


def answers(*assets: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"who": "Asha", "assets": list(assets), **more}


def test_a_response_is_listed_with_what_its_record_says(client: FlaskClient, device: Phone, database: Database) -> None:
    item = device.item(answers(asset(1, barrier(1, "cost")), age="200"), response_id=RESPONSE)
    push(client, device, item)
    assert rows(database, "responses") == [
        {
            "response_id": RESPONSE,
            "head_rev": item["rev"],
            "heads": 1,
            "form_id": "walk",
            "version": "1",
            "logic_sha": device.logic,
            "lang": "bn",
            "neighbourhood_id": "old-ford",
            "device_id": device.device,
            "author": "Rahima",
            "made_at": "2026-11-20T10:00:00.000Z",
            "received_at": "2026-11-20T12:00:00.000Z",
            "seq": 2,
            "state": "received",
            "poster_id": None,
            "venue_id": None,
            "asset_count": 1,
            "barrier_count": 1,
            "problem_count": 1,
            "outcome": "",
            "gone": "",
        }
    ]
    assert rows(database, "problems") == [{"response_id": RESPONSE, "path": "/data/age", "code": "constraint"}]


def test_observations_carry_what_the_form_saves(client: FlaskClient, device: Phone, database: Database) -> None:
    first = asset(
        1, barrier(1, "cost"), barrier(2, ""), kind="green_space", position="51.53 -0.03 0 8", place="by the canal"
    )
    push(client, device, device.item(answers(first, asset(2, barrier(3, "unsafe"))), response_id=RESPONSE))
    assets, barriers = rows(database, "asset_observations"), rows(database, "barrier_observations")
    assert assets[0] == {
        "observation_id": "asset-1",
        "response_id": RESPONSE,
        "path": "/data/assets[1]/about",
        "position": 1,
        "label": "Asset 1",
        "kind": "green_space",
        "place_words": "by the canal",
        "latitude": 51.53,
        "longitude": -0.03,
        "accuracy": 8.0,
        "properties": json.dumps(
            {
                "asset_name": "Asset 1",
                "geometry": "51.53 -0.03 0 8",
                "kind": "green_space",
                "place": "by the canal",
            }
        ),
    }
    assert [(row["path"], row["asset_observation_id"], row["code"], row["position"]) for row in barriers] == [
        ("/data/assets[1]/barriers[1]", "asset-1", "cost", 1),
        ("/data/assets[1]/barriers[2]", "asset-1", "", 2),
        ("/data/assets[2]/barriers[1]", "asset-2", "unsafe", 3),
    ]
    assert barriers[0]["words"] == "ওরা ঢুকতে দেয় না"


@pytest.mark.parametrize("create", ["", "0", "false"])
def test_what_the_form_does_not_create_is_no_observation(
    client: FlaskClient, device: Phone, database: Database, create: str
) -> None:
    push(client, device, device.item(answers(asset(1, barrier(1, "none", create=create)))))
    assert rows(database, "barrier_observations") == []
    assert len(rows(database, "asset_observations")) == 1


@pytest.mark.parametrize("place", ["", "here", "91 0 0 0", "1", "nan 1 1 1", "0 181"])
def test_a_place_that_is_not_on_the_globe_is_none(
    client: FlaskClient, device: Phone, database: Database, place: str
) -> None:
    push(client, device, device.item(answers(asset(1, position=place))))
    [row] = rows(database, "asset_observations")
    assert (row["latitude"], row["longitude"], row["accuracy"]) == (None, None, None)


def test_an_edit_replaces_the_rows_of_what_it_edits(client: FlaskClient, device: Phone, database: Database) -> None:
    first = device.item(answers(asset(1), asset(2)), response_id=RESPONSE)
    push(client, device, first)
    assert len(rows(database, "asset_observations")) == 2
    push(client, device, device.item(answers(asset(2)), response_id=RESPONSE, parents=[str(first["rev"])]))
    assert [row["observation_id"] for row in rows(database, "asset_observations")] == ["asset-2"]
    assert [(row["heads"], row["asset_count"]) for row in rows(database, "responses")] == [(1, 1)]


def _head(phone: Phone, rev: str, **header: object) -> Head:
    text = str(phone.item(header=header)["header"])
    return Head(rev=rev, header=read_header(text), seq=1, device_id=phone.device, received_at="")


def test_the_head_that_is_shown_follows_from_the_records_alone(device: Phone) -> None:
    early, late = "2026-11-19T10:00:00.000Z", "2026-11-21T10:00:00.000Z"
    ranked = [
        _head(device, "f", origin="device", made_at=early),
        _head(device, "a", origin="device", made_at=late),
        _head(device, "b", origin="device", made_at=late),
        _head(device, "c", origin="import", made_at=early),
        _head(device, "d", origin="console", made_at=early),
    ]
    while ranked:
        assert displayed_head(ranked) == displayed_head(ranked[::-1]) == ranked[-1]
        ranked.pop()


HOSTILE: list[dict[str, object]] = [
    {"who": 7, "assets": "x", "age": None},
    {"assets": [3, [], {"about": [], "barriers": {}}], "who": {"a": []}},
    {"__proto__": "x", "اسم": {"constructor": "y"}, "who": "z"},
    {"who": "\ud800", "assets": [{"about": {"asset_name": "\udfff", "meta": {"entity": {"@create": "1"}}}}]},
]


@pytest.mark.parametrize("given", HOSTILE)
def test_odd_answers_are_listed_and_delay_no_other(
    client: FlaskClient, device: Phone, database: Database, given: dict[str, object]
) -> None:
    part = json.dumps({"salt": "0" * 32, "answers": given})
    receipts = push(client, device, device.item(), device.item(part=part), device.item())
    assert [receipt["status"] for receipt in receipts] == ["stored"] * 3
    assert len(rows(database, "responses")) == 3
    assert {row["response_id"] for row in rows(database, "problems")} != set()


def test_a_response_that_cannot_be_projected_is_listed_with_that_problem(
    client: FlaskClient, device: Phone, running: Services
) -> None:
    unreadable = replace(compiled_walk(version="2"), logic_text="{}")
    publish(running.database, unreadable, source_name="walk.xml", clock=running.clock)
    form = {"id": "walk", "version": "2", "logic": sha256_hex("{}"), "texts": {}}
    broken = device.item(answers(asset(1)), response_id=RESPONSE, header={"form": form})
    push(client, device, broken, device.item(answers(asset(2))))
    assert rows(running.database, "problems") == [{"response_id": RESPONSE, "path": "", "code": "projection-failed"}]
    assert sorted(row["problem_count"] for row in rows(running.database, "responses")) == [0, 1]  # type: ignore[type-var]
    assert [row["observation_id"] for row in rows(running.database, "asset_observations")] == ["asset-2"]


def test_two_phones_may_give_one_id_and_one_phone_twice(client: FlaskClient, device: Phone, database: Database) -> None:
    push(client, device, device.item(answers(asset(1), asset(1)), response_id=RESPONSE), device.item(answers(asset(1))))
    found = [row["observation_id"] for row in rows(database, "asset_observations")]
    assert sorted(map(str, found)) == [f"{RESPONSE}/data/assets[2]/about", "asset-1", "asset-1"]


def test_what_is_set_aside_is_not_listed(client: FlaskClient, device: Phone, database: Database) -> None:
    push(client, device, device.item(header={"neighbourhood": "kings-heath"}))
    assert rows(database, "responses") == []


@pytest.mark.parametrize(("length", "codes"), [(65_536, set()), (65_537, {"text-too-long"})])
def test_an_answer_of_64_ki_characters_is_fine_and_a_longer_one_is_kept_and_flagged(
    client: FlaskClient, device: Phone, database: Database, length: int, codes: set[str]
) -> None:
    push(client, device, device.item(answers(who="ক" * length)))
    assert {row["code"] for row in rows(database, "problems")} == codes


def test_rebuilt_tables_equal_those_that_grew(client: FlaskClient, device: Phone, running: Services) -> None:
    first = device.item(answers(asset(1, barrier(1, "cost"))), response_id=RESPONSE)
    push(client, device, first, device.item(answers(asset(2), age="x")))
    projector.catch_up(running.database)
    push(client, device, device.item(answers(asset(1)), response_id=RESPONSE, parents=[str(first["rev"])]))
    push(client, device, device.item(answers(asset(2))), *[device.item() for _ in range(120)])
    push(client, device, device.item(answers(asset(3)), response_id=RESPONSE))
    grown = {table: rows(running.database, table) for table in TABLES}
    projector.rebuild(running.database)
    assert {table: rows(running.database, table) for table in TABLES} == grown
    assert len(grown["responses"]) == 123
    assert [row["heads"] for row in grown["responses"] if row["response_id"] == RESPONSE] == [2]


def test_the_projector_follows_a_push_by_itself(client: FlaskClient, device: Phone, database: Database) -> None:
    push(client, device, device.item(answers(asset(1))))
    assert any(database.write(projection_queries.progress) == 2 for _ in range(100_000))
    assert len(rows(database, "responses")) == 1


def test_closing_is_never_slept_through(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projector, "PAUSE_SECONDS", 0.0001)
    for _ in range(300):
        running = projector.Projector(database)
        running.wake()
        running.close()
