"""A poster that hangs gets another last day, quota or languages, and the paper on the wall stays good."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.services import Services
from server.venues.rules import Poster, standing
from server.venues.typed import end_of
from tests.server.console_pages import text_of
from tests.server.people_at_work import lines_of_log, person_with, signed_in
from tests.server.records import NOON, SteppedClock
from tests.server.venue_pages import FORM, Pages, kept_poster, publish_form_for_posters, speak

LATER = (NOON + timedelta(days=300)).date()


@pytest.fixture
def pages(coordinator: FlaskClient, running: Services) -> Pages:
    publish_form_for_posters(running)
    speak(running, "en", "bn", "ar")
    return Pages(coordinator)


@pytest.fixture
def poster(pages: Pages, running: Services) -> Poster:
    return kept_poster(running, pages.make_poster(pages.add_venue(), quota="2"))


def change(pages: Pages, poster: Poster, **form: str | list[str]) -> TestResponse:
    wanted = {"languages": ["en"], "last_day": "2027-05-20", "quota": "2", **form}
    address = f"/console/posters/{poster.poster_id}/change"
    return pages.send(address, at=address, **wanted)


def past_its_end(pages: Pages, poster: Poster, clock: SteppedClock) -> None:
    """Let a day pass in which the coordinator looks in now and then, so that the session holds."""
    assert change(pages, poster, last_day=NOON.date().isoformat()).status_code == 303
    for _ in range(3):
        clock.step(timedelta(hours=6))
        assert pages.browser.get("/console/venues").status_code == 200


def poster_lines(running: Services) -> list[str]:
    return [action for _name, action in lines_of_log(running) if action.startswith("poster-")]


def test_a_change_keeps_the_code_the_form_and_the_device(pages: Pages, poster: Poster, running: Services) -> None:
    reply = change(pages, poster, languages=["bn", "en"], last_day=LATER.isoformat(), quota="5000")
    assert reply.location == f"/console/venues/{poster.venue_id}#poster-{poster.poster_id}"
    wanted = replace(poster, languages=("bn", "en"), expires_at=end_of(LATER), quota=5000)
    assert kept_poster(running, poster.poster_id) == wanted
    assert (standing(poster, 2, NOON), standing(wanted, 2, NOON)) == ("full", "open")


def test_the_log_says_what_was_changed_and_what_it_was_before(
    pages: Pages, poster: Poster, running: Services, app: Flask
) -> None:
    change(pages, poster, quota="5000")
    person_with(running, "ada", "administrator")
    log = text_of(signed_in(app, "ada").get("/console/audit"))
    assert "Changed a poster" in log
    assert "Responses at most: 5,000" in log
    assert "Responses at most, before: 2" in log
    assert "Last day before" not in log, "it stayed"


def test_the_same_again_is_no_change(pages: Pages, poster: Poster, running: Services) -> None:
    for _twice in range(2):
        assert change(pages, poster, quota="3").status_code == 303
    assert poster_lines(running) == ["poster-made", "poster-changed"]


def test_a_poster_past_its_end_takes_people_in_again(
    pages: Pages, poster: Poster, running: Services, client: FlaskClient, clock: SteppedClock
) -> None:
    past_its_end(pages, poster, clock)
    assert client.get(f"/v/{poster.code}").status_code == 410
    assert change(pages, poster, last_day="2027-12-24").status_code == 303
    assert client.get(f"/v/{poster.code}").status_code == 200


def test_a_closed_poster_past_its_end_can_be_opened_once_its_last_day_is_changed(
    pages: Pages, poster: Poster, running: Services, clock: SteppedClock
) -> None:
    address = f"/console/posters/{poster.poster_id}"
    past_its_end(pages, poster, clock)
    pages.send(f"{address}/close")
    venue = f"/console/venues/{poster.venue_id}"
    assert "Open the poster again" not in text_of(pages.browser.get(venue))
    change(pages, poster, last_day="2027-12-24")
    assert "Open the poster again" in text_of(pages.browser.get(venue))
    pages.send(f"{address}/reopen", at=venue)
    assert kept_poster(running, poster.poster_id).closed_at is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("quota", "0", "Write a number from 1 to 100,000."),
        ("quota", "100001", "Write a number from 1 to 100,000."),
        ("last_day", "2026-11-19", "Choose today or a later day."),
        ("last_day", "2028-11-21", "Choose a day within the next two years."),
        ("languages", "", "Choose at least one language."),
        ("languages", "fr", "Choose only languages that the form and the neighbourhood share."),
    ],
)
def test_what_a_new_poster_may_not_have_a_changed_one_may_not_either(
    pages: Pages, poster: Poster, running: Services, field: str, value: str, sentence: str
) -> None:
    reply = change(pages, poster, **{field: value})
    assert (reply.status_code, text_of(reply).count(sentence)) == (422, 2), "at the top, and at the field"
    assert kept_poster(running, poster.poster_id) == poster


def test_the_form_shows_what_is_kept_and_how_many_came(pages: Pages, poster: Poster) -> None:
    page = pages.browser.get(f"/console/posters/{poster.poster_id}/change")
    assert 'value="2027-05-20"' in page.text
    assert 'name="quota" inputmode="numeric" value="2"' in page.text
    assert "0 have come so far." in text_of(page)
    assert "The paper on the wall stays good" in text_of(page)


def test_a_language_that_the_neighbourhood_dropped_stays_until_somebody_takes_it_away(
    pages: Pages, poster: Poster, running: Services
) -> None:
    change(pages, poster, languages=["bn", "ar"])
    speak(running, "en")
    assert change(pages, poster, languages=["bn", "ar"], quota="7").status_code == 303
    assert kept_poster(running, poster.poster_id).languages == ("bn", "ar")


def test_a_replaced_poster_stays_as_it_is(pages: Pages, poster: Poster, running: Services) -> None:
    address = f"/console/posters/{poster.poster_id}"
    page = pages.browser.get(f"{address}/change").text
    pages.send(f"{address}/rotate")
    assert pages.browser.get(f"{address}/change").status_code == 303
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    form = {"csrf_token": token, "languages": "en", "last_day": "2027-05-20", "quota": "9"}
    assert pages.browser.post(f"{address}/change", data=form).status_code == 303
    assert kept_poster(running, poster.poster_id).quota == 2
    assert "poster-changed" not in poster_lines(running)


@pytest.mark.parametrize(
    ("role", "place", "status"), [("coordinator", "kings-heath", 404), ("viewer", "old-ford", 403)]
)
def test_nobody_changes_a_poster_outside_their_reach_or_role(
    poster: Poster, running: Services, app: Flask, role: str, place: str, status: int
) -> None:
    person_with(running, "dora", "viewer" if role == "viewer" else "coordinator", place)
    dora = Pages(signed_in(app, "dora"))
    address = f"/console/posters/{poster.poster_id}/change"
    assert dora.browser.get(address).status_code == status
    form = {"languages": "en", "last_day": "2027-05-20", "quota": "9"}
    assert dora.send(address, at="/console/account", **form).status_code == status
    assert kept_poster(running, poster.poster_id).quota == 2


def test_a_poster_whose_form_is_on_offer_no_more_is_not_printed_and_says_so(
    pages: Pages, poster: Poster, running: Services, client: FlaskClient
) -> None:
    running.database.write(
        lambda connection: (
            connection.execute(
                "INSERT INTO forms_not_offered (form_id, since) VALUES (:form_id, '2026-11-20T12:00:00.000Z')",
                {"form_id": FORM},
            ).rowcount
        )
    )
    page = pages.browser.get(f"/console/venues/{poster.venue_id}")
    assert '<span class="chip chip-bad">Form not on offer</span>' in page.text
    assert "/print/" not in page.text
    printed = text_of(pages.browser.get(f"/console/posters/{poster.poster_id}/print/a4"))
    assert "Nobody can answer at this poster: Form not on offer. Do not hang it up." in printed
    reply = client.get(f"/v/{poster.code}", headers={"Accept-Language": "en"})
    assert (reply.status_code, "The team has closed this poster." in reply.text) == (410, True)
