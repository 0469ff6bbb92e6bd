"""Venues: added once, changed, closed with their posters, opened again, and only within a person's reach."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.config import PLACE_WORDS_CHARACTERS
from server.services import Services
from server.venues.rules import standing
from server.venues.typed import read_position, shown_position
from sync.limits import NAME_CHARACTERS
from tests.server.console_pages import text_of
from tests.server.people_at_work import lines_of_log, person_with, signed_in
from tests.server.records import SteppedClock
from tests.server.venue_pages import SAMPLE, Pages, kept_poster, publish_form_for_posters

NEW = "/console/venues/new"


@pytest.fixture
def pages(coordinator: FlaskClient, running: Services) -> Pages:
    publish_form_for_posters(running)
    return Pages(coordinator)


def venue_lines(running: Services) -> list[str]:
    return [action for _name, action in lines_of_log(running) if action.startswith("venue-")]


def test_without_venues_the_list_says_what_one_is(coordinator: FlaskClient) -> None:
    page = text_of(coordinator.get("/console/venues"))
    assert "No venues yet" in page
    assert "a library, a café, a school gate" in page


def test_a_venue_that_is_added_stands_in_the_list_and_has_a_page(pages: Pages) -> None:
    address = pages.add_venue(position="51.531, -0.036")
    assert "Idea Store Bow By the lift Neighbourhood Old-Ford" in text_of(pages.browser.get("/console/venues"))
    page = text_of(pages.browser.get(address))
    assert "Position 51.531, -0.036" in page
    assert "No posters yet" in page


def test_a_name_fits_up_to_the_limit_and_one_letter_more_is_sent_back(pages: Pages) -> None:
    longest = "ক" * NAME_CHARACTERS
    assert longest in pages.browser.get(pages.add_venue(name=longest)).text
    reply = pages.send(NEW, **{**SAMPLE, "name": longest + "খ"})
    assert reply.status_code == 422
    assert longest + "খ" in reply.text, "what was typed stays"
    assert text_of(reply).count("Use 200 letters or fewer for the name.") == 2, "at the top, and at the field"


def test_words_of_a_place_fit_up_to_the_limit(pages: Pages) -> None:
    longest = "w" * PLACE_WORDS_CHARACTERS
    assert longest in pages.browser.get(pages.add_venue(place_words=longest)).text
    assert pages.send(NEW, **{**SAMPLE, "place_words": longest + "w"}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " \t ", "Give the venue a name."),
        ("neighbourhood", "nowhere", "Choose a neighbourhood."),
        ("position", "by the canal", "Write the position as two numbers"),
        ("position", "91, 0", "Latitude goes from -90 to 90"),
    ],
)
def test_what_is_wrong_is_said_at_the_top_and_at_the_field(pages: Pages, field: str, value: str, sentence: str) -> None:
    reply = pages.send(NEW, **{**SAMPLE, field: value})
    assert reply.status_code == 422
    assert text_of(reply).count(sentence) == 2
    assert f'href="#{field}"' in reply.text
    assert f'id="{field}-problem"' in reply.text


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("51.531, -0.036", (51.531, -0.036)),
        ("51.531 \u22120.036", (51.531, -0.036)),
        ("\u2066٥١٫٥٣١، -٠٫٠٣٦\u2069", (51.531, -0.036)),
        ("৫১.৫৩১; ০.৫", (51.531, 0.5)),
        ("-90, 180", (-90.0, 180.0)),
        ("51.5", None),
        ("90.1, 0", None),
        ("0, -180.1", None),
        ("1e1, 2", None),
        ("nan, nan", None),
        ("51,531,-0,036", None),
    ],
)
def test_a_position_is_read_in_the_digits_of_any_script(typed: str, position: tuple[float, float] | None) -> None:
    assert read_position(typed) == position


def test_a_position_is_shown_as_it_can_be_typed_again() -> None:
    assert shown_position(51.53, -0.00001) == "51.53, -0.00001"
    assert read_position(shown_position(10.0, -120.0)) == (10.0, -120.0)
    assert shown_position(None, None) == ""


def test_a_form_sent_twice_makes_one_venue(pages: Pages, running: Services) -> None:
    form = {**SAMPLE, "id": "0192f000-0000-7000-8000-00000000000a"}
    first, second = pages.send(NEW, **form), pages.send(NEW, **form)
    assert first.location == second.location
    assert venue_lines(running) == ["venue-added"]


def test_an_id_that_is_taken_does_not_hide_a_venue_with_other_words(pages: Pages, running: Services) -> None:
    form = {**SAMPLE, "id": "0192f000-0000-7000-8000-00000000000a"}
    first, second = pages.send(NEW, **form), pages.send(NEW, **{**form, "name": "Roman Road Market"})
    assert first.location != second.location
    assert venue_lines(running) == ["venue-added", "venue-added"]


def test_changed_words_are_kept_and_the_same_words_are_no_change(pages: Pages, running: Services) -> None:
    address = pages.add_venue()
    for _time in range(2):
        reply = pages.send(f"{address}/change", name="Bow Library", place_words="", position="1, 2")
        assert reply.status_code == 303
    assert "Bow Library" in text_of(pages.browser.get(address))
    assert venue_lines(running) == ["venue-added", "venue-changed"]


def test_a_venue_stays_in_its_neighbourhood(pages: Pages) -> None:
    address = pages.add_venue()
    pages.send(f"{address}/change", name="Bow Library", neighbourhood="kings-heath")
    assert "Neighbourhood Old-Ford" in text_of(pages.browser.get(address))


def test_closing_a_venue_closes_its_posters_until_it_opens_again(
    pages: Pages, running: Services, clock: SteppedClock
) -> None:
    address = pages.add_venue()
    poster_id = pages.make_poster(address)
    assert "All its posters stop at once" in text_of(pages.browser.get(f"{address}/close"))
    for _time in range(2):
        assert pages.send(f"{address}/close").status_code == 303
    assert standing(kept_poster(running, poster_id), 0, clock.now()) == "closed"
    for _time in range(2):
        assert pages.send(f"{address}/reopen", at=address).status_code == 303
    assert standing(kept_poster(running, poster_id), 0, clock.now()) == "open"
    assert venue_lines(running) == ["venue-added", "venue-closed", "venue-reopened"]


def test_a_poster_that_was_closed_before_its_venue_stays_closed(
    pages: Pages, running: Services, clock: SteppedClock
) -> None:
    address = pages.add_venue()
    poster_id = pages.make_poster(address)
    pages.send(f"/console/posters/{poster_id}/close")
    pages.send(f"{address}/close")
    pages.send(f"{address}/reopen", at=address)
    assert standing(kept_poster(running, poster_id), 0, clock.now()) == "closed"


def test_a_closed_venue_gets_no_posters(pages: Pages, running: Services) -> None:
    address = pages.add_venue()
    form = pages.browser.get(f"{address}/posters/new").text
    pages.send(f"{address}/close")
    assert pages.browser.get(f"{address}/posters/new").status_code == 303
    assert "Make the poster" in form
    reply = pages.send(f"{address}/posters/new", at=NEW, form="tell_us_about_this_place", languages=["en"],
                       last_day="2027-05-20", quota="5")  # fmt: skip
    assert reply.status_code == 303
    assert "No posters yet" in text_of(pages.browser.get(address))
    assert ("Carol", "poster-made") not in lines_of_log(running)


def test_a_long_list_is_searched_by_name_and_place(pages: Pages) -> None:
    for number in range(11):
        pages.add_venue(name=f"Café {number}", place_words="Room 100 %" if number == 3 else "")
    every = pages.browser.get("/console/venues")
    assert 'name="search"' in every.text
    found = text_of(pages.browser.get("/console/venues?search=100 %"))
    assert "Café 3" in found
    assert "1 to 1 of 1, by name" in found
    assert "No venue matches what you chose." in text_of(pages.browser.get("/console/venues?search=_"))


def test_a_list_longer_than_a_page_goes_on(pages: Pages) -> None:
    for number in range(26):
        pages.add_venue(name=f"Hall {number:02}")
    first, second = (text_of(pages.browser.get(f"/console/venues?page={number}")) for number in (1, 2))
    assert ("Hall 24" in first, "Hall 25" in first, "Hall 25" in second) == (True, False, True)


def test_nobody_sees_or_changes_a_venue_outside_their_reach(pages: Pages, running: Services, app: Flask) -> None:
    address = pages.add_venue()
    person_with(running, "dora", "coordinator", "kings-heath")
    dora = Pages(signed_in(app, "dora"))
    assert "Idea Store Bow" not in dora.browser.get("/console/venues?search=Idea").text
    assert "No venues yet" in text_of(dora.browser.get("/console/venues"))
    for path in ("", "/change", "/close", "/posters/new"):
        assert dora.browser.get(address + path).status_code == 404
    for path in ("/change", "/close", "/reopen", "/posters/new"):
        assert dora.send(address + path, at=NEW, name="Mine").status_code == 404
    assert dora.send(NEW, **SAMPLE).status_code == 422, "nor adds one there"
    assert "Idea Store Bow" in text_of(pages.browser.get(address))


def test_an_id_that_is_taken_out_of_reach_tells_nothing_of_its_venue(
    pages: Pages, running: Services, app: Flask
) -> None:
    taken = pages.add_venue(name="A refuge").rpartition("/")[2]
    person_with(running, "dora", "coordinator", "kings-heath")
    dora = Pages(signed_in(app, "dora"))
    reply = dora.send(NEW, **{**SAMPLE, "neighbourhood": "kings-heath", "id": taken})
    assert taken not in reply.location
    assert "Neighbourhood Kings-Heath" in text_of(dora.browser.get(reply.location))
    assert "A refuge" not in text_of(dora.browser.get("/console/venues"))


def test_a_viewer_reads_and_changes_nothing(pages: Pages, running: Services, app: Flask) -> None:
    address = pages.add_venue()
    person_with(running, "vera", "viewer")
    vera = Pages(signed_in(app, "vera"))
    assert "Make a poster" not in text_of(vera.browser.get(address))
    for path in ("/change", "/close", "/posters/new"):
        assert vera.browser.get(address + path).status_code == 403
    for path in ("/change", "/close", "/reopen", "/posters/new"):
        assert vera.send(address + path, at="/console/account").status_code == 403
    assert venue_lines(running) == ["venue-added"]


def test_counts_of_a_venue_are_those_of_its_posters_together(
    pages: Pages, running: Services, clock: SteppedClock
) -> None:
    address = pages.add_venue()
    posters = [pages.make_poster(address), pages.make_poster(address)]
    clock.step(timedelta(minutes=1))
    for poster_id in posters:
        running.database.write(
            lambda connection, poster_id=poster_id: (
                connection.execute(
                    "INSERT INTO poster_visits (poster_id, day, visits) VALUES (:poster_id, '2026-11-20', 600)",
                    {"poster_id": poster_id},
                ).rowcount
            )
        )
    assert "Visits 1,200 Responses 0 Last response None yet" in text_of(pages.browser.get(address))
    assert "Open posters 2 Visits 1,200 Responses 0" in text_of(pages.browser.get("/console/venues"))
