"""Every screen of the app on a worker's phone: before it is enrolled, empty, at work, and with what was sent."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from playwright.sync_api import Page, expect

from tests.journeys.outbox import stored
from tests.journeys.patience import wait_until
from tests.screens.showing import Shown, Wanted
from tests.screens.walking import go_on, settled, walk
from tests.screens.world import World

__all__ = [
    "BY_ROUTE",
    "FORMS",
    "app_screens",
    "at",
    "begin",
    "enrol_phone",
    "fill_in",
    "interview_screens",
    "outer_screens",
    "speak",
]

WORDS_OF_FORMS: Final = """
    SELECT (SELECT COUNT(DISTINCT logic_sha) FROM form_versions)
         + (SELECT COUNT(DISTINCT sha256) FROM form_texts) AS blobs
"""
BEFORE: Final = {
    "app home, not enrolled": "/",
    "app link form": "/enrol",
    "app spent link": "/enrol#AAAA-AAAA-AAAA-AAAA",
    "app settings, not enrolled": "/settings",
}
EMPTY: Final = {
    "app home": "/",
    "app enrolled": "/enrol",
    "app settings": "/settings",
    "app help": "/help",
    "app wrong word": "/word",
    "app no interviews": "/responses",
    "app not here": "/interview",
    "app somebody’s poster": "/v/{code}?lang={lang}",
}
FORMS: Final = ("every_type", "assets_and_barriers")
BY_ROUTE: Final = {
    "home": "app home",
    "enrol": "app enrolled",
    "settings": "app settings",
    "help": "app help",
    "word": "app wrong word",
    "responses": "app interviews",
    "response": "app interview sent",
    "finished": "app finished",
    "fill": "app every_type question",
    "check": "app every_type check",
    "stop": "app stop",
    "visit": "app somebody’s poster",
    "unknown": "app not here",
}
"""For each kind of address in pwa/src/ui/routes.ts, a screen here; `test_screens.py` compares."""


def app_screens(page: Page, world: World, wanted: Wanted, forms: Sequence[str] = FORMS) -> Iterator[Shown]:
    """Show all screens in each language; the phone is enrolled on the way, and fills in two interviews."""
    yield from at(page, world, BEFORE, wanted)
    enrol_phone(page, world)
    yield from at(page, world, EMPTY, wanted)
    for form in forms:
        yield from _interview(page, world, form, wanted)
    if not forms:
        begin(page, world, FORMS[1])
    yield from at(page, world, {"app home, with drafts": "/"}, wanted)
    yield from _sent(page, world, wanted)


def interview_screens(page: Page, world: World, wanted: Wanted, form: str) -> Iterator[Shown]:
    """Show the pages of one form alone, on a phone that is enrolled on the way."""
    enrol_phone(page, world)
    yield from _interview(page, world, form, wanted)


def enrol_phone(page: Page, world: World) -> None:
    """Make it a worker's phone, that has all forms in all languages."""
    speak(page, world, "/", "en")
    page.goto(f"{world.url}/enrol#{next(world.secrets)}")
    page.get_by_role("link", name="Continue").or_(page.get_by_role("button", name="Continue")).click()
    settled(page)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    [wanted] = world.central.rows(WORDS_OF_FORMS)
    wait_until(lambda: len(stored(page, "blobs")) >= wanted["blobs"], "every form in every language")


def outer_screens(page: Page, world: World, wanted: Wanted) -> Iterator[Shown]:
    """Show those of an enrolled phone that ask nothing: they speak languages that a team has added, and no form has."""
    enrol_phone(page, world)
    ours = {name: address for name, address in EMPTY.items() if "{code}" not in address}
    yield from at(page, world, ours, wanted)
    begin(page, world, FORMS[1])
    yield from at(page, world, {"app home, with drafts": "/"}, wanted)
    yield from _sent(page, world, wanted)


