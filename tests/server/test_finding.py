"""The list of responses: what each filter finds, within whose reach, in which order, page by page."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise, product
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from server.reviews import walk_queries
from server.reviews.filters import Filters, as_query, read_filters, without
from server.reviews.finding_queries import neighbour_of, next_waiting
from server.reviews.order import COLUMNS, NEWEST_FIRST, Order, Place, order_as_query, read_order, read_place
from server.services import Services
from tests.server.console_pages import text_of
from tests.server.found import answers, counted, found, send
from tests.server.people_at_work import person_with, signed_in
from tests.server.records import Phone, SteppedClock

ANN = "person-ann"
Query = Mapping[str, str | Sequence[str]]
FILTERS: Final[tuple[tuple[Query, str], ...]] = (
    ({}, "approved wrong park choir"),
    ({"neighbourhood": "old-ford"}, "approved wrong park choir"),
    ({"neighbourhood": "kings-heath"}, ""),
    ({"worker": "Tom"}, "park"),
    ({"worker": "Tom", "state": ["received", "rejected"]}, "rejected park"),
    ({"worker": "tom"}, ""),
    ({"phone": "0192f000-0000-7000-8000-0000000000d1"}, "approved wrong park choir"),
    ({"form": "walk"}, "approved wrong park choir"),
    ({"form": "no_interview"}, ""),
    ({"language": "so"}, "park"),
    ({"state": "approved"}, "approved"),
    ({"state": ["received"]}, "wrong park choir"),
    ({"state": "no such state"}, "approved wrong park choir"),
    ({"kind": "green_space"}, "park"),
    ({"barrier": "cost"}, "choir"),
    ({"kind": "green_space", "barrier": "cost"}, ""),
    ({"from": "2026-11-22"}, "approved wrong"),
    ({"to": "2026-11-21"}, "park choir"),
    ({"from": "2026-11-21", "to": "2026-11-22"}, "wrong park"),
    ({"from": "2026-11-22", "to": "2026-11-21"}, ""),
    ({"from": "yesterday"}, "approved wrong park choir"),
    ({"with": "problems"}, "wrong"),
    ({"with": "conflicts"}, ""),
    ({"with": ["problems", "conflicts"]}, ""),
    ({"by": "phone"}, "approved wrong park choir"),
    ({"by": "poster"}, ""),
    ({"venue": "nowhere"}, ""),
    ({"text": "canal"}, "choir"),
    ({"text": "SINGS ash"}, "choir"),
    ({"text": "choir", "language": "so"}, ""),
    ({"language": "bn", "kind": "arts_culture", "state": "received", "text": "canal"}, "choir"),
)
"""What an address asks for, and the names of what it finds, newest first."""


@pytest.fixture
def world(running: Services, client: FlaskClient, device: Phone, clock: SteppedClock) -> dict[str, str]:
    """Five responses on five days by their names; Ann sees everything, Ben Kings Heath alone."""
    person_with(running, "ann", "coordinator")
    person_with(running, "ben", "coordinator", "kings-heath")
    ids = {}
    for name, given, header in (
        ("choir", answers("Asha sings", kind="arts_culture", barrier="cost", name="Canal choir"), {"lang": "bn"}),
        ("park", answers("Benches", kind="green_space", barrier="hours", name="Park"), {"author": "Tom", "lang": "so"}),
        ("wrong", {"who": "x", "age": "999"}, {"made_at": "2026-11-01T10:00:00.000Z"}),
        ("rejected", answers("Rubbish"), {"author": "Tom"}),
        ("approved", answers("Good"), {"lang": "en"}),
    ):
        ids[name] = send(running, client, device, given, **header)
        clock.step(timedelta(days=1))
    for name in ("rejected", "approved"):
        running.database.write(partial(put, "state", name, ids[name]))
    return ids


def put(column: str, value: str, response_id: str, connection) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Change one column of a response, as something else in the console would."""
    statement = f"UPDATE responses SET {column} = ? WHERE response_id = ?"  # noqa: S608 - our own names
    return int(connection.execute(statement, (value, response_id)).rowcount)


