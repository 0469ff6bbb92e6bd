"""Posters: made within limits, full, expired, closed, replaced; each act once however often it is asked for."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.clock import as_text, from_text
from server.people import queries as people
from server.services import Services
from server.venues.poster_changes import PosterChanges
from server.venues.queries import count_responses, count_visit, poster_by_code
from server.venues.rules import Poster, standing
from server.venues.typed import end_of, last_day_of, today_at
from sync.references import read_poster_code
from tests.server.console_pages import text_of
from tests.server.people_at_work import lines_of_log, person_with, signed_in
from tests.server.pushing import push, statuses
from tests.server.records import NOON, Phone, SteppedClock
from tests.server.venue_pages import FORM, Pages, kept_poster, publish_form_for_posters, speak

TODAY = NOON.date()


@pytest.fixture
def pages(coordinator: FlaskClient, running: Services) -> Pages:
    publish_form_for_posters(running)
    speak(running, "en", "bn", "ar", "so")
    return Pages(coordinator)


@pytest.fixture
def venue(pages: Pages) -> str:
    return pages.add_venue()


@pytest.fixture
def poster(pages: Pages, venue: str, running: Services) -> Poster:
    return kept_poster(running, pages.make_poster(venue))


def poster_lines(running: Services) -> list[str]:
    return [action for _name, action in lines_of_log(running) if action.startswith("poster-")]


def test_a_new_poster_has_a_code_a_device_and_its_end(poster: Poster, running: Services) -> None:
    assert read_poster_code(poster.code) == poster.code
    assert UUID(poster.device_id).version == 4
    assert (poster.form_id, poster.languages, poster.quota) == (FORM, ("en",), 1000)
    with running.database.read() as connection:
        assert poster_by_code(connection, poster.code) == poster
        assert poster_by_code(connection, poster.code.lower()) is None, "callers read what was typed first"


def test_the_form_begins_with_sensible_answers(pages: Pages, venue: str) -> None:
    page = pages.browser.get(f"{venue}/posters/new").text
    assert 'name="last_day" type="date" value="2027-05-22" min="2026-11-20" max="2028-11-20"' in page
    assert 'name="quota" inputmode="numeric" value="1000"' in page
    assert re.findall(r'<option value="(\w+)" lang="\w+" selected>', page) == ["en", "bn", "ar"]


@pytest.mark.parametrize("quota", ["1", "100000", "100,000", "১০০০"])
def test_a_quota_may_be_anything_within_its_limits(pages: Pages, venue: str, quota: str) -> None:
    assert pages.try_poster(venue, quota=quota).status_code == 303


@pytest.mark.parametrize("quota", ["0", "100001", "-1", "many", "", "1e3", "1" * 30])
def test_a_quota_past_its_limits_is_sent_back(pages: Pages, venue: str, quota: str) -> None:
    reply = pages.try_poster(venue, quota=quota)
    assert reply.status_code == 422
    assert text_of(reply).count("Write a number from 1 to 100,000.") == 2
    assert f'value="{quota}"' in reply.text, "what was typed stays"


@pytest.mark.parametrize("day", [TODAY, TODAY + timedelta(days=731)])
def test_the_last_day_may_be_today_and_at_most_two_years_away(pages: Pages, venue: str, day: date) -> None:
    assert pages.try_poster(venue, last_day=day.isoformat()).status_code == 303


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-19", "Choose today or a later day."),
        ("2028-11-21", "Choose a day within the next two years."),
        ("20/05/2027", "Write the day as year, month and day"),
        ("2027-02-30", "Write the day as year, month and day"),
        ("", "Write the day as year, month and day"),
    ],
)
def test_any_other_last_day_is_sent_back(pages: Pages, venue: str, day: str, sentence: str) -> None:
    reply = pages.try_poster(venue, last_day=day)
    assert (reply.status_code, text_of(reply).count(sentence)) == (422, 2)


@pytest.mark.parametrize(("day", "end"), [("2026-11-20", "2026-11-21T00"), ("2027-06-01", "2027-06-01T23")])
def test_a_poster_ends_at_midnight_as_the_clock_on_the_wall_shows_it(day: str, end: str) -> None:
    last_day = date.fromisoformat(day)
    assert end_of(last_day) == f"{end}:00:00.000Z"
    assert last_day_of(end_of(last_day)) == last_day
    assert today_at(from_text(end_of(last_day)) - timedelta(milliseconds=1)) == last_day


def test_a_poster_stands_open_until_the_very_moment_of_its_end(poster: Poster) -> None:
    end = from_text(poster.expires_at)
    assert standing(poster, 0, end - timedelta(milliseconds=1)) == "open"
    assert standing(poster, 0, end) == "expired"


def test_a_poster_is_full_at_its_quota_and_not_before(poster: Poster) -> None:
    assert standing(poster, poster.quota - 1, NOON) == "open"
    assert standing(poster, poster.quota, NOON) == "full"


def test_what_a_person_did_is_told_before_what_time_did(poster: Poster) -> None:
    late = datetime.max.replace(tzinfo=NOON.tzinfo)
    closed = replace(poster, closed_at=as_text(NOON))
    assert standing(closed, 10**6, late) == "closed"
    assert standing(replace(closed, replaced_by="K7PX3M"), 10**6, late) == "replaced"
    assert standing(poster, 10**6, late) == "expired"


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [(["ar", "en"], ("ar", "en")), (["bn", "", "en"], ("bn", "en")), (["en", "bn", "en"], ("en", "bn"))],
)
def test_languages_keep_their_order_without_gaps_and_repeats(
    pages: Pages, venue: str, running: Services, chosen: Sequence[str], kept: tuple[str, ...]
) -> None:
    assert kept_poster(running, pages.make_poster(venue, languages=chosen)).languages == kept


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [(["", ""], "Choose at least one language."), (["en", "so"], "Choose only languages that the form")],
)
def test_a_language_that_form_and_neighbourhood_do_not_share_is_sent_back(
    pages: Pages, venue: str, chosen: Sequence[str], sentence: str
) -> None:
    reply = pages.try_poster(venue, languages=chosen)
    assert (reply.status_code, text_of(reply).count(sentence)) == (422, 2)


def test_a_form_that_needs_script_is_named_with_its_questions_and_refused(pages: Pages, venue: str) -> None:
    page = text_of(pages.browser.get(f"{venue}/posters/new?form=walk"))
    assert "Not for posters" in page
    assert "assets : it is asked again and again" in page
    assert pages.try_poster(venue, form="walk").status_code == 422
    assert pages.try_poster(venue, form="no-such-form").status_code == 422
    assert "No posters yet" in text_of(pages.browser.get(venue))


def test_a_form_sent_twice_makes_one_poster(pages: Pages, venue: str, running: Services) -> None:
    poster_id = "0192f000-0000-7000-8000-00000000000b"
    assert pages.make_poster(venue, id=poster_id) == pages.make_poster(venue, id=poster_id) == poster_id
    assert pages.make_poster(venue, id=poster_id, quota="5") != poster_id, "another wish is another poster"
    assert poster_lines(running) == ["poster-made", "poster-made"]


def test_a_rotated_poster_is_replaced_by_one_with_another_code(
    pages: Pages, venue: str, poster: Poster, running: Services
) -> None:
    address = f"/console/posters/{poster.poster_id}/rotate"
    assert "It does not lead on to the new one" in text_of(pages.browser.get(address))
    for _time in range(2):
        assert pages.send(address, at="/console/account").status_code == 303
    old = kept_poster(running, poster.poster_id)
    with running.database.read() as connection:
        new = poster_by_code(connection, str(old.replaced_by))
    assert new is not None
    assert (new.code == old.code, new.device_id == old.device_id) == (False, False)
    assert (new.form_id, new.languages, new.quota, new.expires_at) == (
        old.form_id, old.languages, old.quota, old.expires_at,
    )  # fmt: skip
    assert (standing(old, 0, NOON), standing(new, 0, NOON)) == ("replaced", "open")
    assert poster_lines(running) == ["poster-made", "poster-rotated"]
    page = pages.browser.get(venue).text
    assert page.count('class="card poster-card"') == 2
    assert pages.browser.get(address).status_code == 303, "there is nothing left to ask"


def test_two_who_rotate_at_once_make_one_successor(poster: Poster, running: Services) -> None:
    with running.database.read() as connection:
        carol = people.person_by_sign_in_name(connection, "carol")
    assert carol is not None
    changes = PosterChanges(
        database=running.database, clock=running.clock, random_bytes=running.random_bytes, person=carol
    )
    with ThreadPoolExecutor(8) as hands:
        for done in [hands.submit(changes.rotate, poster) for _hand in range(8)]:
            done.result()
    assert poster_lines(running) == ["poster-made", "poster-rotated"]


def test_a_poster_that_has_expired_gets_a_successor_with_a_new_end(
    pages: Pages, poster: Poster, running: Services, clock: SteppedClock
) -> None:
    clock.moment = from_text(poster.expires_at)
    changes = PosterChanges(
        database=running.database,
        clock=clock,
        random_bytes=running.random_bytes,
        person=person_with(running, "dora", "coordinator"),
    )
    changes.rotate(poster)
    with running.database.read() as connection:
        new = poster_by_code(connection, str(kept_poster(running, poster.poster_id).replaced_by))
    assert new is not None
    assert standing(new, 0, clock.now()) == "open"


def test_a_closed_poster_opens_again_until_it_expires(
    pages: Pages, venue: str, poster: Poster, running: Services, clock: SteppedClock, app: Flask
) -> None:
    address = f"/console/posters/{poster.poster_id}"
    for _time in range(2):
        assert pages.send(f"{address}/close", at="/console/account").status_code == 303
    assert standing(kept_poster(running, poster.poster_id), 0, clock.now()) == "closed"
    for _time in range(2):
        assert pages.send(f"{address}/reopen", at=venue).status_code == 303
    assert standing(kept_poster(running, poster.poster_id), 0, clock.now()) == "open"
    pages.send(f"{address}/close")
    assert poster_lines(running)[1:] == ["poster-closed", "poster-reopened", "poster-closed"]
    clock.moment = from_text(poster.expires_at)
    person_with(running, "dora", "coordinator")
    dora = Pages(signed_in(app, "dora"))
    assert "Open the poster again" not in text_of(dora.browser.get(venue))
    dora.send(f"{address}/reopen", at="/console/account")
    assert standing(kept_poster(running, poster.poster_id), 0, clock.now()) == "closed"


def test_a_replaced_poster_neither_closes_nor_opens(
    pages: Pages, venue: str, poster: Poster, running: Services
) -> None:
    address = f"/console/posters/{poster.poster_id}"
    pages.send(f"{address}/rotate")
    for act in ("close", "reopen", "rotate"):
        assert pages.send(f"{address}/{act}", at="/console/account").status_code == 303
    assert standing(kept_poster(running, poster.poster_id), 0, NOON) == "replaced"
    assert poster_lines(running) == ["poster-made", "poster-rotated"]


def test_visits_and_responses_are_counted_by_poster_and_what_is_set_aside_is_not(
    pages: Pages, venue: str, poster: Poster, running: Services, client: FlaskClient, device: Phone
) -> None:
    for day in ("2026-11-20", "2026-11-20", "2026-11-21"):
        running.database.write(lambda connection, day=day: count_visit(connection, poster.poster_id, day))
    first, second, aside = (device.item() for _item in range(3))
    assert statuses(push(client, device, first, second, aside)) == ["stored"] * 3
    came_by(running, poster, [first["rev"], second["rev"], aside["rev"]], aside=aside["rev"])
    with running.database.read() as connection:
        assert count_responses(connection, poster.poster_id) == 2
    page = text_of(pages.browser.get(venue))
    assert "Visits 3 Responses 2 of at most 1,000 Last response 20 Nov 2026 12:00" in page
    assert "Visits 3 Responses 2 Last response 20 Nov 2026 12:00" in page, "and of the venue"


def came_by(running: Services, poster: Poster, revs: Sequence[object], *, aside: object) -> None:
    """Have responses come by a poster, one of them set aside."""

    def change(connection: object) -> None:
        for rev in revs:
            connection.execute(  # type: ignore[attr-defined]
                "UPDATE revisions SET poster_id = :poster, quarantined_why = :why WHERE rev = :rev",
                {"poster": poster.poster_id, "rev": rev, "why": "over-quota" if rev == aside else None},
            )

    running.database.write(change)


def test_the_venues_page_says_how_each_poster_stands(
    pages: Pages, venue: str, running: Services, client: FlaskClient, device: Phone, clock: SteppedClock
) -> None:
    full, closed, replaced, short = (
        kept_poster(running, pages.make_poster(venue, **form))
        for form in ({"quota": "1"}, {}, {}, {"last_day": "2026-11-20"})
    )
    item = device.item()
    assert statuses(push(client, device, item)) == ["stored"]
    came_by(running, full, [item["rev"]], aside=None)
    pages.send(f"/console/posters/{closed.poster_id}/close")
    pages.send(f"/console/posters/{replaced.poster_id}/rotate")
    clock.moment = from_text(short.expires_at)
    page = pages.browser.get(venue).text
    said = dict(re.findall(r'dir="ltr">(\w{3}-\w{3})</bdi>\s*<span class="chip chip-bad">(\w+)<', page))
    assert said == {
        f"{poster.code[:3]}-{poster.code[3:]}": words
        for poster, words in ((full, "Full"), (closed, "Closed"), (replaced, "Replaced"), (short, "Expired"))
    }
    assert page.count(">Open to answers<") == 1, "the successor"


def test_nobody_sees_or_changes_a_poster_outside_their_reach(poster: Poster, running: Services, app: Flask) -> None:
    person_with(running, "dora", "coordinator", "kings-heath")
    dora = Pages(signed_in(app, "dora"))
    address = f"/console/posters/{poster.poster_id}"
    for path in ("print/a4", "rotate", "close"):
        assert dora.browser.get(f"{address}/{path}").status_code == 404
    for path in ("rotate", "close", "reopen"):
        assert dora.send(f"{address}/{path}", at="/console/account").status_code == 404
    assert poster_lines(running) == ["poster-made"]


def test_a_viewer_prints_a_poster_and_changes_nothing(poster: Poster, running: Services, app: Flask) -> None:
    person_with(running, "vera", "viewer", "old-ford")
    vera = Pages(signed_in(app, "vera"))
    address = f"/console/posters/{poster.poster_id}"
    assert vera.browser.get(f"{address}/print/a4").status_code == 200
    for path in ("rotate", "close", "reopen"):
        assert vera.send(f"{address}/{path}", at="/console/account").status_code == 403
    assert poster_lines(running) == ["poster-made"]


def test_a_poster_whose_form_is_on_offer_no_more_says_so(
    pages: Pages, venue: str, poster: Poster, running: Services
) -> None:
    running.database.write(
        lambda connection: (
            connection.execute(
                "INSERT INTO forms_not_offered (form_id, since) VALUES (:form_id, '2026-11-20T12:00:00.000Z')",
                {"form_id": poster.form_id},
            ).rowcount
        )
    )
    assert "Its form is not on offer any more" in text_of(pages.browser.get(venue))