def at(page: Page, world: World, addresses: dict[str, str], wanted: Wanted, *, chosen_at: str = "/") -> Iterator[Shown]:
    """Show each address in each language, which is chosen at one of them: an interview has a language of its own."""
    chosen = {name: address for name, address in addresses.items() if wanted.includes(name)}
    for lang in wanted.langs if chosen else ():
        speak(page, world, chosen_at, lang)
        for name, address in chosen.items():
            page.goto("about:blank")  # or what stands behind # would not be opened afresh
            page.goto(f"{world.url}{address.format(code=world.codes[0], lang=lang)}")
            settled(page)
            yield Shown(page, name, lang)


def _interview(page: Page, world: World, form: str, wanted: Wanted) -> Iterator[Shown]:
    """Show each page of a form blank, as it complains, and answered."""
    addresses = fill_in(page, world, form)
    filled = {_short(address): address for address in addresses}
    begin(page, world, form)
    response = page.url.split("/interview/")[1].split("/")[0]
    for lang in wanted.langs:
        for state in ("", "filled"):
            names = {place: f"app {form} {_kind(place)} {place} {state}".strip() for place in filled}
            chosen = {
                place: name
                for place, name in names.items()
                if wanted.includes(name) or wanted.includes(f"{name} wrong")
            }
            blank = f"{world.url}/interview/{response}"
            spoken = False
            for place, name in chosen.items():
                address = filled[place] if state else f"{blank}/{place}"
                if not spoken:
                    speak(page, world, address.removeprefix(world.url), lang)
                    spoken = True
                page.goto(address)
                settled(page)
                if wanted.includes(name):
                    yield Shown(page, name, lang)
                if not state and wanted.includes(f"{name} wrong") and "check" not in place and _complains(page):
                    yield Shown(page, f"{name} wrong", lang)


def _complains(page: Page) -> bool:
    """Go on without an answer, where the page itself says that one is wanted or that there may be one."""
    if page.locator("main form.stack").count() == 0 or page.locator("main .question").count() != 1:
        return False
    optional = page.locator("main .optional").count()
    return False if optional else not go_on(page)


def _sent(page: Page, world: World, wanted: Wanted) -> Iterator[Shown]:
    """Finish an interview and show what became of it."""
    [*_, last] = fill_in(page, world, "assets_and_barriers")
    response = last.split("/interview/")[1].split("/")[0]
    stop = {"app stop": f"/interview/{response}/stop"}
    yield from at(page, world, stop, wanted)
    page.goto(last)
    settled(page)
    go_on(page)
    page.wait_for_url("**/finished")
    after = {
        "app finished": f"/responses/{response}/finished",
        "app interview sent": f"/responses/{response}",
        "app interviews": "/responses",
        "app home, after sending": "/",
        "app settings, after sending": "/settings",
    }
    yield from at(page, world, after, wanted)


def begin(page: Page, world: World, form: str) -> None:
    """Start an interview with a form."""
    page.goto(f"{world.url}/")
    settled(page)
    page.locator(f"main .card:has(#form-{form}) button").click()
    page.wait_for_url("**/interview/**")
    settled(page)


def fill_in(page: Page, world: World, form: str) -> list[str]:
    """Answer a whole interview, and give the addresses of its pages, the last check at the end."""
    begin(page, world, form)
    last = "/check-equality$" if form == "assets_and_barriers" else "/check$"
    return list(walk(page, until=last))


def speak(page: Page, world: World, address: str, lang: str) -> None:
    """Choose a language where everybody does."""
    page.goto(f"{world.url}{address}")
    settled(page)
    page.locator("label.languages select").select_option(lang)
    expect(page.locator(f"html[lang={lang}]")).to_be_attached()
    expect(page.locator("html[data-saved=no]")).to_have_count(0)


def _short(address: str) -> str:
    return re.sub(r"^.*/interview/[^/]+/?", "", address)


def _kind(place: str) -> str:
    return "check" if "check" in place else "question"
