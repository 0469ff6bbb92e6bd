"""A worker's day: one tap to start, refusals noted and taken back, an interview sent back, corrected and sent again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from server.commands import opened
from server.people.queries import person_by_sign_in_name
from server.reviews.deciding import decide
from server.reviews.decisions import Seen
from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import stored, wait_for_arrival
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.posters import VENUE, VENUE_ID

NO_INTERVIEW: Final = Path(__file__).parents[2] / "server/forms/instruments/no_interview.md"
WISH: Final = "A roof over the bus stop"
BETTER: Final = " in Roman Road"
REASON: Final = "Which bus stop? 🚏"
LANGUAGE: Final = "Polish (polski)"
PAST_UNDO: Final = 25_000
"""Milliseconds: what was noted cannot be taken back any more."""


@pytest.fixture(scope="module")
def prepared_day(with_poster: Central, tmp_path_factory: pytest.TempPathFactory) -> Central:
    """Give a server that offers the form for what came to no interview, and has a venue; it never runs."""
    server = Central(tmp_path_factory.mktemp("day"))
    server.copy_from(with_poster)
    server.command("form", "publish", str(NO_INTERVIEW))
    server.command("person", "add", "rosa", "--name", "Rosa", "--role", "coordinator")
    return server


@pytest.fixture
def day(prepared_day: Central, tmp_path: Path) -> Iterator[Central]:
    """Give a copy of it, not started."""
    server = Central(tmp_path)
    server.copy_from(prepared_day)
    yield server
    server.kill()


def test_a_day_without_signal_starts_in_one_tap_and_notes_who_said_no(day: Central, enrolled_phone: Phone) -> None:
    page = begin_the_day(day, enrolled_phone)
    choose_the_venue(page)
    day.stop()

    page.get_by_role("button", name="Start an interview").first.click()
    page.wait_for_url("**/interview/**")
    page.goto(day.url)
    finish_an_interview(page)
    page.goto(day.url)
    page.get_by_role("button", name="They said no").click()
    page.get_by_role("button", name=LANGUAGE).click()
    expect(page.locator(".toast")).to_contain_text(f"Noted: They said no – {LANGUAGE}")
    page.get_by_role("button", name="Nobody answered").click()
    expect(page.locator("main")).to_contain_text("Today: 1 with an interview, 2 without")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("main")).to_contain_text("Today: 1 with an interview, 1 without")
    page.clock.fast_forward(PAST_UNDO)
    wait_until(lambda: len(stored(page, "revisions")) == 2, "both are finished")
    page.locator("footer a[href='/responses']").click()
    expect(page.get_by_role("heading", name=f"They said no – {LANGUAGE}")).to_be_visible()

    day.start()
    wait_for_arrival(page, day, responses=2)
    assert f'"{WISH}"' in "".join(row["body"] for row in day.rows("SELECT body FROM parts")), "no space behind it"
    headers = [json.loads(row["header"]) for row in day.rows("SELECT header FROM revisions ORDER BY seq")]
    assert [(one["form"]["id"], one["venue"]) for one in headers] == [
        ("assets_and_barriers", VENUE_ID),
        ("no_interview", VENUE_ID),
    ]


def test_what_a_coordinator_sends_back_is_corrected_and_waits_for_them_again(
    day: Central, enrolled_phone: Phone
) -> None:
    page = begin_the_day(day, enrolled_phone)
    finish_an_interview(page)
    wait_for_arrival(page, day, responses=1)
    day.stop()
    send_back(day)
    day.start()
    page.goto(day.url)
    page.get_by_role("link", name="1 interview to correct").click()
    expect(page.locator("main")).to_contain_text(REASON)
    day.stop()

    page.get_by_role("button", name="Correct").click()
    page.wait_for_url("**/check")
    expect(page.locator("main")).to_contain_text(REASON)
    correct_the_wish(page)
    page.goto(f"{day.url}/responses")
    expect(page.locator("main")).to_contain_text(WISH + BETTER)
    expect(page.get_by_role("button", name="Correct")).to_have_count(0)

    day.start()
    wait_for_arrival(page, day, responses=1)
    wait_until(lambda: len(day.rows("SELECT rev FROM revisions")) == 2, "the correction is there")
    first, second = [json.loads(row["header"]) for row in day.rows("SELECT header FROM revisions ORDER BY seq")]
    parents = [row["rev"] for row in day.rows("SELECT rev FROM revisions ORDER BY seq LIMIT 1")]
    assert (second["kind"], second["id"], second["parents"]) == ("edit", first["id"], parents)
    wait_until(lambda: day.rows("SELECT state FROM responses") == [{"state": "received"}], "it waits for her again")


def begin_the_day(day: Central, phone: Phone) -> Page:
    """Open the app while there is a connection, with a clock that can be turned on."""
    day.start()
    page = phone.launch(day.url, before=lambda blank: blank.clock.install())
    # What is known around here is asked for once an hour.
    page.clock.fast_forward("01:10:00")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("button", name="They said no")).to_be_visible()
    expect(page.get_by_text("Where are you today?").first).to_be_visible()
    return page


def choose_the_venue(page: Page) -> None:
    page.get_by_text("Where are you today?").first.click()
    page.get_by_text(VENUE, exact=True).click()
    expect(page.locator("main")).to_contain_text(f"Today at: {VENUE} (change)")


def finish_an_interview(page: Page) -> None:
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview(f"{WISH} ")
    worker.finish()


def send_back(day: Central) -> None:
    """Decide as the console does, while nobody has the data folder."""
    with opened(day.data) as running:
        with running.database.read() as connection:
            rosa = person_by_sign_in_name(connection, "rosa")
        assert rosa is not None, "Rosa is a coordinator"
        (found,) = day.rows("SELECT response_id, head_rev, state FROM responses")
        seen = [Seen(response_id=found["response_id"], rev=found["head_rev"], state=found["state"])]
        running.database.write(
            lambda connection: decide(
                connection, seen, action="return", reason=REASON, person=rosa, now=running.clock.now()
            )
        )


def correct_the_wish(page: Page) -> None:
    """From the answers to be checked, change one, and go on to the end."""
    changed = page.locator(".answer", has_text=WISH)
    changed.get_by_role("link").click()
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.type_in("words", BETTER)
    worker.go_on()
    worker.check()
    while not page.url.endswith("/check-equality"):
        worker.go_on()
    worker.finish()
