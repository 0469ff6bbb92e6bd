"""Each type of question is answered on a phone, without dragging; what the server keeps is what XForms wants."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.central import Central
from tests.journeys.enrolment import enrol
from tests.journeys.outbox import wait_for_arrival
from tests.journeys.phone import Phone

FORM: Final = Path(__file__).parents[1] / "forms/every_type.md"
MAIN_PART: Final = "SELECT body FROM revision_parts JOIN parts USING (sha256) WHERE name = 'main'"
OFFSET: Final = "(moment) => -new Date(moment).getTimezoneOffset()"
MOMENT: Final = "2026-07-01T14:30"
ROWS_IN_THE_PAGE: Final = 40
"""Far fewer than the list has, and more than a screen shows."""

Act = Callable[[Page], None]


@pytest.fixture
def central_with_every_type(tmp_path: Path) -> Central:
    central = Central(tmp_path)
    central.command("neighbourhood", "add", "old-ford", "Old Ford", "--system", "North East London")
    central.command("form", "publish", str(FORM))
    return central


def test_every_type_is_answered_on_a_phone_and_stored_as_xforms_wants(
    central_with_every_type: Central, phone: Phone
) -> None:
    central = central_with_every_type
    link = central.enrolment_link("Amina")
    central.start()
    try:
        page = phone.launch(link)
        enrol(page)
        answer_everything(page)
        see_the_answers_in_words(page)
        page.get_by_role("button", name="Finish the interview").click()
        page.wait_for_url("**/finished")
        wait_for_arrival(page, central, responses=1)
        assert_stored(central, page)
    finally:
        phone.close()
        central.kill()


def answer_everything(page: Page) -> None:
    """Walk from the first page to the last: each answers what it asks, and goes on."""
    page.get_by_role("button", name="Start an interview").click()
    page.wait_for_url("**/interview/**")
    for heading, act in STEPS.items():
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        act(page)
        go_on(page, heading)
    page.wait_for_url("**/check")


def go_on(page: Page, heading: str) -> None:
    """Press Continue, unless the answer itself has gone on."""
    if heading in page.get_by_role("heading", level=1).inner_text():
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text(heading)


def typed(text: str) -> Act:
    """Type into the page's first field."""
    return lambda page: page.locator("main .field").first.press_sequentially(text)


def filled(value: str) -> Act:
    """Let the phone's own picker give a value."""
    return lambda page: page.locator("main .field").first.fill(value)


def chosen(*labels: str) -> Act:
    """Tap cards by their labels."""

    def act(page: Page) -> None:
        for label in labels:
            page.locator(".choice-card", has_text=label).first.click()

    return act


def labelled(values: Mapping[str, str]) -> Act:
    """Type into fields by their labels."""

    def act(page: Page) -> None:
        for label, value in values.items():
            page.get_by_label(label, exact=True).press_sequentially(value)

    return act


def moment(page: Page) -> None:
    day, time = MOMENT.split("T")
    page.locator("main input[type=date]").fill(day)
    page.locator("main input[type=time]").fill(time)


def month(page: Page) -> None:
    page.get_by_label("Month").select_option("07")
    page.get_by_label("Year").press_sequentially("১৯৮৪")


def in_menu(page: Page) -> None:
    page.locator("main select.field").select_option("blue")


def several_in_menu(page: Page) -> None:
    page.locator("summary.field").click()
    chosen("Green", "Red")(page)


def quickly(page: Page) -> None:
    """Be taken on by the tap itself; Back comes to the answer, and stays there."""
    heading = page.get_by_role("heading", level=1)
    asked = heading.inner_text()
    chosen("Blue")(page)
    expect(heading).not_to_have_text(asked)
    page.get_by_role("link", name="Back").click()
    expect(heading).to_have_text(asked)
    expect(page.get_by_label("Blue")).to_be_checked()


def found(*searches: str) -> Act:
    """Look for rows of a long list, and tap the first of each search."""

    def act(page: Page) -> None:
        box = page.get_by_role("combobox", name="Search this list")
        for words in searches:
            box.fill(words)
            option(page).first.click()

    return act


def found_by_keys(page: Page) -> None:
    box = page.get_by_role("combobox", name="Search this list")
    box.fill("CAFE")
    expect(option(page).first).to_have_attribute("aria-setsize", "18")
    for words in ("Café Road 4", "Café Road 8"):
        box.press("ArrowDown")
        expect(page.locator(".long-row-active")).to_have_text(words)
    assert page.locator(".long-row-active").get_attribute("id") == box.get_attribute("aria-activedescendant")
    box.press("Enter")
    expect(page.locator(".long-chosen")).to_contain_text("Café Road 8")
    box.fill("")
    expect(option(page).first).to_have_attribute("aria-setsize", "72")
    assert option(page).count() < ROWS_IN_THE_PAGE


def option(page: Page) -> Locator:
    return page.locator("main").get_by_role("option")


