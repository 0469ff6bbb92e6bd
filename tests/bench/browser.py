"""A Chromium with nothing in it: new profile, empty cache, no traffic of its own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, ViewportSize, sync_playwright

from tests.browsers import chromium

__all__ = ["new_browser"]

SCREEN = ViewportSize(width=390, height=844)
OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def new_browser(*, scripts: bool = True) -> Iterator[BrowserContext]:
    """Start a browser whose profile is on disk: a private one would keep IndexedDB in memory, which flatters a save."""
    program = chromium()
    options = [*OPTIONS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=program,
            headless=True,
            args=options,
            viewport=SCREEN,
            locale="en-GB",
            java_script_enabled=scripts,
        )
        try:
            yield context
        finally:
            context.close()
