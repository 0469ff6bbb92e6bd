"""Journey 4 in three engines, by keys alone: what came in is decided about, found, placed, mapped and taken away."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Playwright

from tests.journeys.chromium_screen import chromium_at_a_desk
from tests.journeys.engines import OpenPhone, in_other_engines
from tests.journeys.patience import wait_until
from tests.journeys.screen import OtherScreen
from tests.journeys.waiting_desk import Desk, desk_with
from tests.server.said_assets import said

LAPTOP: Final = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
CORNERS: Final = [[-0.05, 51.52], [-0.02, 51.52], [-0.02, 51.54], [-0.05, 51.54], [-0.05, 51.52]]
CHOIR, MISSPELT, BENGALI, PARK = "Roman Road Choir", "Roman Rd Choir", "রোমান রোডের গানের দল", "حديقة فيكتوريا"
HALL, LAWN = (-0.022, 51.538), (-0.048, 51.522)
SAID: Final = (
    (CHOIR, "arts_culture", "51.538 -0.022 0 0"),
    (MISSPELT, "arts_culture", "51.538 -0.022 0 0"),
    (BENGALI, "groups_clubs", "51.538 -0.022 0 0"),
    (PARK, "green_space", "51.522 -0.048 0 0"),
)
"""What four of the six responses tell of: name, kind, position."""
NUMBER: Final = 6
READY: Final = "Say more about the place: its name, or where it is."
WORDS: Final = "Which choir is this?"
MOST_TABS: Final = 150
COUNT: Final = "Promise.resolve(document.querySelectorAll(given[0]).length)"
HAS_FOCUS: Final = "Promise.resolve(document.activeElement?.matches(given[0]) === true)"
TEXTS: Final = "Promise.resolve([...document.querySelectorAll(given[0])].map((one) => one.textContent.trim()))"
CARD_OF: Final = """Promise.resolve([...document.querySelectorAll('.mentions h2')]
  .find((one) => one.textContent.trim() === given[0])?.id ?? '')"""
TAKEN: Final = """(() => {
  const form = document.querySelector('#what-you-get ~ form');
  return fetch(form.action, { method: 'POST', body: new FormData(form) })
    .then((reply) => reply.text().then((text) => [reply.status, reply.headers.get('Content-Disposition'), text]));
})()"""
"""What pressing the button would put into a folder of the person's own."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give six responses that wait, four of which tell of an asset."""
    answers = [{**(said(SAID[number]) if number < len(SAID) else {}), "who": f"Answer {number}"} for number in range(6)]
    with desk_with(tmp_path, answers, corners=CORNERS) as served:
        yield served


def test_what_came_in_is_reviewed_by_keys_alone_up_to_the_map_and_the_file(
    desk: Desk, playwright: Playwright, tmp_path: Path
) -> None:
    with chromium_at_a_desk(playwright, tmp_path / "profile", LAPTOP) as screen:
        review(screen, desk)


@in_other_engines
def test_what_came_in_is_reviewed_by_keys_alone_in_another_engine(
    desk: Desk, tmp_path: Path, open_phone: OpenPhone
) -> None:
    with open_phone(tmp_path / "driver.log") as screen:
        review(screen, desk)


def review(screen: OtherScreen, desk: Desk) -> None:
    """Do a coordinator's morning, from the sign-in to the file."""
    sign_in(screen, desk)
    go_through_what_waits(screen)
    assert decided(desk) == ["approved"] * 4 + ["returned"] * 2
    find_in_the_list(screen, desk)
    place_the_mentions(screen, desk)
    look_at_assets_and_map(screen, desk)
    take_away(screen, desk)
    assert screen.complaints() == []
    reasons = desk.central.rows("SELECT reason FROM reviews WHERE action = 'return' ORDER BY seq")
    assert [row["reason"] for row in reasons] == [READY, WORDS]


def sign_in(screen: OtherScreen, desk: Desk) -> None:
    """Sign in, on the way to the list."""
    screen.open(f"{desk.central.url}/console/sign-in?next=/console/responses")
    screen.type_in("[name=sign_in_name]", desk.account.sign_in_name)
    screen.type_in("[name=password]", desk.account.password)
    screen.keys("Enter")
    screen.wait_for_address(lambda address: address.endswith("/console/responses"))
    screen.see("#found", f"{NUMBER} responses")


def go_through_what_waits(screen: OtherScreen) -> None:
    """Approve, take back, approve again, and return: with a reason that is ready, and with one of one's own."""
    tab_to(screen, "a.go-through")
    screen.keys("Enter")
    shows(screen, "Answer 0")
    screen.keys("a")
    shows(screen, "Answer 1")
    screen.keys("u")
    shows(screen, "Answer 0")
    screen.see("main", "Undone. 1 response is as it was before.")
    for number in range(4):
        screen.keys("a")
        shows(screen, f"Answer {number + 1}")
    screen.keys("r")
    wait_until(lambda: bool(screen.ask(HAS_FOCUS, "#return [type=radio]")), "the reasons are open")
    screen.keys("ArrowDown", "Enter")
    shows(screen, "Answer 5")
    screen.keys("r")
    tab_to(screen, "#return-reason")
    screen.type_in("#return-reason", WORDS)
    screen.keys("Tab", "Enter")
    screen.see("h1", "Nothing waits")


