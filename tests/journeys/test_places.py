"""Where things are, on a phone without a signal: positions without dragging, known assets, and a map that stays."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.interviewer import Interviewer, form_words
from tests.journeys.map_file import WATER, map_file
from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.told import Told

PIECE: Final = 1_048_576
LEAST_FILES: Final = 4
"""Leaflet, what we add to it, the tiles, and the styles."""
MAPS_KEPT: Final = "async () => (await (await caches.open('fieldwell-maps')).keys()).length"
FORGET_PLACES: Final = """() => new Promise((resolve) => {
  const opening = indexedDB.open('fieldwell');
  opening.onsuccess = () => {
    const tx = opening.result.transaction('settings', 'readwrite');
    tx.objectStore('settings').delete('places');
    tx.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""
PIXEL: Final = """() => {
  const tiles = [...document.querySelectorAll('.map canvas.leaflet-tile')].filter((tile) => tile.width > 0);
  const [tile] = tiles;
  return tile ? [...tile.getContext('2d').getImageData(tile.width / 2, tile.height / 2, 1, 1).data].slice(0, 3) : [];
}"""


@pytest.fixture
def told() -> Iterator[Told]:
    """Give a neighbourhood with an outline and three known assets."""
    return Told()


def open_home(phone: Phone, central: Central, told: Told) -> Page:
    """Open the app, and wait until it knows its neighbourhood."""
    page = phone.launch(central.url, before=told.before)
    page.evaluate(FORGET_PLACES)  # It has asked within the hour, when it was enrolled.
    page.reload()
    wait_until(lambda: knows_places(page), "the phone has been told")
    return page


def open_home_with_maps(phone: Phone, central: Central, told: Told) -> Page:
    """Open the app while there is a server, until the phone can draw maps; then the server is gone."""
    central.start()
    page = open_home(phone, central, told)
    wait_until(lambda: page.evaluate(MAPS_KEPT) >= LEAST_FILES, "what draws maps is kept")
    central.stop()
    return page


def knows_places(page: Page) -> bool:
    return any("Roman Road Choir" in str(value) for value in stored(page, "settings"))


def begin_asset(page: Page) -> Interviewer:
    """Go to the question for an asset's name."""
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.begin()
    return worker


def options(page: Page) -> Locator:
    """Give the known assets that are offered."""
    return page.get_by_role("listbox").get_by_role("option")


def position_of(page: Page) -> list[str]:
    """Give the position of the draft, as it is stored."""
    (draft,) = stored(page, "drafts")
    return str(draft["answersJson"]).split('"position":"')[1].split('"')[0].split(" ")


def test_a_known_asset_is_picked_with_keys_and_fills_in_what_is_known(
    central: Central, enrolled_phone: Phone, told: Told
) -> None:
    page = open_home(enrolled_phone, central, told)
    worker = begin_asset(page)
    field = page.get_by_role("combobox", name="What is it called?")
    field.focus()
    expect(options(page)).to_have_count(1)  # Only what is near by: nothing is typed yet.
    expect(options(page)).to_contain_text("Right here")
    field.press_sequentially("কয়")
    expect(options(page)).to_contain_text("Roman Road Choir")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", f"{field.get_attribute('id')}-options-0")
    field.press("Enter")
    expect(field).to_have_value("Roman Road Choir")
    expect(page.get_by_label(form_words("en")["asset_kinds-1"], exact=True)).to_be_checked()
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(field).to_have_value("কয়")
    expect(page.get_by_label(form_words("en")["asset_kinds-1"], exact=True)).not_to_be_checked()
    field.focus()
    options(page).click()
    worker.go_on()
    worker.choose("place_ways", 1)
    expect(page.locator("main input[type=text]").first).to_have_value("The hall behind the church")


def test_nobody_has_to_pick_a_known_asset(central: Central, enrolled_phone: Phone, told: Told) -> None:
    page = open_home(enrolled_phone, central, told)
    worker = begin_asset(page)
    worker.name_asset("Walking round the lake", 2)
    expect(page.locator("main h1")).not_to_contain_text("What it is")


def test_a_position_is_set_on_a_map_with_buttons_and_with_arrow_keys(
    central: Central, enrolled_phone: Phone, told: Told
) -> None:
    page = open_home_with_maps(enrolled_phone, central, told)
    worker = begin_asset(page)
    worker.name_asset("Bench", 2)
    worker.choose("place_ways", 0)
    page.get_by_text("Show it on a map").click()
    page.get_by_role("button", name="Up", exact=True).click()  # The first press puts the pin in the middle.
    expect(page.locator(".map-pin")).to_be_visible()
    worker.wait_until_saved()
    latitude, longitude, _, accuracy = map(float, position_of(page))
    assert (round(latitude, 3), round(longitude, 3)) == (51.53, -0.03)
    assert accuracy >= 5
    page.get_by_role("button", name="Right", exact=True).click()
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowUp")
    worker.wait_until_saved()
    north, east, _, _ = map(float, position_of(page))
    assert north > latitude
    assert east > longitude
    page.get_by_role("application").click(position={"x": 60, "y": 60})
    worker.wait_until_saved()
    tapped = list(map(float, position_of(page)))
    assert tapped[0] > north
    assert tapped[1] < east


def test_only_roughly_means_that_nothing_more_exact_is_written_down(
    central: Central, enrolled_phone: Phone, told: Told
) -> None:
    page = open_home(enrolled_phone, central, told)
    worker = begin_asset(page)
    worker.name_asset("Bench", 2)
    worker.choose("place_ways", 0)
    page.get_by_label("Only say roughly").check()
    worker.screen.press("main .question button.button-second")
    expect(page.locator("main")).to_contain_text("Within 354 metres")
    worker.wait_until_saved()
    rough = position_of(page)
    assert rough[:2] != ["51.530100", "-0.028500"]
    assert float(rough[3]) >= 354
    page.context.set_geolocation({"latitude": 51.5302, "longitude": -0.0286, "accuracy": 8})
    assert all("51.5301" not in str(draft["answersJson"]) for draft in stored(page, "drafts"))


@pytest.mark.parametrize(
    ("code", "words"),
    [(1, "Allow “Location”"), (2, "Go outside or near a window"), (3, "Switch “Location” off and on")],
)
def test_where_the_phone_cannot_find_itself_it_says_what_helps(
    central: Central, enrolled_phone: Phone, told: Told, code: int, words: str
) -> None:
    page = open_home(enrolled_phone, central, told)
    worker = begin_asset(page)
    worker.name_asset("Bench", 2)
    worker.choose("place_ways", 0)
    page.evaluate(
        """(code) => { navigator.geolocation.watchPosition = (_, fail) => {
             fail({ code, PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 }); return 1; }; }""",
        code,
    )
    worker.screen.press("main .question button.button-second")
    expect(page.locator("main")).to_contain_text(words)


def test_the_map_says_its_size_comes_in_pieces_goes_on_after_a_break_and_stays(
    central: Central, enrolled_phone: Phone
) -> None:
    file = map_file(filling=2 * PIECE)
    told = Told(map_file=file, cut_at=PIECE + 1_000)
    page = open_home_with_maps(enrolled_phone, central, told)
    page.goto(f"{central.url}/settings")
    page.get_by_role("link", name="Map of the neighbourhood").click()
    expect(page.locator("main")).to_contain_text("It takes 2.1 MB")
    page.get_by_role("button", name="Get the map").click()
    expect(page.locator("main")).to_contain_text("The connection broke")
    page.get_by_role("button", name="Go on getting the map").click()
    expect(page.locator("main")).to_contain_text("The map of the streets is on this phone (2.1 MB)")
    assert told.asked_from == [0, PIECE], "it went on from the last whole piece"
    kept = stored(page, "maps")
    assert [str(piece["sha256"]).split("/")[0] for piece in kept] == [file.sha256] * 3

    enrolled_phone.close()
    page = enrolled_phone.launch(f"{central.url}/settings/map")
    wait_until(lambda: page.evaluate(PIXEL) == WATER, "the streets are drawn without a server")
    expect(page.locator("main")).to_contain_text("Roman Road Choir")
    page.get_by_role("button", name="Show on the map: Far Garden").click()
    expect(page.get_by_role("region", name="Map of the neighbourhood")).to_be_focused()
    page.get_by_role("button", name="Remove the map").click()
    expect(page.locator("main")).to_contain_text("A map of the streets can stay on this phone")
    assert stored(page, "maps") == []


def test_a_map_that_is_not_what_it_should_be_is_not_kept(central: Central, enrolled_phone: Phone) -> None:
    file = map_file(filling=100)
    told = Told(map_file=file._replace(content=file.content[:-1] + b"x"))
    page = open_home_with_maps(enrolled_phone, central, told)
    page.goto(f"{central.url}/settings/map")
    page.get_by_role("button", name="Get the map").click()
    expect(page.locator("main")).to_contain_text("The map did not arrive whole")
    assert stored(page, "maps") == []