@pytest.fixture(params=[5_000, 0], ids=["few", "many"])
def walked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask as if few responses fulfilled each filter, and as if many did: both have to find the same."""
    monkeypatch.setattr(walk_queries, "FEW", request.param)


@pytest.mark.usefixtures("walked")
def test_each_filter_finds_what_fulfils_it(running: Services, world: dict[str, str]) -> None:
    got = [(query, named(world, found(running, ANN, query)), counted(running, ANN, query)) for query, _ in FILTERS]
    assert got == [(query, expected, len(expected.split())) for query, expected in FILTERS]


def named(world: dict[str, str], ids: Sequence[str]) -> str:
    names = {response_id: name for name, response_id in world.items()}
    return " ".join(names[response_id] for response_id in ids)


@pytest.mark.usefixtures("walked")
def test_every_order_is_the_same_the_other_way_round(running: Services, world: dict[str, str]) -> None:
    queries = ({}, {"form": "walk"}, {"text": "x"}, {"from": "2026-11-20"}, {"state": "received"})
    for column, query in product(COLUMNS, queries):
        rising, falling = (found(running, ANN, {**query, "sort": f"{sign}{column}"}) for sign in ("", "-"))
        assert rising == falling[::-1], (column, query)
        assert sorted(rising) == sorted(found(running, ANN, query)), (column, query)


@pytest.mark.usefixtures("walked")
def test_the_way_from_one_to_the_next_is_the_order_of_the_list(running: Services, world: dict[str, str]) -> None:
    for column, rising in product(COLUMNS, (True, False)):
        order = Order(by=column, rising=rising)
        listed = found(running, ANN, as_arguments(order))
        with running.database.read() as connection:
            way = partial(neighbour_of, connection, reader=ANN, filters=Filters(form="walk"), order=order)
            for one, following in pairwise(listed):
                assert way(response_id=one, direction="after") == following, order
                assert way(response_id=following, direction="before") == one, order
            assert way(response_id=listed[-1], direction="after") is None


def as_arguments(order: Order) -> Query:
    return {"form": ["walk"], **order_as_query(order)}


def test_the_list_is_sorted_by_what_its_head_says(running: Services, world: dict[str, str]) -> None:
    assert named(world, found(running, ANN, {"sort": "made"})) == "wrong choir park approved"
    assert named(world, found(running, ANN, {"sort": "language"})) == "choir wrong approved park"
    assert named(world, found(running, ANN, {"sort": "-worker"})) == "park approved wrong choir"
    assert named(world, found(running, ANN, {"sort": "-problems"})).startswith("wrong")


@pytest.mark.usefixtures("walked")
def test_nothing_of_another_neighbourhood_is_found_or_counted(running: Services, world: dict[str, str]) -> None:
    for query in ({}, {"text": "canal"}, {"neighbourhood": "old-ford"}, {"kind": "green_space"}, {"worker": "Tom"}):
        assert found(running, "person-ben", query) == []
        assert counted(running, "person-ben", query) == 0
    with running.database.read() as connection:
        ways = {"reader": "person-ben", "filters": Filters(), "order": NEWEST_FIRST}
        assert neighbour_of(connection, response_id=world["park"], direction="after", **ways) is None  # type: ignore[arg-type]
        assert next_waiting(connection, **ways) is None  # type: ignore[arg-type]


def test_options_of_the_filters_name_nothing_of_another_neighbourhood(app: Flask, world: dict[str, str]) -> None:
    page = signed_in(app, "ben").get("/console/responses?worker=Nobody").text
    assert "Tom" not in page
    assert "Old-Ford" not in page
    assert "Tom" in signed_in(app, "ann").get("/console/responses").text


def test_a_page_begins_behind_a_place_whatever_arrives_meanwhile(
    running: Services, client: FlaskClient, device: Phone, world: dict[str, str]
) -> None:
    first = found(running, ANN, limit=2)
    with running.database.read() as connection:
        seq = connection.execute("SELECT seq FROM responses WHERE response_id = ?", (first[-1],)).fetchone()["seq"]
    new = send(running, client, device, answers("Just now"))
    assert named(world, found(running, ANN, {"next": str(seq)}, limit=2)) == "park choir"
    assert found(running, ANN, {"previous": str(seq)}) == [new, first[0]]


def test_what_waits_is_gone_through_to_the_end_and_from_the_first_again(
    running: Services, world: dict[str, str]
) -> None:
    with running.database.read() as connection:
        way = partial(next_waiting, connection, reader=ANN, filters=Filters())
        gone_through = [way()]
        for _ in range(3):
            gone_through.append(way(response_id=gone_through[-1]))
    assert named(world, [one for one in gone_through if one]) == "wrong park choir wrong"


def test_no_interview_is_left_out_until_it_is_asked_for(running: Services, world: dict[str, str]) -> None:
    running.database.write(partial(put, "form_id", "no_interview", world["park"]))
    assert named(world, found(running, ANN)) == "approved wrong choir"
    assert named(world, found(running, ANN, {"form": "no_interview"})) == "park"


def test_of_a_response_that_is_gone_no_state_is_asked(running: Services, world: dict[str, str]) -> None:
    running.database.write(partial(put, "gone", "erased", world["park"]))
    assert "park" in named(world, found(running, ANN))
    assert "park" not in named(world, found(running, ANN, {"state": "received"}))


def test_an_empty_list_says_what_to_leave_out(app: Flask, world: dict[str, str]) -> None:
    page = signed_in(app, "ann").get("/console/responses?worker=Tom&language=en")
    assert "Nothing found" in text_of(page)
    loosened = page.text.partition("leave one of these out")[2]
    assert 'href="/console/responses?language=en">Worker' in loosened
    assert 'href="/console/responses?worker=Tom">Language' in loosened


def test_a_filter_is_taken_away_by_its_chip_and_a_head_turns_the_order(app: Flask, world: dict[str, str]) -> None:
    page = signed_in(app, "ann").get("/console/responses?worker=Tom&sort=language").text
    assert 'aria-sort="ascending"' in page
    assert 'href="/console/responses?all=yes&amp;worker=Tom&amp;sort=-language"' in page
    assert 'href="/console/responses?all=yes&amp;sort=language"' in page


def test_blank_fields_of_the_form_do_not_stay_in_the_address(app: Flask, world: dict[str, str]) -> None:
    browser = signed_in(app, "ann")
    assert browser.get("/console/responses?text=&worker=Tom&from=").location == "/console/responses?worker=Tom"
    assert browser.get("/console/responses?text=").location == "/console/responses?all=yes"


def test_filters_survive_being_written_and_read() -> None:
    filters = Filters(
        text="a b",
        author="Tom & Ann",
        states=("received", "returned"),
        marks=("problems",),
        since=date(2026, 1, 2),
        origin="poster",
    )
    assert read_filters(MultiDict(as_query(filters))) == filters
    assert "worker" not in without(filters, "author")
    for order in (Order(by=column, rising=rising) for column in COLUMNS for rising in (True, False)):
        assert read_order(MultiDict(order_as_query(order))) == order


def test_a_place_that_nobody_stands_at_is_no_error(running: Services, world: dict[str, str]) -> None:
    odd = ("", "x", "-1", "1" * 30, "9223372036854775808", "٣", "1.\ud800", "1.\0", ".5", "1e5", "'; DROP TABLE x")
    for value, column in product(odd, COLUMNS):
        assert len(found(running, ANN, {"next": value, "sort": f"-{column}"})) <= 4
    assert read_place("7.a.b") == Place(key="a.b", seq=7)
