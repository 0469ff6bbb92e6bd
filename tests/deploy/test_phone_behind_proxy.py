"""A phone's browser behind real proxies, over TLS and HTTP/2: the app is kept, and uploads are cut and refused well."""

import time
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.deploy.behind import Behind, enrolled, name_file, offset_of
from tests.deploy.fronts import Front
from tests.deploy.trusting_browser import Trusting, trusting_browser
from tests.server.uploading import address

SIZE: Final = 4 * 1024 * 1024
ENOUGH: Final = 256 * 1024
BYTES_PER_SECOND: Final = 128 * 1024  # half a minute for the whole: nobody is too slow to see it half-way
PATIENCE_SECONDS: Final = 20
REGISTERED: Final = """async () => {
  const { scope, active } = await navigator.serviceWorker.ready;
  return [scope, active.scriptURL, isSecureContext, performance.getEntriesByType('navigation')[0].nextHopProtocol];
}"""
SEND: Final = """([address, token, size]) => {
  const headers = { Authorization: `Bearer ${token}`, 'Upload-Offset': '0',
    'Content-Type': 'application/offset+octet-stream' };
  window.cut = new AbortController();
  const asked = { method: 'PATCH', headers, body: new Uint8Array(size), signal: window.cut.signal };
  window.sending = fetch(address, asked).then(
    async (reply) => [reply.status, reply.headers.get('Content-Type')], (error) => [0, error.name]);
}"""


@pytest.fixture(scope="module")
def browser(
    playwright: Playwright, fronts: dict[str, Front], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trusting]:
    with trusting_browser(playwright, tmp_path_factory.mktemp("profile"), list(fronts.values())) as started:
        yield started


@pytest.fixture
def page(browser: Trusting, front: Front) -> Iterator[Page]:
    """Give the app, opened behind the proxy."""
    opened = browser.context.new_page()
    opened.goto(f"{front.url}/")
    yield opened
    opened.close()


def test_the_app_is_kept_on_the_phone_for_all_addresses_of_the_name(
    browser: Trusting, page: Page, front: Front
) -> None:
    assert page.evaluate(REGISTERED) == [f"{front.url}/", f"{front.url}/sw.js", True, "h2"]
    browser.context.set_offline(True)
    try:
        page.goto(f"{front.url}/settings")
        expect(page.locator("main h1").first).to_be_visible()
    finally:
        browser.context.set_offline(False)


def test_what_came_of_an_upload_that_a_phone_gave_up_stays(page: Page, front: Front, behind: Behind) -> None:
    phone = enrolled(behind, front.caller)
    file = bytes(SIZE)
    name_file(front.caller, phone, file)
    line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": BYTES_PER_SECOND}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    page.evaluate(SEND, [address(file), phone.token, SIZE])
    deadline = time.monotonic() + PATIENCE_SECONDS
    while behind.came(phone, file) < ENOUGH:
        assert time.monotonic() < deadline, "the body does not go on as it arrives"
        time.sleep(0.02)
    page.evaluate("() => window.cut.abort()")
    assert page.evaluate("() => window.sending") == [0, "AbortError"]
    assert ENOUGH <= offset_of(front.caller, phone, file) < SIZE


def test_a_phone_that_still_sends_hears_why_it_is_refused(browser: Trusting, page: Page) -> None:
    page.evaluate(SEND, [address(bytes(SIZE)), "no.such.token", SIZE])
    assert page.evaluate("() => window.sending") == [401, "application/problem+json"]
    [complaint] = browser.watch.complaints
    assert "status of 401" in complaint
    browser.watch.forget()
