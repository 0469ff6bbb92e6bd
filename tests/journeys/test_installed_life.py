"""The app on a phone over months: offered for the home screen once that helps, switched off without losing a word."""

from typing import Final

from playwright.sync_api import Page, expect

from server.shell import SHELL_OFF
from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import READ_STORE, stored, wait_for_arrival
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone

WISH: Final = "More benches by the water"
HALF_TYPED: Final = "Half a"
CACHES: Final = "caches.keys().then(names => names.length)"
REGISTRATIONS: Final = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
OFFER: Final = """() => {
  const offer = new Event('beforeinstallprompt', { cancelable: true });
  offer.prompt = async () => ({ outcome: 'dismissed' });
  window.dispatchEvent(offer);
}"""
STIR: Final = "window.dispatchEvent(new Event('keydown'))"
"""What is not urgent waits until nobody has touched anything for a while."""
QUIET: Final = 11_000
A_MINUTE: Final = 61_000
A_LATE_DAY: Final = 1_700_000_000_000
"""In November 2023, in milliseconds since 1970: no count of anything comes near."""
LOOK_FOR_ANOTHER: Final = "navigator.serviceWorker.getRegistration('/').then(found => found.update().catch(() => {}))"


def test_switched_off_the_app_lets_go_of_itself_and_of_no_answer(central: Central, enrolled_phone: Phone) -> None:
    page = enrolled_phone.launch(start(central))
    finish_an_interview(page)
    half_an_interview(page, central)
    (central.data / SHELL_OFF).touch()
    page.goto(central.url)
    page.evaluate(LOOK_FOR_ANOTHER)
    wait_until(lambda: page.evaluate(CACHES) == 0, "nothing of the app is kept")
    wait_until(lambda: page.evaluate(REGISTRATIONS) == 0, "the service worker has gone")

    page.reload()
    expect(page.get_by_role("link", name="Go on")).to_be_visible()
    expect(page.locator("main")).to_contain_text(HALF_TYPED)
    assert len(stored(page, "revisions")) == 1
    wait_for_arrival(page, central, responses=1)

    (central.data / SHELL_OFF).unlink()
    page.goto(central.url)
    wait_until(lambda: page.evaluate(CACHES) > 0, "the app is kept again")


def test_the_home_screen_is_offered_after_a_finished_interview_and_not_again_for_a_month(
    central: Central, enrolled_phone: Phone
) -> None:
    page = enrolled_phone.launch(start(central))
    page.evaluate(OFFER)
    expect(page.get_by_text("Ready to work without a connection")).to_be_visible()
    assert page.get_by_role("button", name="Add it now").count() == 0
    finish_an_interview(page)
    page.locator("a.wordmark").click()
    page.get_by_role("button", name="Add it now").click()
    expect(page.get_by_role("button", name="Add it now")).to_have_count(0)
    wait_until(lambda: is_put_away(page), "the phone has kept that nobody wants it now")
    page.reload()
    expect(page.get_by_text("Ready to work without a connection")).to_be_visible()
    page.evaluate(OFFER)
    assert page.get_by_role("button", name="Add it now").count() == 0


def test_app_that_could_not_be_kept_at_once_is_kept_when_the_server_is_back(central: Central, phone: Phone) -> None:
    link = central.enrolment_link("Amina")
    central.start()
    page = phone.launch(link, before=lambda blank: blank.clock.install())
    expect(page.locator("main")).to_contain_text("Welcome, Amina.")
    page.evaluate(STIR)
    central.kill()
    page.clock.fast_forward(QUIET)
    central.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")

    def kept_a_minute_later() -> bool:
        page.clock.fast_forward(A_MINUTE)
        return bool(page.evaluate(REGISTRATIONS) == 1)

    wait_until(kept_a_minute_later, "the app is kept without being opened again")
    expect(page.get_by_role("heading", level=1)).to_have_text("This phone is ready")


def test_switched_off_app_is_not_fetched_again_while_it_stands_open(central: Central, enrolled_phone: Phone) -> None:
    (central.data / SHELL_OFF).touch()
    page = enrolled_phone.launch(start(central), before=lambda blank: blank.clock.install())
    page.evaluate(STIR)
    page.clock.fast_forward(QUIET)
    page.evaluate(LOOK_FOR_ANOTHER)
    wait_until(lambda: page.evaluate(REGISTRATIONS) == 0, "the service worker has gone")
    page.reload()
    page.evaluate(STIR)
    page.clock.fast_forward(QUIET)
    wait_until(lambda: page.evaluate(REGISTRATIONS) == 0, "it goes each time that the app is opened")
    asked = fetched_anew(enrolled_phone)
    for _ in range(20):
        page.clock.fast_forward(A_MINUTE)
    assert fetched_anew(enrolled_phone) == asked


def fetched_anew(phone: Phone) -> int:
    """Count how often the service worker's file was asked for."""
    return sum(address.endswith("/sw.js") for address in phone.watch.requests)


def start(central: Central) -> str:
    """Start the server; give the address of the app."""
    central.start()
    return central.url


def is_put_away(page: Page) -> bool:
    """Whether the phone has kept when the home screen was refused: of its settings the one of a moment's size."""
    return bool(page.evaluate(f"({READ_STORE})('settings').then(all => all.some(one => one > {A_LATE_DAY}))"))


def finish_an_interview(page: Page) -> None:
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview(WISH)
    worker.finish()


def half_an_interview(page: Page, central: Central) -> None:
    page.goto(central.url)
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.begin()
    worker.type_in("text", HALF_TYPED)
    worker.wait_until_saved()
