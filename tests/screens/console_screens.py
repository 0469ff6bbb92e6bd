"""Every page of the console, found in the map of addresses: what is new there is looked at without being named here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from flask import Flask
from playwright.sync_api import Page

from server import services
from server.app import create_app
from server.clock import SystemClock
from server.config import Config
from tests.screens.showing import Shown, Wanted
from tests.screens.world import World
from tests.server.two_places import DRAFT_ID

__all__ = ["ConsoleScreen", "console_screens", "refused_screens", "sign_in", "to_show"]

WORDS: Final = {
    "paper": "a4",
    "form_id": "tell_us_about_this_place",
    "draft_id": DRAFT_ID,
    "name": "",
    "language": "bn",
}
"""Arguments that name nothing of a neighbourhood."""
NO_PAGE: Final = {
    "decisions.tell_news": "gives a count as data",
    "form_desk.give_xform": "gives a file",
    "map_files.give_file": "gives a file",
    "maps.give_points": "gives points as data",
    "neighbourhoods.give_boundary": "gives a drawing as data",
    "pictures.download_file": "gives a file",
    "pictures.show_picture": "gives a picture",
    "recordings.ask_to_delete": "asks about a recording, and nobody has made one: tests of recordings",
    "reviews.home": "leads on to the list",
    "set_up.show_set_up": "there until somebody administers: `set_up_screens`",
    "set_up.show_administrator": "the same",
}
ASKED: Final = {
    "editing.show_question": {"at": "/data/who"},
    "exports.show_download": {"neighbourhood": "old-ford"},
    "posters.show_new_poster": {},
    "saved_views.list_views": {"language": "bn"},
}
"""What stands behind the question mark."""
A_MENTION: Final = """
    SELECT response_id, observation_id AS observation FROM unplaced_observations ORDER BY response_id LIMIT 1
"""


@dataclass(frozen=True, kw_only=True)
class ConsoleScreen:
    """A page: the endpoint is its name."""

    name: str
    address: str


def to_show(world: World, folder: Path) -> list[ConsoleScreen]:
    """Give every page of the console with its address; one with an argument that nobody knows raises KeyError."""
    running = services.start(folder / "map", clock=SystemClock(), random_bytes=bytes)
    try:
        return list(_pages(create_app(Config(data_folder=folder / "map"), running), world))
    finally:
        running.close()


def _pages(app: Flask, world: World) -> Iterator[ConsoleScreen]:
    known = {**world.arguments, **WORDS}
    questions = {**ASKED, "placing.show_choice": world.central.rows(A_MENTION)[0]}
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint)
    with app.test_request_context():
        for rule in rules:
            is_page = rule.rule.startswith("/console") and "GET" in (rule.methods or ()) and rule.endpoint != "static"
            if is_page and rule.endpoint not in NO_PAGE:
                given: dict[str, Any] = {name: known[name] for name in rule.arguments}
                address = app.url_for(rule.endpoint, **given)
                asked = urlencode(questions.get(rule.endpoint, {}))
                yield ConsoleScreen(name=f"console {rule.endpoint}", address=f"{address}?{asked}" if asked else address)
    yield ConsoleScreen(name="console nowhere", address="/console/nowhere")
    yield ConsoleScreen(name="console empty list", address="/console/responses?neighbourhood=nowhere")
    yield ConsoleScreen(name="console search", address="/console/responses?text=park&language=en&sort=-worker")
    what = urlencode({"form": WORDS["form_id"], "format": "csv", "state": "received"})
    yield ConsoleScreen(name="console what you get", address=f"/console/download?{what}")
    yield ConsoleScreen(name="console nothing waits", address="/console/responses/triage?neighbourhood=nowhere")


def sign_in(page: Page, world: World) -> None:
    """Sign in as an administrator."""
    page.goto(f"{world.url}/console/sign-in")
    page.locator("input[name=sign_in_name]").fill(world.account.sign_in_name)
    page.locator("input[name=password]").fill(world.account.password)
    page.locator("main form button").last.click()
    page.wait_for_url(lambda address: "sign-in" not in address)


def console_screens(page: Page, world: World, screens: list[ConsoleScreen], wanted: Wanted) -> Iterator[Shown]:
    """Show each page to somebody who is signed in, in each language."""
    chosen = [screen for screen in screens if wanted.includes(screen.name)]
    for lang in wanted.langs:
        page.set_extra_http_headers({"Accept-Language": lang})
        for screen in chosen:
            page.goto(f"{world.url}{screen.address}")
            yield Shown(page, screen.name, lang)


def refused_screens(page: Page, world: World, screens: list[ConsoleScreen], wanted: Wanted) -> Iterator[Shown]:
    """Show each form that wants something, sent without it: what is wrong stands on the page."""
    forms: dict[str, ConsoleScreen] = {}
    for lang in wanted.langs:
        page.set_extra_http_headers({"Accept-Language": lang})
        for screen in forms.values() if forms else screens:
            name = f"{screen.name} refused"
            if not wanted.includes(name):
                continue
            page.goto(f"{world.url}{screen.address}")
            if page.evaluate(LACKS_SOMETHING):
                with page.expect_navigation():
                    page.evaluate(SEND_BLANK)
                page.locator("main [role=alert]").first.wait_for()
                forms[screen.name] = screen
                yield Shown(page, name, lang)


FORM_THAT_WANTS: Final = "document.querySelector('main form[method=post] [required]')?.form"
LACKS_SOMETHING: Final = f"() => {FORM_THAT_WANTS} != null"
SEND_BLANK: Final = f"""() => {{
  const form = {FORM_THAT_WANTS}
  for (const field of form.querySelectorAll('[required]')) {{
    if (field.matches('[type=radio], [type=checkbox]')) field.checked = false
    else field.value = ''
  }}
  form.noValidate = true
  form.requestSubmit()
}}"""
