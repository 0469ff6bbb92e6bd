"""A worker with a phone: answers by the words on the screen, in whatever language the screen is in."""

import json
from collections.abc import Mapping
from functools import cache

from playwright.sync_api import Locator, Page, expect

from server.forms.xlsform import compile_file
from tests.journeys.central import FORM

__all__ = ["Interviewer", "form_words"]

FIELDS = {
    "text": "main input[type=text]:not([inputmode=numeric])",
    "number": "main input[inputmode=numeric]",
    "words": "main textarea",
}


@cache
def form_words(lang: str) -> Mapping[str, str]:
    """Give the plain texts of the built-in form in one language, by text id."""
    texts = json.loads(compile_file(FORM).packs[lang])["texts"]
    return {text_id: text for text_id, text in texts.items() if isinstance(text, str)}


class Interviewer:
    """Drives the interview that is open on ``page``; ``lang`` is the language of the form's words."""

    def __init__(self, page: Page, lang: str) -> None:
        self.page = page
        self.lang = lang

    def words(self, text_id: str) -> str:
        """Give the form's words in the language shown."""
        return form_words(self.lang)[text_id]

    def switch(self, lang: str) -> None:
        """Choose another language at the top of the page."""
        self.page.locator("label.languages select").select_option(lang)
        self.lang = lang
        expect(self.page.locator("html")).to_have_attribute("lang", lang)

    def choose(self, list_name: str, place: int) -> None:
        """Choose the ``place``-th choice of a list, counted from 0."""
        self.page.get_by_label(self.words(f"{list_name}-{place}"), exact=True).first.check(force=True)

    def type_in(self, kind: str, text: str) -> None:
        """Type into the page's first field of a kind (``text``, ``number``, ``words``), key by key, as thumbs do."""
        self.field(kind).press("End")
        self.field(kind).press_sequentially(text)

    def field(self, kind: str) -> Locator:
        """Find the page's first field of a kind."""
        return self.page.locator(FIELDS[kind]).first

    def begin(self) -> None:
        """Start an interview from the home page and agree to it."""
        self.page.locator("main button.button").first.click()
        self.page.wait_for_url("**/interview/**")
        self.choose("yes_no", 0)
        self.go_on()
        self.choose("time_here", 1)
        self.choose("ties", 0)
        self.go_on()
        self.choose("yes_no_unsure", 0)
        self.go_on()

    def name_asset(self, name: str, kind: int) -> None:
        """Say what the asset is called and of what kind it is."""
        self.type_in("text", name)
        self.choose("asset_kinds", kind)
        self.go_on()

    def place_here(self) -> None:
        """Give the phone's own position, and wait until it is found."""
        self.choose("place_ways", 0)
        self.page.locator("main .question button.button-second").first.click()
        expect(self.page.locator("main")).to_contain_text("51.53")
        self.go_on()

    def place_in_words(self, words: str) -> None:
        """Say where the asset is."""
        self.choose("place_ways", 1)
        self.type_in("text", words)
        self.go_on()

    def say_what_good(self, times: str) -> None:
        """Choose a benefit, and type how often it was used, in whatever digits."""
        self.choose("benefits", 0)
        self.type_in("number", times)
        self.go_on()

    def add_barrier(self, code: int, words: str) -> None:
        """On the list of barriers, add one with the person's own words."""
        self.add()
        self.choose("barrier_codes", code)
        self.type_in("words", words)
        self.go_on()

    def finish(self) -> None:
        """From the last page, check the answers and finish."""
        self.page.wait_for_url("**/check")
        self.page.locator("main button.button-wide").last.click()
        self.page.wait_for_url("**/finished")

    def go_on(self) -> None:
        """Press the button that goes on: the last wide one of the page."""
        before = self.page.url
        self.page.locator("main .button-wide").last.click()
        self.page.wait_for_url(lambda url: url != before)

    def add(self) -> None:
        """On the page of a list, add another."""
        before = self.page.url
        self.page.locator("main .button-second.button-wide").click()
        self.page.wait_for_url(lambda url: url != before)

    def wait_until_saved(self) -> None:
        """Wait until what was typed last is on the phone's disk."""
        expect(self.page.locator("html")).to_have_attribute("data-saved", "yes")

    def heading(self, text: str) -> None:
        """See that the page is about ``text``."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)