def find_in_the_list(screen: OtherScreen, desk: Desk) -> None:
    """Find a response by a word of another script, and narrow the list down by kind."""
    screen.open(f"{desk.central.url}/console/responses")
    screen.type_in("#filter-text", "গানের")
    screen.keys("Enter")
    screen.see("#found", "1 response")
    screen.see("main tbody mark", "গানের")
    screen.open(f"{desk.central.url}/console/responses?all=yes")
    screen.see("#found", f"{NUMBER} responses")
    tab_to(screen, "details.panel summary")
    screen.keys("Enter")
    screen.select("#filter-kind", "arts_culture")
    tab_to(screen, "details.panel .button")
    screen.keys("Enter")
    screen.see("#found", "2 responses")
    screen.see(".active-filters", "Arts and culture")


def place_the_mentions(screen: OtherScreen, desk: Desk) -> None:
    """Make assets of two mentions, and put two other names to the first: as suggested, and as chosen."""
    screen.open(f"{desk.central.url}/console/assets/mentions")
    press_on_card(screen, CHOIR, "button[value=new]")
    screen.see(".done-step", CHOIR)
    press_on_card(screen, MISSPELT, ".suggestion button")
    screen.see(".done-step", MISSPELT)
    press_on_card(screen, BENGALI, "a.button-second")
    screen.see("h1", "Choose an asset")
    tab_to(screen, "main [type=radio]")
    screen.keys("Space")
    tab_to(screen, "button[value=asset]")
    screen.keys("Enter")
    screen.see(".done-step", BENGALI)
    press_on_card(screen, PARK, "button[value=new]")
    screen.see("main", "Nothing waits here")


def press_on_card(screen: OtherScreen, name: str, css: str) -> None:
    """Press what the card of a mention offers: its heading describes it."""
    screen.see(".mentions h2", name)
    card = screen.ask(CARD_OF, name)
    tab_to(screen, f"{css}[aria-describedby~={card}]")
    screen.keys("Enter")


def look_at_assets_and_map(screen: OtherScreen, desk: Desk) -> None:
    """See the two assets in the list, on the map, in the list beside it and below it, and go on from the map."""
    screen.open(f"{desk.central.url}/console/assets")
    assert sorted(texts(screen, "main tbody th a")) == [CHOIR, PARK]
    assert sorted(texts(screen, "main tbody td.number span:not(.cell-heading)")) == ["1", "3"]
    # A window that is not as large as it will be (WebKitGTK's now and then) begins farther away, with both in one.
    wait_until(lambda: marks_of_map(screen, desk) == 2, "each has a mark of its own")
    assert screen.ask(COUNT, "#map .map-outline") == 1
    assert sorted(texts(screen, "#map-items a")) == [CHOIR, PARK]
    assert sorted(texts(screen, "main tbody th a")) == [CHOIR, PARK]
    tab_to(screen, "#map .map-mark")
    screen.keys("Enter")
    screen.wait_for_address(lambda address: "/console/assets/" in address)
    screen.see("h1")
    assert texts(screen, "h1")[0] in {CHOIR, PARK}


def marks_of_map(screen: OtherScreen, desk: Desk) -> object:
    """Open the map, wait until both assets are on it, and count what is drawn for them."""
    screen.open(f"{desk.central.url}/console/map")
    wait_until(lambda: screen.ask(COUNT, "#map[data-points='2']") == 1, "two points are on the map")
    return screen.ask(COUNT, "#map .map-mark")


def take_away(screen: OtherScreen, desk: Desk) -> None:
    """Take away what was approved as GeoJSON: the assets that people told of, where they are."""
    screen.open(f"{desk.central.url}/console/download?form=walk&format=geojson&state=approved")
    screen.see("main .facts", "4")
    answer = screen.ask(TAKEN)
    assert isinstance(answer, list)
    status, disposition, text = answer
    assert (status, str(disposition).startswith("attachment")) == (200, True)
    found = {
        (one["properties"]["about/asset_name"], tuple(one["geometry"]["coordinates"]))
        for one in json.loads(text)["features"]
    }
    assert found == {(CHOIR, HALL), (MISSPELT, HALL), (BENGALI, HALL), (PARK, LAWN)}


def tab_to(screen: OtherScreen, css: str) -> None:
    """Go on from control to control until the focus is on what matches."""
    for _ in range(MOST_TABS):
        if screen.ask(HAS_FOCUS, css):
            return
        screen.keys("Tab")
    raise AssertionError(f"{MOST_TABS} tabs, and never {css}: {screen.address()}")


def shows(screen: OtherScreen, answer: str) -> None:
    """Wait until the page of the response with this answer is there, and hears keys."""
    screen.see("main .reading", answer)
    screen.see("[data-shows=keys]:not([hidden])")


def texts(screen: OtherScreen, css: str) -> list[str]:
    """Give the texts of all that matches."""
    found = screen.ask(TEXTS, css)
    assert isinstance(found, list)
    return [str(one) for one in found]


def decided(desk: Desk) -> list[str]:
    """Give the state of each response, in the order in which they came."""
    return [row["state"] for row in desk.central.rows("SELECT state FROM responses ORDER BY seq")]
