"""Every kind of question that fits a poster is asked and answered without script, in any digits."""

import json
import re
from pathlib import Path
from typing import Final

import pytest
from flask.testing import FlaskClient

from server.formlogic.logic_json import load
from server.forms.publish import publish
from server.forms.xlsform import compile_file
from server.services import Services
from tests.server.posters import Browser, add_poster, set_up_programme

FORM: Final = """
| survey |
| | type | name | label::English (en) | label::Bengali (bn) | hint::English (en) | appearance | parameters | required |
| | text | name | What is your name? | আপনার নাম? | As you like. | | | |
| | text | story | Tell us more | আরও বলুন | | multiline | | |
| | text | phone | Your number | | | numbers | | |
| | integer | age | How old? | বয়স? | | | | |
| | decimal | weight | How heavy? | | | | | |
| | date | day | Which day? | | | | | |
| | date | typed_day | Which day, typed? | | | no-calendar | | |
| | date | month | Which month? | | | month-year | | |
| | date | year | Which year? | | | year | | |
| | time | time | What time? | | | | | |
| | dateTime | moment | When exactly? | | | | | |
| | range | scale | How good? | | | | start=0 end=10 step=1 | |
| | range | fine | How fine? | | | | start=0 end=5 step=0.1 | |
| | select_one yn | likert | Agree? | | | likert | | |
| | select_one yn | menu | From a menu? | | | minimal | | |
| | select_multiple yn | many | Many? | | | columns-2 | | |
| | acknowledge | ok | Read this | এটা পড়ুন | | | | yes |
| | note | told | You said ${name} | | | | | |
| choices |
| | list_name | name | label::English (en) | label::Bengali (bn) |
| | yn | yes | Yes | হ্যাঁ |
| | yn | no | No | না |
| settings |
| | form_title::English (en) | form_id | version | default_language |
| | Every kind | every_kind | 1 | English (en) |
"""
TYPED: Final[dict[str, str | list[str]]] = {
    "name": "আয়েশা <b>",
    "story": "one\r\ntwo",
    "phone": "০১৭",
    "age": "٤٢",
    "weight": "৬০,৫",
    "day": "2026-11-20",
    "typed_day": ["৫", "১", "২০২৬"],
    "month": ["11", "2026"],
    "year": ["٢٠٢٥"],
    "time": "9:30",
    "moment": ["2026-07-01", "09:30"],
    "scale": "7",
    "fine": "0.3",
    "likert": "no",
    "menu": "yes",
    "many": ["no", "yes"],
    "ok": "OK",
}
STORED: Final = {
    "name": "আয়েশা <b>",
    "story": "one\ntwo",
    "phone": "017",
    "age": "42",
    "weight": "60.5",
    "day": "2026-11-20",
    "typed_day": "2026-01-05",
    "month": "2026-11-01",
    "year": "2025-01-01",
    "time": "09:30:00.000+00:00",
    "moment": "2026-07-01T09:30:00.000+01:00",
    "scale": "7",
    "fine": "0.3",
    "likert": "no",
    "menu": "yes",
    "many": "yes no",
    "ok": "OK",
}


@pytest.fixture
def numbers(running: Services, tmp_path: Path) -> dict[str, int]:
    """A poster for a form with every kind; give the numbers of its questions."""
    path = tmp_path / "every_kind.md"
    path.write_text(FORM, encoding="utf-8")
    compiled = compile_file(path)
    publish(running.database, compiled, source_name=path.name, clock=running.clock)
    set_up_programme(running)
    add_poster(running, form_id="every_kind")
    return {node.name: node.number for node in load(json.loads(compiled.logic_text)).nodes}


def test_every_kind_is_stored_as_xforms_wants_it(
    client: FlaskClient, running: Services, numbers: dict[str, int]
) -> None:
    answers = {f"q{numbers[name]}": typed for name, typed in TYPED.items()}
    browser = Browser(client).open()
    while browser.page != "check":
        browser.press("continue", answers)
    assert "আয়েশা &lt;b&gt;" in browser.text
    browser.press("finish")
    with running.database.read() as connection:
        [row] = connection.execute("SELECT body FROM parts").fetchall()
    kept = json.loads(row["body"])["answers"]
    assert {name: kept.get(name) for name in STORED} == STORED


def test_what_was_answered_stands_in_its_field_again(client: FlaskClient, numbers: dict[str, int]) -> None:
    answers = {f"q{numbers[name]}": typed for name, typed in TYPED.items()}
    browser = Browser(client).open()
    while browser.page != "check":
        browser.press("continue", answers)
    for name in ("time", "moment", "typed_day", "month", "year", "fine", "menu", "story", "ok"):
        browser.press(f"change:{numbers[name]}")
        fields = re.findall(rf'name="q{numbers[name]}"', browser.text)
        assert fields, name
        browser.press("check", {f"q{numbers[name]}": shown_again(browser.text, numbers[name])})
        assert browser.page == "check"
    state = browser.state["answers"]
    assert isinstance(state, dict)
    assert {name: state.get(name) for name in STORED} == STORED


def shown_again(text: str, number: int) -> list[str]:
    """Give what a browser would send of a question that nobody touched."""
    area = re.findall(rf'<textarea[^>]* name="q{number}"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    found = [one.replace("\n", "\r\n") for one in area]
    for kind, body in re.findall(
        rf'<(input|select)([^>]* name="q{number}".*?)(?=<(?:input|select|button|textarea))', text, re.DOTALL
    ):
        values = re.findall(r'value="([^"]*)"', body)
        if kind == "select":
            found += re.findall(r'<option value="([^"]*)"[^>]* selected', body)
        elif 'type="checkbox"' not in body or " checked" in body:
            found += values[:1]
    return found


def test_a_value_that_a_text_shows_is_set_apart(client: FlaskClient, numbers: dict[str, int]) -> None:
    answers = {f"q{numbers[name]}": typed for name, typed in TYPED.items()}
    browser = Browser(client).open()
    while browser.page != str(numbers["told"]):
        browser.press("continue", answers)
    assert "You said <bdi>আয়েশা &lt;b&gt;</bdi>" in browser.text


def test_a_text_that_has_no_translation_says_which_language_it_is_in(
    client: FlaskClient, numbers: dict[str, int]
) -> None:
    browser = Browser(client, headers={"Accept-Language": "bn"}).open()
    assert '<span lang="bn" dir="ltr" class="as-typed">আপনার নাম?</span>' in browser.text
    browser.press("continue")
    browser.press("continue")
    assert '<span lang="en" dir="ltr" class="as-typed">Your number</span>' in browser.text
