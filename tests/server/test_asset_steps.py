"""What was done with an asset is told with the names that it was done to, and undone where it can be."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.people.rules import Person
from server.services import Services
from tests.server.console_pages import text_of
from tests.server.erasures import erase
from tests.server.people_at_work import act, person_with, signed_in
from tests.server.records import Phone
from tests.server.said_assets import Desk, said


@pytest.fixture
def person(running: Services) -> Person:
    return person_with(running, "olga", "coordinator", "old-ford")


@pytest.fixture
def desk(running: Services, client: FlaskClient, device: Phone, person: Person) -> Desk:
    return Desk(running, client, device, person)


@pytest.fixture
def browser(app: Flask, person: Person) -> FlaskClient:
    return signed_in(app, "olga")


def steps_shown(browser: FlaskClient, asset_id: str) -> list[str]:
    """Give the steps of an asset's page as they are read, newest first, with the words of their buttons behind."""
    shown = browser.get(f"/console/assets/{asset_id}").text.partition('class="done-before"')[2].partition("</ul>")[0]
    lines = [re.sub(r"<time.*?</time>", "", one, flags=re.DOTALL) for one in shown.split("<li ")[1:]]
    return [" ".join(re.sub(r"<[^>]+>", " ", one.partition(">")[2]).split()) for one in lines]


def test_each_step_says_which_names_it_was_about(desk: Desk, browser: FlaskClient) -> None:
    one, two, three = (desk.make(name=name) for name in ("Choir", "গায়কদল", "Voices"))
    mention = (desk.bring(said(("The singers", "arts_culture"))), "a0")
    desk.work.merge(one, [two, three])
    desk.work.split(three)
    desk.work.place([mention], on=one)
    desk.work.take_off(mention)
    assert steps_shown(browser, one) == [
        "Took a mention off it: The singers Olga , Undo",
        "Put a mention on it: The singers Olga ,",
        "Split an asset off: Voices Olga , Undo",
        "Merged assets into one: গায়কদল , Voices Olga ,",
        "Made this asset Olga ,",
    ]


def test_what_was_taken_back_says_what_and_what_would_come_back(desk: Desk, browser: FlaskClient) -> None:
    one, two = desk.make(name="Choir"), desk.make(name="Voices")
    undone = desk.work.undo(desk.work.merge(one, [two]))
    assert steps_shown(browser, one) == [
        "Taken back: Merged assets into one: Voices Olga , Do it again",
        "Merged assets into one: Voices Olga , Undone",
        "Made this asset Olga , Undo",
    ]
    desk.work.undo(undone)
    assert steps_shown(browser, one)[:2] == [
        "Done again: Merged assets into one: Voices Olga , Undo",
        "Taken back: Merged assets into one: Voices Olga , Undone",
    ]


def test_what_is_offered_to_be_undone_can_be_undone(desk: Desk, browser: FlaskClient) -> None:
    first = (desk.bring(said(("One", "faith"))), "a0")
    asset_id, other = desk.make(first), desk.make(name="Other")
    desk.work.place([(desk.bring(said(("Two", "faith"))), "a0")], on=asset_id)
    desk.work.merge(asset_id, [other])
    for _step in range(3):
        page = browser.get(f"/console/assets/{asset_id}")
        offered = re.findall(r'name="step_id" value="([^"]+)".*?<button[^>]*>(\w+)', page.text, re.DOTALL)
        step_id = next(one for one, words in offered if words == "Undo")
        done = act(browser, "/console/assets/undo", step_id=step_id, asset=other)
        assert "The step is undone." in text_of(browser.get(done.location))
    assert [one.asset_id for one in desk.shown()] == [other]


def test_a_name_that_was_erased_is_not_told(desk: Desk, browser: FlaskClient) -> None:
    asset_id = desk.make(name="Choir")
    gone = desk.bring(said(("Secret name", "arts_culture")))
    desk.work.place([(gone, "a0")], on=asset_id)
    erase(desk.running, desk.items[gone])
    page = browser.get(f"/console/assets/{asset_id}")
    assert "Put a mention on it" in page.text
    assert "Secret name" not in page.text


def test_a_position_that_comes_from_what_is_merged_says_so(desk: Desk, browser: FlaskClient) -> None:
    one = desk.make((desk.bring(said(("One", "faith", "51.5 -0.1 0 50"))), "a0"))
    two = desk.make((desk.bring(said(("Two", "faith", "51.6 -0.2 0 5"))), "a0"))
    address, words = f"/console/assets/{one}", "the most exact one of all that is merged into it"
    assert words not in browser.get(address).text
    desk.work.merge(one, [two])
    assert words in browser.get(address).text
    assert "Split off Two" in text_of(browser.get(address))
