"""The browser gives no more room: it is said, and what was typed is there when there is room again."""

from playwright.sync_api import expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import FIELDS, Interviewer
from tests.journeys.phone import Phone


def test_on_a_full_phone_what_is_typed_stays_on_the_screen_and_is_saved_when_there_is_room(
    central: Central, enrolled_phone: Phone
) -> None:
    page = enrolled_phone.launch(central.url)
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.begin()
    worker.type_in("text", "Choir")
    worker.wait_until_saved()
    address = page.url
    enrolled_phone.close()

    # While it runs, a browser goes by what it has once found to be free.
    page = enrolled_phone.launch(address, before=lambda page: enrolled_phone.allow_storage(page, central.url, 1))
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.type_in("text", " of Roman")
    expect(page.locator("main")).to_contain_text("This phone is full. What you typed last is not saved yet")
    expect(page.locator(FIELDS["text"]).first).to_have_value("Choir of Roman")

    enrolled_phone.allow_storage(page, central.url, None)
    worker.type_in("text", " Road")
    worker.wait_until_saved()
    expect(page.locator("main")).not_to_contain_text("This phone is full")
    page.reload()
    expect(page.locator(FIELDS["text"]).first).to_have_value("Choir of Roman Road")
