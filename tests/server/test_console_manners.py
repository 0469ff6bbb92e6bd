"""The pages of the console keep to one manner: where buttons and ways back stand, how lists and facts are written."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.audit.wording import detail_words
from server.reviews.passages import Position
from server.reviews.wording import position_words
from server.services import Services
from tests.server.console_pages import text_of
from tests.server.people_at_work import person_with, signed_in
from tests.server.posters import add_poster, publish_instrument, set_up_programme

OLD_FORD = "/console/neighbourhoods/old-ford"
FORM = "tell_us_about_this_place"


@pytest.fixture
def ada(app: Flask, running: Services) -> FlaskClient:
    set_up_programme(running)
    publish_instrument(running, FORM)
    person_with(running, "ada", "administrator")
    return signed_in(app, "ada")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/console/venues", "Add a venue"),
        ("/console/phones", "Add a phone"),
        ("/console/people", "Invite a person"),
        ("/console/neighbourhoods", "Add a neighbourhood"),
    ],
)
def test_what_a_list_is_added_to_with_stands_in_the_line_of_its_heading(
    ada: FlaskClient, page: str, words: str
) -> None:
    line = ada.get(page).text.partition('<div class="title-line">')[2].partition("</div>")[0]
    assert re.findall(r'<a class="button" [^>]*>([^<]*)</a>', line) == [words]
    assert ada.get(page).text.count('<a class="button" ') == 1


@pytest.mark.parametrize(
    ("page", "above"),
    [
        ("/console/programme/edit", "/console/programme"),
        ("/console/programme/languages", "/console/programme"),
        ("/console/programme/forms", "/console/programme"),
        ("/console/words", "/console/programme"),
        ("/console/neighbourhoods/new", "/console/neighbourhoods"),
        (f"{OLD_FORD}/edit", OLD_FORD),
        (f"{OLD_FORD}/languages", OLD_FORD),
        (f"{OLD_FORD}/small-areas", OLD_FORD),
        (f"{OLD_FORD}/boundary", OLD_FORD),
        (f"{OLD_FORD}/boundary/corners", OLD_FORD),
    ],
)
def test_a_page_below_another_begins_with_the_way_back(ada: FlaskClient, page: str, above: str) -> None:
    reply = ada.get(page)
    assert reply.status_code == 200
    assert f'<p><a class="back" href="{above}">' in reply.text.partition("<h1")[0]


def test_a_step_of_the_set_up_has_no_way_back_but_its_number(ada: FlaskClient) -> None:
    before = ada.get("/console/programme/languages?set-up=1").text.partition("<h1")[0]
    assert 'class="step"' in before
    assert 'class="back"' not in before


def test_a_form_and_what_can_be_done_with_it_stand_apart(ada: FlaskClient) -> None:
    row = re.search(r'<ul class="named-rows".*?</ul>', ada.get("/console/programme").text, re.DOTALL)
    assert row
    assert "Tell us about this place</bdi></span>" in row[0]
    assert re.findall(r'aria-describedby="(form-\d)">([^<]*)</a>', row[0])[0] == ("form-1", "Record the questions")


def test_a_neighbourhood_without_small_areas_offers_to_add_them(ada: FlaskClient) -> None:
    page = text_of(ada.get(OLD_FORD))
    assert "There are none yet. Add small areas" in page
    assert "Change the small areas" not in page


def test_what_a_choice_means_stands_on_its_card_but_not_in_its_name(ada: FlaskClient) -> None:
    card = re.search(
        r'id="role" [^>]*>\s*<label class="choice-card".*?</label>', ada.get("/console/people/invite").text
    )
    assert card
    assert 'aria-labelledby="role-name" aria-describedby="role-hint"' in card[0]
    assert '<span class="hint" id="role-hint">' in card[0]


def test_whoever_is_not_signed_in_is_led_to_pages_that_open(client: FlaskClient) -> None:
    foot = client.get("/console/sign-in").text.partition("<footer")[2]
    (address,) = re.findall(r'<a href="([^"]*)">Report a wrong word</a>', foot)
    assert client.get(address).status_code == 200
    assert '<a href="/">Go to the start</a>' in client.get("/nothing").text
    assert "Go to the list of responses" in client.get("/console/nothing").text


def test_a_label_has_no_room_for_the_notice_of_a_draft_and_a_poster_has(ada: FlaskClient, running: Services) -> None:
    add_poster(running)
    venue = re.search(r'<a href="(/console/venues/[0-9a-f-]+)"', ada.get("/console/venues").text)
    assert venue
    a4, _a5, labels = re.findall(r'<a href="([^"]*/print/[^"]*)"', ada.get(venue[1]).text)
    assert 'class="draft"' in ada.get(a4).text
    assert 'class="draft"' not in ada.get(labels).text


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (Position("52.26", "-0.86", "0.0"), "\u206652.26000, -0.86000\u2069"),
        (Position("52.2600004", "-0.8600004", None), "\u206652.26000, -0.86000\u2069"),
        (Position("52.26", "-0.86", "4.2"), "\u206652.26000, -0.86000\u2069, within 5 metres"),
        (Position("52.26", "-0.86", "nan"), "\u206652.26000, -0.86000\u2069"),
        (Position("north", "1e999", "x"), "\u2066north, 1e999\u2069"),
    ],
)
def test_a_position_is_told_to_the_metre(app: Flask, position: Position, words: str) -> None:
    with app.test_request_context():
        assert position_words(position) == words


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("codes", 1, "1 code"),
        ("codes", 30, "30 codes"),
        ("hours", 168, "Valid for 7 days"),
        ("hours", 24, "Valid for 1 day"),
        ("hours", 36, "Valid for 36 hours"),
        ("by", "command-line", "From the command line"),
    ],
)
def test_a_fact_of_the_log_is_told_in_words(app: Flask, fact: str, value: str | int, words: str) -> None:
    with app.test_request_context():
        assert detail_words(fact, value, {}) == words
