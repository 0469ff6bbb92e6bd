"""A resident at a poster: the server's page becomes the app unseen, the signal goes half-way, and nothing is lost."""

import json
from typing import Final

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.central import Central
from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.posters import POSTER, PRIVACY_CONTACT, PROGRAMME
from tests.journeys.resident import Resident

WISH: Final = "আরও বেঞ্চ দরকার"
FULL_DISK: Final = """() => {
  window.putBefore = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === 'drafts') throw new DOMException('full', 'QuotaExceededError');
    return window.putBefore.apply(this, given);
  };
}"""
ROOM_AGAIN: Final = "() => { IDBObjectStore.prototype.put = window.putBefore; }"
SLOW_LINE: Final = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PARTS: Final = "SELECT name, body FROM revision_parts JOIN parts USING (sha256) ORDER BY name"
REVISIONS: Final = "SELECT header, poster_id, reference_hash, quarantined_why FROM revisions"


@pytest.fixture
def central(central_with_poster: Central) -> Central:
    """Give a server with a poster, running."""
    return central_with_poster


def answers(central: Central) -> dict[str, dict[str, object]]:
    """Give the answers that the server has, by part, of the one response it has."""
    assert len(central.rows(REVISIONS)) == 1
    return {row["name"]: json.loads(row["body"])["answers"] for row in central.rows(PARTS)}


def wait_for(central: Central, *, responses: int) -> None:
    wait_until(lambda: len(central.rows(REVISIONS)) == responses, f"{responses} responses with the server")


def test_signal_lost_half_way_is_said_and_the_answers_go_when_the_page_is_opened_again(
    central: Central, phone: Phone, poster: str
) -> None:
    page = phone.launch("about:blank")
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_LINE)
    page.goto(poster)
    resident = Resident(page)
    expect(page.locator("footer")).to_contain_text(PROGRAMME)
    expect(page.locator("footer")).to_contain_text(PRIVACY_CONTACT)
    resident.wait_until_caught()
    resident.speak("bn")
    resident.agree()
    resident.choose("weekly")
    resident.wait_until_kept()
    central.kill()
    resident.go_on()
    resident.choose("connect")
    resident.go_on()
    expect(page.locator(".notice-wait")).to_be_visible()
    resident.choose("mostly")
    resident.go_on()
    resident.finish_about_the_place(wish=WISH)
    resident.leave_equality()
    resident.go_on()
    code = resident.reference()
    page.close()
    central.start()

    again = phone.open_tab(poster)
    expect(again.locator(".above-page .notice-good")).to_be_visible()
    wait_for(central, responses=1)
    (revision,) = central.rows(REVISIONS)
    header = json.loads(revision["header"])
    assert (header["poster"], header["author"], header["lang"]) == (POSTER, "", "bn")
    assert (revision["poster_id"], revision["quarantined_why"]) == (POSTER, None)
    assert header["reference"] == revision["reference_hash"]
    said = answers(central)
    assert said["main"]["visit"]["one_change"] == WISH  # type: ignore[index]
    assert said["equality"] == {"equality": {"equality_why": {"equality_willing": "no"}}}
    take_back(again, central, code)


def take_back(page: Page, central: Central, code: str) -> None:
    """Take the answers back with the code, on the page for that."""
    page.goto(f"{central.url}/answers")
    page.locator("main input[type=text]").fill(code)
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text(WISH)
    page.locator("main a[href*=take-back], main form[action*=take-back] button").first.click()
    page.locator("main form button").first.click()
    wait_until(
        lambda: central.rows("SELECT body FROM parts WHERE body LIKE '%one_change%'") == [], "the answers are gone"
    )


def test_answers_given_before_the_app_was_ready_are_kept(central: Central, phone: Phone, poster: str) -> None:
    held: list[Route] = []
    keep = [True]
    page = phone.launch("about:blank")
    page.route("**/assets/taking-over-*.js", lambda route: held.append(route) if keep else route.continue_())
    page.goto(poster)
    resident = Resident(page)
    resident.agree()
    resident.choose("weekly")
    resident.go_on()
    assert page.url == poster, "the server goes on by itself"
    resident.choose("connect")
    keep.clear()
    held[-1].continue_()
    resident.wait_until_caught()
    assert page.url == poster
    resident.choose("rest_nature")
    resident.go_on()
    assert "/interview/" in page.url, "the app has taken over"
    resident.choose("mostly")
    resident.go_on()
    resident.finish_about_the_place(wish="Shade")
    resident.leave_equality()
    resident.go_on()
    resident.reference()
    wait_for(central, responses=1)
    visit = answers(central)["main"]["visit"]
    assert isinstance(visit, dict)
    assert (visit["how_often"], visit["benefits"], visit["welcome"]) == ("weekly", "connect rest_nature", "mostly")


def test_without_storage_the_server_goes_on_to_the_end(central: Central, phone: Phone, poster: str) -> None:
    page = phone.launch("about:blank")
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    page.goto(poster)
    resident = Resident(page)
    expect(page.locator(".above-page")).to_contain_text("This browser keeps nothing.")
    resident.agree()
    resident.answer_about_the_place(wish="Shade")
    resident.leave_equality()
    resident.go_on()
    assert page.url == poster
    wait_for(central, responses=1)
    assert central.rows("SELECT poster_id FROM revisions") == [{"poster_id": POSTER}]


