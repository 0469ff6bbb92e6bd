"""Open a page as a new phone would, cold, and measure until its first question has been answered and kept."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.bench.browser import new_browser
from tests.bench.link import Conditions, Link, Passed

__all__ = ["AnswerLost", "Client", "Visit", "heap_bytes", "visit"]

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
FIELD_SECONDS = 240.0
TOLD = "bench "
READY = "bench-ready "
QUIET_SECONDS = 2.0  # the link is quiet when nothing has passed for this long


class AnswerLost(Exception):
    """A page showed a field and did not keep what was answered there: the field was not answerable."""


@dataclass(frozen=True)
class Client:
    """A form client: its server's port, where to start, what to click on the way, what counts as a field.

    `keeps(page, name, answer)` says whether the client really holds the answer given in the field of that name.
    """

    name: str
    port: int
    path: str
    field: str
    steps: tuple[str, ...]
    keeps: Callable[[Page, str, str], bool]
    text: str = "kept"
    """What is typed into a field, where the first question is not one of choosing."""
    ready: str = ""
    """What is on the page once it needs no server any more; '' where that is not asked."""


@dataclass(frozen=True)
class Visit:
    """One cold visit: what had come down the link by the first question, and in all, service worker included."""

    field_ms: float
    to_field: Passed
    in_all: Passed
    question: str
    heap_bytes: int
    ready_ms: float
    to_ready: Passed


def visit(client: Client, conditions: Conditions) -> Visit:
    """Make one visit with a new browser, profile and cache. Raise AnswerLost, TimeoutError."""
    with Link(conditions, target_port=client.port) as link, new_browser() as browser:
        page = _prepared_page(browser, client, conditions)
        heard: list[str] = []
        page.on("console", lambda said: heard.append(said.text))
        with page.expect_console_message(
            lambda said: said.text.startswith(TOLD), timeout=FIELD_SECONDS * 1_000
        ) as told:
            page.goto(link.url + client.path, wait_until="commit")
        answered = json.loads(told.value.text.removeprefix(TOLD))
        _wait_until_quiet(link)
        in_all, heap = link.down(), heap_bytes(browser, page)
        ready = _ready_at(heard) if client.ready else answered["at"]
        if not client.keeps(page, answered["name"], answered["answer"]):
            raise AnswerLost(f"{client.name} lost '{answered['answer']}', given to question '{answered['name']}'.")
        return Visit(
            field_ms=(answered["at"] - answered["began"]) * 1_000,
            to_field=link.down(answered["at"]),
            in_all=in_all,
            question=answered["question"],
            heap_bytes=heap,
            ready_ms=(ready - answered["began"]) * 1_000,
            to_ready=link.down(ready),
        )


def _ready_at(heard: list[str]) -> float:
    """Give the moment (epoch seconds) at which the page needed no server any more. Raise TimeoutError."""
    told = [text.removeprefix(READY) for text in heard if text.startswith(READY)]
    if not told:
        raise TimeoutError("The page never got ready to do without its server.")
    return float(told[0])


def _prepared_page(browser: BrowserContext, client: Client, conditions: Conditions) -> Page:
    settings = {"field": client.field, "steps": client.steps, "text": client.text, "ready": client.ready}
    browser.add_init_script(PROBE.replace("SETTINGS", json.dumps(settings), 1))
    page = browser.new_page()
    session = browser.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": conditions.cpu_slowdown})
    return page


def heap_bytes(browser: BrowserContext, page: Page) -> int:
    """Give what the page's own scripts hold after everything unused was thrown away; the DOM is not in it."""
    session = browser.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    found = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return int(found["JSHeapUsedSize"])


def _wait_until_quiet(link: Link) -> None:
    """Wait for what is still being fetched behind the first question, such as the copy for use without signal."""
    deadline = time.monotonic() + FIELD_SECONDS
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET_SECONDS and time.monotonic() < deadline:
        if link.down().bytes != seen:
            seen, since = link.down().bytes, time.monotonic()
        time.sleep(0.1)
