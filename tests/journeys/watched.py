"""The one door to Chromium: whatever is opened here is watched.

Who opens it gives a watch, or lets `watched_chromium` keep it. `tests/test_browsers.py` sees to it that no test has
another door.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from playwright.sync_api import BrowserContext, Playwright

from tests.browsers import chromium
from tests.journeys.watch import Watch

__all__ = ["FLAGS", "open_chromium", "watched_chromium"]

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MILLISECONDS: Final = 20_000
TELL_OF_VIOLATIONS: Final = """addEventListener('securitypolicyviolation', (event) =>
  console.error(`securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`))"""
NO_SETTINGS: Final[Mapping[str, Any]] = MappingProxyType({})


def open_chromium(
    playwright: Playwright,
    profile: Path,
    watch: Watch,
    *,
    flags: Sequence[str] = (),
    settings: Mapping[str, Any] = NO_SETTINGS,
) -> BrowserContext:
    """Start a browser with a profile on the disk; what it asks for and complains of goes to ``watch``.

    ``settings`` are those of Playwright's contexts.
    """
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=str(chromium()), args=[*FLAGS, *flags], headless=True, **settings
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    context.add_init_script(TELL_OF_VIOLATIONS)
    watch.begin(context)
    return context


@contextmanager
def watched_chromium(
    playwright: Playwright,
    profile: Path,
    *,
    names: Sequence[str] = (),
    flags: Sequence[str] = (),
    settings: Mapping[str, Any] = NO_SETTINGS,
) -> Iterator[BrowserContext]:
    """Start a browser and close it; then nobody was asked but this machine and ``names``, and no page complained."""
    watch = Watch(names)
    context = open_chromium(playwright, profile, watch, flags=flags, settings=settings)
    try:
        yield context
    finally:
        context.close()
    watch.assert_quiet()
