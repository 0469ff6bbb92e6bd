"""A phone: Chromium at 360 × 740 with a profile that outlives the browser, and ways to treat it badly."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.journeys.watch import Watch
from tests.journeys.watched import open_chromium

__all__ = ["Phone"]

SETTINGS: Final = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-GB",
    "geolocation": {"latitude": 51.5301, "longitude": -0.0285, "accuracy": 12},
    "permissions": ["geolocation"],
}


class Phone:
    """One phone. ``profile`` keeps its storage between launches; the position is Roman Road, Old Ford."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self.watch = Watch()
        self._playwright = playwright
        self._profile = profile
        self._context: BrowserContext | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        """Put it away; nobody else was asked for anything, and no page complained."""
        self.close()
        if kind is None:
            self.watch.assert_quiet()

    def copy_from(self, prepared: "Phone") -> None:
        """Begin with all that another phone holds, whose browser is closed."""
        shutil.copytree(prepared._profile, self._profile, symlinks=True)

    def launch(self, address: str, *, before: Callable[[Page], None] | None = None) -> Page:
        """Start the browser cold and open ``address``; ``before`` gets the page while it is still blank."""
        self._context = open_chromium(self._playwright, self._profile, self.watch, settings=SETTINGS)
        page = self._context.pages[0] if self._context.pages else self._context.new_page()
        if before is not None:
            before(page)
        page.goto(address)
        return page

    def open_tab(self, address: str) -> Page:
        """Open one more tab in the browser that is running."""
        assert self._context is not None, "launch the browser first"
        page = self._context.new_page()
        page.goto(address)
        return page

    def slow_down(self, page: Page, *, bytes_per_second: int) -> None:
        """From now on, let what this page sends take its time."""
        line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_per_second}
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)

    def allow_storage(self, page: Page, origin: str, most: int | None) -> None:
        """From now on, let the browser give an origin so many bytes in all; None: as many as it likes."""
        given = {"origin": origin} if most is None else {"origin": origin, "quotaSize": most}
        page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", given)

    def wipe_database(self, page: Page, origin: str) -> None:
        """Take the app's database away under its hands, as a browser does that needs room."""
        wanted = {"origin": origin, "storageTypes": "indexeddb"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", wanted)

    def close(self) -> None:
        """Close the browser as a person does."""
        if self._context is not None:
            self._context.close()
            self._context = None

    def kill(self) -> None:
        """Kill every process of the browser at once, as an empty battery does."""
        self.power_cut()()
        self.put_away()

    def put_away(self) -> None:
        """After a power cut, let go of the browser that was."""
        try:
            self.close()
        except Error:
            self._context = None  # It had already been noticed that the browser is gone.

    def power_cut(self) -> Callable[[], None]:
        """Find the browser's processes now; what is given kills them at once, from any thread; then put it away."""
        found = self._processes()
        assert found, "no process of the browser was found: nothing would be killed"
        return lambda: _kill_all(found)

    def _processes(self) -> list[int]:
        """Find them by their profile; `-ww`: without it, ps may cut the line before the profile is named."""
        listed = subprocess.run(["ps", "-axwwo", "pid=,args="], capture_output=True, text=True, check=True).stdout
        lines = [line.split(None, 1) for line in listed.splitlines()]
        mark = f"--user-data-dir={self._profile}"
        return [int(line[0]) for line in lines if len(line) == 2 and mark in line[1]]


def _kill_all(processes: list[int]) -> None:
    for process in processes:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass  # Its parent was killed a moment before, and it went with it.
