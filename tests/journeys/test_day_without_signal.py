"""The spine's journey: two interviews without a server, an empty battery, all of it on the coordinator's screen."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.central import Central
from tests.journeys.interviewer import Interviewer
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone

CHOIR = "রোমান রোডের গানের দল 🎵"
PARK = "حديقة فيكتوريا"
BARRIER_WORDS = ["দরজা বন্ধ থাকে", "لا أعرف أحدًا هناك", "الإضاءة ضعيفة ليلًا"]
HALF_TYPED = "ক্যানেলের ধারের ব"


def test_interviews_without_signal_reach_the_coordinator_once_and_whole(central: Central, phone: Phone) -> None:
    password = sign_in_for_coordinator(central)
    link = central.enrolment_link("Amina")
    central.start()
    enrol(phone.launch(link))
    phone.close()
    central.stop()

    page = phone.launch(central.url)
    interview_in_two_languages(page)
    half_an_interview(page)
    phone.kill()

    page = phone.launch(central.url)
    see_draft_and_waiting_interview(page)
    assert not rows(central, "SELECT rev FROM revisions")

    central.start()
    wait_for_arrival(page, central, responses=1)
    assert_in_database_once(central)
    finish_the_draft(page, central)
    assert len(rows(central, "SELECT rev FROM revisions")) == 2
    phone.close()
    assert_on_the_coordinators_screen(phone, central, password)


def sign_in_for_coordinator(central: Central) -> str:
    printed = central.command("person", "add", "rosa", "--name", "Rosa", "--role", "coordinator")
    return next(line.split()[-1] for line in printed.splitlines() if "password" in line)


def enrol(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("This phone is ready")
    assert "#" not in page.url, "the secret leaves the address bar"
    page.get_by_text("Continue").click()
    expect(page.get_by_role("button", name="Start an interview")).to_be_enabled()
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    wait_until(lambda: len(stored(page, "blobs")) == LOGIC_AND_LANGUAGES, "the form in every language")


def stored(page: Page, store: str) -> list[dict[str, Any]]:
    """Give what one store of the phone's database holds."""
    found: list[dict[str, Any]] = page.evaluate(READ_STORE, store)
    return found


READ_STORE = """(store) => new Promise((resolve) => {
  const opening = indexedDB.open('fieldwell');
  opening.onsuccess = () => {
    const all = opening.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result); };
  };
})"""
LOGIC_AND_LANGUAGES = 4  # one logic, three text packs


def interview_in_two_languages(page: Page) -> None:
    worker = Interviewer(page, "en")
    worker.switch("bn")
    worker.begin()
    worker.name_asset(CHOIR, 0)
    worker.place_here()
    worker.say_what_good("৩")
    worker.add_barrier(0, BARRIER_WORDS[0])
    worker.switch("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("main")).to_contain_text(CHOIR)
    worker.add_barrier(2, BARRIER_WORDS[1])
    worker.go_on()
    worker.add()
    worker.name_asset(PARK, 2)
    worker.place_in_words("بجانب القناة")
    worker.say_what_good("٤")
    worker.add_barrier(10, BARRIER_WORDS[2])
    worker.go_on()
    worker.go_on()
    worker.go_on()
    worker.finish()


def half_an_interview(page: Page) -> None:
    page.locator("a.wordmark").click()
    worker = Interviewer(page, "ar")
    worker.switch("bn")
    worker.begin()
    worker.type_in("text", HALF_TYPED)
    worker.wait_until_saved()


def see_draft_and_waiting_interview(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "bn")
    page.goto(page.url.rstrip("/") + "/responses")
    expect(page.locator("main")).to_contain_text(CHOIR)
    expect(page.locator("main")).to_contain_text(HALF_TYPED)
    page.locator("main a[href^='/interview/']").first.click()
    expect(Interviewer(page, "bn").field("text")).to_have_value(HALF_TYPED)


def wait_for_arrival(page: Page, central: Central, *, responses: int) -> None:
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(lambda: waiting(page) == 0, "everything sent")
    wait_until(lambda: len(rows(central, "SELECT response_id FROM responses")) == responses, "responses to look at")


def waiting(page: Page) -> int:
    return sum(revision["state"] == "finalised" for revision in stored(page, "revisions"))


def rows(central: Central, sql: str) -> list[dict[str, Any]]:
    with central.rows() as database:
        return [dict(row) for row in database.execute(sql)]


def assert_in_database_once(central: Central) -> None:
    revision = rows(central, "SELECT rev, header, quarantined_why FROM revisions")
    assert len(revision) == 1
    assert revision[0]["quarantined_why"] is None
    header = json.loads(revision[0]["header"])
    assert sorted(header["form"]["texts"]) == ["ar", "bn"], "the words that were seen are pinned"
    assets = rows(central, "SELECT label, kind, latitude, place_words FROM asset_observations ORDER BY position, path")
    assert [row["label"] for row in assets] == [CHOIR, PARK]
    assert [row["kind"] for row in assets] == ["groups_clubs", "green_space"]
    assert round(assets[0]["latitude"], 4) == 51.5301
    barriers = rows(central, "SELECT code, words, asset_observation_id FROM barrier_observations ORDER BY path")
    assert [row["words"] for row in barriers] == BARRIER_WORDS
    assert len({row["asset_observation_id"] for row in barriers}) == 2
    answers = json.loads(rows(central, "SELECT body FROM parts")[0]["body"])["answers"]
    times = [asset["good"]["times_used"] for asset in answers["interview"]["assets"]]
    assert times == ["3", "4"], "any digits typed are stored as ASCII"
    assert rows(central, "SELECT path, code FROM problems") == []


def finish_the_draft(page: Page, central: Central) -> None:
    worker = Interviewer(page, "bn")
    worker.type_in("text", "াগান")
    worker.choose("asset_kinds", 2)
    worker.go_on()
    worker.choose("place_ways", 2)
    worker.go_on()
    for _ in range(4):
        worker.go_on()
    worker.finish()
    wait_for_arrival(page, central, responses=2)


def assert_on_the_coordinators_screen(phone: Phone, central: Central, password: str) -> None:
    page = phone.launch(f"{central.url}/console/")
    page.locator("input[name=sign_in_name]").fill("rosa")
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("Old Ford")
    expect(page.locator("main")).to_contain_text("Amina")
    links = page.locator("main a[href*='/console/responses/']")
    addresses = {links.nth(index).get_attribute("href") for index in range(links.count())}
    assert len({str(address).partition("?")[0] for address in addresses}) == 2
    shown = ""
    for address in sorted(map(str, addresses)):
        page.goto(f"{central.url}{address}")
        shown += page.locator("main").inner_text()
    for words in (CHOIR, PARK, *BARRIER_WORDS, HALF_TYPED + "াগান"):
        assert words in shown
