"""A sheet of codes for a training day: every code on it enrols one phone, once, for as long as was chosen."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from server.devices.inviting import read_count
from server.services import Services
from tests.server.console_pages import text_of
from tests.server.phone_pages import PHONES, device_id, enrol, sheet_of, submit
from tests.server.posters import set_up_programme
from tests.server.pushing import count
from tests.server.reading_codes import codes_on
from tests.server.records import SteppedClock


def test_every_code_of_a_sheet_can_be_read_and_enrols_one_phone_once(
    coordinator: FlaskClient, client: FlaskClient
) -> None:
    page = sheet_of(coordinator, number=60)
    links = codes_on(page.text)
    assert len(set(links)) == 60
    assert all(re.fullmatch("http://localhost/enrol#[0-9a-f]{32}", link) for link in links)
    for number, link in enumerate(links, start=1):
        welcome = enrol(client, link.partition("#")[2], device_id(number))
        assert (welcome.status_code, welcome.get_json()["name"]) == (201, f"Phone {number}")
    again = enrol(client, links[0].partition("#")[2], device_id(99))
    assert (again.status_code, again.get_json()["code"]) == (410, "enrolment-used")


def test_a_sheet_says_on_each_slip_whose_it_is_where_and_until_when(coordinator: FlaskClient) -> None:
    page = sheet_of(coordinator, number=2, hours=3)
    slips = re.findall(r'<li class="slip">(.*?)</li>', page.text, re.DOTALL)
    assert len(slips) == 2
    for number, slip in enumerate(slips, start=1):
        for words in (f"Phone {number}<", "Old-Ford", "until 20 Nov 2026 15:00", "Name:"):
            assert words in slip
    assert 'action="/console/language"' not in page.text, "that would lead away from codes that are shown once"
    assert 'action="/console/phones/codes"' in page.text


def test_the_codes_of_a_sheet_work_as_long_as_was_chosen(
    coordinator: FlaskClient, client: FlaskClient, clock: SteppedClock
) -> None:
    first, second = (link.partition("#")[2] for link in codes_on(sheet_of(coordinator, number=2, hours=72).text))
    clock.step(timedelta(hours=72, milliseconds=-1))
    assert enrol(client, first, device_id(1)).status_code == 201
    clock.step(timedelta(milliseconds=1))
    late = enrol(client, second, device_id(2))
    assert (late.status_code, late.get_json()["code"]) == (410, "enrolment-expired")


@pytest.mark.parametrize(
    ("number", "hours", "problem"),
    [
        ("0", "12", "Give a number of phones from 1 to 60."),
        ("61", "12", "Give a number of phones from 1 to 60."),
        ("ten", "12", "Give a number of phones from 1 to 60."),
        ("", "12", "Give a number of phones from 1 to 60."),
        ("-1", "12", "Give a number of phones from 1 to 60."),
        ("99999", "12", "Give a number of phones from 1 to 60."),
        ("10", "0", "Give a number of hours from 1 to 72."),
        ("10", "73", "Give a number of hours from 1 to 72."),
    ],
)
def test_what_makes_no_sheet_is_said_and_what_was_typed_stays(
    coordinator: FlaskClient, number: str, hours: str, problem: str
) -> None:
    page = submit(coordinator, f"{PHONES}/sheet", neighbourhood="old-ford", number=number, hours=hours)
    assert page.status_code == 422
    assert text_of(page).count(problem) == 2, "on top and at the field"
    assert f'value="{number}"' in page.text
    assert '<option value="old-ford" selected>' in page.text
    assert codes_on(page.text) == []


def test_a_sheet_that_is_sent_again_makes_no_more_codes(coordinator: FlaskClient, running: Services) -> None:
    once = re.search('name="once" value="([^"]+)"', coordinator.get(f"{PHONES}/sheet").text)
    assert once
    form = {"neighbourhood": "old-ford", "number": "3", "hours": "12", "once": once[1]}
    assert len(codes_on(submit(coordinator, f"{PHONES}/sheet", **form).text)) == 3
    again = submit(coordinator, f"{PHONES}/sheet", **form)
    assert (again.status_code, again.location) == (303, PHONES)
    assert "This sheet was made and shown already." in text_of(coordinator.get(PHONES))
    assert count(running.database, "enrolments") == 3


def test_a_slip_speaks_the_languages_of_the_neighbourhood_and_can_be_typed(
    coordinator: FlaskClient, client: FlaskClient, running: Services
) -> None:
    set_up_programme(running)
    page = sheet_of(coordinator, number=1)
    (slip,) = re.findall(r'<li class="slip">(.*?)</li>', page.text, re.DOTALL)
    assert re.findall('<p lang="([a-z]+)" dir="[a-z]+">', slip) == ["en", "bn", "ar"] * 2
    assert "Well Old Ford" in slip
    assert "http://localhost/enrol" in slip
    typed = "".join(re.findall("<span>([0-9a-f]{4})</span>", slip))
    assert enrol(client, typed, device_id(1)).status_code == 201


def test_a_sheet_is_printed_by_a_button(coordinator: FlaskClient) -> None:
    page = sheet_of(coordinator, number=1)
    assert '<button class="button" type="button" id="print" hidden>Print</button>' in page.text
    assert "Use your browser’s own Print" in page.text


def test_numbers_may_be_typed_in_any_digits() -> None:
    assert [read_count(typed, least=1, most=60) for typed in ("١٢", "১২", " 12 ", "1.2", "١٢٠")] == [
        12,
        12,
        12,
        None,
        None,
    ]
