"""A worker with a phone: answers by the words on the screen, in whatever language the screen is in."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Final

from server.forms.xlsform import compile_file
from tests.journeys.central import FORM
from tests.journeys.screen import Screen

__all__ = ["FIELDS", "Interviewer", "form_words"]

FIELDS: Final = {
    "text": "main input[type=text]:not([inputmode=numeric])",
    "number": "main input[inputmode=numeric]",
    "words": "main textarea",
    "latitude": "main details input[id$=north]",
    "longitude": "main details input[id$=east]",
}


@cache
def form_words(lang: str) -> Mapping[str, str]:
    """Give the plain texts of the built-in form in one language, by text id."""
    texts = json.loads(compile_file(FORM).packs[lang])["texts"]
    return {text_id: text for text_id, text in texts.items() if isinstance(text, str)}


class Interviewer:
    """Drives the interview on ``screen``; ``lang`` is the language of the form's words."""

    def __init__(self, screen: Screen, lang: str) -> None:
        self.screen = screen
        self.lang = lang

    def switch(self, lang: str) -> None:
        """Choose another language at the top of the page."""
        self.screen.select("label.languages select", lang)
        self.lang = lang
        self.screen.see(f"html[lang={lang}]")

    def choose(self, list_name: str, place: int) -> None:
        """Choose the ``place``-th choice of a list, counted from 0."""
        self.screen.choose(form_words(self.lang)[f"{list_name}-{place}"])

    def type_in(self, kind: str, text: str) -> None:
        """Type into the page's first field of a kind; FIELDS lists the kinds."""
        self.screen.type_in(FIELDS[kind], text)

    def begin(self) -> None:
        """Start an interview from the home page, with a person who has something to tell."""
        self.agree()
        self.choose("yes_no_unsure", 0)
        self.go_on()

    def agree(self) -> None:
        """Start an interview from the home page with a person who agrees to it."""
        self.screen.press("main button.button")
        self.screen.wait_for_address(lambda address: "/interview/" in address)
        self.choose("yes_no", 0)
        self.go_on()
        self.choose("time_here", 1)
        self.choose("ties", 0)
        self.go_on()

    def brief_interview(self, wish: str) -> None:
        """Do an interview with a person who knows of nothing but has a wish, up to the answers to be checked."""
        self.agree()
        self.choose("yes_no_unsure", 1)
        self.go_on()
        self.type_in("words", wish)
        self.go_on()
        self.leave_equality()
        self.screen.wait_for_address(lambda address: address.endswith("/check-equality"))

    def name_asset(self, name: str, kind: int) -> None:
        """Say what the asset is called and of what kind it is."""
        self.type_in("text", name)
        self.choose("asset_kinds", kind)
        self.go_on()

    def place_here(self) -> None:
        """Give the phone's own position, and wait until it is found."""
        self.choose("place_ways", 0)
        self.screen.press("main .question button.button-second")
        self.screen.see("main", "51.53")
        self.go_on()

    def place_typed(self, latitude: str, longitude: str) -> None:
        """Type the position, on a phone that does not say where it is."""
        self.choose("place_ways", 0)
        self.screen.press("main details:has(input[id$=north]) summary")
        self.type_in("latitude", latitude)
        self.type_in("longitude", longitude)
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

    def check(self) -> None:
        """Look over the answers before the equality questions, and go on to those."""
        self.screen.wait_for_address(lambda address: address.endswith("/check"))
        self.go_on()

    def leave_equality(self) -> None:
        """Check the other answers, and skip the equality questions as a whole."""
        self.check()
        self.choose("equality_willing", 1)
        self.go_on()

    def answer_some_equality(self) -> None:
        """Check the other answers; answer the first two equality questions, and pass by the others."""
        self.check()
        self.choose("equality_willing", 0)
        self.go_on()
        self.choose("age_band", 3)
        self.go_on()
        self.choose("sex", 0)
        while not self.screen.address().endswith("/check-equality"):
            self.go_on()

    def finish(self) -> None:
        """From the last page, check its answers and finish."""
        self.screen.wait_for_address(lambda address: "/check" in address)
        self.screen.press("main button.button-wide", last=True)
        self.screen.wait_for_address(lambda address: address.endswith("/finished"))

    def go_on(self) -> None:
        """Press the button that goes on: the last wide one of the page."""
        before = self.screen.address()
        self.screen.press("main .button-wide", last=True)
        self.screen.wait_for_address(lambda address: address != before)

    def add(self) -> None:
        """On the page of a list, add another."""
        before = self.screen.address()
        self.screen.press("main button.button-wide")
        self.screen.wait_for_address(lambda address: address != before)

    def wait_until_saved(self) -> None:
        """Wait until what was typed last is on the phone's disk."""
        self.screen.see("html[data-saved=yes]")