def ranked(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("Not answered yet")
    row = page.locator(".ranking-line", has_text="Blue")
    row.get_by_role("button", name="Move up").click()
    row.get_by_role("button", name="Move up").click()
    expect(row.get_by_role("button", name="Move down")).to_be_focused()


def stepped(page: Page) -> None:
    expect(page.locator("output")).to_have_text("Not answered yet")
    for _ in range(4):
        page.get_by_role("button", name="One step more").click()
    page.get_by_role("button", name="One step less").click()
    expect(page.locator("output")).to_have_text("2")


def slid(page: Page) -> None:
    page.get_by_role("slider").press("ArrowRight")


def position(page: Page) -> None:
    page.get_by_role("button", name="Use my position").click()
    expect(page.locator("main")).to_contain_text("51.53")


def told(text: str) -> Act:
    """See what the form says, where nobody can answer."""

    def act(page: Page) -> None:
        expect(page.locator("output")).to_have_text(text)
        expect(page.locator("main .field")).to_have_count(0)

    return act


def together(page: Page) -> None:
    page.locator("fieldset", has_text="By bus").locator(".choice-card", has_text="Yes").click()
    page.locator("main input[type=date]").fill("2026-11-20")


def people(page: Page) -> None:
    """A list as long as the form says: one is answered, the others may stay blank."""
    expect(page.get_by_role("listitem")).to_have_count(3)
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    expect(page.get_by_role("button", name="Add another")).to_have_count(0)
    page.get_by_role("link", name="Answer").first.click()
    typed("নাসরিন")(page)
    page.get_by_role("button", name="Continue").click()
    typed("৪১")(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Person")


def skipped(page: Page) -> None:
    """Leave a question without an answer."""


STEPS: Final[Mapping[str, Act]] = {
    "Some words": typed("দরজা বন্ধ"),
    "Several lines": typed("one\ntwo"),
    "A telephone number": typed("٠٢٠ ٧٩٤٦"),
    "The code on the label": typed("ABC-123"),
    "A whole number": typed("৪২"),
    "How many kilometres?": typed("٣٫٥"),
    "Which day?": filled("2026-11-20"),
    "When were you born?": labelled({"Day": "٣", "Month": "2", "Year": "১৯৮৪"}),
    "Which month?": month,
    "Which year?": typed("1984"),
    "At what time?": filled("14:30"),
    "When did it happen?": moment,
    "Your favourite colour?": chosen("Green"),
    "Which colours do you like?": chosen("Blue", "Red"),
    "Something to drink, or another": chosen("Other"),
    "Specify other": typed("coffee"),
    "A colour from a menu": in_menu,
    "Colours from a menu": several_in_menu,
    "People here help each other.": chosen("So so"),
    "A colour in columns": chosen("Blue"),
    "Colours close together": chosen("Red", "Green"),
    "A colour, and on": quickly,
    "A colour to look for": found("gre"),
    "Which bus stop?": found_by_keys,
    "Which bus stops do you use?": found("gate 71", "canal street 5"),
    "Put the colours in order": ranked,
    "How safe do you feel?": stepped,
    "How many hours of sleep?": slid,
    "I have read this": chosen("OK"),
    "Where is it?": position,
    "A picture": skipped,
    "A recording": skipped,
    "A film": skipped,
    "A file": skipped,
    "What the form knows": told("দরজা বন্ধ / 84"),
    "Twice the kilometres": told("7"),
    "That was the last question of this part.": skipped,
    "Together on one page": together,
    "Person": people,
    "On which day?": filled("2026-11-19"),
    "Visit": skipped,
}


def see_the_answers_in_words(page: Page) -> None:
    """On the page to check, dates have names of months, and choices their labels."""
    main = page.locator("main")
    for words in ("20 November 2026", "3 February 1984", "July 1984", "14:30", "Café Road 8", "1. Blue", "5.5"):
        expect(main).to_contain_text(words)


def assert_stored(central: Central, page: Page) -> None:
    """Compare with what the server's database holds, text by text."""
    (row,) = central.rows(MAIN_PART)
    answers: dict[str, Any] = json.loads(row["body"])["answers"]
    offset = int(page.evaluate(OFFSET, MOMENT))
    sign, hours, minutes = "-" if offset < 0 else "+", abs(offset) // 60, abs(offset) % 60
    assert answers.pop("clock").startswith("14:30:00.000")
    assert answers.pop("moment") == f"{MOMENT}:00.000{sign}{hours:02}:{minutes:02}"
    assert answers.pop("place").startswith("51.530100 -0.028500 ")
    assert {name: value for name, value in answers.items() if name not in METADATA} == STORED
    assert answers.keys() >= METADATA - {"username"}
    assert central.rows("SELECT path, code FROM problems") == []


METADATA: Final = frozenset({"start", "end", "today", "deviceid", "username", "meta"})
STORED: Final = {
    "secret": "kept",
    "words": "দরজা বন্ধ",
    "lines": "one\ntwo",
    "digits": "020 7946",
    "code": "ABC-123",
    "whole": "42",
    "fraction": "3.5",
    "day": "2026-11-20",
    "typed_day": "1984-02-03",
    "month": "1984-07-01",
    "year": "1984-01-01",
    "one": "green",
    "many": "red blue",
    "one_or_other": "other",
    "one_or_other_other": "coffee",
    "in_menu": "blue",
    "several_in_menu": "red green",
    "scale": "so_so",
    "in_columns": "blue",
    "packed": "red green",
    "quickly": "blue",
    "searched": "green",
    "stop": "stop_8",
    "stops": "stop_5 stop_71",
    "order": "blue red green sun",
    "steps": "2",
    "fine_steps": "5.5",
    "agreed": "OK",
    "twice": "84",
    "told": "দরজা বন্ধ / 84",
    "told_number": "7",
    "together": {"grid_first": "yes", "grid_day": "2026-11-20"},
    "people_count": "3",
    "people": [{"person_name": "নাসরিন", "person_age": "41"}, {}, {}],
    "visits": [{"visit_day": "2026-11-19"}],
}
