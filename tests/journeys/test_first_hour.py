"""A coordinator's first hour: from an empty data folder to a printed poster, an enrolled phone and the first responses.

After the one command that starts the server there is no shell and no demo: only pages, in browsers.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.enrolment import enrol
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import wait_for_arrival
from tests.journeys.patience import wait_until
from tests.journeys.phone import Phone
from tests.journeys.resident import Resident
from tests.journeys.watched import watched_chromium

DESK: Final = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
PASSWORD: Final = "canal bench teapot"
PROGRAMME: Final = "Well Communities Old Ford"
VENUE: Final = "Roman Road Café"
CORNERS: Final = "51.5345, -0.0345\n51.5365, -0.0300\n51.5330, -0.0290"
WISH: Final = "A roof over the bus stop"
WISH_OF_RESIDENT: Final = "More benches by the water"
A4_POINTS: Final = (595, 842)
DOTS_PER_POINT: Final = 2
DARK_SHARE: Final = (0.01, 0.6)
"""How much of a poster is ink: less is an empty page, more a black one."""
TO_DO: Final = "li:not(.done) .task"


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    """Give a server on a folder that does not exist yet."""
    server = Central(tmp_path)
    yield server
    server.kill()


@pytest.fixture
def desk(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """Give the browser on the coordinator's laptop."""
    with watched_chromium(playwright, tmp_path / "desk", settings=DESK) as context:
        yield context


def test_first_hour_from_an_empty_folder_to_a_poster_a_phone_and_responses(
    central: Central, desk: BrowserContext, phone: Phone, playwright: Playwright, tmp_path: Path
) -> None:
    central.start()
    link = re.search(r"http://\S+/console/set-up#\S+", central.printed())
    assert link is not None, central.printed()
    page = desk.pages[0]
    set_up(page, link[0])
    assert still_to_do(page) == ["Add a phone", "Add a venue", "Make a poster", "Receive the first response"]
    poster = print_a_poster(page, tmp_path / "poster.pdf")
    invitation = invite_a_phone(page, central, tmp_path / "invitation.png")
    assert [poster.startswith(f"{central.url}/v/"), invitation.startswith(f"{central.url}/enrol#")] == [True, True]
    page.goto(f"{central.url}/console/")
    assert still_to_do(page) == ["Add a phone", "Receive the first response"]

    interview_a_person(phone, invitation, central)
    page.goto(f"{central.url}/console/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Responses")
    with Phone(playwright, tmp_path / "resident") as resident:
        answer_at_the_poster(resident, poster, central)
    read_on_the_console(page, central)
    page.goto(f"{central.url}/console/start")
    assert still_to_do(page) == []


def set_up(page: Page, link: str) -> None:
    """Go through the set-up, one page after another, at the laptop."""
    page.goto(link)
    expect(page.get_by_label("Set-up code")).to_have_value(link.partition("#")[2])
    assert "#" not in page.url, "the code leaves the address bar"
    go_on(page, "Who is the administrator?")
    fill_in(page, name="Rahima Begum", sign_in_name="rahima", password=PASSWORD, again=PASSWORD)
    go_on(page, "Who asks?")
    fill_in(page, name=PROGRAMME, contact="020 7946 0000", privacy_contact="privacy@example.org")
    go_on(page, "Add a neighbourhood")
    fill_in(page, system="North East London", name="Old Ford")
    go_on(page, "Boundary")
    page.get_by_role("link", name="Draw corner by corner").click()
    draw_a_boundary(page)
    go_on(page, "Small areas")
    fill_in(page, codes="E01000001, E01000002")
    go_on(page, "Languages in order")
    page.get_by_role("button", name="Add: বাংলা").click()
    page.get_by_role("button", name="Up: বাংলা").click()
    go_on(page, "Choose forms")
    for box in page.get_by_role("checkbox").all():
        box.check()
    go_on(page, "What is still to do")


def fill_in(page: Page, **fields: str) -> None:
    for name, words in fields.items():
        page.locator(f"main [name={name}]").fill(words)


