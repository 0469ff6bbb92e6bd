"""The battery is taken out at any moment: what was said to be saved is there, and nothing is half there."""

import json
from collections.abc import Callable
from threading import Timer
from typing import Final

from playwright.sync_api import ConsoleMessage, Error, Page, expect

from tests.journeys.central import Central
from tests.journeys.chance import printed_chance
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import FIELDS, Interviewer
from tests.journeys.outbox import stored, wait_for_arrival
from tests.journeys.phone import Phone

KILLS_WHILE_TYPING: Final = 4
KILLS_WHILE_FINISHING: Final = 3
TYPING_SECONDS: Final = (0.05, 1.2)
SAVES: Final = (1, 30)
FINISHING_SECONDS: Final = (0.0, 0.15)
KEY_MILLISECONDS: Final = 10
LETTERS: Final = "abc কখগ ابت 🎵é"
MORE_THAN_CAN_BE_TYPED: Final = 2_000
SAVED: Final = "saved: "
# Whenever the page says that all is saved, the text that was in the field then is told to the test at once.
TELL_WHAT_IS_SAVED: Final = """([field, mark]) => new MutationObserver(() => {
  const { saved } = document.documentElement.dataset;
  if (saved === 'yes') console.debug(mark + document.querySelector(field).value);
}).observe(document.documentElement, { attributes: true, attributeFilter: ['data-saved'] })"""


def test_what_was_said_to_be_saved_outlives_every_kill_while_typing(central: Central, enrolled_phone: Phone) -> None:
    chance = printed_chance()
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    Interviewer(ChromiumScreen(page), "en").begin()
    page.wait_for_url("**/interview/**")
    address, kept, known_in_all = page.url, "", 0
    for number in range(KILLS_WHILE_TYPING):
        more = "".join(chance.choices(LETTERS, k=MORE_THAN_CAN_BE_TYPED))
        saves = chance.randint(*SAVES) if number % 2 else 0
        known = type_until_killed(page, phone, more, seconds=chance.uniform(*TYPING_SECONDS), saves=saves)
        page = phone.launch(address)
        found = text_in_draft(page)
        assert (kept + more).startswith(found), f"kill {number}: what is there was typed, in that order"
        assert found.startswith(known or kept), f"kill {number}: all that was known to be saved is there"
        known_in_all += len(known) > len(kept)
        kept = found
    assert known_in_all > 0, "the page never said that it had saved: this showed nothing"


def test_killed_while_finishing_an_interview_is_a_draft_or_finished(central: Central, enrolled_phone: Phone) -> None:
    chance = printed_chance()
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    finished = 0
    for number in range(KILLS_WHILE_FINISHING):
        if not stored(page, "drafts"):
            page.goto(central.url)
            Interviewer(ChromiumScreen(page), "en").brief_interview(f"wish {number}")
        check = page.url
        said_finished = finish_and_be_killed(page, phone, seconds=chance.uniform(*FINISHING_SECONDS))
        page = phone.launch(check)
        drafts, revisions = len(stored(page, "drafts")), len(stored(page, "revisions"))
        assert drafts + revisions == finished + 1, f"kill {number}: never neither, never both"
        assert revisions > finished or not said_finished, f"kill {number}: what was said to be finished is"
        finished = revisions
    central.start()
    wait_for_arrival(page, central, responses=finished)


def type_until_killed(page: Page, phone: Phone, text: str, *, seconds: float, saves: int) -> str:
    """Type until the power goes: after so many seconds, or, when that is not 0, as soon as so many saves are told.

    Give the longest text that the page said was saved, '' if it never said so.
    """
    told: list[str] = []
    cut = phone.power_cut()

    def note(message: ConsoleMessage) -> None:
        if message.text.startswith(SAVED):
            told.append(message.text.removeprefix(SAVED))
            if len(told) == saves:
                cut()

    page.on("console", note)
    page.evaluate(TELL_WHAT_IS_SAVED, [FIELDS["text"], SAVED])
    field = page.locator(FIELDS["text"]).first
    field.press("End")
    be_killed_during(
        page, phone, lambda: field.press_sequentially(text, delay=KEY_MILLISECONDS), seconds=seconds + bool(saves)
    )
    return max(told, key=len, default="")


def be_killed_during(page: Page, phone: Phone, act: Callable[[], object], *, seconds: float) -> None:
    """Cut the power so many seconds after the start of an act, which must not end before that."""
    timer = Timer(seconds, phone.power_cut())
    timer.start()
    try:
        act()
    except Error:
        pass  # The browser was gone before it had done what it was asked to.
    cut_short = page.is_closed()
    timer.join()
    phone.put_away()
    assert cut_short, "it ended before the power went"


def finish_and_be_killed(page: Page, phone: Phone, *, seconds: float) -> bool:
    """Finish the interview on the screen, while the power goes; tell whether the page said that it is done."""
    said: list[bool] = []

    def finish() -> None:
        Interviewer(ChromiumScreen(page), "en").finish()
        said.append(True)
        page.wait_for_event("close")

    be_killed_during(page, phone, finish, seconds=seconds)
    return bool(said)


def text_in_draft(page: Page) -> str:
    """See the draft open, and that screen and database say the same."""
    field = page.locator(FIELDS["text"]).first
    expect(field).to_be_editable()
    (draft,) = stored(page, "drafts")
    json.loads(draft["answersJson"])
    shown = field.input_value()
    assert json.dumps(shown, ensure_ascii=False)[1:-1] in draft["answersJson"]
    return shown
