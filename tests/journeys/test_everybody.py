"""For who hears the page, and who reads another script: names, focus, directions, lines, letters."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.journeys.central import Central
from tests.journeys.enrolment import enrol
from tests.journeys.phone import Phone

FORM: Final = """
| survey |
| | type | name | label::English (en) | label::Arabic (ar) | label::Bengali (bn) | required |
| | text | name | What is your name? | | আপনার নাম কী? | yes |
| | select_one yes_no | well | Are you well today, ${name}? | هل أنت بخير اليوم يا ${name}؟ | | yes |
| | begin_repeat | barrier | Barrier | عائق | বাধা | |
| | text | what | What gets in the way? | ما الذي يعيق؟ | কী বাধা দেয়? | |
| | end_repeat | barrier | | | | |

| choices |
| | list_name | name | label::English (en) | label::Arabic (ar) | label::Bengali (bn) |
| | yes_no | yes | Yes | نعم | হ্যাঁ |
| | yes_no | no | No | | না |

| settings |
| | form_title | form_id | version | default_language |
| | Well today | well_today | 1 | English (en) |
"""
PERSON: Final = "ليلى (Leila) 12"
LEADING: Final = {
    **dict.fromkeys(("en", "so", "ro", "pl", "lt", "ru", "pt", "it", "es", "fr"), 1.5),
    **dict.fromkeys(("zh-Hans", "bn", "ar", "bn-BD", "ar-EG"), 1.6),
    "ur": 2.0,
}
"""So much of the size of its letters a line has at least, in running text."""
TIGHT: Final = {**dict.fromkeys(LEADING, 1.3), **dict.fromkeys(("bn", "ar", "bn-BD", "ar-EG"), 1.6), "ur": 2.0}
"""The same in headings."""
MEASURE_LINES: Final = """([lang, around]) => {
  const box = document.createElement('div')
  box.lang = around
  box.innerHTML = `<p><span lang="${lang}">x</span></p><ul><li lang="${lang}">x</li></ul>
    <dl><dd lang="${lang}">x</dd></dl>
    <input class="field" lang="${lang}"><textarea class="field" lang="${lang}"></textarea>
    <button class="tongue" lang="${lang}">x</button><h1><span lang="${lang}">x</span></h1>
    <span class="original" lang="${lang}">x</span><p class="choice-card"><bdi lang="${lang}">x</bdi></p>`
  document.querySelector('main').append(box)
  const lines = [...box.querySelectorAll(`[lang="${lang}"]`)].map((one) => {
    const { lineHeight, fontSize } = getComputedStyle(one)
    return [one.closest('h1') ? 'heading' : one.tagName, parseFloat(lineHeight) / parseFloat(fontSize)]
  })
  box.remove()
  return lines
}"""
FRAGMENT: Final = "(words) => [words.closest('[lang]').lang, getComputedStyle(words).direction]"
SMALL_WINDOW: Final = ViewportSize(width=320, height=256)
"""CSS pixels: of 1,280 at 400 %."""
FOCUS_IS_SEEN: Final = """() => {
  const { x, y, width, height } = document.activeElement.getBoundingClientRect()
  return document.activeElement.contains(document.elementFromPoint(x + width / 2, y + height / 2))
}"""
ALL_ALIKE: Final = (
    """CanvasRenderingContext2D.prototype.getImageData = () => ({ data: new Uint8ClampedArray([0, 0, 0, 255]) })"""
)


@pytest.fixture
def page(tmp_path: Path, phone: Phone) -> Iterator[Page]:
    """Give a phone at its start screen, enrolled where people are asked whether they are well."""
    central = Central(tmp_path)
    form = tmp_path / "well_today.md"
    form.write_text(FORM, encoding="utf-8")
    central.command("neighbourhood", "add", "old-ford", "Old Ford", "--system", "North East London")
    central.command("form", "publish", str(form))
    link = central.enrolment_link("Amina")
    central.start()
    opened = phone.launch(link)
    enrol(opened)
    yield opened
    phone.close()
    central.kill()


def begin(page: Page) -> None:
    page.get_by_role("button", name="Start an interview").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What is your name?")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def answer_name_and_well(page: Page) -> None:
    begin(page)
    page.get_by_role("textbox", name="What is your name?").fill(PERSON)
    go_on(page)
    page.get_by_role("radio", name="Yes").check()
    go_on(page)


def test_a_page_that_comes_takes_focus_and_a_problem_is_said_in_title_and_summary(page: Page) -> None:
    begin(page)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    go_on(page)
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Problem: What is your name?")
    page.get_by_role("alert").get_by_role("link").click()
    name = page.get_by_role("textbox", name="What is your name?")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-describedby", f"{name.get_attribute('id')}-problem")
    name.fill(PERSON)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page).not_to_have_title(re.compile("^Problem"))
    expect(page.locator(".toasts")).to_contain_text("Saved on this phone")


def test_choices_are_named_by_their_words_in_a_group_named_by_its_question(page: Page) -> None:
    begin(page)
    page.get_by_role("textbox", name="What is your name?").fill(PERSON)
    go_on(page)
    group = page.get_by_role("radiogroup", name=f"Are you well today, {PERSON}?", exact=True)
    expect(group).to_have_attribute("aria-required", "true")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    for name in ("Yes", "No"):
        expect(group.get_by_role("radio", name=name, exact=True)).to_be_visible()


def test_a_thing_in_a_list_is_removed_by_a_button_with_its_name_and_brought_back(page: Page) -> None:
    answer_name_and_well(page)
    page.get_by_role("textbox", name="What gets in the way?").fill("لا مكان")
    go_on(page)
    remove = page.get_by_role("button", name="Remove لا مكان", exact=True)
    expect(page.get_by_role("link", name="Change لا مكان", exact=True)).to_be_visible()
    page.set_viewport_size(SMALL_WINDOW)
    remove.click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    for link in page.locator("footer a").all():
        link.focus()
        assert page.evaluate(FOCUS_IS_SEEN), "what says so lies over the foot of the window"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(remove).to_be_visible()


def test_every_fragment_is_in_the_language_and_direction_that_is_really_shown(page: Page) -> None:
    begin(page)
    page.get_by_role("combobox").select_option("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    fallen_back = page.get_by_text("What is your name?")
    assert fallen_back.evaluate(FRAGMENT) == ["en", "ltr"]
    page.locator("main .field").fill(PERSON)
    page.locator("main form button[type=submit]").click()
    assert page.get_by_text("هل أنت بخير اليوم").first.evaluate(FRAGMENT) == ["ar", "rtl"]
    isolated = page.locator("h1 bdi")
    expect(isolated).to_have_text(PERSON)
    assert isolated.evaluate("(words) => getComputedStyle(words).unicodeBidi") == "isolate"
    assert page.get_by_text("No", exact=True).evaluate(FRAGMENT) == ["en", "ltr"]
    for option in page.get_by_role("combobox").locator("option").all():
        assert option.get_attribute("lang")
        assert option.get_attribute("dir")


@pytest.mark.parametrize("around", ["en", "ur"])
def test_lines_have_the_room_that_their_script_needs_whatever_is_around_them(page: Page, around: str) -> None:
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for lang in LEADING:
        for where, leading in page.evaluate(MEASURE_LINES, [lang, around]):
            wanted = TIGHT[lang] if where == "heading" else LEADING[lang]
            assert leading >= wanted - 0.01, f"{where} in {lang} inside {around}: {leading}"


def test_help_stands_at_the_foot_of_every_screen_and_works_without_a_connection(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_role("contentinfo").get_by_role("link", name="Help").click()
    expect(page.get_by_role("heading", level=1, name="Help")).to_be_focused()
    expect(page.get_by_text("Call 999")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Help")).to_be_visible()
    page.context.set_offline(False)
    for address in ("/", "/settings", "/responses"):
        page.evaluate("(to) => history.pushState({}, '', to)", address)
        page.reload()
        expect(page.get_by_role("contentinfo").get_by_role("link", name="Help")).to_be_visible()


def test_letters_are_fetched_only_when_asked_for_stay_offline_and_can_be_removed(page: Page) -> None:
    fetched: list[str] = []
    page.on("response", lambda reply: fetched.append(reply.url) if ".woff2" in reply.url else None)
    page.get_by_role("contentinfo").get_by_role("link", name="Help").click()
    get = page.get_by_role("button", name="Get these letters, 93 kB বাংলা", exact=True)
    expect(get).to_be_visible()
    assert fetched == []
    get.click()
    remove = page.get_by_role("button", name="Remove these letters বাংলা", exact=True)
    expect(remove).to_be_focused()
    sizes = page.evaluate(
        "async () => { const shelf = await caches.open('fieldwell-letters'); let sum = 0;"
        " for (const key of await shelf.keys()) sum += (await (await shelf.match(key)).arrayBuffer()).byteLength;"
        " return sum }"
    )
    assert 92_000 <= sizes <= 93_000, "the size that is said first is the size that comes"
    assert len(fetched) == 2
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("button", name="Remove these letters বাংলা")).to_be_visible()
    drawn = "document.fonts.check('16px \"Fieldwell bn\"', 'ক') && [...document.fonts].map((face) => face.family)"
    assert page.evaluate(drawn) == ["Fieldwell bn", "Fieldwell bn"]
    font = "getComputedStyle(document.querySelector('[id=letters-bn]')).fontFamily"
    assert page.evaluate(font).startswith('"Fieldwell bn"')
    page.get_by_role("button", name="Remove these letters বাংলা").click()
    expect(get).to_be_visible()
    assert page.evaluate("[...document.fonts].length") == 0
    page.context.set_offline(False)


def test_letters_are_offered_unasked_where_the_phone_has_none_of_the_language(page: Page) -> None:
    page.add_init_script(ALL_ALIKE)
    page.reload()
    page.get_by_role("contentinfo").get_by_role("link", name="Help").click()
    offer = page.get_by_text("Press the button to get them")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(offer).to_have_count(0)
    page.get_by_role("combobox").select_option("bn")
    expect(offer).to_be_visible()
    expect(offer).to_have_attribute("lang", "en")
