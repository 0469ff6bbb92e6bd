"""Draw the pictures of README.md: the demo as somebody meets it who has just typed `make run`.

python -m tests.screens.story_pictures
"""

import re
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.journeys.central import Central
from tests.journeys.watch import Watch
from tests.journeys.watched import open_chromium
from tests.project import ROOT
from tests.screens.walking import settled

__all__ = ["main"]

PICTURES: Final = ROOT / "docs/images"
PHONE: Final = {"width": 360, "height": 740}
DESK: Final = {"width": 1280, "height": 800}
QUALITY: Final = 70
CONSOLE: Final = {
    "triage": "/console/responses/triage",
    "assets": "/console/assets/mentions",
    "map": "/console/map?neighbourhood=old-ford",
    "progress": "/console/progress",
}
"""Where each picture of the console is taken, by its name."""


def main() -> None:
    """Draw all of them."""
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        central = Central(Path(scratch))
        said = central.command("demo", "--prepare-only", "--port", str(central.port))
        central.start()
        try:
            phone = open_chromium(playwright, Path(scratch) / "phone", Watch(), settings={"viewport": PHONE})
            keep(home_of_worker(phone.pages[0], said), "home")
            phone.close()
            desk = open_chromium(playwright, Path(scratch) / "desk", Watch(), settings={"viewport": DESK})
            sign_in(desk.pages[0], central, said)
            for name, address in CONSOLE.items():
                desk.pages[0].goto(central.url + address)
                settled(desk.pages[0])
                keep(desk.pages[0], name)
            desk.close()
        finally:
            central.kill()
    sys.stdout.write(f"{1 + len(CONSOLE)} pictures\n")


def home_of_worker(page: Page, said: str) -> Page:
    """Enrol a phone by the first link that the demo printed, and show its home."""
    link = re.search(r"\S+/enrol#\S+", said)
    assert link, said
    page.goto(link[0])
    settled(page)
    page.get_by_text("Continue").first.click()
    page.wait_for_url(lambda address: address.endswith("/"))
    page.get_by_role("button", name="Start an interview").first.wait_for()
    settled(page)
    return page


def sign_in(page: Page, central: Central, said: str) -> None:
    """Sign in with what the demo printed."""
    password = re.search(r"password +(\S+)", said)
    assert password, said
    page.goto(f"{central.url}/console/sign-in")
    page.fill("[name=sign_in_name]", "coordinator")
    page.fill("[name=password]", password[1])
    page.locator("main form button").first.click()
    page.wait_for_url("**/console/**")


def keep(page: Page, name: str) -> None:
    """Keep what the screen shows."""
    page.wait_for_load_state("networkidle")
    page.evaluate("() => scrollTo(0, 0)")
    shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    shot.save(PICTURES / f"{name}.webp", "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