def go_on(page: Page, heading: str) -> None:
    """Press the last button of the form, and see the page that comes."""
    page.locator("main form button:visible").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def draw_a_boundary(page: Page) -> None:
    """Type three corners, press a fourth on the sheet, and move one with the keys."""
    fill_in(page, corners=CORNERS)
    page.get_by_role("button", name="Show the shape").click()
    sheet = page.locator("svg.boundary-picture")
    box = sheet.bounding_box()
    assert box is not None
    sheet.click(position={"x": box["width"] / 10, "y": box["height"] * 0.8})
    corners = page.get_by_role("button", name=re.compile("^Corner "))
    expect(corners).to_have_count(4)
    before = page.locator("#corners").input_value()
    corners.nth(1).focus()
    page.keyboard.press("ArrowUp")
    after = page.locator("#corners").input_value()
    assert [line == other for line, other in zip(before.split("\n"), after.split("\n"), strict=True)] == [
        True,
        False,
        True,
        True,
        True,
    ]


def still_to_do(page: Page) -> list[str]:
    """Read from the checklist what is not done."""
    expect(page.get_by_role("heading", level=1)).to_have_text("What is still to do")
    return page.locator(f"{TO_DO} a").all_inner_texts()


def print_a_poster(page: Page, file: Path) -> str:
    """Add a venue, make a poster for it and print it; give the address that a camera reads from the paper."""
    page.get_by_role("link", name="Add a venue").click()
    page.locator("main a[href$='/venues/new']").first.click()
    fill_in(page, name=VENUE)
    go_on(page, VENUE)
    page.locator("main a[href$='/posters/new']").click()
    expect(page.get_by_text("with the form Tell us about this place")).to_be_visible()
    go_on(page, VENUE)
    page.locator("main a[href$='/print/a4']").click()
    page.wait_for_url("**/print/a4")
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    return read_from_paper(file)


def read_from_paper(file: Path) -> str:
    """Look at the PDF: one page of A4 with ink on it, the venue's name, and a square that a camera reads."""
    (paper,) = document = pypdfium2.PdfDocument(file)
    assert tuple(round(side) for side in paper.get_size()) == A4_POINTS
    assert VENUE in paper.get_textpage().get_text_bounded()
    picture = paper.render(scale=DOTS_PER_POINT, grayscale=True).to_pil()
    document.close()
    dark = sum(picture.histogram()[:128]) / (picture.width * picture.height)
    assert DARK_SHARE[0] < dark < DARK_SHARE[1]
    (code,) = zxingcpp.read_barcodes(picture)
    return str(code.text)


def invite_a_phone(page: Page, central: Central, file: Path) -> str:
    """Make a link for a worker's phone; give what a camera reads from the screen."""
    page.goto(f"{central.url}/console/phones")
    page.locator("main a[href$='/phones/add']").first.click()
    fill_in(page, name="Amina")
    go_on(page, "Link for one phone")
    page.screenshot(path=file, full_page=True)
    (code,) = zxingcpp.read_barcodes(Image.open(file))
    return str(code.text)


def interview_a_person(phone: Phone, invitation: str, central: Central) -> None:
    """Enrol the worker's phone and hold an interview on it."""
    page = phone.launch(invitation)
    enrol(page, forms=3)
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.brief_interview(WISH)
    worker.finish()
    wait_for_arrival(page, central, responses=1)
    assert central.rows("SELECT unsent FROM devices WHERE role = 'worker'") == [{"unsent": 0}], "all has arrived"


def answer_at_the_poster(phone: Phone, poster: str, central: Central) -> None:
    """Answer as a resident who scans the poster."""
    page = phone.launch(poster)
    expect(page.locator("footer")).to_contain_text(PROGRAMME)
    resident = Resident(page)
    resident.wait_until_caught()
    resident.agree()
    resident.answer_about_the_place(wish=WISH_OF_RESIDENT)
    resident.leave_equality()
    resident.go_on()
    resident.reference()
    wait_until(lambda: len(central.rows("SELECT response_id FROM responses")) == 2, "two responses to look at")


def read_on_the_console(page: Page, central: Central) -> None:
    """See both responses on the console, and what was wished in each."""
    wishes = set()
    page.goto(f"{central.url}/console/responses")
    rows = page.locator("table.table tbody a")
    expect(rows).to_have_count(2)
    for place in range(2):
        page.goto(f"{central.url}/console/responses")
        rows.nth(place).click()
        words = page.locator("main").inner_text()
        wishes |= {wish for wish in (WISH, WISH_OF_RESIDENT) if wish in words}
    assert wishes == {WISH, WISH_OF_RESIDENT}
