"""A phone that goes to another hand: nothing of a resident's answers is to be seen on it, and none of them is lost."""

import json
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.central import Central
from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.posters import VENUE
from tests.journeys.resident import Resident

SECRET: Final = "Nobody is to read this"
HEADERS: Final = "SELECT header, quarantined_why FROM revisions ORDER BY seq"
BODIES: Final = "SELECT name, body FROM revision_parts JOIN parts USING (sha256) ORDER BY name"
FIRST_PAGE: Final = "main .choice-mark[value=yes]"
MOVED_FOR_THE_LINE: Final = """() => {
  const [line, main] = [document.querySelector('.above-page'), document.querySelector('main')];
  const top = main.getBoundingClientRect().top;
  line.hidden = true;
  const without = main.getBoundingClientRect().top;
  line.hidden = false;
  return top - without;
}"""
FOCUS_IS_CLEAR_OF_THE_LINE: Final = """() => document.activeElement.getBoundingClientRect().bottom
  <= document.querySelector('.above-page').getBoundingClientRect().top"""


@pytest.fixture
def central(central_with_poster: Central) -> Central:
    """Give a server with a poster, running."""
    return central_with_poster


def headers(central: Central) -> list[dict[str, object]]:
    return [json.loads(row["header"]) for row in central.rows(HEADERS)]


def begin_on_the_server(phone: Phone, poster: str) -> tuple[Page, Resident]:
    """Answer two pages on the server, then let the app get ready behind the third."""
    held: list[Route] = []
    keep = [True]
    page = phone.launch("about:blank")
    page.route("**/assets/taking-over-*.js", lambda route: held.append(route) if keep else route.continue_())
    page.goto(poster)
    resident = Resident(page)
    resident.agree()
    resident.choose("weekly")
    resident.go_on()
    keep.clear()
    held[-1].continue_()
    resident.wait_until_caught()
    return page, resident


def finish(resident: Resident) -> str:
    """From the third page on the server, finish in the app; give the code."""
    resident.choose("connect")
    resident.go_on()
    assert "/interview/" in resident.page.url, "the app has taken over"
    resident.choose("mostly")
    resident.go_on()
    resident.finish_about_the_place(wish=SECRET)
    resident.leave_equality()
    resident.go_on()
    return resident.reference()


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear this phone").click()
    page.get_by_role("button", name="Yes, clear it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This phone is clear")


def finish_and_clear(page: Page, resident: Resident) -> None:
    finish(resident)
    clear(page)


def stop_and_delete(page: Page, resident: Resident) -> None:
    resident.choose("connect")
    resident.go_on()
    page.locator("footer a.back[href$='/stop']").click()
    page.get_by_role("button", name="Delete what I typed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are deleted")


def go_back_to_the_poster(page: Page, poster: str) -> None:
    """Press Back until the browser is at pages of the server again."""
    while page.url != poster:
        page.go_back(wait_until="commit")


def test_cleared_phone_shows_nothing_and_still_sends(central: Central, phone: Phone, poster: str) -> None:
    page = phone.launch(poster)
    resident = Resident(page)
    resident.wait_until_caught()
    resident.agree()
    resident.wait_until_kept()
    central.kill()
    resident.answer_about_the_place(wish=SECRET)
    resident.leave_equality()
    resident.go_on()
    code = resident.reference()
    clear(page)
    expect(page.locator("main")).to_contain_text("no screen shows it")
    expect(page.locator("main")).to_contain_text("Close this page, so that nobody can go back")
    assert code not in page.content()
    (kept,) = stored(page, "revisions")
    assert kept["sealed"] is True
    assert "visit" not in kept
    assert stored(page, "drafts") == []
    central.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(lambda: len(central.rows(HEADERS)) == 1, "the answers are with the server")
    wait_until(lambda: stored(page, "revisions") == [], "they are gone from the phone")
    (main,) = [json.loads(row["body"])["answers"] for row in central.rows(BODIES) if row["name"] == "main"]
    assert main["visit"]["one_change"] == SECRET


