"""The browser in which screens are looked at: as narrow as phones get, and watched."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import Page, Playwright

from tests.journeys.watch import Watch
from tests.journeys.watched import open_chromium

__all__ = ["HIGH", "NARROW", "Browsing", "browsing"]

NARROW: Final = 320
HIGH: Final = 740
SETTINGS: Final = {
    "viewport": {"width": NARROW, "height": HIGH},
    "reduced_motion": "reduce",
    "geolocation": {"latitude": 51.5301, "longitude": -0.0285, "accuracy": 12},
    "permissions": ["geolocation"],
}
NOT_THERE: Final = 404
REFUSED: Final = 400
NOT_TAKEN: Final = (410, 422)
"""Replies to a form that lacks something: the console's are sent so on purpose."""
ON_PURPOSE: Final = (
    "/console/nowhere",
    "/devices/v1/enrol",
    "/answers",
    *(f"/v/ZZZZZZ?lang={lang}" for lang in ("en", "bn", "ar")),
)
"""What screens are about that say that something is not there."""


class Browsing(NamedTuple):
    """A page, and what its browser asks for and complains of."""

    page: Page
    watch: Watch


@contextmanager
def browsing(playwright: Playwright, profile: Path) -> Iterator[Browsing]:
    """Start it and close it; then nobody was asked but this machine, and no page complained but of what was wanted."""
    watch = Watch()
    context = open_chromium(playwright, profile, watch, settings=SETTINGS)
    try:
        yield Browsing(context.pages[0], watch)
    finally:
        context.close()
    for path in ON_PURPOSE:
        for status in (REFUSED, NOT_THERE):
            watch.forgive(status=status, path=path)
    for status in NOT_TAKEN:
        watch.forgive(status=status)
    watch.assert_quiet()
