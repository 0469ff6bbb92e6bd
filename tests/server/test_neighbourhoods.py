"""Neighbourhoods: named, given small areas and languages by administrators, and seen by whom they concern."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from server.people import accounts
from server.places.geojson import GEOJSON_BYTES
from server.places.queries import languages_of
from server.places.rules import make_id
from server.places.small_areas import SMALL_AREAS, find_codes
from tests.server.console_pages import forgery_token, sign_in, text_of
from tests.server.setting_up import PROGRAMME, Fresh, empty_folder, fill_in, set_up_administrator

NEW = "/console/neighbourhoods/new"
OLD_FORD = "/console/neighbourhoods/old-ford"
FIELDS = {"system": "North East London", "name": "Old Ford"}


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Fresh]:
    with empty_folder(tmp_path / "data") as started:
        fill_in(set_up_administrator(started), NEW, FIELDS)
        yield started


@pytest.fixture
def administrator(fresh: Fresh) -> FlaskClient:
    return fresh.browser


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Old Ford", "old-ford"),
        ("  Bow & Bromley-by-Bow! ", "bow-bromley-by-bow"),
        ("Łódź Café", "odz-cafe"),
        ("ওল্ড ফোর্ড", "neighbourhood"),
        ("*", "neighbourhood"),
        ("x" * 90, "x" * 40),
    ],
)
def test_an_id_is_made_from_the_name(name: str, made: str) -> None:
    assert make_id(name, taken=frozenset()) == made
    assert make_id(name, taken={made, f"{made}-2"}) == f"{made}-3"


def test_as_much_text_can_be_pasted_as_a_file_may_hold(fresh: Fresh, administrator: FlaskClient) -> None:
    square = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'
    page = f"{OLD_FORD}/boundary"

    def paste(text: str) -> TestResponse:
        fields = {"csrf_token": forgery_token(administrator, page), "text": text, "file": FileStorage(BytesIO())}
        mark, body = encode_multipart(fields)
        return administrator.post(page, data=body, content_type=f"multipart/form-data; boundary={mark}")

    past = paste(square.ljust(GEOJSON_BYTES + 1))
    assert (past.status_code, "larger than 1 MB" in text_of(past)) == (422, True)
    assert paste(square.ljust(GEOJSON_BYTES)).status_code == 303
    assert "A boundary with 3 corners." in text_of(administrator.get(OLD_FORD))


def test_a_neighbourhood_keeps_its_id_when_it_is_renamed(fresh: Fresh, administrator: FlaskClient) -> None:
    fill_in(administrator, f"{OLD_FORD}/edit", {**FIELDS, "name": "Old Ford and Bow"})
    assert [(row["neighbourhood_id"], row["name"]) for row in fresh.rows("neighbourhoods")] == [
        ("old-ford", "Old Ford and Bow")
    ]


def test_a_name_that_a_system_has_already_is_refused_and_one_of_another_system_is_not(
    fresh: Fresh, administrator: FlaskClient
) -> None:
    refused = fill_in(administrator, NEW, {**FIELDS, "name": "old ford"})
    assert (refused.status_code, "has a neighbourhood of this name already" in text_of(refused)) == (422, True)
    added = fill_in(administrator, NEW, {"system": "Northamptonshire", "name": "Old Ford"})
    assert added.location == "/console/neighbourhoods/old-ford-2"
    clash = fill_in(administrator, "/console/neighbourhoods/old-ford-2/edit", FIELDS)
    assert clash.status_code == 422
    assert [row["system"] for row in fresh.rows("neighbourhoods")] == ["North East London", "Northamptonshire"]


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "'; DROP TABLE neighbourhoods; --", "ওল্ড ফোর্ড", "قديم"]
)
def test_a_hostile_or_foreign_name_is_shown_as_it_is(administrator: FlaskClient, name: str) -> None:
    page = administrator.get(fill_in(administrator, NEW, {**FIELDS, "name": name}).location)
    assert page.status_code == 200
    assert "<img src=x" not in page.text
    assert f"<bdi>{name.replace('<', '&lt;').replace('>', '&gt;').replace(chr(39), '&#39;')}</bdi>" in page.text


@pytest.mark.parametrize("field", ["system", "name"])
@pytest.mark.parametrize("typed", ["", " ", "x" * 101])
def test_a_name_that_is_missing_or_too_long_is_told_at_its_field(
    administrator: FlaskClient, field: str, typed: str
) -> None:
    refused = fill_in(administrator, NEW, {**FIELDS, "name": "Bow", field: typed})
    assert refused.status_code == 422
    assert f'<a href="#{field}">' in refused.text


@pytest.mark.parametrize(
    "typed",
    [
        "E01000001\nE01000002",
        "e01000002, e01000001; E01000001",
        "LSOA21CD\tLSOA21NM\tMSOA21CD\tpopulation\nE01000001\tTower Hamlets 001A\tE02000900\t1712\n"
        "E01000002\tTower Hamlets 001B\tE02000900\t1650",
        '["E01000001","E01000002"]',
        "Ｅ０１００০০০১ E01000002".replace("০", "০"),
    ],
)
def test_codes_are_found_in_whatever_was_pasted(typed: str) -> None:
    found = find_codes(typed)
    assert (found.codes, found.wrong) == (("E01000001", "E01000002"), ())


@pytest.mark.parametrize("slip", ["E0100001", "EO1000001", "E010000011", "01000001", "W0100000l"])
def test_a_slip_in_a_code_is_told(administrator: FlaskClient, fresh: Fresh, slip: str) -> None:
    refused = fill_in(administrator, f"{OLD_FORD}/small-areas", {"codes": f"E01000002 {slip}"})
    assert refused.status_code == 422
    assert f"{slip.upper()} is no code of a small area." in text_of(refused)
    assert slip in refused.text
    assert fresh.rows("small_areas") == []


def test_text_without_any_code_and_too_many_codes_are_told(administrator: FlaskClient) -> None:
    for typed, told in (
        ("Tower Hamlets", "There is no code of a small area in this."),
        (" ".join(f"E01{number:06}" for number in range(SMALL_AREAS + 1)), "These are more than 2,000 small areas."),
        ("E02000001 " * 30_000, "This is too much text."),
    ):
        refused = fill_in(administrator, f"{OLD_FORD}/small-areas", {"codes": typed})
        assert (refused.status_code, told in text_of(refused)) == (422, True), told


def test_codes_given_twice_or_to_two_neighbourhoods_are_saved_and_told(
    fresh: Fresh, administrator: FlaskClient
) -> None:
    fill_in(administrator, NEW, {**FIELDS, "name": "Bow"})
    fill_in(administrator, "/console/neighbourhoods/bow/small-areas", {"codes": "E01000001"})
    administrator.get("/console/neighbourhoods/bow")
    fill_in(administrator, f"{OLD_FORD}/small-areas", {"codes": "E01000001 E01000002 E01000002"})
    told = text_of(administrator.get(OLD_FORD))
    assert "2 small areas are saved." in told
    assert "Given more than once, kept once: E01000002" in told
    assert "Also in another neighbourhood: E01000001 (Bow)" in told


def test_codes_can_be_taken_away_again(fresh: Fresh, administrator: FlaskClient) -> None:
    for typed in ("E01000001", ""):
        fill_in(administrator, f"{OLD_FORD}/small-areas", {"codes": typed})
    assert fresh.rows("small_areas") == []


def test_a_neighbourhood_has_the_languages_of_the_programme_until_it_has_its_own(
    fresh: Fresh, administrator: FlaskClient
) -> None:
    fill_in(administrator, "/console/programme/edit", PROGRAMME)
    fill_in(administrator, "/console/programme/languages", {"press": "add:bn"})
    seen = []
    for press in ("own", "up:bn", "remove:en", "programme"):
        fill_in(administrator, f"{OLD_FORD}/languages", {"press": press})
        with fresh.running.database.read() as connection:
            seen.append(languages_of(connection, "old-ford"))
    assert seen == [("en", "bn"), ("bn", "en"), ("bn",), ("en", "bn")]


def test_who_does_not_reach_a_neighbourhood_does_not_see_that_it_exists(
    fresh: Fresh, administrator: FlaskClient
) -> None:
    fill_in(administrator, NEW, {**FIELDS, "name": "Bow"})
    account = accounts.add(
        fresh.running.database,
        sign_in_name="carol",
        name="Carol",
        role="coordinator",
        clock=fresh.clock,
        random_bytes=fresh.running.random_bytes,
    )
    assert account is not None
    reach_only(fresh, "carol", "bow")
    carol = fresh.another_browser()
    sign_in(carol, "carol", account.password)
    listed = text_of(carol.get("/console/neighbourhoods"))
    assert ("Bow" in listed, "Old Ford" in listed) == (True, False)
    assert [carol.get(f"/console/neighbourhoods/{place}").status_code for place in ("bow", "old-ford")] == [200, 404]
    assert carol.get(f"{OLD_FORD}/boundary.geojson").status_code == 404
    assert "Old Ford" not in text_of(carol.get("/console/programme"))
    for page in ("edit", "boundary", "boundary/corners", "boundary/remove", "small-areas", "languages"):
        assert carol.get(f"/console/neighbourhoods/bow/{page}").status_code == 403


def reach_only(fresh: Fresh, sign_in_name: str, neighbourhood_id: str) -> None:
    """Scope a person to one neighbourhood."""
    who = {"name": sign_in_name, "place": neighbourhood_id}
    fresh.running.database.write(
        lambda connection: connection.execute("UPDATE people SET everywhere = 0 WHERE sign_in_name = :name", who)
    )
    fresh.running.database.write(
        lambda connection: connection.execute(
            "INSERT INTO person_neighbourhoods SELECT person_id, :place FROM people WHERE sign_in_name = :name", who
        )
    )


def test_an_unknown_neighbourhood_is_not_found(administrator: FlaskClient) -> None:
    for page in ("", "/edit", "/boundary", "/boundary/corners", "/small-areas", "/languages", "/boundary.geojson"):
        assert administrator.get(f"/console/neighbourhoods/nowhere{page}").status_code == 404
