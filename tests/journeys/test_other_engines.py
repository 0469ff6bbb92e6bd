"""The same worker with other engines: WebKit, as on iPhones, and Firefox. All in one launch: WebKit's keeps nothing."""

import json
from pathlib import Path

from tests.journeys.central import Central
from tests.journeys.engines import OpenPhone, enrol_other, in_other_engines, stored_in, wait_until_sent
from tests.journeys.interviewer import Interviewer
from tests.journeys.patience import wait_until
from tests.journeys.screen import OtherScreen

CHOIR = "রোমান রোডের গানের দল"
PARK = "حديقة فيكتوريا"
BARRIER_WORDS = ["দরজা বন্ধ থাকে", "لا أعرف أحدًا هناك", "الإضاءة ضعيفة ليلًا"]
PLACE = ("51.5301", "-0.0285")
PLACE_WORDS = "بجانب القناة"
ASK_A_STRANGER = "fetch('http://stranger.invalid/').catch(() => true)"


@in_other_engines
def test_interview_without_a_server_in_another_engine_arrives_once_and_whole(
    central: Central, tmp_path: Path, open_phone: OpenPhone
) -> None:
    link = central.enrolment_link("Amina")
    central.start()
    with open_phone(tmp_path / "driver.log") as screen:
        enrol_other(screen, link)
        central.stop()
        screen.open(f"{central.url}/")
        interview_in_two_languages(screen)
        assert [one["state"] for one in stored_in(screen, "revisions")] == ["finalised"]
        assert central.rows("SELECT rev FROM revisions") == []

        central.start()
        wait_until_sent(screen)
        wait_until(lambda: len(central.rows("SELECT response_id FROM responses")) == 1, "a response to look at")
        assert screen.complaints() == []
        screen.ask(ASK_A_STRANGER)
        wait_until(lambda: screen.complaints() != [], "complaints are heard")
        screen.forget()
    assert_in_database_once(central)


def interview_in_two_languages(screen: OtherScreen) -> None:
    worker = Interviewer(screen, "en")
    worker.switch("bn")
    worker.begin()
    worker.name_asset(CHOIR, 0)
    worker.place_typed(*PLACE)
    worker.say_what_good("৩")
    worker.add_barrier(0, BARRIER_WORDS[0])
    worker.switch("ar")
    screen.see("html[dir=rtl]")
    screen.see("main", CHOIR)
    worker.add_barrier(2, BARRIER_WORDS[1])
    worker.go_on()
    worker.add()
    worker.name_asset(PARK, 2)
    worker.place_in_words(PLACE_WORDS)
    worker.say_what_good("٤")
    worker.add_barrier(10, BARRIER_WORDS[2])
    for _ in range(3):
        worker.go_on()
    worker.leave_equality()
    worker.finish()


def assert_in_database_once(central: Central) -> None:
    revisions = central.rows("SELECT header, quarantined_why FROM revisions")
    assert [row["quarantined_why"] for row in revisions] == [None]
    assert sorted(json.loads(revisions[0]["header"])["form"]["texts"]) == ["ar", "bn", "en"]
    assets = central.rows(
        "SELECT label, kind, latitude, longitude, place_words FROM asset_observations ORDER BY position, path"
    )
    assert [row["label"] for row in assets] == [CHOIR, PARK]
    assert [row["kind"] for row in assets] == ["groups_clubs", "green_space"]
    assert (str(assets[0]["latitude"]), str(assets[0]["longitude"])) == PLACE
    assert assets[1]["place_words"] == PLACE_WORDS
    barriers = central.rows("SELECT words FROM barrier_observations ORDER BY path")
    assert [row["words"] for row in barriers] == BARRIER_WORDS
    assert central.rows("SELECT path, code FROM problems") == []
