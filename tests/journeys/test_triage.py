"""A coordinator goes through twelve responses by keys alone; a mouse would have nothing to do."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.waiting_desk import Desk, desk_with
from tests.journeys.watched import watched_chromium

DESK: Final = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
NUMBER: Final = 12
WORDS: Final = "Which choir is this?"
PAINTED: Final = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""A browser lets fall what is pressed before a new page is on the screen."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, [{"who": f"Answer {number}"} for number in range(NUMBER)]) as served:
        yield served


def test_twelve_responses_are_decided_by_keys_alone(desk: Desk, playwright: Playwright, tmp_path: Path) -> None:
    with watched_chromium(playwright, tmp_path / "profile", settings=DESK) as context:
        page = context.pages[0]
        sign_in(page, desk)
        page.goto(f"{desk.central.url}/console/responses/triage")
        shows(page, "Answer 0", "12 wait")
        press(page, "a", "Answer 1")
        press(page, "u", "Answer 0")
        expect(page.get_by_text("Undone. 1 response is as it was before.")).to_be_visible()
        for number in range(4):
            press(page, "a", f"Answer {number + 1}")
        shows(page, "Answer 4", "8 wait")
        send_back(page, ["ArrowDown"], "Answer 5")
        press(page, "x", "Answer 5")
        with page.expect_navigation():
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
        press(page, "n", "Answer 7")
        press(page, "k", "Answer 6")
        press(page, "j", "Answer 7")
        in_own_words(page, "Answer 8")
        for number in range(8, NUMBER):
            press(page, "a", f"Answer {number + 1}" if number + 1 < NUMBER else "")
        expect(page.get_by_role("heading", level=1)).to_have_text("You have been through all of them")
    assert decided(desk) == ["approved"] * 4 + ["returned", "rejected", "received", "returned"] + ["approved"] * 4
    reasons = [
        row["reason"] for row in desk.central.rows("SELECT reason FROM reviews WHERE action = 'return' ORDER BY seq")
    ]
    assert reasons == ["Say more about the place: its name, or where it is.", WORDS]


def test_keys_rest_while_somebody_types_and_can_be_switched_off(
    desk: Desk, playwright: Playwright, tmp_path: Path
) -> None:
    with watched_chromium(playwright, tmp_path / "profile", settings=DESK) as context:
        page = context.pages[0]
        sign_in(page, desk)
        page.goto(f"{desk.central.url}/console/responses/triage")
        shows(page, "Answer 0")
        page.get_by_label("Your comment").focus()
        page.keyboard.type("approxn?")
        expect(page.get_by_label("Your comment")).to_have_value("approxn?")
        page.get_by_role("heading", level=1).click()
        page.keyboard.press("?")
        dialogue = page.get_by_role("dialog", name="Keys on this page")
        expect(dialogue).to_be_visible()
        page.keyboard.press("a")
        expect(dialogue).to_be_visible()
        dialogue.get_by_label("Use these keys in this browser").press("Space")
        page.keyboard.press("Escape")
        expect(dialogue).to_be_hidden()
        page.keyboard.press("a")
        page.keyboard.press("n")
        page.reload()
        shows(page, "Answer 0")
        page.keyboard.press("a")
        page.keyboard.press("?")
        expect(dialogue.get_by_label("Use these keys in this browser")).not_to_be_checked()
        dialogue.get_by_label("Use these keys in this browser").press("Space")
        dialogue.get_by_role("button", name="Close").press("Enter")
        assert decided(desk) == ["received"] * NUMBER
        press(page, "a", "Answer 1")
    assert decided(desk)[0] == "approved"


def test_what_comes_meanwhile_is_told_without_moving_the_page(
    desk: Desk, playwright: Playwright, tmp_path: Path
) -> None:
    with watched_chromium(playwright, tmp_path / "profile", settings=DESK) as context:
        page = context.pages[0]
        page.clock.install()
        sign_in(page, desk)
        page.goto(f"{desk.central.url}/console/responses")
        expect(page.locator(".news a")).to_have_count(0)
        page.route("**/news?*", lambda route: route.fulfill(json={"count": 3, "words": "3 new responses: show"}))
        page.clock.fast_forward(21_000)
        expect(page.get_by_role("link", name="3 new responses: show")).to_be_visible()
        page.get_by_label("Choose all on this page").check()
        expect(page.locator("input[name=seen]:checked")).to_have_count(NUMBER)
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("12 responses are approved.")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Undone. 12 responses are as they were before.")).to_be_visible()
    assert decided(desk) == ["received"] * NUMBER


def sign_in(page: Page, desk: Desk) -> None:
    """Sign in at the laptop."""
    page.goto(f"{desk.central.url}/console/sign-in")
    page.locator("[name=sign_in_name]").fill(desk.account.sign_in_name)
    page.locator("[name=password]").fill(desk.account.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)


def shows(page: Page, *words: str) -> None:
    """Wait until the page says all of this."""
    for one in words:
        expect(page.get_by_text(one, exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="Keys")).to_be_visible()  # the script has begun
    page.evaluate(PAINTED)


def press(page: Page, key: str, answer: str) -> None:
    """Press one key; then the response that holds this answer is there."""
    page.keyboard.press(key)
    if answer:
        shows(page, answer)


def send_back(page: Page, steps: Sequence[str], answer: str) -> None:
    """Return with a reason that is ready; the first one has the focus."""
    page.keyboard.press("r")
    for step in steps:
        page.keyboard.press(step)
    page.keyboard.press("Enter")
    shows(page, answer)


def in_own_words(page: Page, answer: str) -> None:
    """Return with a reason of one's own."""
    page.keyboard.press("r")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    shows(page, answer)


def decided(desk: Desk) -> list[str]:
    """Give the state of each response, in the order in which they came."""
    return [row["state"] for row in desk.central.rows("SELECT state FROM responses ORDER BY seq")]
