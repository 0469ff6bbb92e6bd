"""A worker’s day beside interviews: sent back by the coordinator, nobody in, the map, two people, and a PIN."""

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Page, expect

from tests.journeys.console import Console
from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.journeys.pins import add_person
from tests.journeys.test_returned import send_back
from tests.screens.app_screens import at, enrol_phone, fill_in, speak
from tests.screens.showing import Shown, Wanted
from tests.screens.walking import go_on, settled
from tests.screens.world import COLLEAGUE, World

__all__ = ["day_screens"]

FORM: Final = "assets_and_barriers"
PIN: Final = "483916"
OFFER: Final = """() => {
  const offer = new Event('beforeinstallprompt', { cancelable: true })
  offer.prompt = async () => ({ outcome: 'dismissed' })
  window.dispatchEvent(offer)
}"""
"""Browsers offer to install an app when they like to."""
UNFOLD: Final = "() => document.querySelectorAll('details').forEach((folded) => { folded.open = true })"
NO_INTERVIEW: Final = "main section[aria-labelledby=no-interview] > .buttons button"


def day_screens(page: Page, world: World, wanted: Wanted) -> Iterator[Shown]:
    """Show them in each language, on a phone that is enrolled on the way."""
    enrol_phone(page, world)
    response = _finished_interview(page, world)
    yield from at(page, world, {"app map": "/settings/map"}, wanted)
    for shown in at(page, world, {"app home, to be installed": "/"}, wanted):
        page.evaluate(OFFER)
        page.locator("#install").wait_for()
        yield shown
    for shown in at(page, world, {"app share": f"/responses/{response}"}, wanted):
        page.locator("main .buttons .button-second").last.click()
        page.locator("dialog").wait_for()
        yield shown
    yield from _returned(page, world, response, wanted)
    yield from _no_interview(page, world, wanted)
    yield from _with_a_pin(page, world, wanted)


def _finished_interview(page: Page, world: World) -> str:
    [*_, last] = fill_in(page, world, FORM)
    page.goto(last)
    settled(page)
    go_on(page)
    page.locator("main .chip-good").wait_for()
    return last.split("/interview/")[1].split("/")[0]


def _returned(page: Page, world: World, response: str, wanted: Wanted) -> Iterator[Shown]:
    """Show what a coordinator has sent back, and how it is corrected."""
    desk = Console(world.central, world.account)
    desk.sign_in()
    send_back(desk, response)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(lambda: len(stored(page, "reviews")) > 0, "the phone has heard")
    returned = {
        "app home, with one to correct": "/",
        "app interviews, one to correct": "/responses",
        "app interview to correct": f"/responses/{response}",
    }
    yield from at(page, world, returned, wanted)
    page.goto(f"{world.url}/responses/{response}")
    page.locator("main .buttons .button:not(.button-second)").click()
    page.wait_for_url("**/check")
    settled(page)
    correcting = {
        "app correcting, check": f"/interview/{response}/check",
        "app correcting, question": f"/interview/{response}/1",
    }
    yield from at(page, world, correcting, wanted, chosen_at=f"/interview/{response}/check")
    after = {
        "app home, correcting": "/",
        "app interviews, correcting": "/responses",
        "app interview, correcting": f"/responses/{response}",
    }
    yield from at(page, world, after, wanted)


def _no_interview(page: Page, world: World, wanted: Wanted) -> Iterator[Shown]:
    """Show what is said when nobody was in; which languages are offered after a no, and where none was common."""
    for shown in at(page, world, {"app home, nobody in": "/"}, wanted):
        page.locator(NO_INTERVIEW).first.click()
        page.locator("main section[aria-labelledby=no-interview] [role=status]").wait_for()
        yield shown
    for shown in at(page, world, {"app home, they said no": "/"}, wanted):
        page.locator(NO_INTERVIEW).nth(1).click()
        page.locator("#wished").wait_for()
        yield shown
    for shown in at(page, world, {"app home, another language": "/"}, wanted):
        page.locator(NO_INTERVIEW).nth(3).click()
        page.locator("#wished").wait_for()
        yield shown


def _with_a_pin(page: Page, world: World, wanted: Wanted) -> Iterator[Shown]:
    """Show two people on one phone, a PIN as it is set, and what anybody sees who picks the phone up after that."""
    speak(page, world, "/settings", "en")
    add_person(page, COLLEAGUE)
    yield from _as_it_is(page, "app settings, two people", wanted)
    page.evaluate(UNFOLD)
    page.locator("form:has(#new-pin) [type=submit]").click()
    yield from _as_it_is(page, "app settings, a PIN that is wrong", wanted)
    page.locator("#new-pin").fill(PIN)
    page.locator("#new-pin-again").fill(PIN)
    page.locator("form:has(#new-pin) [type=submit]").click()
    page.locator("p.lead bdi").wait_for()
    yield from _as_it_is(page, "app settings, recovery code", wanted)
    page.locator("details .stack:has(p.lead) > .button").click()
    page.locator("#pin-to-remove").wait_for(state="attached")
    yield from at(page, world, {"app locked": "/", "app locked, help": "/help"}, wanted)
    for shown in at(page, world, {"app settings, with a PIN": "/settings"}, wanted):
        page.locator("#pin").fill(PIN)
        page.locator("form:has(#pin) [type=submit]").click()
        page.locator("#pin-to-remove").wait_for(state="attached")
        yield shown
    for shown in at(page, world, {"app locked, wrong PIN": "/"}, wanted):
        page.locator("#pin").fill("0000")
        page.locator("form:has(#pin) [type=submit]").click()
        page.locator("#pin-wrong:not([hidden])").wait_for()
        yield shown
    for shown in at(page, world, {"app locked, wrong recovery code": "/"}, wanted):
        page.evaluate(UNFOLD)
        for field, typed in (("#recovery-code", "0000"), ("#new-pin", PIN), ("#new-pin-again", PIN)):
            page.locator(field).fill(typed)
        page.locator("form:has(#new-pin) [type=submit]").click()
        page.locator("#recovery-code-wrong:not([hidden])").wait_for()
        yield shown
    for shown in at(page, world, {"app locked, who are you": "/"}, wanted):
        page.locator("form:has(#pin) .button-second").click()
        page.locator("main ul.cards").wait_for()
        yield shown


def _as_it_is(page: Page, name: str, wanted: Wanted) -> Iterator[Shown]:
    """Show what a page that is loaded afresh would not show."""
    for lang in wanted.langs if wanted.includes(name) else ():
        page.locator("label.languages select").select_option(lang)
        expect(page.locator(f"html[lang={lang}]")).to_be_attached()
        settled(page)
        yield Shown(page, name, lang)
