"""Journey 1 with other engines, in one launch: a worker's day from the venue to what the coordinator sends back."""

import json
from pathlib import Path
from typing import Any, Final

from tests.journeys.central import Central
from tests.journeys.console import Console
from tests.journeys.engines import OpenPhone, come_online, enrol_other, in_other_engines, stored_in, wait_until_sent
from tests.journeys.interviewer import FIELDS, Interviewer
from tests.journeys.patience import wait_until
from tests.journeys.screen import OtherScreen
from tests.journeys.test_returned import WHY, send_back

NO_INTERVIEW_FORM: Final = Path(__file__).parents[2] / "server/forms/instruments/no_interview.md"
INTERVIEW: Final = "assets_and_barriers"
NO_INTERVIEW: Final = "no_interview"
VENUE: Final = "Café on the Corner"
CHOIR: Final = "রোমান রোডের গানের দল"
ALSO: Final = "Roman Road Choir"
HALL: Final = "The hall behind the church"
BARRIER: Final = "الباب مغلق"
WISH: Final = "A roof over the bus stop"
BETTER: Final = " in Roman Road"
BEST: Final = ", by the lock"
SAYS_A_COUNT: Final = "Promise.resolve(document.querySelector('main').innerText.includes('Today: '))"
OUTCOME: Final = "main section[aria-labelledby=no-interview] > .buttons button:nth-of-type({})"
REVISIONS: Final = """
    SELECT revisions.rev, revisions.response_id, revisions.header, revisions.quarantined_why, parts.body
      FROM revisions
      JOIN revision_parts ON revision_parts.rev = revisions.rev AND revision_parts.name = 'main'
      JOIN parts USING (sha256)
     ORDER BY revisions.seq
"""


@in_other_engines
def test_a_workers_day_in_another_engine_ends_with_what_was_sent_back_put_right(
    central: Central, tmp_path: Path, open_phone: OpenPhone
) -> None:
    central.command("form", "publish", str(NO_INTERVIEW_FORM))
    link = central.enrolment_link("Amina")
    console = Console(central)
    central.start()
    console.sign_in()
    set_up_the_day(console)
    with open_phone(tmp_path / "driver.log") as screen:
        enrol_other(screen, link, forms=2)
        choose_the_venue(screen)
        note_who_said_no(screen)
        central.stop()
        screen.open(f"{central.url}/")
        interview_about_a_known_asset(screen)
        correct_before_it_is_sent(screen)
        wait_until(lambda: waiting(screen) == [INTERVIEW, INTERVIEW, NO_INTERVIEW], "the refusal finishes by itself")
        assert central.rows("SELECT rev FROM revisions") == []
        assert screen.complaints() == []

        central.start()
        wait_until_sent(screen)
        response_id = assert_both_versions_there(central)
        send_back(console, response_id)
        correct_what_was_sent_back(screen, central)
        wait_until_sent(screen)
        wait_until(lambda: wishes(central, response_id) == [WISH, WISH + BETTER, WISH + BETTER + BEST], "put right")
        wait_until(lambda: states(central) == [(INTERVIEW, "received"), (NO_INTERVIEW, "received")], "it waits again")
        assert screen.complaints() == []


def set_up_the_day(console: Console) -> None:
    """Add a venue, and an asset that is known already."""
    here = {"neighbourhood": "old-ford"}
    console.submit("/console/venues/new", name=VENUE, place_words="", position="", **here)
    about = {"name": CHOIR, "names": ALSO, "kind": "arts_culture", "place_words": HALL}
    console.submit("/console/assets/new", **here, **about)


def choose_the_venue(screen: OtherScreen) -> None:
    """Say where the worker is today, as soon as the phone has heard of it."""
    screen.see("main details summary", "Where are you today?")
    screen.press("main details summary")
    screen.choose(VENUE)
    screen.see("main details summary", f"Today at: {VENUE} (change)")


def note_who_said_no(screen: OtherScreen) -> None:
    """Note in one tap what came to no interview, take it back, and note the other."""
    screen.press(OUTCOME.format(1))
    screen.see("main", "Today: 0 with an interview, 1 without")
    screen.press(".toast button")
    # Until the page has said so, too, what is below the heading may move away from under a finger.
    wait_until(lambda: not screen.ask(SAYS_A_COUNT), "“nobody answered” is taken back")
    assert stored_in(screen, "drafts") == []
    screen.press(OUTCOME.format(2))
    screen.see("main", "Today: 0 with an interview, 1 without")


