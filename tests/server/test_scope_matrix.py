"""Role × reach × address, made from the map of addresses: nothing of a neighbourhood crosses to somebody without it."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.people.rules import Role
from server.services import Services
from tests.server.console_pages import forgery_token, text_of
from tests.server.console_routes import CONSOLE, WHO_MAY
from tests.server.people_at_work import person_with, signed_in
from tests.server.records import Phone
from tests.server.two_places import DRAFT_ID, KINGS_HEATH, OLD_FORD, Place, fill, rows_of

ELSEWHERE: Final = (
    "/api/",
    "/sync/",
    "/devices/",
    "/forms/",
    "/places/",
    "/healthz",
    "/answers",
    "/v",
    "/help",
    "/accessibility",
)
"""Addresses of phones, of residents, of everybody: they show codes, or the same to all; other tests speak of them."""
SHELL: Final = "shell."
STYLES: Final = "static"
WORDS: Final = {"paper": "a4", "form_id": "walk", "draft_id": DRAFT_ID}
"""Arguments of addresses that name nothing of a neighbourhood."""
ALLOWED: Final[dict[Role, frozenset[str]]] = {
    "administrator": frozenset({"nobody", "person", "coordinator", "administrator"}),
    "coordinator": frozenset({"nobody", "person", "coordinator"}),
    "viewer": frozenset({"nobody", "person"}),
}
SIGNED_OUT: Final = frozenset({302, 303})
SESSION_ENDING: Final = frozenset({"people.sign_out", "people.sign_in", "welcome.use_link"})
# One rule of the map, with one of its methods.
Door = tuple[str, str, str, frozenset[str]]


@pytest.fixture
def world(running: Services, client: FlaskClient, device: Phone) -> Services:
    fill(running, client, device)
    return running


def doors(app: Flask) -> Iterator[Door]:
    """Give each address of the console with each method: method, endpoint, rule, names of arguments."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(CONSOLE) and rule.endpoint != STYLES:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, rule.endpoint, rule.rule, frozenset(rule.arguments)


def who_may(door: Door) -> str:
    return WHO_MAY[f"{door[0]} {door[1]}"]


def of_a_place(door: Door) -> bool:
    return bool(door[3] & set(OLD_FORD.arguments))


def knock(browser: FlaskClient, app: Flask, door: Door, place: Place, token: str) -> TestResponse:
    """Ask an address with the ids of a neighbourhood, and name that in every field in which it might be asked for."""
    method, endpoint, _rule, names = door
    given: dict[str, Any] = {name: WORDS.get(name) or place.arguments[name] for name in names}
    with app.test_request_context():
        address = app.url_for(endpoint, **given)
    asked = {
        **place.arguments,
        "neighbourhood": place.id,
        "venue": place.arguments["venue_id"],
        "name": "Something new",
        "place_words": "Somewhere",
        "count": "2",
        "hours": "8",
        "form": "walk",
        "languages": "en",
        "last_day": "2027-01-01",
        "quota": "5",
        "role": "viewer",
        "reach": "everywhere",
        "words": "en",
    }
    if method == "GET":
        return browser.get(address, query_string=asked, buffered=True)
    return browser.post(address, data={**asked, "csrf_token": token}, buffered=True)


def shown(reply: TestResponse) -> str:
    """Give the page and where it leads to."""
    return reply.get_data().decode("utf-8", "replace") + reply.headers.get("Location", "")


def browser_for(app: Flask, world: Services, role: Role, *neighbourhoods: str) -> tuple[FlaskClient, str]:
    person_with(world, "reader", role, *neighbourhoods)
    person_with(world, "second", "administrator")  # so that the first is never the last
    return sign_in_again(app)


def sign_in_again(app: Flask) -> tuple[FlaskClient, str]:
    browser = signed_in(app, "reader")
    return browser, forgery_token(browser, "/console/account")


def test_every_address_of_the_console_says_who_may_open_it(app: Flask) -> None:
    found = {f"{method} {endpoint}" for method, endpoint, _rule, _names in doors(app)}
    assert sorted(found - set(WHO_MAY)) == [], "Put these into tests/server/console_routes.py."
    assert sorted(set(WHO_MAY) - found) == [], "These are no more: take them out of tests/server/console_routes.py."


def test_every_argument_of_an_address_is_known(app: Flask) -> None:
    names = {name for _method, _endpoint, _rule, names in doors(app) for name in names}
    assert sorted(names - set(OLD_FORD.arguments) - set(WORDS)) == [], "Put these into tests/server/two_places.py."


def test_every_other_address_is_one_of_phones_or_residents(app: Flask) -> None:
    others = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith((CONSOLE, *ELSEWHERE)) and not rule.endpoint.startswith(SHELL)
    }
    assert sorted(others) == []


