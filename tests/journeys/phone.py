"""A phone: Chromium at 360 × 740 with a profile that outlives the browser, and ways to treat it badly."""

import os
import signal
import subprocess
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.browsers import chromium

__all__ = ["FLAGS", "Phone"]

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREEN: Final = {"width": 360, "height": 740}


class Phone:
    """One phone. ``profile`` keeps its storage between launches; the position is Roman Road, Old Ford."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._playwright = playwright
        self._profile = profile
        self._context: BrowserContext | None = None

    def launch(self, address: str) -> Page:
        """Start the browser cold and open ``address``; requests to anywhere else are recorded as strangers."""
        self._context = self._playwright.chromium.launch_persistent_context(
            str(self._profile),
            executable_path=str(chromium()),
            args=list(FLAGS),
            headless=True,
            viewport={"width": SCREEN["width"], "height": SCREEN["height"]},
            is_mobile=True,
            has_touch=True,
            locale="en-GB",
            geolocation={"latitude": 51.5301, "longitude": -0.0285, "accuracy": 12},
            permissions=["geolocation"],
        )
        self._context.set_default_timeout(20_000)
        page = self._context.pages[0] if self._context.pages else self._context.new_page()
        page.goto(address)
        return page

    def close(self) -> None:
        """Close the browser as a person does."""
        if self._context is not None:
            self._context.close()
            self._context = None

    def kill(self) -> None:
        """Kill every process of the browser at once, as an empty battery does."""
        for process in self._processes():
            os.kill(process, signal.SIGKILL)
        if self._context is not None:
            self._context.close()
            self._context = None

    def _processes(self) -> list[int]:
        listed = subprocess.run(["ps", "-axo", "pid=,args="], capture_output=True, text=True, check=True).stdout
        lines = [line.split(None, 1) for line in listed.splitlines()]
        mark = f"--user-data-dir={self._profile}"
        return [int(line[0]) for line in lines if len(line) == 2 and mark in line[1]]
