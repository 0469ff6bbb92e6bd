"""The app is open twice on one phone: neither tab gets in the other's way."""

from playwright.sync_api import expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import wait_for_arrival
from tests.journeys.phone import Phone
from tests.netfault.proxy import Proxy


def test_two_tabs_send_a_waiting_interview_once_and_both_say_that_it_arrived(
    central: Central, proxy: Proxy, enrolled_phone: Phone
) -> None:
    first = enrolled_phone.launch(proxy.url)
    worker = Interviewer(ChromiumScreen(first), "en")
    worker.brief_interview("A bench at the bus stop")
    worker.finish()
    second = enrolled_phone.open_tab(f"{proxy.url}/responses")
    expect(second.locator("main")).to_contain_text("1 interview has not arrived yet.")

    central.start()
    for tab in (first, second):
        tab.evaluate("void setTimeout(() => window.dispatchEvent(new Event('online')))")
    wait_for_arrival(first, central, responses=1)
    assert len(central.rows("SELECT rev FROM revisions")) == 1
    assert proxy.pushes() == 1
    expect(first.locator("main")).to_contain_text("Your team has it and can read it.")
    expect(second.locator("main")).to_contain_text("Everything you finished has arrived.")
    expect(second.locator("main ul.cards li").first).to_contain_text("With the team")