def test_nobody_sees_or_changes_anything_before_signing_in(app: Flask, world: Services) -> None:
    browser = app.test_client()
    before = rows_of(world, OLD_FORD) | rows_of(world, KINGS_HEATH)
    for door in doors(app):
        token = forgery_token(browser, "/console/sign-in")
        reply = knock(browser, app, door, OLD_FORD, token)
        assert reply.status_code < 500, door
        assert OLD_FORD.marker not in shown(reply), door
        if who_may(door) != "nobody":
            assert reply.status_code in SIGNED_OUT, door
            assert "/console/sign-in" in reply.location, door
    assert rows_of(world, OLD_FORD) | rows_of(world, KINGS_HEATH) == before


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [
        ("coordinator", OLD_FORD, KINGS_HEATH),
        ("viewer", OLD_FORD, KINGS_HEATH),
        ("coordinator", KINGS_HEATH, OLD_FORD),
    ],
)
def test_nothing_of_another_neighbourhood_is_shown_or_changed(
    app: Flask, world: Services, role: Role, own: Place, other: Place
) -> None:
    browser, token = browser_for(app, world, role, own.id)
    before = rows_of(world, other)
    for door in doors(app):
        reply = knock(browser, app, door, other, token)
        assert reply.status_code < 500, door
        if who_may(door) not in ALLOWED[role]:
            assert reply.status_code == 403, door
        elif of_a_place(door):
            assert reply.status_code == 404, door
        assert other.marker not in shown(reply), door
        assert door[0] == "GET" or rows_of(world, other) == before, door
        if door[1] in SESSION_ENDING:
            browser, token = sign_in_again(app)
    assert rows_of(world, other) == before


@pytest.mark.parametrize(
    ("role", "own", "other"), [("coordinator", OLD_FORD, KINGS_HEATH), ("viewer", KINGS_HEATH, OLD_FORD)]
)
def test_what_is_done_at_home_stays_at_home(app: Flask, world: Services, role: Role, own: Place, other: Place) -> None:
    browser, token = browser_for(app, world, role, own.id)
    before = rows_of(world, other)
    for door in doors(app):
        reply = knock(browser, app, door, own, token)
        assert reply.status_code < 500, door
        if who_may(door) not in ALLOWED[role]:
            assert reply.status_code == 403, door
        assert other.marker not in shown(reply), door
        assert door[0] == "GET" or rows_of(world, other) == before, door
        if door[1] in SESSION_ENDING:
            browser, token = sign_in_again(app)
    assert rows_of(world, other) == before


def test_a_viewer_changes_nothing_at_home_either(app: Flask, world: Services) -> None:
    browser, token = browser_for(app, world, "viewer", OLD_FORD.id)
    before = rows_of(world, OLD_FORD)
    for door in doors(app):
        if door[0] == "POST" and who_may(door) in {"coordinator", "administrator"}:
            assert knock(browser, app, door, OLD_FORD, token).status_code == 403, door
    assert rows_of(world, OLD_FORD) == before


def test_counts_are_of_ones_own_reach(app: Flask, world: Services) -> None:
    person_with(world, "here", "coordinator", OLD_FORD.id)
    person_with(world, "everywhere", "coordinator")
    here, everywhere = (text_of(signed_in(app, name).get("/console/responses")) for name in ("here", "everywhere"))
    assert ("2 responses, newest first" in here, "1 record is set aside" in here) == (True, True)
    assert ("4 responses, newest first" in everywhere, "2 records are set aside" in everywhere) == (True, True)


def test_what_is_of_no_neighbourhood_here_is_for_those_who_see_everywhere(app: Flask, world: Services) -> None:
    person_with(world, "here", "coordinator", OLD_FORD.id, KINGS_HEATH.id)
    person_with(world, "everywhere", "coordinator")
    for table in ("responses", "revisions"):
        statement = f"UPDATE {table} SET neighbourhood_id = 'nowhere' WHERE neighbourhood_id = 'kings-heath'"  # noqa: S608  # our own words
        world.database.write(lambda connection, statement=statement: connection.execute(statement))  # type: ignore[misc]
    page = f"/console/responses/{KINGS_HEATH.arguments['response_id']}"
    picture = f"/console/pictures/{KINGS_HEATH.arguments['sha256']}"
    for name, status in (("here", 404), ("everywhere", 200)):
        browser = signed_in(app, name)
        assert [browser.get(address, buffered=True).status_code for address in (page, picture)] == [status] * 2


@pytest.mark.parametrize("role", ["coordinator", "administrator", "viewer"])
def test_whoever_sees_everywhere_opens_what_their_role_may(app: Flask, world: Services, role: Role) -> None:
    browser, token = browser_for(app, world, role)
    for door in doors(app):
        if door[0] != "GET":
            continue
        for place in (OLD_FORD, KINGS_HEATH):
            reply = knock(browser, app, door, place, token)
            if who_may(door) not in ALLOWED[role]:
                assert reply.status_code == 403, door
            elif door[1] not in NOT_THERE:
                assert reply.status_code in {200, *SIGNED_OUT}, door


NOT_THERE: Final = frozenset(
    {
        "neighbourhoods.give_boundary",
        "map_files.give_file",
        "maps.give_points",
        "pictures.download_file",
        "placing.show_choice",
        "recordings.ask_to_delete",
        "set_up.show_set_up",
        "set_up.show_administrator",
    }
)
"""A boundary that nobody has drawn, a map file that nobody has brought, a picture that is no file, a recording that
nobody made, a set-up that is over; and what is asked for by the words behind the address alone: a part of the map, a
mention."""
