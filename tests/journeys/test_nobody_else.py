"""The app is a guest that brings its own: it asks nobody else for anything, breaks no rule of its own, and can stay."""

from typing import Any, Final

from playwright.sync_api import expect

from tests.journeys.central import Central
from tests.journeys.chromium_screen import ChromiumScreen
from tests.journeys.conftest import Prepared
from tests.journeys.interviewer import Interviewer
from tests.journeys.outbox import wait_for_arrival
from tests.journeys.phone import Phone

STRANGER: Final = "http://stranger.invalid/"
ASK: Final = "(address) => fetch(address).catch(() => undefined)"
ICON_SIZES: Final = (192, 512)
WIDTH_OF_IMAGE: Final = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image.naturalWidth;
}"""


def test_a_day_online_asks_nobody_else_and_complains_of_nothing(
    central: Central, prepared: Prepared, enrolled_phone: Phone
) -> None:
    central.start()
    page = enrolled_phone.launch(central.url)
    worker = Interviewer(ChromiumScreen(page), "en")
    worker.switch("ar")
    worker.brief_interview("مزيد من المقاعد")
    worker.finish()
    wait_for_arrival(page, central, responses=1)
    for path in ("/", "/responses", "/settings", "/interview/nothing"):
        page.goto(f"{central.url}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert any(address.endswith("/sw.js") for address in prepared.phone.watch.requests), "enrolment was watched too"
    for watch in (prepared.phone.watch, enrolled_phone.watch):
        assert watch.strangers() == []
        assert watch.complaints == []
        assert watch.without_server == []


def test_the_watch_over_requests_and_complaints_is_awake(central: Central, enrolled_phone: Phone) -> None:
    central.start()
    page, watch = enrolled_phone.launch(central.url), enrolled_phone.watch
    with page.expect_console_message():
        page.evaluate(ASK, STRANGER)
    assert any("Content Security Policy" in complaint for complaint in watch.complaints)
    with page.context.expect_event("weberror"):
        page.evaluate("() => void setTimeout(() => { throw new Error('nobody caught this'); })")
    assert any("nobody caught this" in complaint for complaint in watch.complaints)
    enrolled_phone.open_tab("about:blank").evaluate(ASK, STRANGER)
    assert watch.strangers() == [STRANGER]
    watch.forget()


def test_app_can_be_installed(central: Central, enrolled_phone: Phone) -> None:
    central.start()
    page = enrolled_phone.launch(central.url)
    browser = page.context.new_cdp_session(page)
    assert browser.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}
    assert browser.send("Page.getAppManifest")["errors"] == []
    manifest = page.evaluate("() => fetch('/manifest.webmanifest').then((reply) => reply.json())")
    assert manifest["name"] == "Fieldwell"
    assert manifest["start_url"] == "/"
    assert manifest["display"] == "standalone"
    for size in ICON_SIZES:
        assert page.evaluate(WIDTH_OF_IMAGE, icon(manifest, size)) == size


def icon(manifest: dict[str, Any], size: int) -> str:
    """Give the address of the manifest's picture of a size, in pixels, that may be drawn as it is."""
    wanted = f"{size}x{size}"
    (found,) = [one["src"] for one in manifest["icons"] if one["sizes"] == wanted and "any" in one["purpose"].split()]
    return str(found)
