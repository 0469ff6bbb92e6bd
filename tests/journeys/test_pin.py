"""Two workers and one phone: what they typed lies sealed, each opens their own by a PIN, and nothing is lost."""

import json
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Final

from playwright.sync_api import Error, Page, expect

from tests.journeys.central import Central
from tests.journeys.chance import printed_chance
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.console import Console
from tests.journeys.interviewer import FIELDS, Interviewer
from tests.journeys.outbox import stored, wait_for_arrival
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.pins import (
    add_person,
    enter_pin,
    files_with,
    go_home,
    lock,
    open_settings,
    set_pin,
    wait_until_saved,
    who,
)

PIN: Final = "483916"
OTHER_PIN: Final = "720551"
NEXT_PIN: Final = "three quiet herons"
WORD: Final = "Quinquagesimaltubercle"
WISH: Final = "Zygobranchiatefestival"
DRAFTS_BEFORE: Final = 6
KILLS: Final = 4
LONGEST_SECONDS: Final = 0.4
SHORT_MILLISECONDS: Final = 500
EMPTY: Final = "Everything on it was sent first. Nothing is kept on it."
REFUSED: Final = "status of 403"
HEADERS: Final = "SELECT header FROM revisions ORDER BY seq"


def test_without_a_pin_the_words_lie_open_on_the_disk(central: Central, enrolled_phone: Phone, tmp_path: Path) -> None:
    page = enrolled_phone.launch(central.url)
    begin_and_type(page, WORD)
    enrolled_phone.kill()
    assert files_with(tmp_path / "profile", WORD), "else the next test would show nothing"