def test_stopping_sends_nothing_and_deletes_what_was_typed(central: Central, phone: Phone, poster: str) -> None:
    page = phone.launch(poster)
    resident = Resident(page)
    resident.wait_until_caught()
    resident.agree()
    resident.choose("weekly")
    page.locator("footer a.back[href$='/stop']").click()
    expect(page.locator("main")).to_contain_text("Nothing has been sent.")
    page.get_by_role("button", name="Delete what I typed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are deleted")
    assert stored(page, "drafts") == []
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are deleted")
    assert central.rows(REVISIONS) == []


def test_no_is_the_end_and_leaves_nothing(central: Central, phone: Phone, poster: str) -> None:
    page = phone.launch(poster)
    resident = Resident(page)
    resident.wait_until_caught()
    resident.choose("no")
    resident.go_on()
    expect(page.locator("main")).to_contain_text("Nothing was sent")
    expect(page.locator("main .reference, main .button-wide")).to_have_count(0)
    resident.speak("bn")
    expect(page.get_by_role("heading", level=1)).to_have_text("সময় দেওয়ার জন্য ধন্যবাদ। আমরা আর কিছু জিজ্ঞেস করব না।")
    page.goto(central.url)
    expect(page.locator("main .cards")).to_have_count(0)
    assert central.rows(REVISIONS) == []


def test_worker_s_phone_at_a_poster_stays_a_worker_s_phone(
    central: Central, enrolled_phone: Phone, poster: str
) -> None:
    page = enrolled_phone.launch(poster)
    resident = Resident(page)
    resident.agree()
    resident.choose("weekly")
    resident.go_on()
    assert page.url == poster, "the server goes on"
    page.goto(central.url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amina")
    assert stored(page, "drafts") == []


def test_two_tabs_of_one_poster_are_two_sets_of_answers(central: Central, phone: Phone, poster: str) -> None:
    tabs = [phone.launch(poster), phone.open_tab(poster)]
    residents = [Resident(page) for page in tabs]
    for resident in residents:
        resident.wait_until_caught()
        resident.agree()
    for resident, wish in zip(residents, ("Shade", "Benches"), strict=True):
        resident.answer_about_the_place(wish=wish)
    codes = set()
    for resident in residents:
        resident.leave_equality()
        resident.go_on()
        codes.add(resident.reference())
    wait_for(central, responses=2)
    assert len(codes) == 2


def test_browser_s_back_leads_through_all_pages_and_keeps_every_answer(
    central: Central, phone: Phone, poster: str
) -> None:
    page = phone.launch(poster)
    resident = Resident(page)
    resident.wait_until_caught()
    resident.agree()
    resident.answer_about_the_place(wish="Shade")
    seen = [resident.heading()]
    while page.locator("main .choice-mark[value=yes]").count() == 0:
        page.go_back()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(seen[-1])
        seen.append(resident.heading())
    expect(page.locator("main .choice-mark[value=yes]")).to_be_checked()
    for heading in reversed(seen[:-1]):
        resident.go_on()
        assert resident.heading() == heading
    expect(page.locator("main")).to_contain_text("Shade")
    assert central.rows(REVISIONS) == []


def test_language_is_switched_half_way_without_a_connection(central: Central, phone: Phone, poster: str) -> None:
    page = phone.launch(poster)
    resident = Resident(page)
    resident.wait_until_caught()
    resident.agree()
    wait_until(lambda: len(stored(page, "blobs")) == 4, "every language of the form is here")
    resident.speak("bn")
    resident.wait_until_kept()
    central.kill()
    resident.speak("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    resident.answer_about_the_place(wish="ظل")
    resident.leave_equality()
    resident.go_on()
    resident.reference()
    (kept,) = stored(page, "revisions")
    assert sorted(json.loads(kept["header"])["form"]["texts"]) == ["ar", "bn", "en"]


def test_poster_s_address_without_a_connection_leads_on_with_what_was_begun(
    central: Central, phone: Phone, poster: str
) -> None:
    page = phone.launch(poster)
    resident = Resident(page)
    resident.wait_until_caught()
    resident.agree()
    resident.choose("weekly")
    expect(page.locator("html[data-saved=yes]")).to_be_attached()
    resident.wait_until_kept()
    central.kill()
    page.goto(poster)
    expect(page.get_by_role("heading", level=1)).to_have_text("The page is slow or you have no connection")
    page.get_by_role("link", name="Go on", exact=True).click()
    expect(page.locator("main .choice-mark[value=weekly]")).to_be_checked()


def test_browser_that_cannot_open_the_page_again_says_to_keep_it_open(
    central: Central, phone: Phone, poster: str
) -> None:
    page = phone.launch("about:blank")
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined})")
    page.goto(poster)
    resident = Resident(page)
    resident.wait_until_caught()
    resident.agree()
    expect(page.locator(".above-page")).to_contain_text("Keep it open until your answers are sent.")


def test_page_that_the_browser_brings_back_as_it_was_can_be_sent_again(
    central: Central, phone: Phone, poster: str
) -> None:
    page = phone.launch(poster)
    resident = Resident(page)
    resident.wait_until_caught()
    page.route("**/v/*", lambda route: route.abort("aborted"))
    page.evaluate(FULL_DISK)
    resident.choose("yes")
    with page.expect_event("requestfailed"):
        page.locator("main .button-wide").last.click(no_wait_after=True)
    expect(page.locator("[data-sent]")).to_have_count(1)
    page.unroute("**/v/*")
    page.evaluate(ROOM_AGAIN)
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("[data-sent]")).to_have_count(0)
    resident.go_on()
    assert "/interview/" in page.url, "the app has taken over"
    (draft,) = stored(page, "drafts")
    assert "yes" in draft["answersJson"]