def interview_about_a_known_asset(screen: OtherScreen) -> None:
    """Begin in one tap; pick the asset by its other name, instead of typing what is known of it."""
    screen.see("main details summary", f"Today at: {VENUE} (change)")
    worker = Interviewer(screen, "en")
    worker.begin()
    worker.type_in("text", ALSO[:5])
    screen.see(".known-asset", ALSO)
    screen.press(".known-asset")
    screen.see(".toast", f"Filled in what is known of {CHOIR}.")
    worker.go_on()
    worker.choose("place_ways", 1)
    worker.go_on()
    worker.say_what_good("3")
    worker.add_barrier(0, BARRIER)
    worker.go_on()
    worker.go_on()
    worker.type_in("words", WISH)
    worker.go_on()
    worker.leave_equality()
    worker.finish()


def correct_before_it_is_sent(screen: OtherScreen) -> None:
    """Read the answers, and change one."""
    screen.press("main .buttons a.button-second")
    screen.see("main .answers", WISH)
    screen.press("main .buttons .button:not(.button-second)")
    screen.see("main", "You are correcting an interview.")
    correct_the_wish(screen, BETTER)


def correct_what_was_sent_back(screen: OtherScreen, central: Central) -> None:
    """Hear of it, and change the same answer again, with the reason in sight."""
    screen.open(f"{central.url}/")
    come_online(screen)
    screen.see("main .notice-wait a", "1 interview to correct")
    screen.press("main .notice-wait a")
    screen.see("main blockquote", WHY)
    screen.press("main section[aria-labelledby=returned] .button")
    screen.see("main .notice-wait", "Your coordinator asks you to correct this:")
    screen.see("main blockquote", WHY)
    correct_the_wish(screen, BEST)


def correct_the_wish(screen: OtherScreen, more: str) -> None:
    """From the answers to be checked, write more to one of them, and go on to the end."""
    before = screen.address()
    screen.press("main a[id*='/one_change'][id$='-change']")
    screen.wait_for_address(lambda address: address != before)
    worker = Interviewer(screen, "en")
    screen.see(FIELDS["words"])
    worker.type_in("words", more)
    worker.go_on()
    worker.check()
    while not screen.address().endswith("/check-equality"):
        worker.go_on()
    worker.finish()


def waiting(screen: OtherScreen) -> list[str]:
    """Name the forms of what is finished on the phone and acknowledged by no server."""
    found = [one for one in stored_in(screen, "revisions") if one["state"] == "finalised"]
    return sorted(form_of(one) for one in found)


def assert_both_versions_there(central: Central) -> str:
    """See that the server has all of it once, the corrected interview in both versions; give that one's id."""
    wait_until(lambda: states(central) == [(INTERVIEW, "received"), (NO_INTERVIEW, "received")], "both are there")
    rows = central.rows(REVISIONS)
    assert [row["quarantined_why"] for row in rows] == [None] * 3
    headers = [json.loads(row["header"]) for row in rows]
    (venue,) = central.rows("SELECT venue_id FROM venues")
    assert [header["venue"] for header in headers] == [venue["venue_id"]] * 3
    first, second = [row for row in rows if form_of(row) == INTERVIEW]
    assert json.loads(second["header"])["parents"] == [first["rev"]]
    (response,) = central.rows(
        "SELECT response_id, head_rev, heads, problem_count FROM responses WHERE asset_count > 0"
    )
    assert (response["head_rev"], response["heads"], response["problem_count"]) == (second["rev"], 1, 0)
    assets = central.rows("SELECT label, kind, place_words FROM asset_observations ORDER BY path")
    assert [tuple(row.values()) for row in assets] == [(CHOIR, "arts_culture", HALL)]
    assert [row["words"] for row in central.rows("SELECT words FROM barrier_observations ORDER BY path")] == [BARRIER]
    return str(response["response_id"])


def states(central: Central) -> list[tuple[str, str]]:
    """Give form and state of each response."""
    rows = central.rows("SELECT form_id, state FROM responses ORDER BY form_id")
    return [(row["form_id"], row["state"]) for row in rows]


def wishes(central: Central, response_id: str) -> list[str]:
    """Give what each version of a response says of the one thing to be changed."""
    rows = [row for row in central.rows(REVISIONS) if row["response_id"] == response_id]
    return [json.loads(row["body"])["answers"]["interview"]["to_finish"]["one_change"] for row in rows]


def form_of(revision: dict[str, Any]) -> str:
    return str(json.loads(revision["header"])["form"]["id"])
