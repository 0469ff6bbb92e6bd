"""The console's map in a real browser: by keys alone, the list its equal, and nobody else is asked for anything."""

import io
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, Playwright, expect

from server import services
from server.assets.changing import Changing
from server.assets.rules import AssetRow
from server.maps.keeping import MapFiles
from server.people import accounts
from server.people.accounts import SignIn
from server.people.queries import person_by_sign_in_name
from server.places.queries import Neighbourhood, add_neighbourhood
from server.services import Services
from tests.journeys.central import Central
from tests.journeys.map_file import map_file
from tests.journeys.watched import watched_chromium
from tests.server.records import SteppedClock, chance

CORNERS = [[-0.05, 51.52], [-0.02, 51.52], [-0.02, 51.54], [-0.05, 51.54], [-0.05, 51.52]]
BOUNDARY = json.dumps({"type": "Polygon", "coordinates": [CORNERS]})
NAMES = ("Old Ford Choir", "গায়কদল", "جوقة الحي")
MAP = map_file(filling=100)


class Desk(NamedTuple):
    """A server that runs, and who signs in there."""

    central: Central
    account: SignIn


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    central = Central(tmp_path)
    running = services.start(central.data, clock=SteppedClock(), random_bytes=chance(1))
    try:
        account = filled(running)
    finally:
        running.close()
    central.start()
    yield Desk(central, account)
    central.kill()


def filled(running: Services) -> SignIn:
    """Make a neighbourhood with an outline, a map file and three assets, two of them side by side."""
    place = Neighbourhood(neighbourhood_id="old-ford", name="Old Ford", system="Test")
    running.database.write(partial(add_neighbourhood, neighbourhood=place))
    running.database.write(
        lambda connection: connection.execute("UPDATE neighbourhoods SET boundary = :boundary", {"boundary": BOUNDARY})
    )
    account = accounts.add_or_reset(
        running.database,
        sign_in_name="ada",
        name="Ada",
        role="administrator",
        clock=running.clock,
        random_bytes=running.random_bytes,
    )
    with running.database.read() as connection:
        person = person_by_sign_in_name(connection, "ada")
    assert person is not None
    work = Changing(database=running.database, clock=running.clock, random_bytes=running.random_bytes, person=person)
    for name, (latitude, longitude) in zip(NAMES, ((51.53, -0.03), (51.5301, -0.0301), (51.525, -0.045)), strict=True):
        work.make(asset(work.new_id(), name, latitude, longitude))
    files = MapFiles(database=running.database, clock=running.clock, person=person)
    assert files.keep("old-ford", io.BytesIO(MAP.content), name="old-ford.pmtiles") is None
    return account


def asset(asset_id: str, name: str, latitude: float, longitude: float) -> AssetRow:
    return AssetRow(
        asset_id=asset_id,
        neighbourhood_id="old-ford",
        name=name,
        names=(),
        kind="arts_culture",
        place_words="",
        latitude=latitude,
        longitude=longitude,
        accuracy=250 if name == NAMES[2] else None,
        state="open",
        since="",
        venue_id=None,
        merged_into=None,
        import_id=None,
        created_at="2026-11-20T12:00:00.000Z",
    )


def opened(page: Page, desk: Desk) -> None:
    """Sign in and open the map."""
    page.goto(f"{desk.central.url}/console/sign-in?next=/console/map")
    page.locator("input[name=sign_in_name]").fill(desk.account.sign_in_name)
    page.locator("input[name=password]").fill(desk.account.password)
    page.locator("main form button").click()
    page.wait_for_url("**/console/map")


def test_the_map_is_used_by_keys_alone_and_asks_nobody_else(desk: Desk, playwright: Playwright, tmp_path: Path) -> None:
    with watched_chromium(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        opened(page, desk)
        ground = page.locator("#map")
        expect(ground).to_have_attribute("data-points", "3")
        expect(page.locator("#map .map-outline")).to_have_count(1)
        expect(page.locator("#map .map-area")).to_have_count(1)
        expect(page.locator("#map canvas").first).to_be_attached()
        expect(page.locator("#map-items li")).to_have_count(2)
        expect(page.locator("#map-items")).to_contain_text("2 assets")
        expect(page.locator("#map-items")).to_contain_text("جوقة الحي")
        cluster = page.locator("#map .map-cluster")
        expect(cluster).to_have_attribute("aria-label", "2 assets")
        for _nearer in range(12):
            if page.locator("#map-items", has_text="গায়কদল").count():
                break
            zoom = page.locator("#map-items").inner_html()
            cluster.first.press("Enter")
            expect(ground).to_be_focused()
            page.wait_for_function("was => document.querySelector('#map-items').innerHTML !== was", arg=zoom)
        expect(page.locator("#map-items li li").first).to_be_visible()
        page.locator("#map-items a", has_text="গায়কদল").focus()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("গায়কদল")


def test_without_script_the_list_says_what_the_map_would(desk: Desk, playwright: Playwright, tmp_path: Path) -> None:
    settings = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}
    with watched_chromium(playwright, tmp_path / "profile", settings=settings) as context:
        page = context.pages[0]
        opened(page, desk)
        expect(page.locator("#map-place")).to_be_hidden()
        for name in NAMES:
            expect(page.locator("main table")).to_contain_text(name)