def test_what_two_workers_typed_lies_sealed_and_each_opens_only_their_own(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    open_settings(page)
    set_pin(page, PIN)
    add_person(page, "Bilal")
    begin_and_type(page, WORD)
    question = page.url
    phone.kill()
    assert files_with(tmp_path / "profile", WORD) == []

    page = phone.launch(question)
    expect(page.locator("body")).not_to_contain_text(WORD)
    enter_pin(page, OTHER_PIN)
    expect(page.locator("main")).to_contain_text("That is not right. Wait 1 second.")
    page.locator("#pin").fill(PIN)
    wait_until(lambda: opens(page), "the wait after a wrong PIN is over")
    expect(page.locator(FIELDS["text"]).first).to_have_value(WORD)
    assert page.url == question

    lock(page)
    who(page, "Bilal")
    expect(page).to_have_url(f"{central.url}/")
    open_settings(page)
    set_pin(page, OTHER_PIN)
    page.locator("footer a[href='/responses']").click()
    expect(page.locator("main")).to_contain_text("There are no interviews on this phone yet.")
    page.goto(question)
    enter_pin(page, OTHER_PIN)
    expect(page.locator("main")).to_contain_text("There is no unfinished interview at this address.")


def test_a_forgotten_pin_is_replaced_by_the_recovery_code(central: Central, enrolled_phone: Phone) -> None:
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    open_settings(page)
    code = set_pin(page, PIN)
    begin_and_type(page, WORD)
    question = page.url
    phone.kill()
    page = phone.launch(question)
    page.locator("summary", has_text="I forgot my PIN").click()
    recovery = page.get_by_label("Recovery code")
    recovery.fill(f"{code[:-1]}{'1' if code.endswith('0') else '0'}")
    page.get_by_label("New PIN", exact=True).fill(NEXT_PIN)
    page.get_by_label("The new PIN again").fill(NEXT_PIN)
    page.get_by_role("button", name="Continue").click()
    expect(recovery).to_be_focused()
    expect(recovery).to_have_accessible_description("That is not right. Wait 1 second.")
    expect(page.get_by_label("New PIN", exact=True)).to_have_attribute("aria-invalid", "false")
    recovery.fill(code.lower())
    expect(page.locator("main")).not_to_contain_text("That is not right.")
    wait_until(lambda: pressed(page, "Continue", "I have written it down"), "the wait after a wrong code is over")
    page.get_by_role("button", name="I have written it down").click()
    expect(page.locator(FIELDS["text"]).first).to_have_value(WORD)
    page.reload()
    enter_pin(page, NEXT_PIN)
    expect(page.locator(FIELDS["text"]).first).to_have_value(WORD)


def test_finished_answers_go_from_a_locked_phone_and_after_a_sign_out(
    central: Central, enrolled_phone: Phone, tmp_path: Path
) -> None:
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    open_settings(page)
    set_pin(page, PIN)
    add_person(page, "Bilal")
    finish_one(page, WISH)
    phone.kill()
    assert files_with(tmp_path / "profile", WISH) == []

    page = phone.launch(central.url)
    expect(page.locator("header")).to_contain_text("1 interview has not arrived yet.")
    enter_pin(page, PIN)
    open_settings(page)
    page.locator("summary", has_text="Sign out of this phone").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()
    assert page.get_by_role("button", name="Amina", exact=True).count() == 0
    expect(page.locator("header")).to_contain_text("1 interview has not arrived yet.")
    central.start()
    who(page, "Bilal")
    wait_for_arrival(page, central, responses=1)
    assert [json.loads(row["header"])["author"] for row in central.rows(HEADERS)] == ["Amina"]


def test_killed_at_any_moment_of_setting_a_pin_every_draft_is_there(central: Central, enrolled_phone: Phone) -> None:
    chance = printed_chance()
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    words = [f"{WORD} {number}" for number in range(DRAFTS_BEFORE)]
    for word in words:
        begin_and_type(page, word)
    open_settings(page)
    for _ in range(KILLS):
        if page.locator("summary", has_text="Set a PIN").count():
            begin_setting_pin(page)
        else:
            enter_pin(page, PIN)
        be_killed(page, phone, seconds=chance.uniform(0, LONGEST_SECONDS))
        page = phone.launch(f"{central.url}/settings")
        expect(page.locator("#pin").or_(page.get_by_role("heading", name="People on this phone"))).to_be_visible()
    if page.locator("summary", has_text="Set a PIN").count():
        set_pin(page, PIN)
    page.reload()
    page.locator("#pin").fill(PIN)
    wait_until(lambda: opens(page), "each try that the power ended counts as a wrong one")
    page.locator("footer a[href='/responses']").click()
    for word in words:
        expect(page.locator("main")).to_contain_text(word)
    page.wait_for_function(ALL_SEALED)
    for draft in stored(page, "drafts"):
        assert WORD not in json.dumps(draft)


def test_a_locked_phone_that_was_signed_off_waits_for_its_worker(central: Central, enrolled_phone: Phone) -> None:
    phone, page = enrolled_phone, enrolled_phone.launch(central.url)
    open_settings(page)
    set_pin(page, PIN)
    begin_and_type(page, WORD)
    phone.close()
    console = Console(central)
    central.start()
    console.sign_in()
    (enrolled,) = central.rows("SELECT name FROM devices")
    console.sign_off(enrolled["name"])

    page = phone.launch(central.url)
    expect(page.locator("main")).to_contain_text("Your team signed this phone off. Type your PIN")
    assert len(stored(page, "drafts")) == 1
    enter_pin(page, PIN)
    expect(page.locator("main")).to_contain_text(EMPTY)
    assert len(central.rows(HEADERS)) == 1
    assert WORD in "".join(row["body"] for row in central.rows("SELECT body FROM parts"))
    assert [one for one in phone.watch.complaints if REFUSED not in one] == []
    phone.watch.forget()


ALL_SEALED: Final = """() => new Promise((resolve) => {
  const opening = indexedDB.open('fieldwell');
  opening.onsuccess = () => {
    const found = opening.result.transaction('drafts').objectStore('drafts').getAll();
    found.onsuccess = () => { opening.result.close(); resolve(found.result.every((draft) => draft.sealed)); };
  };
})"""


def begin_and_type(page: Page, word: str) -> None:
    """Begin an interview from the home page and name an asset; it is saved."""
    go_home(page)
    Interviewer(ChromiumScreen(page), "en").begin()
    page.locator(FIELDS["text"]).first.fill(word)
    wait_until_saved(page)


def finish_one(page: Page, wish: str) -> None:
    """Do a short interview to its end."""
    go_home(page)
    interviewer = Interviewer(ChromiumScreen(page), "en")
    interviewer.brief_interview(wish)
    interviewer.finish()


def be_killed(page: Page, phone: Phone, *, seconds: float) -> None:
    """Let the app do what it does until the power goes after so many seconds."""
    timer = Timer(seconds, phone.power_cut())
    timer.start()
    with suppress(Error):
        page.wait_for_function("() => false")
    timer.join()
    phone.put_away()


def pressed(page: Page, name: str, following: str) -> bool:
    """Press a button as soon as it can be pressed; tell whether the one that follows it is there."""
    with suppress(Error):
        page.get_by_role("button", name=name).click(timeout=SHORT_MILLISECONDS)
    return page.get_by_role("button", name=following).is_visible()


def opens(page: Page) -> bool:
    """Press the button as soon as it can be pressed; tell whether the phone is open."""
    button = page.get_by_role("button", name="Open", exact=True)
    with suppress(Error):
        button.click(timeout=SHORT_MILLISECONDS)
    return not button.is_visible()


def begin_setting_pin(page: Page) -> None:
    """Up to the last button, and that."""
    page.locator("summary", has_text="Set a PIN").click()
    page.get_by_label("New PIN", exact=True).fill(PIN)
    page.get_by_label("The new PIN again").fill(PIN)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="I have written it down").click()