@pytest.mark.parametrize("end", [finish_and_clear, stop_and_delete])
def test_back_after_the_end_shows_a_fresh_first_page(
    central: Central, phone: Phone, poster: str, end: Callable[[Page, Resident], None]
) -> None:
    page, resident = begin_on_the_server(phone, poster)
    (draft,) = [json.loads(page.locator("#visit").inner_text())["state"]["response"]]
    end(page, resident)
    sent = len(central.rows(HEADERS))
    go_back_to_the_poster(page, poster)
    expect(page.locator(FIRST_PAGE)).to_be_visible()
    expect(page.locator("main .choice-mark:checked")).to_have_count(0)
    resident.wait_until_caught()
    assert draft not in page.content()
    resident.agree()
    resident.answer_about_the_place(wish="The next person")
    resident.leave_equality()
    resident.go_on()
    resident.reference()
    wait_until(lambda: len(central.rows(HEADERS)) == sent + 1, "the next person's answers are with the server")
    assert len({header["id"] for header in headers(central)}) == sent + 1, "each is a response of its own"
    assert [row["quarantined_why"] for row in central.rows(HEADERS)] == [None] * (sent + 1)


def test_other_tab_writes_nothing_after_the_phone_was_cleared(central: Central, phone: Phone, poster: str) -> None:
    first, second = phone.launch(poster), phone.open_tab(poster)
    residents = [Resident(first), Resident(second)]
    for resident in residents:
        resident.wait_until_caught()
        resident.agree()
    second.locator("footer a.back[href$='/stop']").click()
    second.get_by_role("button", name="Keep it on this phone and go on later").click()
    clear(second)
    first.locator("main .choice-mark[value=weekly] + .choice-card").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("These answers are not open")
    assert stored(first, "drafts") == []
    assert central.rows(HEADERS) == []


def test_phone_that_becomes_a_worker_s_shows_no_resident_s_answers(central: Central, phone: Phone, poster: str) -> None:
    page, resident = begin_on_the_server(phone, poster)
    other = phone.open_tab(poster)
    begun = Resident(other)
    begun.wait_until_caught()
    begun.agree()
    other.close()
    central.stop()
    finish(resident)
    link = central.enrolment_link("Badru")
    central.start()
    page.goto(link)
    expect(page.locator("main")).to_contain_text("1 set of answers is not finished. It will be deleted.")
    page.get_by_role("button", name="Use the new link").click()
    expect(page.locator("main")).to_contain_text("Welcome, Badru")
    wait_until(lambda: stored(page, "drafts") == [], "what was not finished is deleted")
    page.goto(f"{central.url}/responses")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert SECRET not in page.content()
    wait_until(lambda: len(central.rows(HEADERS)) == 1, "what was finished is with the server")
    assert [header["author"] for header in headers(central)] == [""]
    # A page may ask for its forms just when the phone has changed hands: its old token is worth nothing now.
    phone.watch.forgive(status=403, path="/forms/v1/manifest")


def test_answers_of_somebody_else_are_offered_to_be_deleted(central: Central, phone: Phone, poster: str) -> None:
    page = phone.launch(poster)
    resident = Resident(page)
    resident.wait_until_caught()
    resident.agree()
    resident.choose("weekly")
    expect(page.locator("html[data-saved=yes]")).to_be_attached()
    page.goto(poster)
    page.get_by_role("button", name="Not yours? Delete them").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert stored(page, "drafts") == []
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".above-page")).to_contain_text("You began before")
    assert page.evaluate(MOVED_FOR_THE_LINE) == 0, "a finger may be on its way to a choice"
    page.locator("main button").last.focus()
    assert page.evaluate(FOCUS_IS_CLEAR_OF_THE_LINE)
    page.get_by_role("button", name="Hide this message").click()
    expect(page.locator(".above-page")).to_be_empty()
    expect(page.locator("main")).to_be_focused()
    expect(page.locator(".over-title")).to_contain_text(VENUE)
