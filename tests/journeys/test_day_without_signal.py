"""The spine's journey: two interviews without a server, an empty battery, all of it on the coordinator's screen."""

import json

from playwright.sync_api import Page, expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.enrolment import enrol
from tests.journeys.interviewer import FIELDS, Interviewer
from tests.journeys.outbox import wait_for_arrival
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
    assert not central.rows("SELECT rev FROM revisions")

    central.start()
    wait_for_arrival(page, central, responses=1)
    assert_in_database_once(central)
    finish_the_draft(page, central)
    assert len(central.rows("SELECT rev FROM revisions")) == 2
    phone.close()
    assert_on_the_coordinators_screen(phone, central, password)


def sign_in_for_coordinator(central: Central) -> str:
    printed = central.command("person", "add", "rosa", "--name", "Rosa", "--role", "coordinator")
    return next(line.split()[-1] for line in printed.splitlines() if "password" in line)


def interview_in_two_languages(page: Page) -> None:
    worker = Interviewer(ChromiumScreen(page), "en")
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
    worker.answer_some_equality()
    worker.finish()


def half_an_interview(page: Page) -> None:
    page.locator("a.wordmark").click()
    worker = Interviewer(ChromiumScreen(page), "ar")
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
    expect(page.locator(FIELDS["text"]).first).to_have_value(HALF_TYPED)


PARTS = "SELECT name, body FROM revision_parts JOIN parts USING (sha256)"


def assert_in_database_once(central: Central) -> None:
    revision = central.rows("SELECT rev, header, quarantined_why FROM revisions")
    assert len(revision) == 1
    assert revision[0]["quarantined_why"] is None
    header = json.loads(revision[0]["header"])
    assert sorted(header["form"]["texts"]) == ["ar", "bn", "en"], "the words that were seen are pinned"
    assets = central.rows("SELECT label, kind, latitude, place_words FROM asset_observations ORDER BY position, path")
    assert [row["label"] for row in assets] == [CHOIR, PARK]
    assert [row["kind"] for row in assets] == ["groups_clubs", "green_space"]
    assert round(assets[0]["latitude"], 4) == 51.5301
    barriers = central.rows("SELECT code, words, asset_observation_id FROM barrier_observations ORDER BY path")
    assert [row["words"] for row in barriers] == BARRIER_WORDS
    assert len({row["asset_observation_id"] for row in barriers}) == 2
    parts = {row["name"]: json.loads(row["body"])["answers"] for row in central.rows(PARTS)}
    times = [asset["good"]["times_used"] for asset in parts["main"]["interview"]["assets"]]
    assert times == ["3", "4"], "any digits typed are stored as ASCII"
    assert "equality" not in parts["main"], "equality answers are kept apart"
    assert parts["equality"]["equality"]["about_person"] == {"age_band": "age_35_44", "sex": "female"}
    assert central.rows("SELECT path, code FROM problems") == []


def finish_the_draft(page: Page, central: Central) -> None:
    worker = Interviewer(ChromiumScreen(page), "bn")
    worker.type_in("text", "াগান")
    worker.choose("asset_kinds", 2)
    worker.go_on()
    worker.choose("place_ways", 2)
    worker.go_on()
    for _ in range(4):
        worker.go_on()
    worker.leave_equality()
    worker.finish()
    wait_for_arrival(page, central, responses=2)


def assert_on_the_coordinators_screen(phone: Phone, central: Central, password: str) -> None:
    page = phone.launch(f"{central.url}/console/")
    page.locator("input[name=sign_in_name]").fill("rosa")
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("Old Ford")
    expect(page.locator("main")).to_contain_text("Amina")
    links = page.locator("main a[href*='/console/responses/']:not([href*='/triage'])")
    addresses = {links.nth(index).get_attribute("href") for index in range(links.count())}
    assert len({str(address).partition("?")[0] for address in addresses}) == 2
    shown = ""
    for address in sorted(map(str, addresses)):
        page.goto(f"{central.url}{address}")
        shown += page.locator("main").inner_text()
    for words in (CHOIR, PARK, *BARRIER_WORDS, HALF_TYPED + "াগান"):
        assert words in shown
