"""Part *phone*: a worker's phone at a sixth of this machine's speed, without a network, full of interviews.

What each is measured beside is a floor in the same page of the same run: the browser's own work without the app.
"""

import io
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import BrowserContext, CDPSession, FilePayload, Page

from tests.bench.browser import new_browser
from tests.bench.fieldwell import Server, server_with_form
from tests.bench.report import Row

__all__ = ["phone_rows"]

SLOWER: Final = 6
MANY: Final = 10_000
INTERVIEWS: Final = 100
PHOTO_SIZE: Final = (1600, 1200)
MEGABYTE: Final = 1_000_000
PATIENCE_MS: Final = 600_000
FORM: Final = """\
| survey |
| | type | name | label |
| | text | what | What is here? |
| | image | photo | Take a photo |
| settings |
| | form_title | form_id | version |
| | Bench | bench | 1 |
"""
INTERVIEW: Final = (Path(__file__).parent / "phone_day.js").read_text(encoding="utf-8")
OPEN: Final = """const open = () => new Promise((resolve) => {
  const opening = indexedDB.open('fieldwell');
  opening.onsuccess = () => resolve(opening.result);
});"""
MULTIPLY: Final = f"""async (many) => {{
  {OPEN}
  const database = await open();
  const done = (request) => new Promise((resolve) => {{ request.onsuccess = () => resolve(request.result); }});
  const [first] = await done(database.transaction('revisions').objectStore('revisions').getAll());
  for (let from = 0; from < many; from += 500) {{
    const tx = database.transaction('revisions', 'readwrite');
    for (let one = from; one < from + 500; one += 1) {{
      const name = String(one).padStart(12, '0');
      tx.objectStore('revisions').put({{
        ...first, attachments: [], state: 'safe', seq: one + 1, shortTitle: `Park ${{one}}`,
        rev: name.padStart(64, 'f'), responseId: `0192f000-0000-7000-8000-${{name}}`,
      }});
    }}
    await new Promise((resolve) => {{ tx.oncomplete = resolve; }});
  }}
  database.close();
}}"""
READ_ALL: Final = f"""async (store) => {{
  {OPEN}
  const database = await open();
  const began = performance.now();
  const reading = database.transaction(store).objectStore(store).getAll();
  await new Promise((resolve) => {{ reading.onsuccess = resolve; }});
  const took = performance.now() - began;
  database.close();
  return took;
}}"""
WRITE: Final = """async (bytes) => {
  const database = await new Promise((resolve) => {
    const opening = indexedDB.open('floor', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('floor');
    opening.onsuccess = () => resolve(opening.result);
  });
  const began = performance.now();
  const tx = database.transaction('floor', 'readwrite', { durability: 'strict' });
  tx.objectStore('floor').put(new ArrayBuffer(bytes), 'one');
  await new Promise((resolve) => { tx.oncomplete = resolve; });
  const took = performance.now() - began;
  database.close();
  return took;
}"""
SEEN: Final = "css => document.querySelector(css) ? performance.now() : false"
PARSED: Final = "performance.getEntriesByType('navigation')[0].domInteractive"


@dataclass(frozen=True)
class Measured:
    """Milliseconds, but for the heaps, which are megabytes; each beside its floor."""

    start: tuple[float, float]
    crowded_start: tuple[float, float]
    listed: tuple[float, float]
    read_whole: float
    finalise: tuple[float, float]
    heap: tuple[float, float]


def phone_rows(runs: int) -> list[Row]:
    """Live a phone's day, `runs` times, each on a new phone."""
    with tempfile.TemporaryDirectory() as folder:
        form = Path(folder) / "bench.md"
        form.write_text(FORM, encoding="utf-8")
        with server_with_form(phones=runs, form=form) as server:
            days = [_day(server) for _ in range(runs)]
    slow = f"CPU ×{SLOWER}, offline"
    floor = "its page parsed, without script"
    return [
        _row(f"cold start to the start button: {slow}", floor, [one.start for one in days]),
        _row(f"the same with {MANY:,} responses", floor, [one.crowded_start for one in days]),
        _row(
            f"cold start to the list of {MANY:,} responses", "IndexedDB reads their lines", [one.listed for one in days]
        ),
        _row(
            f"IndexedDB reads {MANY:,} lines",
            "IndexedDB reads them whole",
            [(one.listed[1], one.read_whole) for one in days],
        ),
        _row(
            "finish an interview with a photo of 0.6 MB", "IndexedDB writes the photo", [one.finalise for one in days]
        ),
        _row(f"JS heap after {INTERVIEWS} interviews, after GC", "after the first", [one.heap for one in days], "MB"),
    ]


