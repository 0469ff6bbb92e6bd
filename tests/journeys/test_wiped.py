"""The browser has emptied the phone's storage: it says what is lost and what to do, and the phone can be used again."""

from playwright.sync_api import expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.enrolment import enrol
from tests.journeys.interviewer import Interviewer
from tests.journeys.phone import Phone


def test_a_wiped_phone_says_how_many_interviews_are_lost_and_works_again_with_a_new_link(
    central: Central, enrolled_phone: Phone
) -> None:
    page = enrolled_phone.launch(central.url)
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview("Nobody has this yet")
    worker.finish()
    page.goto(central.url)
    worker.begin()
    worker.type_in("text", "Half a")
    worker.wait_until_saved()
    enrolled_phone.wipe_database(page, central.url)

    page.goto(central.url)
    trouble = page.locator("main .notice-bad")
    expect(trouble).to_contain_text("2 interviews that had not been sent are gone from this phone.")
    expect(trouble).to_contain_text("ask for a new link")
    trouble.get_by_role("button").click()
    expect(trouble).to_have_count(0)

    link = central.enrolment_link("Amina")
    central.start()
    page.goto(link)
    enrol(page)