def _row(measure: str, peer: str, pairs: Sequence[tuple[float, float]], unit: str = "ms") -> Row:
    return Row(measure, unit, "lower", [ours for ours, _ in pairs], peer, [theirs for _, theirs in pairs])


def _day(server: Server) -> Measured:
    with new_browser() as context:
        page = context.pages[0]
        page.goto(f"{server.url}/enrol#{server.secrets.pop()}")
        _make_ready(page)
        context.set_offline(True)
        page = _reopened(context, page)
        start = _cold(page, server.url, "main .cards button")
        finalise = _finalise(page)
        heap = _heaps(page)
        page.evaluate(MULTIPLY, MANY)
        # The first opening makes the lines that were not written with them; the next ones are what is measured.
        page = _reopened(context, page)
        _cold(page, server.url, "main .cards button")
        page = _reopened(context, page)
        crowded = _cold(page, server.url, "main .cards button")
        page = _reopened(context, page)
        listed, _ = _cold(page, f"{server.url}/responses", "main .cards .card")
        lines, whole = page.evaluate(READ_ALL, "lines"), page.evaluate(READ_ALL, "revisions")
        _tell(f"start {start[0]:,.0f} ms, crowded {crowded[0]:,.0f} ms, list {listed:,.0f} ms, heap {heap[0]:.1f} MB")
    return Measured(start, crowded, (listed, lines), whole, finalise, heap)


def _make_ready(page: Page) -> None:
    """Go on until the phone can be taken where there is no signal."""
    page.get_by_text("Continue").click()
    page.locator("main .cards button").first.wait_for()
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_text("Ready to work without a connection").wait_for()


def _reopened(context: BrowserContext, page: Page) -> Page:
    """Give another page, slowed down, with nothing in memory of the one before."""
    fresh = context.new_page()
    fresh.set_default_timeout(PATIENCE_MS)
    page.close()
    _session(fresh).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return fresh


def _session(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def _cold(page: Page, address: str, css: str) -> tuple[float, float]:
    """Give when something is there, and when the page itself was parsed."""
    page.goto(address, wait_until="commit")
    seen: float = page.wait_for_function(SEEN, arg=css).json_value()
    return seen, page.evaluate(PARSED)


def _finalise(page: Page) -> tuple[float, float]:
    """Do an interview with a photo, and measure its last tap until all of it is on the disk and said so."""
    photo = _photo()
    page.locator("main .cards button").first.click()
    page.locator("main input[type=text]").fill("Park")
    page.locator("main .button-wide").last.click()
    page.locator("main input[type=file]").first.set_input_files(
        FilePayload(name="park.jpg", mimeType="image/jpeg", buffer=photo)
    )
    page.locator("main img").first.wait_for()
    page.locator("main .button-wide").last.click()
    page.wait_for_url("**/check")
    page.locator("html[data-saved=yes]").wait_for(state="attached")
    took: float = page.evaluate(
        """async () => {
          const began = performance.now();
          [...document.querySelectorAll('main .button-wide')].pop().click();
          while (!location.pathname.endsWith('/finished') || !document.querySelector('main .chip'))
            await new Promise((resolve) => requestAnimationFrame(resolve));
          return performance.now() - began;
        }"""
    )
    return took, page.evaluate(WRITE, len(photo))


def _photo() -> bytes:
    """A picture that does not pack well, as photos do not."""
    noise = Image.effect_noise(PHOTO_SIZE, 60).convert("RGB")
    kept = io.BytesIO()
    noise.save(kept, "JPEG", quality=60)
    return kept.getvalue()


def _heaps(page: Page) -> tuple[float, float]:
    page.evaluate(INTERVIEW, "Park 0")
    first = _heap(page)
    for number in range(1, INTERVIEWS):
        page.evaluate(INTERVIEW, f"Park {number}")
    return _heap(page), first


def _heap(page: Page) -> float:
    with _attached(page) as session:
        session.send("HeapProfiler.collectGarbage")
        used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    return used / MEGABYTE


@contextmanager
def _attached(page: Page) -> Iterator[CDPSession]:
    session = _session(page)
    yield session
    session.detach()


def _tell(words: str) -> None:
    print(f"  {time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)
